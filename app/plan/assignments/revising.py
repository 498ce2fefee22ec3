"""The difference between what is wanted of measures from a day on and what is in force then."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from app.base.days import DayRange, written_day
from app.base.errors import BadInput
from app.base.text import text_problem
from app.base.text_differences import TextDifference, compare_texts
from app.org.models import Department, DepartmentGroup, Leader
from app.plan.core import queries
from app.plan.core.in_force import CHANGED_COLUMNS
from app.plan.core.models import PAPER_LENGTH, Plan, PlanItem
from app.plan.core.queries import ResponsibleDepartments
from app.plan.core.rules import ItemAspect
from app.plan.core.signals import closed_quarters_asked

BEGINNING = date.min
REVISION_REASON_LENGTH = 500
MEASURE_TITLE_LENGTH, MEASURE_TEXT_LENGTH = 512, 10_000


class SupportingDepartment(NamedTuple):
    """A supporting department, with the group it was assigned with, if any."""

    department: Department
    group: DepartmentGroup | None


@dataclass(frozen=True)
class WantedMeasure:
    """What a measure shall be from a day on; None leaves an aspect unchanged.

    commitments: those of its text if they are known; otherwise the text is divided. leader: applies only with
    `sets_leader`, since None means no leader.
    """

    measure: PlanItem
    title: str | None = None
    text: str | None = None
    commitments: tuple[str, ...] = ()
    yearly_target: str | None = None
    lead: Department | None = None
    supports: tuple[SupportingDepartment, ...] | None = None
    leader: Leader | None = None
    sets_leader: bool = False


@dataclass(frozen=True)
class RevisionTerms:
    """Day (None: from the beginning), reason and paper of a revision."""

    effective_on: date | None = None
    reason: str = ""
    paper: str = ""

    @property
    def reading_day(self) -> date:
        """Return the day as of which to read what it changes."""
        return self.effective_on or BEGINNING


@dataclass(frozen=True)
class AspectChange:
    """One aspect of a measure in words: as in force on the day, and as wanted."""

    wanted: WantedMeasure
    aspect: ItemAspect
    before: str
    after: str

    @property
    def measure(self) -> PlanItem:
        return self.wanted.measure

    @property
    def difference(self) -> TextDifference:
        return compare_texts(self.before, self.after)


def changes_wanted(
    plan: Plan, wanted: Sequence[WantedMeasure], terms: RevisionTerms
) -> tuple[AspectChange, ...]:
    """Return the differences from what is in force on the day, in the given order: a fixed number of queries.

    Raises BadInput if a measure has ended by then or not begun.
    """
    day = terms.reading_day
    standing = {measure.id: measure for measure in queries.measures_of_plan(plan, on=day)}
    duties = queries.responsible_by_measure(plan, on=day)
    nobody = ResponsibleDepartments(lead=None)
    if absent := [one.measure for one in wanted if one.measure.id not in standing]:
        raise BadInput(absence_sentence(absent, day))
    return tuple(
        change
        for one in wanted
        for change in differing_aspects(one, standing[one.measure.id], duties.get(one.measure.id, nobody))
    )


def absence_sentence(absent: Sequence[PlanItem], day: date) -> str:
    """Return what to do about measures that are not in force on a day."""
    begins = {one.position: one.in_force_from for one in absent if one.in_force_from}
    later = {number: since for number, since in begins.items() if since > day}
    if later:
        named, since = "、".join(map(str, later)), max(later.values())
        return f"第 {named} 项举措是年中新增的，生效日期请填{written_day(since)}或以后。"
    named = "、".join(str(one.position) for one in absent)
    return f"第 {named} 项举措在生效日期已经结束，不能再改。请核对日期，或者去掉这一项。"


def differing_aspects(
    wanted: WantedMeasure, standing: PlanItem, duty: ResponsibleDepartments
) -> Iterator[AspectChange]:
    """Yield the aspects of one measure that differ from what is wanted."""
    pairs = [
        (ItemAspect.TITLE, standing.title, wanted.title),
        (ItemAspect.TEXT, standing.text, wanted.text),
        (ItemAspect.TARGET, standing.yearly_target, wanted.yearly_target),
        (ItemAspect.LEAD, name_of(duty.lead), name_of(wanted.lead) if wanted.lead else None),
        (ItemAspect.SUPPORTS, duty.support_words, supports_wanted(wanted)),
        (ItemAspect.LEADER, name_of(standing.leader), name_of(wanted.leader) if wanted.sets_leader else None),
    ]
    for aspect, before, after in pairs:
        if after is not None and before != after:
            yield AspectChange(wanted, aspect, before, after)


def name_of(row: Department | Leader | None) -> str:
    if row is None:
        return ""
    return row.short_name if isinstance(row, Department) else row.name


def supports_wanted(wanted: WantedMeasure) -> str | None:
    """Return the wanted supporting departments in words; None if they stay as they are."""
    if wanted.supports is None:
        return None
    return support_words(wanted.supports)


def support_words(supports: Iterable[SupportingDepartment]) -> str:
    """Return supporting departments in words, groups by name, in their official order."""
    ordered = sorted(supports, key=lambda one: (one.department.position, one.department.id))
    names = (one.group.name if one.group else one.department.short_name for one in ordered)
    return "、".join(dict.fromkeys(names))


def digest_of_changes(changes: Iterable[AspectChange], since: date | None) -> str:
    """Return a digest of changes, so that exactly what was shown is stored."""
    plain = [(one.measure.id, one.aspect.value, one.before, one.after) for one in changes]
    return hashlib.sha256(json.dumps([plain, str(since)]).encode()).hexdigest()[:16]


def terms_problems(plan: Plan, terms: RevisionTerms, changes: Sequence[AspectChange]) -> dict[str, str]:
    """Return, by field, what is wrong with day, reason and paper of a revision.

    Closed quarters must not change; only what was never set may be set for one.
    """
    problems = {
        **wording_problems(changes),
        "effective_on": day_problem(plan, terms, changes) or closed_day_problem(plan, terms, changes),
        "reason": text_problem(terms.reason, "理由", REVISION_REASON_LENGTH),
        "paper": text_problem(terms.paper, "依据", PAPER_LENGTH),
    }
    return {name: sentence for name, sentence in problems.items() if sentence}


def wording_problems(changes: Iterable[AspectChange]) -> dict[str, str]:
    """Return, by field, what is wrong with a measure's new wording."""
    longest = {
        ItemAspect.TITLE: MEASURE_TITLE_LENGTH,
        ItemAspect.TEXT: MEASURE_TEXT_LENGTH,
        ItemAspect.TARGET: MEASURE_TEXT_LENGTH,
    }
    return {
        CHANGED_COLUMNS[one.aspect]: text_problem(
            one.after,
            one.aspect.label,
            longest[one.aspect],
            when_empty="请填写名称。" if one.aspect is ItemAspect.TITLE else "",
        )
        for one in changes
        if one.aspect in longest
    }


