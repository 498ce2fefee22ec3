"""What of a text is kept, however it came."""

from __future__ import annotations

from app.base.text import plain_text


def test_line_breaks_are_of_one_kind_and_control_characters_are_gone() -> None:
    assert plain_text("一\r\n二\x00\x08\t三\n") == "一\n二\t三\n"
    assert plain_text(None) == ""


def test_characters_that_nobody_sees_are_gone() -> None:
    assert plain_text("走访\u200b32\u202e家\u2066。\ufeff\xad\u3164") == "走访32家。"
