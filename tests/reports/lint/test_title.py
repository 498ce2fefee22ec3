"""The title: its kind, its words and marks, its lines."""

from dataclasses import replace

import pytest

from reports.lint import check_document
from reports.model import DocumentPart
from tests.reports.lint.cases import (
    fix_findings,
    of_rule,
    quotes,
    with_title,
)

BROKEN_TITLES = [
    ("title-kind", "华阳路街道2026年工作计划"),
    ("title-kind", "关于第三季度工作情况的汇报"),
    ("title-end-mark", "关于第三季度工作情况的报告。"),
    ("title-inner-mark", "深化治理，推进工作的报告"),
    ("title-repetition", "关于转发关于做好填报工作的通知"),
    ("title-repetition", "转发工作规则的通知的通知"),
    ("title-link", "华阳路街道办事处关于\n第三季度工作情况报告"),
    ("title-lines", "关于" + "进一步加强社区治理和服务体系建设" * 5 + "的报告"),
    ("title-lines", "甲\n乙\n丙\n关于工作的报告"),
    ("title-shape", "华阳路街道办事处关于第三季度\n工作计划\n推进情况的报告情况的报告"),
]
SOUND_TITLES = [
    "华阳路街道办事处关于第三季度\n工作计划执行情况和完成情况的\n下一阶段工作打算的综合性报告",
    "关于《优化环境，服务企业。工作方案》推进情况的报告",
    "华阳路街道办事处\n关于2026年第三季度工作计划推进情况的报告",
    "关于征求“一网统管”意见的函",
    "关于转发《关于做好填报工作的通知》的通知",
    "2026年第三季度工作情况报告",
    "关于征求意见",
    "关于印发《工作规则（试行）》的通知（征求意见稿）",
    "华阳路街道办事处\n关于2026年第三季度工作计划推进情况和\n下一步工作打算的报告",
]


@pytest.mark.parametrize(("rule", "title"), BROKEN_TITLES)
def test_a_title_that_is_wrong_is_quoted(rule: str, title: str) -> None:
    (finding,) = of_rule(rule, with_title(title))
    assert finding.quote in title
    assert finding.place.part is DocumentPart.TITLE


@pytest.mark.parametrize("title", SOUND_TITLES)
def test_titles_that_are_right_are_left_alone(title: str) -> None:
    assert check_document(with_title(title)) == ()


def test_the_mark_after_a_title_is_taken_away_and_a_paper_without_red_head_needs_no_kind() -> None:
    document = with_title("关于工作情况的报告。")
    assert fix_findings(document, of_rule("title-end-mark", document)).title == "关于工作情况的报告"
    assert quotes("title-kind", replace(with_title("第三季度工作小结"), masthead=None)) == []


def test_the_word_that_a_title_lacks_is_put_in() -> None:
    document = with_title("关于工作情况报告")
    assert fix_findings(document, of_rule("title-link", document)).title == "关于工作情况的报告"
