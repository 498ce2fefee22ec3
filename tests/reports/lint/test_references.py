"""What a text points to, how it closes, and to whom it speaks."""

from dataclasses import replace

import pytest

from reports.model import Annex, Enclosure, OfficialDocument, Paragraph
from tests.reports import samples
from tests.reports.lint.cases import (
    UPWARD,
    downward,
    fix_findings,
    of_rule,
    quotes,
    text_of,
    with_text,
)

ANNEX = Annex("工作情况表", (Paragraph("见附件9。"),))
CIRCULAR = downward(replace(UPWARD, title="关于第三季度工作情况的通报"))


def annexed(text: str, count: int) -> OfficialDocument:
    """A report with a paragraph and annexes."""
    return replace(with_text(text), annexes=(ANNEX,) * count)


@pytest.mark.parametrize(
    ("text", "count", "quoted"),
    [
        ("情况见附件。", 0, ["附件"]),
        ("情况见附件2。", 0, ["附件2"]),
        ("情况见附件3（附件1）。", 2, ["附件3"]),
        ("情况见附件1。", 1, ["附件1"]),
        ("情况详见附件。", 2, ["附件"]),
        ("情况详见附件“存在问题”一栏。", 1, []),
        ("情况见附件1、附件2。", 2, []),
        ("落实《工作方案》附件2，其附件1，附件材料齐全，报送附件。", 0, []),
    ],
)
def test_an_annex_that_is_pointed_to_is_there(text: str, count: int, quoted: list[str]) -> None:
    assert quotes("missing-annex", annexed(text, count)) == quoted


def test_a_short_name_is_used_in_the_next_paragraph() -> None:
    body = (Paragraph("《工作方案》（以下简称“方案”）已印发。"), Paragraph("落实方案。"))
    assert quotes("unused-short-name", replace(UPWARD, body=body)) == []


def test_an_annex_is_pointed_to_at_the_very_beginning_too() -> None:
    assert quotes("missing-annex", annexed("见附件。", 0)) == ["附件"]


def test_the_number_of_an_only_annex_is_taken_away() -> None:
    document = annexed("情况见附件1。", 1)
    assert text_of(fix_findings(document, of_rule("missing-annex", document))) == "情况见附件。"
    enclosing = replace(UPWARD, enclosure=Enclosure("方案", ANNEX.blocks))
    assert quotes("missing-annex", enclosing) == []


@pytest.mark.parametrize(
    ("rule", "document", "quoted"),
    [
        ("hand-annex-list", with_text("附件：1.工作情况表"), ["附件：1.工作情况表"]),
        ("hand-annex-list", with_text("请填写附件：工作情况表。"), []),
        ("missing-table", with_text("情况如下表，见表2，如图所示。"), ["如下表", "见表2", "如图所示"]),
        ("missing-table", replace(UPWARD, body=(Paragraph("情况如下表。"), samples.table(1))), []),
        ("missing-table", with_text("集中表决，领导下图强，试图见图书馆，代表下表决。"), []),
        ("unused-short-name", with_text("《工作方案》（以下简称“方案”）已印发。"), ["（以下简称“方案”）"]),
        ("unused-short-name", with_text("《工作规划》（以下简称《规划》）已印发，落实《规划》。"), []),
        ("closing", with_text("特此通知。"), ["特此通知"]),
        ("closing", with_text("特此报告。"), []),
        ("closing", replace(with_text("特此函复。"), title="关于征求意见的函"), []),
        ("closing", replace(with_text("特此报告。"), title="第三季度工作小结"), []),
        ("direction", with_text("请遵照执行，请各部门抓好落实。"), ["请遵照执行", "请各部门抓好落实"]),
        ("direction", with_text("要求各部门认真贯彻执行，特此报告，请审阅。"), []),
        (
            "direction",
            replace(CIRCULAR, body=(Paragraph("妥否，请批示。请审阅。"),)),
            ["妥否，请批示", "请审阅"],
        ),
        ("direction", replace(CIRCULAR, body=(Paragraph("请认真贯彻执行。请审阅材料。呈请批示。"),)), []),
        ("direction", with_text("居民希望贯彻落实，提请贯彻执行。"), []),
        ("direction", replace(with_text("请遵照执行。"), masthead=None), []),
    ],
)
def test_a_text_points_and_closes_rightly(rule: str, document: OfficialDocument, quoted: list[str]) -> None:
    assert quotes(rule, document) == quoted
