"""A concise document: every measure once and in short, the whole words behind it in the annex."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.composition.abridgement import FEW, GIST_LENGTH
from app.composition.chapters.next_steps import leading_measures
from app.composition.facts import DocumentFacts, MeasureFacts
from app.composition.kinds import (
    circular,
    department,
    quarterly,
    yearly,
)
from app.composition.rules import TextFullness
from app.composition.scope import DocumentScope, ScopeSpan
from app.filing.core.life_cycle import FilingState
from app.filing.core.lights import Light
from app.filing.core.measure_status import Forecast, MeasureStatus
from app.periods.rules import Quarter
from reports.model import OfficialDocument, Paragraph, Table
from tests.composition.contents import (
    DOWNWARD,
    block_text,
    changed,
    chapter,
    each,
    filing_of,
    heads,
    paragraphs,
)
from tests.drafting.sample_documents import PARTICULARS, QUARTER, quarter_facts

FIRST = "已走访百家企业，收集诉求三十件，办结二十八件。"
WORDS = f"{FIRST}下半年与行业协会一道举办专场对接活动十二场，参加企业四百多家次，促成合作意向六项，投融资对接十八次。"
PROGRESS, PROBLEMS, STEPS = "各项举措推进情况", "存在的问题", "下一步工作打算"


def wordy(measure: MeasureFacts) -> MeasureFacts:
    """Return a measure that was reported on at length."""
    if measure.report is None:
        return measure
    problems = measure.report.problems or "场地不足。"
    return replace(
        measure, report=replace(measure.report, progress=WORDS, problems=problems, next_steps=WORDS)
    )


def with_second_quarter(measure: MeasureFacts) -> MeasureFacts:
    """Return a measure that was reported on at length in the second quarter, too."""
    if measure.report is None:
        return measure
    earlier = replace(measure.report, quarter=Quarter(2026, 2), progress=f"上半年启动。{WORDS}")
    return replace(measure, earlier=(earlier,))


def facts_of(fullness: TextFullness) -> DocumentFacts:
    return replace(each(quarter_facts(), wordy), fullness=fullness)


def cumulative(span: ScopeSpan = ScopeSpan.THREE_QUARTERS, quarter: Quarter = QUARTER) -> DocumentFacts:
    """Return the facts of several quarters, to be told in short."""
    facts = each(facts_of(TextFullness.CONCISE), with_second_quarter)
    return replace(facts, scope=DocumentScope(quarter, span))


@pytest.fixture(scope="module")
def facts() -> DocumentFacts:
    return facts_of(TextFullness.CONCISE)


@pytest.fixture(scope="module")
def report(facts: DocumentFacts) -> OfficialDocument:
    return quarterly.compose(facts, PARTICULARS)


def at_risk(facts: DocumentFacts) -> list[str]:
    """Return the heads of the measures whose light or status is not good."""
    bad = (MeasureStatus.LAGGING, MeasureStatus.PAUSED)
    return [
        f"{measure.title}。"
        for measure, report in facts.reported
        if report.light in (Light.YELLOW, Light.RED) or report.status in bad
    ]


def run_in_heads(found: list[Paragraph]) -> list[str]:
    return [one.head.text for one in found if one.head]


def length(document: OfficialDocument) -> int:
    return len(block_text(document.body))


def test_every_measure_is_described_once_by_its_first_sentences(
    report: OfficialDocument, facts: DocumentFacts
) -> None:
    announcement, *sentences = paragraphs(report, PROGRESS)
    everything = [f"{measure.title}。" for measure, _ in facts.reported]
    elsewhere = [head for head in run_in_heads(paragraphs(report, PROBLEMS)) if head in everything]
    assert elsewhere == at_risk(facts)
    assert run_in_heads(sentences) == [head for head in everything if head not in elsewhere]
    assert {one.text for one in sentences} == {FIRST}
    assert all(filing_of(one) for one in sentences)
    assert announcement.text == (
        f"进度滞后和存在风险的{len(elsewhere)}项举措在“存在的问题”部分说明，其他举措的主要进展如下，详细情况见附件。"
    )


def test_parts_and_sections_without_words_have_no_heading(facts: DocumentFacts) -> None:
    only = {measure.number for measure, _ in facts.reported[:2]}
    report = quarterly.compose(facts.narrowed(lambda measure: measure.number in only), PARTICULARS)
    assert heads(report, 2)[0] == "部分1，推动发展"
    assert [head for head in heads(report, 3) if "专项" in head] == ["1.部分1专项1"]


def test_other_problems_and_steps_are_left_to_the_annex_and_counted(report: OfficialDocument) -> None:
    assert (
        "其他举措中，有4项反映了推进中的具体问题，其中场地和空间条件受限的4项，详见附件“存在问题”栏。"
    ) in block_text(chapter(report, PROBLEMS))
    opening, *steps, closing = paragraphs(report, STEPS)[:-1]
    assert opening.text == "对进度滞后和存在风险的举措中差距15个百分点及以上的，重点抓好以下工作。"
    assert len(steps) == 8
    assert closing.text == "其他举措的下一步工作，详见附件“下一步计划”栏。"
    assert {one.text for one in steps} == {FIRST}
    assert all(len(one.text) <= GIST_LENGTH for one in steps)


def test_the_annex_has_every_word(report: OfficialDocument, facts: DocumentFacts) -> None:
    (table,) = report.annexes[0].blocks
    assert isinstance(table, Table)
    sentences = [(row[5], row[9]) for row in table.rows if row[5] != "—"]
    assert sentences == [(WORDS, WORDS)] * len(facts.reported)


def test_it_is_much_shorter_than_the_full_text(report: OfficialDocument) -> None:
    assert length(report) < length(quarterly.compose(facts_of(TextFullness.FULL), PARTICULARS)) / 2


def test_of_several_quarters_the_last_words_are_given_and_the_annex_has_all() -> None:
    report = quarterly.compose(cumulative(), PARTICULARS)
    assert {one.text for one in paragraphs(report, PROGRESS)[1:]} == {FIRST}
    (table,) = report.annexes[0].blocks
    assert isinstance(table, Table)
    assert table.rows[0][5] == f"二季度：上半年启动。\n三季度：{WORDS}"


def test_words_of_an_earlier_quarter_are_dated() -> None:
    waiting = changed(cumulative(), 1, report=None, state=FilingState.RETURNED)
    sentences = paragraphs(quarterly.compose(waiting, PARTICULARS), PROGRESS)[1]
    assert sentences.head is not None and sentences.head.text == "举措“1”。"
    assert sentences.text == f"上半年启动。{FIRST}"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("走访企业5家。", "二季度，走访企业5家。"),
        ("累计走访企业9家。", "截至二季度末，累计走访企业9家。"),
        ("企业二季度签约4家。", "企业二季度签约4家。"),
        ("5月签约4家，累计9家。", "5月签约4家，累计9家。"),
    ],
)
def test_the_gist_of_an_earlier_quarter_says_how_far_it_reaches(written: str, shown: str) -> None:
    (earlier,) = cumulative().measures[0].earlier
    waiting = changed(
        cumulative(),
        1,
        report=None,
        state=FilingState.RETURNED,
        earlier=(replace(earlier, progress=written),),
    )
    assert paragraphs(quarterly.compose(waiting, PARTICULARS), PROGRESS)[1].text == shown


def test_of_many_far_behind_the_next_steps_of_those_given_up_are_named_unless_they_are_but_a_few() -> None:
    def far_behind(measure: MeasureFacts, *given_up: int) -> MeasureFacts:
        forecast = Forecast.CANNOT_FINISH if measure.number in given_up else Forecast.DIFFICULT
        report = measure.report and replace(measure.report, percent=measure.number, forecast=forecast)
        return replace(measure, report=report)

    facts = each(facts_of(TextFullness.CONCISE), lambda one: far_behind(one, 1, 2, 4, 5, 7))
    opening, *steps = paragraphs(quarterly.compose(facts, PARTICULARS), STEPS)[:-2]
    assert opening.text == "对进度滞后和存在风险的举措中年底预计不能完成的，重点抓好以下工作。"
    assert run_in_heads(steps) == [f"举措“{number}”。" for number in (1, 2, 4, 5, 7)]
    few = each(facts_of(TextFullness.CONCISE), lambda one: far_behind(one, 5, 7))
    opening, *steps = paragraphs(quarterly.compose(few, PARTICULARS), STEPS)[:-2]
    assert opening.text == f"对进度滞后和存在风险的举措，逐项抓好落实，重点是以下{len(steps)}项。"
    assert len(steps) == len(few.parts)
    assert steps[0].head is not None and steps[0].head.text == "举措“5”。"


def test_where_all_lag_behind_there_is_no_chapter_of_progress(facts: DocumentFacts) -> None:
    lagging = facts.narrowed(lambda measure: f"{measure.title}。" in at_risk(facts))
    assert len(lagging.measures) > FEW
    assert heads(quarterly.compose(lagging, PARTICULARS), 1)[:2] == ["一、总体情况", "二、存在的问题"]


def test_of_few_measures_each_is_described_though_it_lags(facts: DocumentFacts) -> None:
    lagging = facts.narrowed(lambda measure: f"{measure.title}。" in at_risk(facts)[:3])
    opening, *sentences = paragraphs(quarterly.compose(lagging, PARTICULARS), PROGRESS)
    assert opening.text == "各项举措的主要进展如下，详细情况见附件。"
    assert len(sentences) == 3


def test_of_what_was_not_begun_there_is_no_progress(facts: DocumentFacts) -> None:
    one = facts.narrowed(lambda measure: measure is facts.reported[0][0])
    report = one.measures[0].report
    assert report is not None
    idle = replace(report, percent=0, status=MeasureStatus.NOT_STARTED, progress="尚未启动。")
    found = quarterly.compose(each(one, lambda measure: replace(measure, report=idle)), PARTICULARS)
    assert PROGRESS not in [head[2:] for head in heads(found, 1)]


def test_where_nothing_lags_some_next_steps_and_common_problems_are_named(facts: DocumentFacts) -> None:
    good = facts.narrowed(lambda measure: f"{measure.title}。" not in at_risk(facts))
    report = quarterly.compose(good, PARTICULARS)
    opening, *steps, closing = paragraphs(report, STEPS)[:-1]
    assert opening.text == "第四季度，重点抓好以下工作。"
    assert len(steps) == sum(bool(part.measures) for part in good.parts)
    assert closing.text == "其他举措的下一步工作，详见附件“下一步计划”栏。"
    assert heads(report, 2).count("各项举措反映的问题") == 0
    assert block_text(chapter(report, PROBLEMS)) == (
        "各项举措中，有4项反映了推进中的具体问题，其中场地和空间条件受限的4项，详见附件“存在问题”栏。"
    )


def test_where_one_lags_other_next_steps_are_named_too(facts: DocumentFacts) -> None:
    paused = facts.reported[0][0].number
    good = facts.narrowed(lambda measure: f"{measure.title}。" not in at_risk(facts))
    assert good.measures[0].number == paused
    report = good.measures[0].report
    assert report is not None
    stopped = changed(good, paused, report=replace(report, status=MeasureStatus.PAUSED))
    opening, *steps, _ = paragraphs(quarterly.compose(stopped, PARTICULARS), STEPS)[:-1]
    assert opening.text == "第四季度，重点抓好以下工作。"
    assert run_in_heads(steps)[0] == f"举措“{paused}”。"
    assert len(steps) >= sum(bool(part.measures) for part in good.parts)


def test_where_all_that_lag_are_described_they_are_not_counted_of_themselves() -> None:
    def far_behind(measure: MeasureFacts) -> MeasureFacts:
        return replace(measure, report=measure.report and replace(measure.report, percent=10))

    facts = each(facts_of(TextFullness.CONCISE), far_behind)
    given_up = each(
        facts,
        lambda one: replace(one, report=one.report and replace(one.report, forecast=Forecast.CANNOT_FINISH)),
    )
    for found in (facts, given_up):
        opening, *steps, closing = paragraphs(quarterly.compose(found, PARTICULARS), STEPS)[:-1]
        assert "举措中" not in opening.text or "举措中年底预计" in opening.text
    assert opening.text == f"对进度滞后和存在风险的举措，逐项抓好落实，重点是以下{len(steps)}项。"
    assert len(steps) == len(given_up.parts) < FEW < len(given_up.reported)
    assert closing.text == "其他举措的下一步工作，详见附件“下一步计划”栏。"


def test_a_circular_tells_in_short_what_keeps_pace(facts: DocumentFacts) -> None:
    concise = circular.compose(facts, DOWNWARD)
    full = circular.compose(replace(facts, fullness=TextFullness.FULL), DOWNWARD)
    assert f"牵头，完成率76%。{FIRST}" in block_text(chapter(concise, "各部分推进情况"))
    assert f"牵头，完成率76%。{WORDS}" in block_text(chapter(full, "各部分推进情况"))


def test_a_department_tells_all_its_own_measures_in_short(facts: DocumentFacts) -> None:
    own = replace(facts.narrowed(lambda measure: measure.lead == "第2办公室"), department="第2办公室")
    sentences = block_text(chapter(department.compose(own, DOWNWARD), "工作完成情况"))
    assert FIRST in sentences
    assert WORDS not in sentences


def test_a_yearly_report_tells_of_what_was_missed_under_the_targets(facts: DocumentFacts) -> None:
    report = yearly.compose(cumulative(ScopeSpan.YEAR, Quarter(2026, 4)), PARTICULARS)
    announcement, *sentences = paragraphs(report, "各项举措完成情况")
    assert announcement.text.startswith("未达到年度目标的")
    assert "在“年度目标完成情况”部分说明" in announcement.text
    reached = [measure.title for measure, report in facts.reported if report.percent >= 100]
    assert run_in_heads(sentences) == [f"{title}。" for title in reached]
    opening, *steps, closing = paragraphs(report, "下一年度工作打算")[:-1]
    assert opening.text == "对未达到年度目标的举措中差距15个百分点及以上的，重点抓好以下工作。"
    assert len(steps) == 8 < len(facts.reported) - len(reached)
    assert closing.text.startswith("其他举措的下一步工作")


def test_what_is_paused_gives_way_among_the_next_steps_that_matter_most() -> None:
    facts = each(
        facts_of(TextFullness.CONCISE),
        lambda one: replace(one, report=one.report and replace(one.report, percent=one.number)),
    )
    first, report = leading_measures(facts)[0]
    paused = changed(facts, first.number, report=replace(report, status=MeasureStatus.PAUSED))
    assert first.number not in [measure.number for measure, _ in leading_measures(paused)]
