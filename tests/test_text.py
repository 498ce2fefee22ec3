"""What of a text is kept, however it came."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.text import plain_text


def test_line_breaks_are_of_one_kind_and_control_characters_are_gone() -> None:
    assert plain_text("一\r\n二\x00\x08\t三\n") == "一\n二\t三\n"
    assert plain_text(None) == ""


def test_characters_that_nobody_sees_are_gone() -> None:
    assert plain_text("走访\u200b32\u202e家\u2066。\ufeff\u2028\xad") == "走访32家。"


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert plain_text(plain_text(text)) == plain_text(text)
