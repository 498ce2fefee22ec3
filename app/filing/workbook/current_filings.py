"""Loading filings with everything that a form contains: a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from app.authority.policy import Action
from app.filing.core import content_reading, queries
from app.filing.core.content import FilingContent
from app.filing.core.life_cycle import can_happen
from app.filing.core.milestone_ticks import milestones_due_among
from app.filing.core.models import Filing
from app.filing.workbook.carried import carried_content
from app.plan.core.models import Assignment, Indicator, PlanItem


@dataclass(frozen=True)
class PresentFiling:
    """A filing as it is stored now, with the commitments (`tasks`), indicators and milestones that it is asked for, by
    id.
    """

    filing: Filing
    content: FilingContent
    tasks: Mapping[int, str]
    indicators: Mapping[int, Indicator]
    milestones: Mapping[int, str]
    is_assigned: bool
    is_locked: bool

    @property
    def carried(self) -> FilingContent:
        """Return its content as a form holds it."""
        return carried_content(self.content, self.tasks, self.indicators, self.milestones)

    @property
    def writing_obstacle(self) -> str:
        """Return why the filing cannot be written now, or ""."""
        filing = self.filing
        if self.is_locked:
            return f"{filing.period.lock_words}。"
        if not self.is_assigned:
            return f"{filing.department.short_name}已不再承担这项举措。如有疑问，请联系街道办公室。"
        if not can_happen(Action.WRITE_FILING, filing.state):
            return f"这项填报现在是“{filing.state.label}”，不能修改。"
        return ""


def present_filings(filings: Iterable[Filing]) -> list[PresentFiling]:
    """Return filings with ticks, values, commitments, indicators and milestones, and whether they are
    still assigned.
    """
    rows = list(filings)
    measure_ids = {filing.measure_id for filing in rows}
    contents = content_reading.contents_of_filings(rows)
    due = milestones_due_among(rows)
    tasks, indicators = commitments_below(measure_ids), content_reading.asked_indicators_among(rows)
    locked = queries.locked_among(rows)
    assigned = list(Assignment.select().where(Assignment.item.in_(measure_ids)))
    return [
        PresentFiling(
            filing=filing,
            content=content,
            tasks=wordings_on(tasks.get(filing.measure_id, ()), filing.period.last_day),
            indicators={one.id: one for one in indicators.get(filing.id, ())},
            milestones={one.id: one.asked_words for one in due[filing.id]},
            is_assigned=is_filing_assigned(filing, assigned),
            is_locked=filing.id in locked,
        )
        for filing, content in zip(rows, contents, strict=True)
    ]


def is_filing_assigned(filing: Filing, assigned: Iterable[Assignment]) -> bool:
    """Return whether its department was responsible for the measure on the last day of the quarter."""
    whose = (filing.measure_id, filing.department_id)
    return any(
        (one.item_id, one.department_id) == whose and one.is_in_force(filing.period.last_day)
        for one in assigned
    )


def commitments_below(measure_ids: Iterable[int]) -> dict[int | None, list[PlanItem]]:
    """Return the commitments of the whole year by measure id, in the plan's order."""
    found: dict[int | None, list[PlanItem]] = {}
    columns = PlanItem.id, PlanItem.parent, PlanItem.text, PlanItem.in_force_from, PlanItem.in_force_until
    for item in PlanItem.select(*columns).where(PlanItem.parent.in_(measure_ids)).order_by(PlanItem.sequence):
        found.setdefault(item.parent_id, []).append(item)
    return found


def wordings_on(items: Iterable[PlanItem], on: date) -> dict[int, str]:
    """Return the wording of the commitments in force on a day, by id."""
    return {item.id: item.text for item in items if item.is_in_force(on)}
