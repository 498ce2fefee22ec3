"""What of a text is kept, however it came."""

from __future__ import annotations

from app.base.text import parse_number, parse_numbers, plain_text, quoted_input, text_problem


def test_line_breaks_are_of_one_kind_and_control_characters_are_gone() -> None:
    assert plain_text("一\r\n二\x00\x08\t三\n") == "一\n二\t三\n"
    assert plain_text(None) == ""


def test_characters_that_nobody_sees_are_gone() -> None:
    assert plain_text("走访\u200b32\u202e家\u2066。\ufeff\xad\u3164") == "走访32家。"


def test_a_text_is_refused_where_nothing_is_written_or_it_is_too_long() -> None:
    assert text_problem("字" * 200, "理由", 200) == ""
    assert text_problem("字" * 201, "理由", 200) == "理由共 201 字，请控制在 200 字以内。"
    assert text_problem("字" * 201, "", 200) == "共 201 字，请控制在 200 字以内。"
    assert text_problem(" \n", "理由", 200, when_empty="请写明理由。") == "请写明理由。"
    signs = "进展情况里的“✅”（U+2705）“₂”（U+2082）公文印不出来，请删去或者改成文字。"
    assert text_problem("✅减少CO₂排放，✅㎡、√、𠮷都印得出来。", "进展情况", 200) == signs
    assert text_problem("", "理由", 200) == ""


def test_a_number_is_read_where_a_row_can_have_it() -> None:
    assert [parse_number(text) for text in ("12", "", "-1", "1.5", "九", "9" * 10, "9" * 5000)] == [
        12,
        *[None] * 6,
    ]
    assert parse_numbers(["3", "x", "9" * 5000, "4"]) == [3, 4]


def test_what_was_sent_is_quoted_as_far_as_a_sentence_bears_and_shows_that_it_goes_on() -> None:
    assert quoted_input("全部\n“举措”") == "“全部 ‘举措’”"
    assert quoted_input("街" * 21) == f"“{'街' * 18}……”"
