"""No line begins or ends with a mark that GB/T 15834 forbids there; titles are broken by meaning."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import chain, pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from weasyprint.formatting_structure import boxes

from reports.fonts import find_fonts
from reports.line_breaks import SOFT_BREAK, WORD_JOINER, mark_line_breaks
from reports.model import Annex, Block, Column, Heading, Paragraph, Table
from reports.pdf import renderer_for
from reports.text_fitting import LineSetting
from tests.reports import samples
from tests.reports.ink import text_lines

NEVER_FIRST = "。，、；：？！）》〉”’』」】〕·～%…/"
TITLE_LINES = 2
NEVER_LAST = "（《〈“‘『「【〔/"
MARKS = ("，", "。", "、", "；", "：", "？", "！", "——", "……", "·", "～", "①")
WORDS = (
    "“蓄水池”",
    "“十五五”",
    "《关于做好工作的通知》",
    "（一）",
    "：“好。”",
    "佷佷",
    *"国街道办事处推进一二三",
)
FIGURES = ("2026年", "45.2%", "1,234", "No.1", "A/B", "12号", "〔2026〕8号")
# A mark follows a word or a figure: a line of nothing but commas cannot be broken well.
PIECES = st.tuples(st.sampled_from(WORDS + FIGURES), st.sampled_from(WORDS), st.sampled_from(MARKS + WORDS))


def laid_out_lines(*blocks: Block) -> list[str]:
    """The lines of the body as WeasyPrint broke them."""
    document = replace(
        samples.DOWNWARD, masthead=None, signature=None, addressee="", imprint=None, body=blocks
    )
    pages = (
        renderer_for(find_fonts())
        .lay_out_template("document.html", document=document, setting=LineSetting.USUAL)
        .pages
    )
    contents = [page._page_box.children[0] for page in pages]
    found = [box for content in contents for box in content.descendants() if isinstance(box, boxes.LineBox)]
    return [line_text(line) for line in found[TITLE_LINES:]]


def line_text(line: Any) -> str:
    texts = (box.text for box in line.descendants() if isinstance(box, boxes.TextBox))
    return "".join(texts).replace(WORD_JOINER, "").replace(SOFT_BREAK, "")


@settings(max_examples=25)
@given(st.lists(PIECES, min_size=20, max_size=80))
def test_no_line_begins_or_ends_with_a_forbidden_mark(pieces: list[tuple[str, str, str]]) -> None:
    head = Heading(3, "夯实“蓄水池”。")
    text = "国" + "".join(chain.from_iterable(pieces))
    lines = laid_out_lines(Paragraph(text, head=head))
    for before, after in pairwise(lines):
        assert after[0] not in NEVER_FIRST, (before, after)
        assert before[-1] not in NEVER_LAST, (before, after)
        assert before[-1] + after[0] not in ("——", "……")
        assert not (before[-1].isdigit() and (after[0].isdigit() or after[0] in "年月日号")), (before, after)


def test_no_character_of_the_text_is_lost() -> None:
    assert "".join(laid_out_lines(Paragraph(samples.PROGRESS))) == samples.PROGRESS


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("围绕“1+11+17+X”招商机制", "围绕|“1+|11+|17+|X”|招商机制"),
        ("打造“强引擎”。", "打造|“强引擎”。"),
        ("“甲”“乙”（丙）", "“甲”|“乙”|（丙）"),
        ("“举措‘3’”", "“举措|‘3’”"),
        ("C++语言", "C++语言"),
        ("“公开课”8场，20“强”", "“公开课”|8场，20|“强”"),
    ],
)
def test_a_line_may_end_where_only_pango_would_not_let_it(text: str, broken: str) -> None:
    assert mark_line_breaks(text) == broken.replace("|", SOFT_BREAK)


def test_a_chain_of_figures_in_quotes_does_not_leave_a_line_short() -> None:
    text = "夯实招商项目“蓄水池”。1至9月，围绕“1+11+17+X”招商机制累计外出招商9批次，赴苏州、合肥、深圳等地。"
    first, *_ = laid_out_lines(Paragraph("（1）" + text))
    assert first.endswith(("“1+", "“1+11+", "“1+11+17+"))


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("中心·主题", "中心+·主题"),
        ("3～5日", "3+～5+日"),
        ("A/B类", "A+/+B类"),
        ("2026年10月9日", "2026+年10+月9+日"),
        ("诉求—匹配", "诉求+—匹配"),
        ("家次——其中", "家次——其中"),
        ("〔2026〕12号", "〔2026〕+12+号"),
    ],
)
def test_joiners_stand_where_a_break_is_forbidden(text: str, joined: str) -> None:
    assert mark_line_breaks(text) == joined.replace("+", WORD_JOINER)


@pytest.mark.parametrize(("block", "least"), [(Paragraph, 2), (partial(Heading, 1), 4)])
def test_the_last_line_has_some_characters_before_its_mark(
    block: Callable[[str], Paragraph | Heading], least: int
) -> None:
    for length in range(26, 32):
        *above, last = laid_out_lines(block("国" * length + "。"))
        assert not above or len(last) > least, length


def test_the_name_of_an_annex_does_not_end_in_a_line_of_its_last_character() -> None:
    for length in range(22, 27):
        annex = Annex("国" * length, (Paragraph("完。"),))
        pdf = samples.pdf(replace(samples.DOWNWARD, annexes=(annex,)))
        lines = [line for line in text_lines(pdf) if line.page == 1 and "国" in line.words]
        assert len(lines[-1].words.removeprefix("附件：")) >= 5, length
        for line in lines:  # nor is the line above it pulled apart
            count = len(line.words)
            assert line.right - line.left == pytest.approx(count * 5.556, abs=0.2), length


def test_a_cell_ends_in_no_line_of_one_character_and_no_number_parts_from_its_item() -> None:
    for length in range(18, 30):
        table = Table(
            (Column("甲", 1), Column("乙", 1)), (("国" * length + "。", "甲" * length + "；20.乙乙"),)
        )
        lines = text_lines(samples.pdf(replace(samples.DOWNWARD, body=(Paragraph("完。"), table))))
        names, numbered = (
            [word for line in lines for word in line.words.split() if mark in word] for mark in "国甲"
        )
        assert len(names[-1]) > 2, length
        assert not any(word.endswith("20.") for word in numbered), length


def test_no_line_of_a_narrow_cell_begins_or_ends_with_a_forbidden_mark() -> None:
    rows = tuple((f"国“{'a' * letters}”。国国", "乙") for letters in range(5, 20))
    table = Table((Column("目标", 1), Column("乙", 7)), rows)
    lines = [line for line in laid_out_lines(table) if line.strip()]
    assert len(lines) > 60
    assert not [line for line in lines if line[0] in NEVER_FIRST or line[-1] in NEVER_LAST]
