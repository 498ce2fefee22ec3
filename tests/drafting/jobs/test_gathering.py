"""What is gathered: a filing that nobody has written is overdue only once its quarter's time is over."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest

from app.authority.actor import SAMPLE_LOADER
from app.base.clock import clock_stopped_at
from app.composition.chapters.submissions import missing_word
from app.composition.facts import DocumentFacts, IndicatorFacts
from app.composition.scope import DocumentScope, ScopeSpan
from app.directives.core.life_cycle import DirectiveState
from app.drafting.jobs.gathering import gather_facts
from app.filing.core.life_cycle import FilingState
from app.filing.core.models import IndicatorValue
from app.org.models import Leader
from app.periods.operations import open_period
from app.periods.rules import Quarter
from app.plan.assignments.operations import assign_measures
from app.plan.assignments.revising import RevisionTerms, WantedMeasure
from app.plan.core.models import Indicator, PlanItem
from app.plan.core.rules import CumulationRule
from tests.directives.writing import bare_directive
from tests.filing.pages import brought_to
from tests.world import THRESHOLDS, World


@pytest.mark.parametrize(("days", "word"), [(-1, "未报送"), (0, "未报送"), (1, "逾期未报送")])
def test_what_is_not_due_yet_is_not_overdue(reported: World, days: int, word: str) -> None:
    period = reported.period
    day = period.due_dates.grace_ends_on() + timedelta(days=days)
    with clock_stopped_at(datetime.combine(day, time(9))):
        facts = gather_facts(reported.plan, DocumentScope(period.quarter), thresholds=THRESHOLDS)
    words = {measure.number: missing_word(measure) for measure in facts.missing}
    assert words == {2: "退回待补", 4: word}
    assert facts.measures[3].state is FilingState.DRAFT


def test_a_directive_written_after_the_quarter_stands_in_a_later_document(reported: World) -> None:
    quarter = reported.period.quarter
    last = datetime.combine(quarter.last_day, time(23, 59))
    for at, text in ((last, "季末"), (last + timedelta(minutes=1), "季后")):
        bare_directive(reported.measures[0], author="周示例", text=text, created_at=at)
    directives = [
        one.text
        for one in gather_facts(reported.plan, DocumentScope(quarter), thresholds=THRESHOLDS).directives
    ]
    assert directives == ["季末"]
    assert [
        one.text
        for one in gather_facts(
            reported.plan, DocumentScope(quarter.next_quarter), thresholds=THRESHOLDS
        ).directives
    ] == ["季末", "季后"]


def test_a_half_year_names_both_who_led_before_may_and_who_led_after(world: World) -> None:
    for number, name in ((1, "经发办"), (2, "城管办")):
        world.period = open_period(world.plan, Quarter(2026, number), by=SAMPLE_LOADER)
        if number == 2:
            lead = WantedMeasure(world.measures[0], lead=world.departments["城管办"])
            terms = RevisionTerms(date(2026, 5, 1), "机构调整")
            assign_measures(world.plan, [lead], terms, source="测试", by=SAMPLE_LOADER)
        with clock_stopped_at(datetime.combine(world.period.department_due, time(9))):
            brought_to(FilingState.ACCEPTED, world, department=name)
    scope = DocumentScope(Quarter(2026, 2), ScopeSpan.HALF_YEAR)
    (first, *_) = gather_facts(world.plan, scope, thresholds=THRESHOLDS).measures
    assert first.lead_words == "城市管理办公室（第一季度：经济发展办公室）"
    assert (first.report is not None, len(first.earlier)) == (True, 1)
    alone = gather_facts(world.plan, scope, thresholds=THRESHOLDS, department=world.departments["经发办"])
    assert [measure.number for measure in alone.measures] == [1, 2]


def test_an_indicator_stands_where_all_that_was_accepted_of_it_brought_it(world: World) -> None:
    measure = world.measures[0]
    kept = Indicator.create(
        measure=measure,
        name="走访企业",
        unit="家",
        yearly_target=Decimal(40),
        position=9,
        cumulation_rule=CumulationRule.SUM,
    )
    for number, value in ((1, 8), (2, 12)):
        world.period = open_period(world.plan, Quarter(2026, number), by=SAMPLE_LOADER)
        with clock_stopped_at(datetime.combine(world.period.department_due, time(9))):
            filing = brought_to(FilingState.ACCEPTED, world)
        IndicatorValue.create(filing=filing, indicator=kept, value=Decimal(value))
    facts = gather_facts(world.plan, DocumentScope(Quarter(2026, 2)), thresholds=THRESHOLDS)
    stands = [one for one in facts.measures[0].indicators if one.name == kept.name]
    assert stands == [IndicatorFacts("走访企业", "20家", "40家", 50)]
    assert DocumentFacts.from_json(facts.as_json()) == facts


@pytest.mark.parametrize(("overall", "measures"), [(False, [1]), (True, [1, 2, 3, 4])])
def test_a_leader_gets_his_own_directives_and_in_overall_charge_the_whole_plan(
    reported: World, overall: bool, measures: list[int]
) -> None:
    other = Leader.create(name="吴示例", post="副主任", position=2)
    PlanItem.update(leader=other).where(PlanItem.id.in_([one.id for one in reported.measures[1:]])).execute()
    Leader.update(in_overall_charge=overall).where(Leader.id == reported.leader.id).execute()
    at = datetime.combine(reported.period.quarter.last_day, time(9))
    for leader in (reported.leader, other):
        bare_directive(
            reported.measures[0],
            author=leader.name,
            leader=leader,
            written_for=leader,
            text="请抓紧",
            created_at=at,
        )
    facts = gather_facts(
        reported.plan,
        DocumentScope(reported.period.quarter),
        thresholds=THRESHOLDS,
        leader=Leader.get_by_id(reported.leader.id),
    )
    assert [one.number for one in facts.measures] == measures
    assert [one.author for one in facts.directives] == [f"{reported.leader.name}同志"]
    assert facts.in_overall_charge is overall


def test_a_leader_also_gets_what_was_written_since_and_is_open(reported: World) -> None:
    since = datetime.combine(reported.period.quarter.last_day + timedelta(days=5), time(9))
    leader = reported.leader
    for text, state, closed_at in (
        ("未办", DirectiveState.OPEN, None),
        ("已销号", DirectiveState.CLOSED, since + timedelta(days=1)),
    ):
        bare_directive(
            reported.measures[0],
            author=leader.name,
            leader=leader,
            written_for=leader,
            text=text,
            state=state,
            created_at=since,
            closed_at=closed_at,
        )
    scope = DocumentScope(reported.period.quarter)
    own = gather_facts(reported.plan, scope, thresholds=THRESHOLDS, leader=leader)
    assert [one.text for one in own.directives] == ["未办"]
    assert not gather_facts(reported.plan, scope, thresholds=THRESHOLDS).directives
