"""Annexes, captions, the note, ends of paragraphs, length, and marks that are set by themselves."""

from dataclasses import replace

import pytest

from reports.lint import LintContext, place_words
from reports.model import (
    Annex,
    Direction,
    DocumentNumber,
    Enclosure,
    Masthead,
    OfficialDocument,
    Paragraph,
)
from tests.reports import samples
from tests.reports.lint.cases import (
    UPWARD,
    fix_findings,
    of_rule,
    quotes,
    text_of,
    with_text,
)


def test_marks_that_are_set_by_themselves_are_taken_away() -> None:
    addressee = replace(UPWARD, addressee="长宁区人民政府：")
    assert fix_findings(addressee, of_rule("addressee-mark", addressee)) == UPWARD
    note = replace(UPWARD, note="（此件公开发布）")
    assert fix_findings(note, of_rule("note-brackets", note)).note == "此件公开发布"
    assert of_rule("note-brackets", replace(UPWARD, note="此件公开发布（不含附件）")) == []


@pytest.mark.parametrize(
    ("rule", "title", "right"),
    [
        ("annex-end-mark", "工作情况表。", "工作情况表"),
        ("annex-end-mark", "工作情况表；", "工作情况表"),
        ("annex-label", "附件1：工作情况表", "工作情况表"),
        ("annex-label", "附件 工作情况表", "工作情况表"),
        ("annex-title-marks", "《工作情况表》", "工作情况表"),
    ],
)
def test_an_annex_title_stands_bare(rule: str, title: str, right: str) -> None:
    document = replace(UPWARD, annexes=(Annex("名单", UPWARD.body), Annex(title, UPWARD.body)))
    (finding,) = of_rule(rule, document)
    assert place_words(document, finding.place) == "附件2标题"
    assert fix_findings(document, [finding]).annexes[1].title == right


@pytest.mark.parametrize("title", ["《工作计划》推进情况表", "工作情况表（一）", "附件收集办法"])
@pytest.mark.parametrize("rule", ["annex-end-mark", "annex-label", "annex-title-marks"])
def test_annex_titles_that_are_right_are_left_alone(rule: str, title: str) -> None:
    expected = 1 if (rule, title) == ("annex-label", "附件收集办法") else 0
    assert len(of_rule(rule, replace(UPWARD, annexes=(Annex(title, UPWARD.body),)))) == expected


def test_a_caption_ends_without_a_mark() -> None:
    table = replace(samples.table(1), caption="各部分推进情况：")
    document = replace(UPWARD, body=(table,))
    (finding,) = of_rule("caption-mark", document)
    assert fix_findings(document, [finding]).body == (replace(table, caption="各部分推进情况"),)


@pytest.mark.parametrize(
    ("text", "quoted", "right"),
    [
        ("工作有序推进", ["进"], "工作有序推进。"),
        ("工作有序推进，", ["，"], "工作有序推进。"),
        ("称“数字硅巷”", ["”"], "称“数字硅巷”。"),
        ("工作有序推进\n完成5项。\n占26%", ["进", "%"], "工作有序推进。\n完成5项。\n占26%。"),
        ("工作有序推进。", [], "工作有序推进。"),
        ("他说：“工作有序推进。”", [], "他说：“工作有序推进。”"),
        ("报告如下:", [], "报告如下:"),
        ("报告如下：\n走访；\n（完成。）", [], "报告如下：\n走访；\n（完成。）"),
    ],
)
def test_a_missing_or_wrong_end_mark_is_found_and_fixed(text: str, quoted: list[str], right: str) -> None:
    document = with_text(text)
    assert quotes("end-mark", document) == quoted
    assert text_of(fix_findings(document, of_rule("end-mark", document))) == right


LONG = (Paragraph("国" * 4_499 + "。"),)


@pytest.mark.parametrize(
    ("document", "context", "count"),
    [
        (replace(UPWARD, body=LONG), LintContext(), 0),
        (replace(UPWARD, body=LONG * 2), LintContext(), 1),
        (replace(UPWARD, body=LONG, title="关于招商工作的专题报告"), LintContext(), 1),
        (replace(UPWARD, body=LONG), LintContext(budget=4_000), 1),
        (replace(UPWARD, body=LONG * 2), LintContext(budget=9_000), 0),
        (replace(UPWARD, enclosure=Enclosure("工作计划", LONG * 2)), LintContext(), 0),
    ],
)
def test_a_long_body_is_to_be_shortened(document: OfficialDocument, context: LintContext, count: int) -> None:
    assert len(of_rule("length", document, context)) == count


def test_the_names_of_several_issuers_are_read() -> None:
    masthead = Masthead(("甲街道", "乙 街道"), DocumentNumber("华街", 2026), Direction.DOWNWARD)
    document = replace(UPWARD, masthead=masthead)
    (finding,) = of_rule("space", document)
    corrected = fix_findings(document, [finding]).masthead
    assert isinstance(corrected, Masthead)
    assert corrected.issuers == ("甲街道", "乙街道")
