"""Carrying unfinished measures and open directives of a year over into the next plan (结转), measure by measure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from peewee import fn

from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.database import transaction
from app.base.errors import BadInput, IllegalTransition
from app.base.text import REASON_LENGTH, quoted_title, text_problem
from app.directives.carry_over.year_end import carry_overs_of
from app.directives.core.announcements import answer_topic, notify_of_carry_overs
from app.directives.core.carry_overs import DirectiveCarryOver, MeasureCarryOver
from app.directives.core.life_cycle import UNSETTLED, AddresseeRole
from app.directives.core.models import Directive, DirectiveAddressee, DirectiveReply
from app.directives.core.operations import record_step
from app.directives.core.queries import about_measures, directives_with_context, measures_in_plan
from app.directives.core.related_rows import load_directives
from app.directives.core.subjects import DirectiveSubject
from app.directives.former_leads.operations import FormerAddressee, hand_over_directive
from app.notices.operations import settle_topic
from app.org.models import Department
from app.periods.models import Period
from app.periods.rules import QUARTERS, Quarter
from app.plan.core.models import Plan, PlanItem
from app.plan.core.queries import ResponsibleDepartments, plan_of_year, responsible_by_measure
from app.plan.core.rules import DependentRows
from app.plan.core.signals import plan_confirmed, plan_dependents_asked, plan_removed
from app.plan.preview.models import ImportDraft
from app.plan.preview.operations import begin_editing, store_draft

FIRST_QUARTER_CLOSED = "{}年第一季度已经关闭，不再办理结转。"
NOTHING_CHOSEN = "还没有选择。请先为要办理的举措选择“结转”或者“不结转”。"
NO_REASON = "不结转的，请写明理由。"
FOREIGN_MEASURE = "只能由本年的举措接办上一年度的举措。请刷新页面后重试。"
DECIDED_MEANWHILE = "第 {} 项{}刚刚已经办理过结转，这一步没有办成。请核对后重新选择。"
GONE_ON = "第 {} 项{}结转以后，其中的批示已有新的回复、销号或者再次结转，不能撤回。"


@dataclass(frozen=True)
class CarryOverDecision:
    """What becomes of one of last year's measures: its successor in this year's plan, or None and the reason."""

    measure: PlanItem
    successor: PlanItem | None
    reason: str = ""


@dataclass(frozen=True)
class DraftDecision:
    """The same for a plan that is still a draft: `start` is where the successor begins in its text."""

    measure_id: int
    start: int | None
    reason: str = ""


def omission_reason_problem(reason: str) -> str:
    """Return what is wrong with the reason for not carrying a measure over, or ""."""
    return text_problem(reason, "不结转的理由", REASON_LENGTH, when_empty="请写明不结转的理由。")


def can_carry_over(plan: Plan) -> bool:
    """Return whether the plan can still take over last year's measures: its first quarter is not closed yet."""
    first = (Period.plan == plan) & (Period.number == QUARTERS[0])
    return not Period.select().where(first & Period.closed_at.is_null(False)).exists()


@transaction
def carry_over_measures(plan: Plan, decisions: Sequence[CarryOverDecision], *, by: Actor) -> None:
    """Carry last year's unfinished measures over into a plan, or record why not.

    Raises NotAllowed, BadInput, IllegalTransition when the first quarter is closed or somebody else was faster.
    """
    require(by, Action.CARRY_OVER_MEASURES)
    if not can_carry_over(plan):
        raise IllegalTransition(FIRST_QUARTER_CLOSED.format(plan.year))
    if not decisions:
        raise BadInput(NOTHING_CHOSEN)
    if any(one.successor is None and omission_reason_problem(one.reason) for one in decisions):
        raise BadInput(NO_REASON)
    last = plan_of_year(plan.year - 1)
    if any(one.measure.plan != last or (one.successor and one.successor.plan != plan) for one in decisions):
        raise BadInput(FOREIGN_MEASURE)
    ids = [one.measure.id for one in decisions]
    for done in carry_overs_of(MeasureCarryOver.measure.in_(ids)):
        raise IllegalTransition(
            DECIDED_MEANWHILE.format(done.measure.position, quoted_title(done.measure.title))
        )
    write_carry_overs(plan, decisions, by=by)


def write_carry_overs(plan: Plan, decisions: Iterable[CarryOverDecision], *, by: Actor) -> None:
    """Store the decisions, take open directives along, and notify the former and the present lead departments."""
    duties = responsible_by_measure(plan)
    carried = []
    for one in decisions:
        row = MeasureCarryOver.create(
            plan=plan, measure=one.measure, successor=one.successor, reason=one.reason, made_by=by.person
        )
        if one.successor is not None:
            carry_directives(row, duties.get(one.successor.id), by=by)
        record_event(Action.CARRY_OVER_MEASURES, one.measure, by=by, summary=row.outcome_words)
        carried.append(row)
    before = plan_of_year(plan.year - 1)
    led = responsible_by_measure(before, on=Quarter(before.year, max(QUARTERS)).last_day) if before else {}
    notify_of_carry_overs(carried, led, duties, by=by)


