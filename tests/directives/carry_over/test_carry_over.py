"""Unfinished measures and open directives go on in the next plan, on both databases."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.audit.models import Event
from app.base.clock import clock_stopped_at
from app.base.errors import BadInput, IllegalTransition
from app.composition.scope import DocumentScope
from app.directives.carry_over.operations import (
    CarryOverDecision,
    DraftDecision,
    carry_over_measures,
    plan_carry_overs,
    take_back_carry_over,
)
from app.directives.carry_over.year_end import YearEndState, turn_into_year
from app.directives.core.carry_overs import DirectiveCarryOver, MeasureCarryOver
from app.directives.core.life_cycle import DirectiveState
from app.directives.core.models import Directive
from app.directives.core.queries import directives_on_measure, unclosed_of_department
from app.directives.core.subjects import DirectiveSubject
from app.directives.replies.operations import reply_to_directive
from app.drafting.jobs.gathering import gather_facts
from app.notices.models import Notice
from app.notices.rules import NoticeKind
from app.periods.operations import close_period, open_period
from app.periods.rules import Quarter
from app.plan.core.models import Plan, PlanItem
from app.plan.core.operations import remove_plan
from app.plan.core.queries import dependents_of_plan, measures_of_plan
from app.plan.core.rules import kept_words
from app.plan.preview.models import ImportDraft
from app.plan.preview.operations import choose_predecessors, confirm_import
from tests.databases import on_both
from tests.directives.writing import WORDS, reload_directive
from tests.directives.year_turn import (
    JANUARY,
    LATER_IN_JANUARY,
    directive_of_december,
    end_the_year,
    next_plan,
)
from tests.plan.preview.import_drafts import read_draft, start_of
from tests.world import THRESHOLDS, World


@pytest.fixture(autouse=True)
def in_january(world: World) -> Iterator[None]:
    """Stand in January of the next year, with the fourth quarter still open."""
    end_the_year(world)
    with clock_stopped_at(JANUARY):
        yield


def carry(
    world: World, plan: Plan, measure: PlanItem, successor: PlanItem | None, reason: str = ""
) -> MeasureCarryOver:
    decision = CarryOverDecision(measure, successor, reason)
    carry_over_measures(plan, [decision], by=world.users["office"])
    found: MeasureCarryOver = MeasureCarryOver.get(MeasureCarryOver.measure == measure)
    return found


def reply(world: World, directive: Directive, department: str, text: str = "接着办。") -> None:
    reply_to_directive(
        directive,
        text,
        department=world.departments[department],
        by=world.users[f"head:{department}"],
        version=directive.version,
    )


def test_what_is_left_of_a_year_is_known_by_what_was_accepted_last(world: World) -> None:
    directive_of_december(world, "城管办", measure=3)
    turn = turn_into_year(2027)
    assert [(one.measure.position, one.state) for one in turn.years] == [
        (1, YearEndState.UNFINISHED),
        (2, YearEndState.PENDING),
        (3, YearEndState.FINISHED),
        (4, YearEndState.PENDING),
    ]
    assert turn.years[0].last_words == "正常推进，完成 70%，年底预计能够完成（第四季度）"
    assert turn.years[1].last_words == "没有采用过的填报"
    assert [one.measure.position for one in turn.undecided] == [1, 2, 3, 4]
    assert [one.is_pending for one in turn.undecided] == [False, True, False, True]
    close_period(world.period, by=world.users["office"])
    assert [one.state for one in turn_into_year(2027).years[1::2]] == [YearEndState.UNFINISHED] * 2
    assert turn_into_year(2026).last is None


@on_both
def test_an_open_directive_goes_on_under_the_new_measure_and_its_lead(world: World) -> None:
    directive = directive_of_december(world, "经发办", "一居")
    with clock_stopped_at(JANUARY):
        reply(world, directive, "一居", "已办一半。")
    plan, measures = next_plan(world, "经发办", "城管办")
    before = reload_directive(directive)
    with clock_stopped_at(LATER_IN_JANUARY):
        carry(world, plan, world.measures[0], measures[1])
        after = reload_directive(directive)
        assert (after.id, after.text, after.due_on, after.created_at) == (
            before.id,
            WORDS,
            before.due_on,
            before.created_at,
        )
        assert (after.state, after.measures) == (DirectiveState.OPEN, [measures[1]])
        assert [one.department.short_name for one in after.addressees] == ["城管办", "一居"]
        assert [one.text for one in after.replies] == ["已办一半。"]
        assert [step.words_before + step.words_after for step in after.carry_overs] == [
            "2027年1月20日由2026年第 1 项结转至2027年第 2 项"
        ]
        assert [one.id for one in directives_on_measure(world.measures[0])] == [directive.id]
        assert unclosed_of_department(world.departments["经发办"].id, measure_id=world.measures[0].id) == []
        own = unclosed_of_department(world.departments["城管办"].id, measure_id=measures[1].id)
        assert [one.id for one in own] == [directive.id]
        reply(world, after, "城管办")
    assert reload_directive(directive).state is DirectiveState.REPLIED


def test_documents_of_either_year_tell_of_it_under_their_own_measure(world: World) -> None:
    directive = directive_of_december(world)
    PlanItem.update(title="旧名称").where(PlanItem.id == world.measures[0].id).execute()
    plan, measures = next_plan(world, "经发办")
    carry(world, plan, world.measures[0], measures[0])
    for where, quarter, title in (
        (world.plan, Quarter(2026, 4), "旧名称"),
        (plan, Quarter(2027, 1), measures[0].title),
    ):
        facts = gather_facts(where, DocumentScope(quarter), thresholds=THRESHOLDS)
        assert [(one.directive, one.measure) for one in facts.directives] == [(directive.id, title)]


def test_who_led_and_who_leads_hear_of_it_once(world: World) -> None:
    plan, measures = next_plan(world, "城管办", "城管办")
    decisions = [
        CarryOverDecision(world.measures[0], measures[0]),
        CarryOverDecision(world.measures[1], None, "并入日常工作。"),
    ]
    carry_over_measures(plan, decisions, by=world.users["office"])
    notices = list(Notice.select().where(Notice.kind == NoticeKind.CARRY_OVER).order_by(Notice.id))
    names = {user.account_id: name for name, user in world.users.items() if ":" in name}
    assert [names[one.account_id] for one in notices] == [
        "filer:经发办", "head:经发办", "filer:城管办", "head:城管办",
    ]  # fmt: skip
    assert notices[0].sentence == "2026 年的 2 项举措办理了结转。"
    assert notices[0].detail == (
        "第 1 项“夯实招商基础”结转至 2027 年第 1 项“夯实招商基础”\n"
        "第 2 项“打通转化链条”不结转到 2027 年，理由：并入日常工作。"
    )
    assert notices[2].detail == "第 1 项“夯实招商基础”结转至 2027 年第 1 项“夯实招商基础”"
    summaries = [event.summary for event in Event.select().where(Event.action == "carry_over_measures")]
    assert "第 2 项“打通转化链条”不结转到 2027 年，理由：并入日常工作。" in summaries


@on_both
def test_removing_the_plan_puts_everything_back(world: World) -> None:
    directive = directive_of_december(world)
    plan, measures = next_plan(world, "城管办")
    carry(world, plan, world.measures[0], measures[0])
    carry(world, plan, world.measures[1], None, "不再办理。")
    words = [one.words for one in dependents_of_plan(plan)]
    assert words[-2:] == ["1 件结转来的批示、督办（退回上年的举措）", "2 项上年举措的结转"]
    remove_plan(plan, by=world.users["office"])
    back = reload_directive(directive)
    assert (back.measures, back.addressees_in_words) == ([world.measures[0]], "主办经发办（未回复）")
    assert (MeasureCarryOver.select().count(), DirectiveCarryOver.select().count()) == (0, 0)
    again, _ = next_plan(world)
    carry(world, again, world.measures[0], None, "不再办理。")


def test_a_directive_on_two_measures_is_addressed_again_as_before_both_decisions(world: World) -> None:
    directive = directive_of_december(world)
    DirectiveSubject.create(directive=directive, measure=world.measures[1])
    plan, measures = next_plan(world, "城管办", "一居")
    for number, lead in enumerate(("城管办", "一居")):
        carry(world, plan, world.measures[number], measures[number])
        assert reload_directive(directive).addressees_in_words == f"主办{lead}（未回复）"
    remove_plan(plan, by=world.users["office"])
    assert reload_directive(directive).addressees_in_words == "主办经发办（未回复）"


def test_a_reply_under_the_new_plan_keeps_it(world: World) -> None:
    directive = directive_of_december(world)
    plan, measures = next_plan(world, "城管办")
    row = carry(world, plan, world.measures[0], measures[0])
    with clock_stopped_at(LATER_IN_JANUARY):
        reply(world, reload_directive(directive), "城管办")
    assert kept_words(dependents_of_plan(plan)) == "1 件批示、督办"
    with pytest.raises(BadInput, match="不能删除"):
        remove_plan(plan, by=world.users["office"])
    with pytest.raises(IllegalTransition, match="不能撤回"):
        take_back_carry_over(row, by=world.users["office"])
    assert reload_directive(directive).measures == [measures[0]]


def test_a_decision_is_taken_back_and_made_again(world: World) -> None:
    directive = directive_of_december(world, "经发办", "一居")
    reply(world, directive, "一居")  # within the moment of the decision, and before it
    plan, measures = next_plan(world, "城管办", "经发办")
    row = carry(world, plan, world.measures[0], measures[0])
    take_back_carry_over(row, by=world.users["office"])
    assert reload_directive(directive).addressees_in_words == "主办经发办（未回复），协办一居"
    carry(world, plan, world.measures[0], measures[1])
    assert reload_directive(directive).measures == [measures[1]]


def test_what_waits_for_the_next_year_again_remembers_every_year(world: World) -> None:
    directive = directive_of_december(world)
    plan, measures = next_plan(world, "经发办")
    carry(world, plan, world.measures[0], measures[0])
    later = Plan.create(title="2028", year=2028, issuer="", source_text="", source_sha256="2028")
    item = PlanItem.create(plan=later, kind="measure", number="1", position=1, sequence=1, title="续")
    row = carry(world, later, measures[0], item)
    assert [one.id for one in directives_on_measure(world.measures[0])] == [directive.id]
    first = MeasureCarryOver.get(MeasureCarryOver.plan == plan)
    with pytest.raises(IllegalTransition, match="再次结转"):
        take_back_carry_over(first, by=world.users["office"])
    take_back_carry_over(row, by=world.users["office"])
    assert reload_directive(directive).measures == [measures[0]]


def test_what_is_wrong_is_refused_and_nothing_changes(world: World) -> None:
    plan, measures = next_plan(world)
    office = world.users["office"]
    with pytest.raises(BadInput, match="还没有选择"):
        carry_over_measures(plan, [], by=office)
    with pytest.raises(BadInput, match="请写明理由"):
        carry_over_measures(plan, [CarryOverDecision(world.measures[0], None, " ")], by=office)
    for foreign in (CarryOverDecision(measures[1], measures[0]), CarryOverDecision(*world.measures[:2])):
        with pytest.raises(BadInput, match="只能由本年的举措接办上一年度的举措"):
            carry_over_measures(plan, [foreign], by=office)
    carry(world, plan, world.measures[0], measures[0])
    both = [CarryOverDecision(one, measures[0]) for one in world.measures[:2]]
    with pytest.raises(IllegalTransition, match="第 1 项“夯实招商基础”刚刚已经办理过结转"):
        carry_over_measures(plan, both, by=office)
    assert MeasureCarryOver.select().count() == 1
    close_period(open_period(plan, Quarter(2027, 1), by=office), by=office)
    with pytest.raises(IllegalTransition, match="2027年第一季度已经关闭"):
        carry(world, plan, world.measures[1], measures[1])
    with pytest.raises(IllegalTransition, match="2027年第一季度已经关闭"):
        take_back_carry_over(MeasureCarryOver.get(), by=office)


def test_what_was_decided_on_a_draft_is_written_when_it_is_confirmed(world: World) -> None:
    directive = directive_of_december(world)
    draft, office = read_draft(world), world.users["office"]
    first, second = start_of(draft, "1. 夯实招商基础"), start_of(draft, "2. 打通转化链条")
    choose_predecessors(draft, {first: world.measures[0].id}, carries=True, by=office, version=1)
    decisions = [
        DraftDecision(world.measures[0].id, first),
        DraftDecision(world.measures[1].id, None, "不再办理。"),
        DraftDecision(world.measures[3].id, second + 1),  # no measure begins there any more
    ]
    with pytest.raises(BadInput, match="请写明理由"):
        plan_carry_overs(draft, [DraftDecision(world.measures[0].id, None, " ")], by=office, version=2)
    plan_carry_overs(draft, decisions, by=office, version=2)
    assert DirectiveCarryOver.select().count() == 0
    plan = confirm_import(ImportDraft.get_by_id(draft.id), by=office, version=3)
    successor = measures_of_plan(plan)[0]
    rows = MeasureCarryOver.select().order_by(MeasureCarryOver.id)
    assert [(row.measure, row.successor, row.reason) for row in rows] == [
        (world.measures[0], successor, ""),
        (world.measures[1], None, "不再办理。"),
    ]
    assert reload_directive(directive).measures == [successor]
    assert [one.measure.position for one in turn_into_year(2027, plan).undecided] == [4]
