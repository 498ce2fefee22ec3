"""Adding measures to a stored plan from a day on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from app.audit.event_kinds import EventKind
from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.database import transaction
from app.base.errors import raise_field_problems
from app.base.text import quoted_title, text_problem
from app.plan.assignments.operations import create_revision, replace_assigned
from app.plan.assignments.revising import (
    MEASURE_TEXT_LENGTH,
    MEASURE_TITLE_LENGTH,
    REVISION_REASON_LENGTH,
    RevisionTerms,
    SupportingDepartment,
    WantedMeasure,
    closed_quarter_sentence,
    day_problem,
)
from app.plan.core import queries
from app.plan.core.item_writing import end_of_subtree, insert_item, write_commitments
from app.plan.core.models import PAPER_LENGTH, ItemChange, MeasurePredecessor, Plan, PlanItem, PlanRevision
from app.plan.core.rules import AssignmentRole, ItemAspect, ItemKind
from app.plan.core.signals import assignments_changed
from app.plan.importer.measure_duties import commitments_of


@dataclass(frozen=True)
class NewMeasure:
    """A measure to be added: its title, its place, and its values.

    `wanted` holds title, text, yearly target and assignments; its measure is a row that is not stored. `parent` is the
    heading above, `after` the measure before it, or the heading to put it last.
    """

    wanted: WantedMeasure
    parent: PlanItem
    after: PlanItem
    number: str = ""
    path: str = ""
    predecessors: tuple[PlanItem, ...] = ()

    @property
    def title(self) -> str:
        return self.wanted.title or ""

    @property
    def text(self) -> str:
        return self.wanted.text or ""


@transaction
def add_measure(plan: Plan, added: NewMeasure, terms: RevisionTerms, *, by: Actor) -> PlanItem:
    """Add a measure to a plan from a day on. Raises NotAllowed, FieldProblems, BadInput."""
    require(by, Action.ASSIGN_MEASURES)
    raise_field_problems({**new_day_problems(plan, terms), **wording_problems(plan, added.wanted, terms)})
    revision = create_revision(plan, terms, by=by)
    (measure,) = write_measures(revision, [added])
    summary = f"第 {measure.position} 项举措{quoted_title(measure.title)}"
    record_event(EventKind.ADD_MEASURE, measure, by=by, summary=summary, reason=terms.reason)
    assignments_changed.send(plan, by=by)
    return measure


def new_day_problems(plan: Plan, terms: RevisionTerms) -> dict[str, str]:
    """Return, by field, what is wrong with day, reason and paper of a change of the list of measures."""
    problems = {
        "effective_on": new_day_problem(plan, terms),
        "reason": text_problem(terms.reason, "理由", REVISION_REASON_LENGTH, when_empty="请写明理由。"),
        "paper": text_problem(terms.paper, "依据", PAPER_LENGTH),
    }
    return {name: sentence for name, sentence in problems.items() if sentence}


def new_day_problem(plan: Plan, terms: RevisionTerms) -> str:
    """Return what is wrong with the day of such a change, or ""."""
    if terms.effective_on is None:
        return "请填写生效日期。自年初起生效的，填1月1日。"
    return day_problem(plan, terms, ()) or closed_quarter_sentence(plan, terms)


def wording_problems(plan: Plan, wanted: WantedMeasure, terms: RevisionTerms) -> dict[str, str]:
    """Return, by field, what is wrong with the wording of a new measure."""
    namesake = namesakes_on(plan, terms).get(wanted.title or "")
    problems = {
        "title": text_problem(wanted.title or "", "名称", MEASURE_TITLE_LENGTH, when_empty="请填写名称。"),
        "text": text_problem(wanted.text or "", "原文", MEASURE_TEXT_LENGTH),
        "yearly_target": text_problem(wanted.yearly_target or "", "年度目标", MEASURE_TEXT_LENGTH),
    }
    if namesake:
        problems["title"] = f"第 {namesake} 项举措已用这个名称，请换一个，以便区分。"
    return {name: sentence for name, sentence in problems.items() if sentence}


def namesakes_on(plan: Plan, terms: RevisionTerms) -> Mapping[str, int]:
    """Return the measures in force on the day of a revision, by title."""
    return {one.title: one.position for one in queries.measures_of_plan(plan, on=terms.reading_day)}


def write_measures(revision: PlanRevision, added: Iterable[NewMeasure]) -> list[PlanItem]:
    """Insert new measures into the plan of a revision; those with the same place stand in the given order."""
    behind: dict[int, PlanItem] = {}
    written = []
    for one in added:
        measure = write_measure(revision, one, behind.get(one.after.id, one.after))
        behind[one.after.id] = measure
        written.append(measure)
    return written


def write_measure(revision: PlanRevision, added: NewMeasure, after: PlanItem) -> PlanItem:
    wanted, since = added.wanted, revision.effective_on
    measure = insert_item(
        ItemKind.MEASURE,
        added.parent,
        after=end_of_subtree(after),
        plan=revision.plan,
        number=added.number or str(siblings_below(added.parent) + 1),
        title=added.title,
        text=added.text,
        yearly_target=wanted.yearly_target or "",
        path=added.path,
        leader=wanted.leader,
        in_force_from=since,
    )
    texts = wanted.commitments or [one.text for one in commitments_of(added.text)]
    write_commitments(measure, texts, since)
    words = "、".join(f"第 {one.position} 项{quoted_title(one.title)}" for one in added.predecessors)
    ItemChange.create(
        revision=revision,
        item=measure,
        aspect=ItemAspect.BEGINNING,
        words=f"由{words}拆分" if words else "列入计划",
    )
    for before in added.predecessors:
        MeasurePredecessor.create(measure=measure, predecessor=before)
    assign_new_measure(measure, replace(wanted, measure=measure))
    return measure


def assign_new_measure(measure: PlanItem, wanted: WantedMeasure) -> None:
    since = measure.in_force_from
    if wanted.lead:
        replace_assigned(measure, AssignmentRole.LEAD, [SupportingDepartment(wanted.lead, None)], since)
    replace_assigned(measure, AssignmentRole.SUPPORT, wanted.supports or (), since)


def siblings_below(parent: PlanItem) -> int:
    same = (PlanItem.parent == parent) & (PlanItem.kind == ItemKind.MEASURE)
    return PlanItem.select().where(same).count()