def carry_directives(row: MeasureCarryOver, duty: ResponsibleDepartments | None, *, by: Actor) -> None:
    """Move a measure's open directives to its successor. Addressees that still owe an answer but have no part in the
    successor are replaced by its lead department.
    """
    unclosed = about_measures([row.measure_id]) & Directive.state.in_(UNSETTLED)
    for directive in load_directives(directives_with_context().where(unclosed)):
        addressed = [one.department_id for one in directive.addressees]
        main = directive.main_addressee
        former = {"former_addressees": addressed, "former_main": main.department_id if main else None}
        DirectiveCarryOver.create(directive=directive, carry_over=row, **former)
        replace_subject(directive, row.successor, instead_of=row.measure)
        directive.save_as_next(read_at=directive.version)
        words = f"{directive.author}{directive.kind.label}：{row.outcome_words}"
        record_step(Action.CARRY_OVER_MEASURES, directive, by=by, summary=words)
        owing = directive.unanswered_ids
        for addressee in directive.addressees:
            is_foreign = duty is not None and addressee.department not in duty.lead_and_supports
            if duty and duty.lead and is_foreign and addressee.department_id in owing:
                hand_over_directive(FormerAddressee(directive, addressee, duty.lead), by=by)


@transaction
def take_back_carry_over(row: MeasureCarryOver, *, by: Actor) -> None:
    """Undo the decision on a measure while the directives carried with it are unchanged.

    Raises NotAllowed, IllegalTransition.
    """
    require(by, Action.CARRY_OVER_MEASURES)
    if not can_carry_over(row.plan):
        raise IllegalTransition(FIRST_QUARTER_CLOSED.format(row.plan.year))
    steps = list(DirectiveCarryOver.select().where(DirectiveCarryOver.carry_over == row))
    if len(steps) > len(untouched_carry_overs(DirectiveCarryOver.carry_over == row)):
        raise IllegalTransition(GONE_ON.format(row.measure.position, quoted_title(row.measure.title)))
    restore_directives(steps, by=by)
    record_event(Action.CARRY_OVER_MEASURES, row.measure, by=by, summary=f"撤回：{row.outcome_words}")
    row.delete_instance()


def untouched_carry_overs(condition: Any) -> list[DirectiveCarryOver]:
    """Return the carry-overs of directives that have not been answered, closed or carried on since: one query."""
    answered = DirectiveReply.select().where(
        (DirectiveReply.directive == Directive.id) & (DirectiveReply.at > MeasureCarryOver.made_at)
    )
    query = (
        DirectiveCarryOver.select(DirectiveCarryOver, Directive, MeasureCarryOver)
        .join(Directive)
        .switch(DirectiveCarryOver)
        .join(MeasureCarryOver)
    )
    still_there = DirectiveSubject.select().where(
        (DirectiveSubject.directive == Directive.id)
        & (DirectiveSubject.measure == MeasureCarryOver.successor)
    )
    is_unchanged = fn.EXISTS(still_there) & Directive.state.in_(UNSETTLED)
    return list(query.where(condition & is_unchanged & ~fn.EXISTS(answered)))


def replace_subject(directive: Directive, measure: PlanItem | None, *, instead_of: PlanItem | None) -> None:
    """Make a directive be about `measure` in place of, or beside, another one; each measure is listed once."""
    about = DirectiveSubject.directive == directive
    DirectiveSubject.delete().where(about & (DirectiveSubject.measure == instead_of)).execute()
    if not DirectiveSubject.select().where(about & (DirectiveSubject.measure == measure)).exists():
        DirectiveSubject.create(directive=directive, measure=measure)


def restore_directives(steps: Sequence[DirectiveCarryOver], *, by: Actor) -> None:
    """Return directives to the measures they were carried over from, with their former addressees."""
    before: dict[int, list[DirectiveCarryOver]] = {}
    for one in sorted(steps, key=lambda one: one.id):
        before.setdefault(one.directive_id, []).append(one)
    for directive in load_directives(directives_with_context().where(Directive.id.in_(list(before)))):
        step = before[directive.id][0]
        for one in before[directive.id]:
            is_kept = is_carried_from_elsewhere(
                directive, one.carry_over.successor, besides=before[directive.id]
            )
            replace_subject(
                directive, one.carry_over.measure, instead_of=None if is_kept else one.carry_over.successor
            )
        directive.save_as_next(read_at=directive.version)
        former, present = set(step.former_addressees), {one.department_id for one in directive.addressees}
        for department in Department.select().where(Department.id.in_(sorted(present - former))):
            settle_topic(answer_topic(directive, department))
        added = DirectiveAddressee.directive == directive
        DirectiveAddressee.delete().where(
            added & DirectiveAddressee.department.in_(sorted(present - former))
        ).execute()
        for department_id in sorted(former - present):
            DirectiveAddressee.create(directive=directive, department=department_id)
        restore_main_addressee(directive, step.former_main)
        words = f"撤回结转：{directive.author}{directive.kind.label}"
        record_step(Action.CARRY_OVER_MEASURES, directive, by=by, summary=words)


