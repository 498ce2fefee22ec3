"""What the page of one filing shows beside its text: the plan's wording, what others wrote, what happened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.access.policy import Action, allows
from app.access.user import User
from app.filing.core import queries
from app.filing.core.content import FilingContent, contradictions
from app.filing.core.limits import ReportBudget, computed_light, report_budget
from app.filing.core.models import Filing
from app.filing.core.queries import Place
from app.filing.core.reached import Reached, reached
from app.filing.core.rules import LIFE_CYCLE_ACTIONS, Light, can_happen
from app.filing.core.steps import Step, steps_of
from app.filing.department.task_list import due
from app.plan import queries as plans
from app.plan.models import Indicator, Milestone, PlanItem
from app.plan.queries import Responsible
from app.plan.rules import AssignmentRole


@dataclass(frozen=True)
class Contribution:
    """What a supporting department, or a group of them, wrote for the lead."""

    name: str
    filings: tuple[Filing, ...]
    is_group: bool

    @property
    def handed_in(self) -> tuple[Filing, ...]:
        """Return those that have been submitted."""
        return tuple(filing for filing in self.filings if filing.is_handed_in)

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the names of those that have not."""
        return tuple(filing.department.short_name for filing in self.filings if not filing.is_handed_in)


@dataclass(frozen=True)
class Sheet:
    """Everything that the page of a filing shows beside its text.

    `accepted` is what `last_accepted` says; `deeds` is what the reader can do now.
    """

    filing: Filing
    content: FilingContent
    above: tuple[PlanItem, ...]
    commitments: tuple[PlanItem, ...]
    responsible: Responsible
    last_accepted: Filing | None
    accepted: FilingContent | None
    contributions: tuple[Contribution, ...]
    steps: tuple[Step, ...]
    deeds: frozenset[Action]
    milestones: tuple[Milestone, ...]
    reached: tuple[Reached, ...]
    budget: ReportBudget | None
    before: Place | None = None
    after: Place | None = None

    @property
    def due(self) -> str:
        """Return how far off the department's due date is, in words."""
        return due(self.filing.period, [self.filing.department_id])

    @property
    def milestones_now(self) -> tuple[Milestone, ...]:
        """Return what is due by the end of the filing's quarter."""
        return tuple(row for row in self.milestones if row.quarter == self.filing.period.number)

    @property
    def milestones_before(self) -> tuple[Milestone, ...]:
        """Return what was due by the end of earlier quarters."""
        return tuple(row for row in self.milestones if row.quarter < self.filing.period.number)

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """Return the indicators that the filing is asked for."""
        return tuple(row.indicator for row in self.reached)

    @property
    def supporters(self) -> str:
        """Return the supporting departments by their short names."""
        return "、".join(department.short_name for department in self.responsible.supports)

    @property
    def computed_light(self) -> Light:
        """Return the light that follows from the numbers, before anybody overrides it."""
        return computed_light(self.content, self.filing.period.quarter)

    def doubts(self, content: FilingContent) -> dict[str, str]:
        """Return, by field, what in `content` does not go with what was accepted last."""
        return doubts(content, self.last_accepted)


def sheet_of(filing: Filing, *, reader: User) -> Sheet:
    """Return the sheet of a filing as `reader` may see it."""
    responsible = plans.responsible(filing.measure)
    last = queries.last_accepted(filing)
    content, *earlier = queries.contents_of([filing, last] if last else [filing])
    accepted = earlier[0] if earlier else None
    before, after = neighbours(filing) if filing.department_id in reader.department_ids else (None, None)
    return Sheet(
        filing=filing,
        content=content,
        above=plans.ancestors(filing.measure),
        commitments=tuple(plans.commitments(filing.measure)),
        responsible=responsible,
        last_accepted=last,
        accepted=accepted,
        contributions=contributions(filing, responsible.groups, reader=reader),
        steps=steps_of([filing], reader=reader),
        deeds=deeds(filing, reader),
        milestones=tuple(plans.milestones(filing.measure)),
        reached=reached(
            queries.indicators_for(filing), content.indicators, accepted.indicators if accepted else {}
        ),
        budget=report_budget(filing),
        before=before,
        after=after,
    )


def deeds(filing: Filing, user: User) -> frozenset[Action]:
    """Return what the user can do to a filing now: the life cycle has the step, the policy table the permit."""
    if queries.is_locked(filing):
        return frozenset()
    return frozenset(
        action
        for action in LIFE_CYCLE_ACTIONS
        if can_happen(action, filing.state) and allows(user, action, filing)
    )


def doubts(content: FilingContent, last_accepted: Filing | None) -> dict[str, str]:
    """Return, by field, what in `content` does not go with the filing that was accepted last, if any was."""
    if last_accepted is None:
        return {}
    earlier = queries.content_with(last_accepted, {})
    return contradictions(content, earlier, last_accepted.period.quarter)


def neighbours(filing: Filing) -> tuple[Place | None, Place | None]:
    """Return the filings before and after this one in its department's list."""
    listed = queries.places_in_list(filing)
    padded = [None, *listed, None]
    here = next(place for place, other in enumerate(listed) if other.id == filing.id)
    return padded[here], padded[here + 2]


def contributions(filing: Filing, groups: Mapping[int, str], *, reader: User) -> tuple[Contribution, ...]:
    """Return what the supporting departments wrote, as far as `reader` may see it; groups stand together.

    `groups` holds the name of the group by a department's id.
    """
    if filing.role is not AssignmentRole.LEAD:
        return ()
    seen = [row for row in queries.contributions(filing) if allows(reader, Action.READ_FILING, row)]
    gathered: dict[tuple[str, bool], list[Filing]] = {}
    for row in seen:
        group = groups.get(row.department_id)
        gathered.setdefault((group or row.department.short_name, group is not None), []).append(row)
    return tuple(Contribution(name, tuple(rows), is_group) for (name, is_group), rows in gathered.items())
