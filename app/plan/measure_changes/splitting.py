"""Splitting a measure: it ends from a day on, and several others continue it."""

from __future__ import annotations

from collections.abc import Sequence

from app.audit.event_kinds import EventKind
from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.database import transaction
from app.base.errors import BadInput, raise_field_problems
from app.base.text import quoted_title
from app.plan.assignments.operations import create_revision
from app.plan.assignments.revising import RevisionTerms, WantedMeasure
from app.plan.core.models import PlanItem
from app.plan.core.signals import assignments_changed
from app.plan.measure_changes.adding import NewMeasure, new_day_problems, wording_problems, write_measures
from app.plan.measure_changes.ending import has_ending, obstacles_to_ending, write_ending

FEWEST_PIECES = 2


@transaction
def split_measure(
    measure: PlanItem, pieces: Sequence[WantedMeasure], terms: RevisionTerms, *, by: Actor
) -> list[PlanItem]:
    """End a measure from a day on and let several others continue it.

    Raises NotAllowed, FieldProblems, BadInput with everything that prevents its end.
    """
    require(by, Action.ASSIGN_MEASURES)
    raise_field_problems(splitting_problems(measure, pieces, terms))
    if obstacles := tuple(obstacles_to_ending(measure, terms.reading_day)):
        raise BadInput("这项举措还不能从这一天起拆分。", obstacles)
    revision = create_revision(measure.plan, terms, by=by)
    parent = measure.parent
    written = write_measures(
        revision,
        [
            NewMeasure(one, parent, measure, str(number), measure.path, (measure,))
            for number, one in enumerate(pieces, 1)
        ],
    )
    named = "、".join(str(one.position) for one in written)
    write_ending(measure, revision, f"拆分为第 {named} 项")
    summary = f"第 {measure.position} 项举措{quoted_title(measure.title)}：拆分为第 {named} 项"
    record_event(EventKind.SPLIT_MEASURE, measure, by=by, summary=summary, reason=terms.reason)
    assignments_changed.send(measure.plan, by=by)
    return written


def splitting_problems(
    measure: PlanItem, pieces: Sequence[WantedMeasure], terms: RevisionTerms
) -> dict[str, str]:
    """Return, by field, what is wrong with a splitting; the fields of a piece end with its number."""
    problems = new_day_problems(measure.plan, terms)
    day = terms.effective_on
    if has_ending(measure):
        problems["effective_on"] = "这项举措已经结束，或者已定下结束的日期，不能拆分。"
    elif day and measure.in_force_from and day <= measure.in_force_from:
        problems["effective_on"] = "生效日期应在这项举措开始以后。"
    if len(pieces) < FEWEST_PIECES:
        problems["title_2"] = "拆分须有两项以上新的举措。只改内容的，请办理修订。"
    titles = [one.title for one in pieces]
    for number, one in enumerate(pieces, 1):
        found = wording_problems(measure.plan, one, terms)
        if one.title == measure.title:
            found.pop("title", "")
        if one.title and one.title in titles[: number - 1]:
            found["title"] = "与前面的名称相同，请换一个，以便区分。"
        problems |= {f"{name}_{number}": sentence for name, sentence in found.items()}
    return problems
