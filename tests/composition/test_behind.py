"""What is behind 序时进度 is named wherever it is counted, whatever its department made of its light."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from app.composition.chapters.submissions import MOST_TITLES
from app.composition.facts import DocumentFacts, MeasureFacts
from app.composition.kinds import (
    circular,
    quarterly,
    summary,
    supervision,
)
from app.composition.rules import TextFullness
from app.filing.core.lights import Light
from app.filing.core.measure_status import Forecast, MeasureStatus
from reports.model import OfficialDocument
from tests.composition.contents import (
    DOWNWARD,
    block_text,
    changed,
    chapter,
    each,
    entry,
    paragraphs,
    table_in,
)
from tests.drafting.sample_documents import CASES, PARTICULARS, measure_facts, quarter_facts

NUMBER, TITLE = 1, "举措“1”。"
REASON = "按上级安排，三季度不设节点。"
WHY = f"调整亮灯的理由：{REASON}"


@pytest.fixture(scope="module")
def facts() -> DocumentFacts:
    """Return facts in which a measure that has not begun has its light moved to green."""
    facts = replace(quarter_facts(), fullness=TextFullness.CONCISE)
    report = facts.measures[NUMBER - 1].report
    assert report is not None
    excused = replace(
        report,
        percent=0,
        status=MeasureStatus.NOT_STARTED,
        light=Light.GREEN,
        light_reason=REASON,
        problems="待部署。",
    )
    return changed(facts, NUMBER, report=excused)


def test_departments_read_it_with_the_reason_for_its_light(facts: DocumentFacts) -> None:
    for kind in (circular, supervision):
        reported = entry(kind.compose(facts, DOWNWARD), "存在的问题", TITLE).text
        assert "完成率0%，落后序时进度75个百分点，尚未启动，绿灯" in reported
        assert reported.endswith(f"待部署。{WHY}")
    inside = chapter(summary.compose(facts, DOWNWARD), "存在的问题")
    assert block_text(inside).count(REASON) == 1
    assert f"“举措‘1’”（第1办公室）亮灯调整为绿灯的理由：{REASON}" in block_text(inside)


def test_superiors_read_it_among_the_problems_without_the_reason(facts: DocumentFacts) -> None:
    report = quarterly.compose(facts, PARTICULARS)
    assert entry(report, "存在的问题", TITLE).text.endswith("年底预计能够完成。待部署。")
    assert TITLE not in [one.head.text for one in paragraphs(report, "各项举措推进情况") if one.head]
    assert REASON not in block_text(report.body)


def in_words(count: int, document: OfficialDocument) -> str:
    """Return the sentence of the overview that says where those behind stand."""
    (found,) = re.findall(
        rf"^落后序时进度的{count}项.*$", block_text(chapter(document, "总体情况")), re.MULTILINE
    )
    return found


def test_all_that_are_counted_as_behind_are_found(facts: DocumentFacts) -> None:
    behind = [measure for measure, report in facts.reported if report.percent < 75]
    report = quarterly.compose(facts, PARTICULARS)
    deep = sum(one.percent <= 60 for _, one in facts.reported)
    assert f"差距15个百分点及以上{deep}项" in block_text(chapter(report, "总体情况"))
    close = changed(facts, 5, report=replace(facts.reported[0][1], percent=73, light=Light.GREEN))
    reported = circular.compose(close, DOWNWARD)
    listed = len(behind) - 1
    opening = f"落后序时进度的{len(behind)}项中，{listed}项在“存在的问题”部分列出，其余1项"
    assert in_words(len(behind), reported) == f"{opening}差距为2个百分点，进展情况详见附件。"
    named = f"{opening}为“举措‘5’”，差距为2个百分点。"
    assert in_words(len(behind), supervision.compose(close, DOWNWARD)) == named
    internal = summary.compose(close, DOWNWARD)
    assert in_words(len(behind), internal) == named
    rows = table_in(chapter(internal, "存在的问题")).rows
    assert sum("落后" in row[4] for row in rows) == listed


def test_of_many_that_are_slightly_behind_the_count_is_enough(facts: DocumentFacts) -> None:
    def slightly(measure: MeasureFacts) -> MeasureFacts:
        report = measure.report
        if report is None or report.percent < 75:
            return measure
        good = replace(report, percent=74, status=MeasureStatus.ON_TRACK, light=Light.GREEN)
        return replace(measure, report=good)

    found = each(facts, slightly)
    total, close = len(found.reported), sum(report.percent == 74 for _, report in found.reported)
    assert close > MOST_TITLES + 1
    some = {measure.number for measure, report in found.reported if report.percent == 74}
    fifth = sorted(some)[MOST_TITLES + 1]
    five = found.narrowed(lambda one: one.number not in some or one.number <= fifth)
    assert in_words(len(five.reported), summary.compose(five, DOWNWARD)).endswith(
        f"其余{MOST_TITLES + 2}项差距均为1个百分点。"
    )
    words = in_words(total, summary.compose(found, DOWNWARD))
    assert words.endswith(f"其余{close}项差距均为1个百分点。")
    wide = quarterly.compose(found, PARTICULARS)
    assert in_words(total, wide).endswith(f"其余{close}项差距均为1个百分点。")
    alone = found.narrowed(lambda one: one.report is not None and one.report.percent == 74)
    overview = block_text(chapter(summary.compose(alone, DOWNWARD), "总体情况"))
    assert overview.endswith(f"{close}项均落后序时进度，差距均为1个百分点。")
    most = changed(alone, alone.measures[0].number, report=replace(alone.reported[0][1], percent=75))
    upward = block_text(chapter(quarterly.compose(most, PARTICULARS), "总体情况"))
    assert upward.count(f"落后序时进度的{close - 1}项差距均为1个百分点。") == 1
    assert "附件" not in upward


def test_a_full_text_sends_nobody_to_the_annex_for_what_its_next_chapter_tells(
    facts: DocumentFacts,
) -> None:
    full = changed(facts, 5, report=replace(facts.reported[0][1], percent=73, light=Light.GREEN))
    report = quarterly.compose(replace(full, fullness=TextFullness.FULL), PARTICULARS)
    assert "附件" not in block_text(chapter(report, "总体情况"))
    assert "其余1项为“举措‘5’”，差距为2个百分点。" in block_text(chapter(report, "总体情况"))


@pytest.mark.parametrize(
    ("problems", "lead"),
    [
        ("管线搬迁较慢，进度落后序时23个百分点。", "完成率52%，黄灯"),
        ("开工推迟，比序时进度落后23个百分点。", "完成率52%，黄灯"),
        ("管线搬迁较慢，进度落后序时20个百分点。", "完成率52%，落后序时进度23个百分点，黄灯"),
        ("适老化改造落后序时23个百分点。", "完成率52%，落后序时进度23个百分点，黄灯"),
    ],
)
def test_the_lag_is_stated_once(facts: DocumentFacts, problems: str, lead: str) -> None:
    report = facts.measures[NUMBER - 1].report
    assert report is not None
    late = replace(
        report,
        percent=52,
        status=MeasureStatus.ON_TRACK,
        light=Light.YELLOW,
        problems=problems,
        light_reason="",
    )
    text = entry(circular.compose(changed(facts, NUMBER, report=late), DOWNWARD), "存在的问题", TITLE).text
    assert f"牵头，{lead}，年底预计" in text or text.startswith(f"{lead}，年底预计")
    assert text.endswith(problems)


@pytest.mark.parametrize(
    ("gaps", "words"),
    [
        ((0, 3, 15), "落后序时进度2项，其中1项差距为15个百分点，其余1项不足15个百分点。"),
        ((0, 3, 2, 20, 20), "落后序时进度4项，其中2项差距均为20个百分点，其余2项均不足15个百分点。"),
        ((0, 3, 16, 20), "落后序时进度3项，其中差距15个百分点及以上2项，差距最大20个百分点。"),
        ((0, 16, 20), "落后序时进度的2项差距均在15个百分点及以上，最大20个百分点。"),
        ((0, 1, 3), "落后序时进度2项，差距最大3个百分点。"),
        ((0, 3, 3), "落后序时进度的2项差距均为3个百分点。"),
    ],
)
def test_a_gap_is_counted_once(gaps: tuple[int, ...], words: str) -> None:
    facts = quarter_facts()
    for number, gap in enumerate(gaps, 1):
        measure = measure_facts(number, CASES[0])
        assert measure.report is not None
        facts = changed(facts, number, report=replace(measure.report, percent=75 - gap))
    few = facts.narrowed(lambda measure: measure.number <= len(gaps))
    report = quarterly.compose(few, PARTICULARS)
    assert f"从完成进度看，序时进度为75%。{words}" in block_text(chapter(report, "总体情况"))


def test_the_day_is_given_by_the_lead_in_alone(facts: DocumentFacts) -> None:
    reports = (quarterly.compose(facts, PARTICULARS), summary.compose(facts, DOWNWARD))
    circulars = (kind.compose(facts, DOWNWARD) for kind in (circular, supervision))
    for document in (*reports, *circulars):
        assert "截至" not in block_text(chapter(document, "总体情况"))


def test_what_names_its_rule_is_counted_without_shares(facts: DocumentFacts) -> None:
    report = next(report for _, report in facts.reported if report.percent >= 75)
    doubtful = {"report": replace(report, forecast=Forecast.CANNOT_FINISH)}
    known = changed(facts, report.filing, **doubtful)
    lead_in, *_ = paragraphs(circular.compose(known, DOWNWARD), "存在的问题")
    assert re.search(r"共\d{2}项，其中，落后序时进度\d+项，未落后但.*的\d+项。列入的标准：", lead_in.text)
