"""The supervision circular: who answers for what is behind, and the checklist with its days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.composition.facts import DocumentFacts, MeasureFacts
from app.composition.kinds import summary
from app.composition.kinds.supervision import compose
from app.composition.scope import read_scope
from app.directives.core.life_cycle import DirectiveState
from app.filing.core.lights import Light
from app.filing.core.measure_status import Forecast
from app.periods.calendar import WorkCalendar
from reports.model import OfficialDocument, Table
from tests.composition.contents import (
    DOWNWARD,
    DUE,
    all_done,
    block_text,
    changed,
    chapter,
    directive,
    each,
    entry,
    filing_of,
    heads,
    table_in,
)
from tests.drafting.sample_documents import quarter_facts


@pytest.fixture(scope="module")
def facts() -> DocumentFacts:
    directives = (
        directive(DirectiveState.OPEN, due_on=date(2026, 12, 15)),
        directive(DirectiveState.OPEN, overdue=True),
        directive(DirectiveState.REPLIED, measure="举措“5”"),
        directive(DirectiveState.CLOSED, measure="举措“1”"),
    )
    return replace(changed(quarter_facts(), 2, leader="周示例"), due=DUE, directives=directives)


@pytest.fixture(scope="module")
def circular(facts: DocumentFacts) -> OfficialDocument:
    return compose(facts, DOWNWARD)


@pytest.fixture(scope="module")
def checklist(circular: OfficialDocument) -> Table:
    (annex,) = circular.annexes
    assert annex.title == "2026年第三季度督查事项清单"
    return table_in(annex.blocks)


def test_the_chapters_are_those_of_a_supervision(circular: OfficialDocument) -> None:
    assert circular.title == "关于《示例街道2026年工作计划》\n第三季度落实情况的督查通报"
    assert heads(circular, 1) == [
        "一、总体情况",
        "二、存在的问题",
        "三、已回复、尚未销号的批示和督办事项",
        "四、督查要求",
    ]
    assert heads(circular, 2)[:3] == [
        "（一）进度滞后和存在风险的举措",
        "（二）未报送和尚未采用的举措",
        "（三）尚未回复的批示、督办事项",
    ]


def test_its_annex_is_referred_to_where_it_has_one(circular: OfficialDocument) -> None:
    words = "现将有关情况通报如下，整改要求和办结时限详见附件。"
    assert block_text(circular.body[:1]).endswith(words)
    nothing_asked = compose(all_done(), DOWNWARD)
    assert not nothing_asked.annexes
    assert "附件" not in block_text(nothing_asked.body)


def test_what_is_behind_names_department_leader_and_gap(circular: OfficialDocument) -> None:
    text = next(one for one in chapter(circular, "存在的问题") if filing_of(one) == 2)
    assert block_text([text]).startswith(
        "牵头部门：第2办公室，分管领导：周示例。完成率55%，落后序时进度20个百分点，推进状态为滞后，红灯，"
    )


def test_only_unsettled_directives_are_described(circular: OfficialDocument) -> None:
    text = block_text(chapter(circular, "存在的问题"))
    assert "甲办、乙办逾期未回复。" in text
    assert text.count("周示例2026年7月2日") == 2
    replied = block_text(chapter(circular, "已回复、尚未销号的批示和督办事项"))
    assert replied.count("周示例2026年7月2日") == 1  # of four, one is closed


def test_the_checklist_has_one_row_for_each_thing_that_is_owed(
    checklist: Table, facts: DocumentFacts
) -> None:
    assert [row[0] for row in checklist.rows] == [str(n + 1) for n in range(len(checklist.rows))]
    behind = [m for m, report in facts.reported if report.light in (Light.YELLOW, Light.RED, Light.GREY)]
    owed = [m for m in facts.missing if m.missing_words != "待审核采用"]
    assert len(checklist.rows) == len(behind) + len(owed) + 2
    assert checklist.rows[0] == (
        "1",
        "举措“2”",
        "第2办公室",
        "周示例",
        "完成率55%，落后序时进度20个百分点，推进状态为滞后，亮红灯。",
        "明确追赶措施、责任人和完成时限，书面报送党政办公室。",
        "2026年11月5日",
    )


def test_what_is_asked_suits_what_is_wrong(checklist: Table) -> None:
    asked = {row[4]: row[5] for row in checklist.rows}
    paused = "完成率38%，落后序时进度37个百分点，已暂停，年底预计不能完成。"
    assert asked[paused] == "明确恢复条件和预计恢复时间，书面报送党政办公室。"
    assert asked["2026年第三季度填报退回待补。"] == "按退回意见补充完善后重新报送。"
    assert asked["2026年第三季度填报待部门审签。"] == "部门负责人审签后报送。"


def test_why_a_measure_stopped_is_asked_only_where_no_reason_is_given(facts: DocumentFacts) -> None:
    def silent(measure: MeasureFacts) -> MeasureFacts:
        return replace(measure, report=measure.report and replace(measure.report, status_reason="无"))

    assert "的4项明确后续安排，" in block_text(compose(facts, DOWNWARD).body)
    unexplained = compose(each(facts, silent), DOWNWARD)
    assert "的4项说明原因和后续安排，" in block_text(unexplained.body)
    (annex,) = unexplained.annexes
    assert "说明暂停原因，明确恢复条件和预计恢复时间" in str(annex)


def test_a_directive_keeps_its_own_day_unless_it_has_gone_by(checklist: Table) -> None:
    *_, in_time, late = checklist.rows
    assert in_time[2:] == (
        "甲办、乙办",
        "周示例",
        "周示例2026年7月2日批示尚未回复。",
        "按要求办理并书面回复。",
        "2026年12月15日",
    )
    assert late[4:] == (
        "周示例2026年7月2日批示逾期未回复。",
        "立即办理回复，并说明逾期原因。",
        "2026年10月27日",
    )


def test_days_are_working_days_of_this_office(facts: DocumentFacts) -> None:
    closed = replace(facts, calendar=WorkCalendar({date(2026, 10, 23): False}))
    text = entry(compose(closed, DOWNWARD), "督查要求", "抓紧做好补报工作。").text
    assert "于2026年10月28日前完成报送" in text


def test_where_nothing_is_wrong_it_says_so_and_asks_for_nothing_by_name() -> None:
    circular = compose(all_done(), DOWNWARD)
    assert heads(circular, 1) == ["一、总体情况", "二、督查要求"]
    assert block_text(chapter(circular, "总体情况")).endswith(
        "核对中未发现进度滞后、逾期报送和批示、督办事项未回复的情况。"
    )
    assert circular.annexes == ()


def test_that_every_target_was_reached_stands_once() -> None:
    whole = each(all_done(), lambda one: replace(one, report=one.report and replace(one.report, percent=100)))
    text = block_text(compose(replace(whole, scope=read_scope("2026Q4")), DOWNWARD).body)
    assert text.count("均达到年度目标") == 1
    assert "完成率" not in text


def test_it_praises_nobody_and_counts_departments_with_as_many_together() -> None:
    facts = replace(quarter_facts(), due=DUE)
    good = facts.narrowed(lambda one: one.report is None or one.report.percent >= 75 or one.number == 2)
    assert "总体进展顺利" in block_text(summary.compose(good, DOWNWARD).body)
    text = block_text(compose(good, DOWNWARD).body)
    assert "总体进展顺利" not in text
    leads = {2: "甲办", 5: "甲办", 9: "乙办", 13: "丙办", 16: "乙办", 20: "丁办"}
    known = facts.narrowed(lambda one: one.number in leads or (one.report and one.report.percent >= 75))
    led = each(known, lambda one: replace(one, lead=leads.get(one.number, one.lead)))
    assert "共6项，按牵头部门分，甲办、乙办各2项，丙办、丁办各1项。" in block_text(
        compose(led, DOWNWARD).body
    )
    unled = each(led, lambda one: replace(one, lead="" if one.number == 2 else one.lead))
    assert "乙办2项，甲办、丙办、丁办各1项，牵头部门未明确的1项。" in block_text(
        compose(unled, DOWNWARD).body
    )


def test_where_all_that_lag_are_given_up_they_are_not_counted_of_themselves() -> None:
    def given_up(measure: MeasureFacts) -> MeasureFacts:
        report = measure.report and replace(measure.report, forecast=Forecast.CANNOT_FINISH)
        return measure if measure.number == 4 else replace(measure, report=report)

    facts = each(quarter_facts().narrowed(lambda one: one.number in (2, 4, 5)), given_up)
    assert "这2项年底预计均不能完成，即“举措‘2’”“举措‘5’”。" in block_text(compose(facts, DOWNWARD).body)
