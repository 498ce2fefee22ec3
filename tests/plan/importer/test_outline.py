"""Lines and their outline: what is bold, where breaks were lost, which lines are heads, where heads end."""

from __future__ import annotations

import pytest

from app.plan.importer import read_plan, source_from_text
from app.plan.importer.numbering import mark_of
from app.plan.importer.outline import build_outline
from app.plan.importer.paragraphs import join_lines
from app.plan.importer.sequences import TextHead
from app.plan.importer.source_text import TextLine
from app.plan.importer.unnumbered_heads import find_unnumbered_heads
from tests.plan.importer.texts import lines_of

LONG_TEXT = "统筹推进各项民生实事项目按期落地并定期向社会公布其进展情况。"


@pytest.mark.parametrize(
    ("marks", "bold"),
    [
        ((), False),
        ((0, 4), True),
        ((1, 4), False),
        ((0, 3), False),
        ((0, 2, 2, 4), True),
        ((0, 1, 2, 4), False),
        ((0, 1, 1, 2, 2, 4), True),
        ((0, 1, 1, 2, 3, 4), False),
    ],
)
def test_a_line_is_wholly_bold_in_one_run_or_in_several_without_gap(
    marks: tuple[int, ...], bold: bool
) -> None:
    assert TextLine(1, "甲乙丙丁", marks=marks).is_wholly_bold is bold


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("要点。一、治理压实责任。二、发展招商引资。", 3),
        ("要点。一、治理压实责任。（二）发展招商引资。", 3),
        ("要点。一、治理压实责任。(二)发展招商引资。", 3),
        ("要点。一、治理压实责任。三、发展招商引资。", 1),
    ],
)
def test_a_line_that_is_most_of_the_text_gets_its_breaks_back(text: str, pieces: int) -> None:
    assert len(lines_of(text)) == pieces
    assert len(lines_of(text, "字" * (len(text) - 1))) == pieces + 1
    assert len(lines_of(text, "字" * len(text))) == 2


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("1.强化招商：走访企业。", "强化招商"),
        ("1." + "字" * 24 + "：走访企业。", "字" * 24),
        ("1." + "字" * 25 + "：走访企业。", "字" * 25 + "：走访企业"),
        ("1.强化招商：", "强化招商"),
        ("1.强化招商，服务企业：走访企业。", "强化招商，服务企业：走访企业"),
        ("1.强化（招商）：走访企业。", "强化（招商）：走访企业"),
        ("1.：走访企业。", "：走访企业"),
        ("1.责任单位：党政办", "责任单位：党政办"),
        ("1.【强化招商】走访企业。", "强化招商"),
        ("1.强化招商。走访企业。服务企业。", "强化招商"),
    ],
)
def test_where_the_head_of_an_item_ends(text: str, title: str) -> None:
    [paragraphs, places, _] = join_lines(lines_of(text), {}, ())
    mark = mark_of(text)
    root = build_outline(paragraphs, places, [TextHead(0, 0, 1, "digit", mark)])
    assert [node.title for node in root.children] == [title]


def test_two_heads_in_bold_may_stand_in_one_paragraph() -> None:
    text = "**1.招商引资**走访企业。**2.服务办事**服务居民。"
    lines = lines_of(text)
    heads = [TextHead(0, place, 1, "digit", mark_of(lines[0].text[place:])) for place in (0, 11)]
    paragraphs, places, _ = join_lines(lines, {}, ())
    root = build_outline(paragraphs, places, heads)
    assert [node.heading for node in root.children] == ["1.招商引资", "2.服务办事"]
    assert [[span.text for span in node.texts] for node in root.children] == [["走访企业。"], ["服务居民。"]]


@pytest.mark.parametrize(("length", "is_sentence"), [(40, False), (41, True)])
def test_a_head_that_ends_as_a_sentence_is_one_by_its_length(length: int, is_sentence: bool) -> None:
    lines = lines_of("字" * (length - 1) + "。")
    paragraphs, places, _ = join_lines(lines, {}, ())
    [node] = build_outline(paragraphs, places, [TextHead(0, 0, 1, "own_line")]).children
    assert node.is_sentence is is_sentence


@pytest.mark.parametrize(
    ("text", "bold"),
    [
        ("**招商**引资", ["招商"]),
        ("**" + "字" * 80 + "**", ["字" * 80]),
        ("**" + "字" * 81 + "**", []),
        ("**招商。引资**", []),
        ("**招商。**引资", ["招商。"]),
        ("** **招商", []),
        ("**招商。引资**服务**", ["服务"]),
    ],
)
def test_two_marks_enclose_what_can_be_a_head(text: str, bold: list[str]) -> None:
    source = source_from_text(text)
    assert [source.text[start:end] for start, end in source.lines[0].bold] == bold


@pytest.mark.parametrize(
    ("head", "is_head"),
    [
        ("抓招商", True),
        ("招商", False),
        ("九月", True),
        ("12月份", True),
        ("抓招商，促发展", True),
        ("抓招商，促发展，惠民生", False),
        ("抓招商、", False),
        ("，抓招商", False),
        ("抓招，商", True),
        ("抓，招商", True),
        ("抓招商：好", False),
        ("抓招商；好", False),
        ("2026年1月5日", False),
        ("青山街道办事处", False),
        ("责任单位：党政办", False),
        ("12.5%", False),
    ],
)
def test_which_short_lines_between_texts_are_heads(head: str, is_head: bool) -> None:
    lines = lines_of("抓党建", LONG_TEXT, head, LONG_TEXT, "抓稳定", LONG_TEXT)
    assert (2 in find_unnumbered_heads(lines)) is is_head


@pytest.mark.parametrize(("whole", "is_head"), [(9, True), (8, False)])
def test_a_head_holds_a_comma_where_nine_of_ten_long_lines_are_whole(whole: int, is_head: bool) -> None:
    texts = [LONG_TEXT] * whole + [LONG_TEXT[:-1]] * (10 - whole)
    lines = lines_of("抓招商，促发展", texts[0], "抓服务，惠民生", *texts[1:])
    assert bool(find_unnumbered_heads(lines)) is is_head


def test_a_lone_title_in_the_format_of_heads_is_no_part() -> None:
    text = f"# 青山街道工作计划\n\n## 全文\n\n一、治理\n{LONG_TEXT}\n二、发展\n{LONG_TEXT}"
    assert [part.title for part in read_plan(text).parts or ()] == [""]
    assert [measure.title for measure in read_plan(text).measures()] == ["治理", "发展"]
    assert [part.title for part in read_plan(f"{text}\n## 附则\n{LONG_TEXT}").parts] == ["全文", "附则"]
