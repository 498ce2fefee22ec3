"""Characters that nobody sees are listed once, and every function that takes in or sets a text goes by that list."""

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.tables.sheet_writing import carried_text
from app.base.text import plain_text
from reports.characters import (
    FACELESS_SIGNS,
    INVISIBLE,
    clean_text,
    faceless_hanzi,
    faceless_signs,
    on_one_line,
    split_paragraphs,
    visible_text,
)
from reports.docx import render_docx
from reports.fonts import FontError, FontRole, find_fonts
from reports.model import Chart, ChartRow, Heading
from tests.reports import samples
from tests.reports.docx.word import text as text_of
from tests.reports.ink import page_texts

CONTROLS = tuple(map(chr, (*range(9), *range(0xE, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0))))
# What Unicode calls default ignorable (DerivedCoreProperties.txt), one of each range; and a mark of annotation.
SHAPELESS = tuple(
    "\xad\u034f\u061c\u115f\u1160\u17b4\u180b\u180e\u200b\u200f\u202e\u2060\u2066\u206f\u3164\ufe00\ufe0f\ufeff\uffa0"
    "\ufff0\ufff9\U0001bca0\U0001d173\U000e0001\U000e0041\U000e0100"
)
LINE_ENDS = ("\n", "\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029")
SPACES = [chr(code) for code in range(0x10000) if unicodedata.category(chr(code)) == "Zs" and code != 0x3000]


@pytest.mark.parametrize("taken_in", [plain_text, carried_text, visible_text, clean_text])
def test_every_function_that_takes_in_a_text_takes_the_same(taken_in: type[str]) -> None:
    unseen = "".join(f"{character}。" for character in CONTROLS + SHAPELESS)
    assert taken_in(unseen) == "。" * len(CONTROLS + SHAPELESS)
    assert taken_in("".join(f"一{end}" for end in LINE_ENDS)) == "一\n" * len(LINE_ENDS)


def test_spaces_of_any_width_are_set_as_one_and_a_chinese_one_stays() -> None:
    assert clean_text(f"甲\t{''.join(SPACES)}乙　丙") == "甲 乙　丙"
    assert split_paragraphs("\u2028 \u200b\n一\u2003\v\u2002二\n") == ["一", "二"]
    assert split_paragraphs("\ufeff") == [""]


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert visible_text(visible_text(text)) == visible_text(text)
    assert clean_text(clean_text(text)) == clean_text(text)


def test_none_of_them_keeps_a_heading_or_a_chart_from_being_printed() -> None:
    dirty = "".join(f"甲{character}" for character in (*SHAPELESS, *LINE_ENDS, "\x00", "\u2009"))
    seen = on_one_line(dirty)
    assert len(seen) == len(SHAPELESS) + len(LINE_ENDS) + 3
    chart = Chart("图", (dirty, "滞后"), (ChartRow(dirty, (2, 1)),), unit="\u200b项")
    document = replace(samples.UPWARD, title=f"甲{''.join(SHAPELESS)}乙", body=(Heading(1, dirty), chart))
    printed = "".join("".join(page_texts(samples.pdf(document))).split())
    # The title; the heading, the chart's series and its label.
    assert printed.count("甲") == 1 + 3 * seen.count("甲")
    assert "3项" in printed
    assert seen.replace(" ", "") in text_of(render_docx(document))


def test_a_character_is_named_as_faceless_where_no_face_has_it_and_only_there() -> None:
    family = find_fonts()[FontRole.TEXT]
    hanzi = (
        "\u3400",
        "\u4e00",
        "\u9fff",
        "\U00020000",
        "\U0002a700",
        "\U0002b740",
        "\U0002b820",
        "\U0002ceb0",
    )
    for character in (*hanzi, *"，①Ａ→㎡Ⅳαж"):
        family.face_for(character)
        assert faceless_signs(character) == faceless_hanzi(character) == ()
    for find, characters in (
        (faceless_signs, "\u0627\uac00\U0001f600₂✅"),
        (faceless_hanzi, "\ue123\U00030000"),
    ):
        for character in characters:
            assert find(f"{character}甲{character}") == (character,)
            with pytest.raises(FontError):
                family.face_for(character)


@pytest.mark.parametrize(
    ("first", "end"), [(0x2070, 0x20A0), (0x25A0, 0x2600), (0x2600, 0x27C0), (0x2B1B, 0x2B74)]
)
def test_the_signs_of_a_block_are_named_as_faceless_as_the_faces_have_them(first: int, end: int) -> None:
    family = find_fonts()[FontRole.TEXT]
    assigned = (chr(code) for code in range(first, end) if unicodedata.category(chr(code)) != "Cn")
    for sign in assigned:
        if not INVISIBLE.match(sign):
            has_face = sign in family.main.characters or sign in family.spare.characters
            assert bool(FACELESS_SIGNS.match(sign)) is not has_face, f"U+{ord(sign):04X}"