def day_problem(plan: Plan, terms: RevisionTerms, changes: Iterable[AspectChange]) -> str:
    if terms.effective_on is not None:
        return DayRange.of_years(plan.year, plan.year).problem_of_day(terms.effective_on, "生效日期")
    if any(one.aspect in (ItemAspect.TITLE, ItemAspect.TEXT) for one in changes):
        return "改动名称或原文须写生效日期：公布时的原文要原样保留。自年初起生效的，填1月1日。"
    return ""


def target_problems(plan: Plan, terms: RevisionTerms, changes: Sequence[AspectChange]) -> dict[str, str]:
    """Return, by field, what is wrong with day, reason and paper of new milestones and indicators.

    Closed quarters must not change; without a day, only what was never set may be set for one.
    """
    problems = {
        "effective_on": day_problem(plan, terms, ()) or target_day_problem(plan, terms, changes),
        "reason": text_problem(terms.reason, "理由", REVISION_REASON_LENGTH),
        "paper": text_problem(terms.paper, "依据", PAPER_LENGTH),
    }
    return {name: sentence for name, sentence in problems.items() if sentence}


def closed_day_problem(plan: Plan, terms: RevisionTerms, changes: Sequence[AspectChange]) -> str:
    return closed_quarter_sentence(plan, terms) if any(change.before for change in changes) else ""


def target_day_problem(plan: Plan, terms: RevisionTerms, changes: Sequence[AspectChange]) -> str:
    altered = [change for change in changes if change.before and change.before != change.after]
    if terms.effective_on is None and not altered:
        return ""
    later = [one.measure for one in changes if one.measure.in_force_from]
    begins = [one.in_force_from for one in later if one.in_force_from]
    if terms.effective_on and begins and max(begins) > terms.effective_on:
        return absence_sentence(later, terms.effective_on)
    return closed_quarter_sentence(plan, terms)


def closed_quarter_sentence(plan: Plan, terms: RevisionTerms) -> str:
    """Return which closed quarters would change, as a sentence; "" if none."""
    answers = (sentence for _, sentence in closed_quarters_asked.send(plan, on=terms.reading_day))
    return next((sentence for sentence in answers if sentence), "")
