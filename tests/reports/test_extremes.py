"""Texts that no form was made for: right documents all the same, or a clear sentence."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.docx import render_docx
from reports.model import Annex, Column, DocumentError, Paragraph, Table
from reports.pdf import render_pdf
from reports.titles import title_lines
from tests.reports import samples
from tests.reports.every_form import FORMS, LETTER, MINUTES
from tests.reports.ink import page_texts, sheets

LONG_TITLE = (
    "华阳路街道办事处关于2026年第三季度优化营商环境、推进城市更新、加强基层治理、保障改善民生、深化党建引领"
    "等重点任务推进情况以及存在的主要问题和下一步工作打算并请市有关部门在政策、资金、项目等方面给予支持协调帮助"
    "的综合情况汇报和工作建议报告"
)
ALL_SIGNS = f"{samples.PROGRESS}{samples.RARE_NAMES}"
HYPHEN_AT_END = "\ufffe"  # how PDFium tells one
WIDE = Table(tuple(Column(f"指标{number}") for number in range(40)), (("75.5%",) * 40,))


def test_a_title_of_120_characters_is_broken_in_no_time_and_leaves_room_for_the_body() -> None:
    assert len(LONG_TITLE) >= 115
    lines = title_lines(LONG_TITLE, 19)
    assert "".join(lines) == LONG_TITLE
    assert max(map(len, lines)) - min(map(len, lines)) <= 6
    for document in (samples.UPWARD, LETTER, MINUTES):
        titled = replace(document, title=LONG_TITLE, body=samples.PROSE.body)
        assert samples.PROGRESS[:6] in page_texts(samples.pdf(titled))[0]


def test_a_title_that_fills_page_1_is_refused_in_a_clear_sentence() -> None:
    with pytest.raises(DocumentError, match=r"首页排不下正文：.*请缩短标题"):
        render_pdf(replace(samples.UPWARD, title="\n".join("关于推进重点任务的报告" for _ in range(10))))


def test_a_paragraph_of_30000_characters_loses_nothing_and_fills_its_pages() -> None:
    document = replace(samples.DOWNWARD, body=(Paragraph("国" * 30_000),))
    texts = page_texts(samples.pdf(document))
    assert sum(text.count("国") for text in texts) == 30_000
    lines = sheets(samples.pdf(document), 40)[0].part(top=34, bottom=263.5).lines()
    assert len(lines) == 22


@pytest.mark.parametrize(("page", "most"), [("竖排", 15), ("横排", 25)])
def test_a_table_of_40_columns_is_refused_in_a_clear_sentence(page: str, most: int) -> None:
    annex = Annex("指标", (WIDE,), landscape=page == "横排")
    for render in (render_pdf, render_docx):
        with pytest.raises(DocumentError, match=f"表格有40列，{page}的页面上最多排得下{most}列；请减少列数"):
            render(replace(samples.DOWNWARD, annexes=(annex,)))


def read(pdf: bytes) -> str:
    """All words of a document in a reader's order, without page numbers and spaces."""
    pages = (re.sub(r"— \d+ —\s*$", "", text) for text in page_texts(pdf))
    return "".join("".join(pages).replace(HYPHEN_AT_END, "-").split())


@settings(max_examples=16)
@given(
    st.sampled_from(sorted(FORMS)),
    st.lists(st.text(alphabet=ALL_SIGNS, min_size=1, max_size=400), min_size=1, max_size=4),
)
def test_any_text_in_any_form_keeps_its_words_in_their_order_and_stays_in_the_type_area(
    form: str, texts: list[str]
) -> None:
    document = FORMS[form].filled(tuple(Paragraph(f"国{text}国") for text in texts))
    pdf = render_pdf(document)
    printed = read(pdf)
    parts = [document.title, document.addressee, *(f"国{text}国" for text in texts)]
    parts += [name for name in (document.signature.issuers if document.signature else ())]
    place = 0
    for part in ("".join(part.split()) for part in parts):
        assert part in printed[place:]
        place = printed.index(part, place) + len(part)
    assert "".join("".join(f"国{text}国".split()) for text in texts) in printed
    first = sheets(pdf, 1)[0].without_red.part(top=34, bottom=263).extent()
    assert first.left >= 27
    assert first.right <= 185


def test_full_lines_of_mixed_text_all_end_at_the_right_edge() -> None:
    document = replace(samples.DOWNWARD, body=(Paragraph(ALL_SIGNS * 12),))
    lines = sheets(samples.pdf(document), 2)[0].part(top=34, bottom=263.5).lines()
    assert len(lines) == 22
    assert max(line.right for line in lines) == pytest.approx(184, abs=0.5)
    pitches = [below.bottom - above.bottom for above, below in pairwise(lines)]
    assert pitches == pytest.approx([10.447] * 21, abs=1.5)