def is_carried_from_elsewhere(
    directive: Directive, successor: PlanItem | None, *, besides: Sequence[DirectiveCarryOver]
) -> bool:
    """Return whether a directive also reached this successor from a measure other than those being undone."""
    steps = DirectiveCarryOver.select().join(MeasureCarryOver)
    own = (DirectiveCarryOver.directive == directive) & (MeasureCarryOver.successor == successor)
    return bool(steps.where(own & DirectiveCarryOver.id.not_in([one.id for one in besides])).exists())


def restore_main_addressee(directive: Directive, department_id: int | None) -> None:
    """Make the former lead addressee (主办) the lead addressee again."""
    if department_id is not None:
        own = DirectiveAddressee.directive == directive
        is_main = DirectiveAddressee.department == department_id
        DirectiveAddressee.update(role=AddresseeRole.SUPPORT).where(own & ~is_main).execute()
        DirectiveAddressee.update(role=AddresseeRole.MAIN).where(own & is_main).execute()


@transaction
def plan_carry_overs(
    draft: ImportDraft, decisions: Sequence[DraftDecision], *, by: Actor, version: int
) -> None:
    """Store on a draft what is to be carried over once it becomes a plan.

    Raises NotAllowed, BadInput, StaleVersion with the draft as it is stored now.
    """
    require(by, Action.CARRY_OVER_MEASURES)
    if any(one.start is None and omission_reason_problem(one.reason) for one in decisions):
        raise BadInput(NO_REASON)
    current = begin_editing(draft, by=by, version=version)
    current.carry_overs = {
        str(one.measure_id): {"start": one.start, "reason": one.reason} for one in decisions
    }
    store_draft(current, by=by, version=version)
    words = f"结转：{current.carry_over_words or '都以后再定'}"
    record_event(Action.CARRY_OVER_MEASURES, current, by=by, summary=words)


def decisions_of_draft(draft: ImportDraft) -> list[DraftDecision]:
    return [DraftDecision(int(key), **values) for key, values in (draft.carry_overs or {}).items()]


@plan_confirmed.connect
def carry_over_with_plan(
    plan: Plan, *, draft: ImportDraft, measures: Mapping[int, PlanItem], by: Actor
) -> None:
    """Carry out a draft's decisions when it becomes a plan. A decision whose successor is no longer in the plan is left
    to be made again on the plan's own page.
    """
    decided = {one.measure_id: one for one in decisions_of_draft(draft)}
    rows = PlanItem.select(PlanItem, Plan).join(Plan).where(PlanItem.id.in_(list(decided)))
    found = rows.where(Plan.year == plan.year - 1).order_by(PlanItem.sequence)
    decisions = [
        CarryOverDecision(row, measures.get(one.start) if one.start is not None else None, one.reason)
        for row in found
        if (one := decided[row.id]).start is None or one.start in measures
    ]
    if decisions:
        write_carry_overs(plan, decisions, by=by)


@plan_dependents_asked.connect
def count_directives_of_plan(plan: Plan) -> list[DependentRows]:
    """Return the directives and carry-overs that depend on a plan. Its own directives prevent the plan's removal; those
    carried into it go back to last year's measures.
    """
    of_plan = Directive.select(Directive.id).where(about_measures(measures_in_plan(plan)))
    back = {step.directive_id for step in untouched_carry_overs(MeasureCarryOver.plan == plan)}
    own = sum(row.id not in back for row in of_plan)
    carried = MeasureCarryOver.select().where(MeasureCarryOver.plan == plan).count()
    counts = (
        DependentRows(f"{own} 件批示、督办", True) if own else None,
        DependentRows(f"{carried} 项上年举措的结转", False) if carried else None,
        DependentRows(f"{len(back)} 件结转来的批示、督办（退回上年的举措）", False) if back else None,
    )
    return [one for one in counts if one]


@plan_removed.connect
def undo_carry_overs(plan: Plan, *, by: Actor) -> None:
    """Return directives to last year's measures when their plan is removed; nobody has worked on them since."""
    restore_directives(untouched_carry_overs(MeasureCarryOver.plan == plan), by=by)
