"""The content of the carry-over page, for a stored plan and for a draft."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from app.base.labels import LabelledEnum
from app.directives.carry_over.operations import (
    CarryOverDecision,
    DraftDecision,
    decisions_of_draft,
    omission_reason_problem,
)
from app.directives.carry_over.year_end import MeasureYear, YearTurn, turn_into_year
from app.plan.core.models import MeasurePredecessor, Plan, PlanItem
from app.plan.core.queries import measures_of_plan
from app.plan.preview.comparison_page import ComparisonPage
from app.plan.preview.models import ImportDraft


class CarryOverChoice(LabelledEnum):
    """What to do with one of last year's measures."""

    LATER = "later", "以后再定"
    CARRY = "carry", "结转到本年第几项"
    LEAVE = "leave", "不结转，理由"

    @property
    def field(self) -> str:
        """Return the name of the field that this choice needs, or ""."""
        return {"carry": "number", "leave": "reason"}.get(self.value, "")

    @property
    def is_number(self) -> bool:
        return self.field == "number"


@dataclass(frozen=True)
class CarryOverTarget:
    """A possible successor. `key` is its id in a stored plan, its position in the text in a draft."""

    number: int
    title: str
    key: int


@dataclass(frozen=True)
class CarryOverRow:
    """One of last year's measures with the choice made or proposed for it."""

    year: MeasureYear
    choice: CarryOverChoice
    number: str
    reason: str
    target: CarryOverTarget | None
    problem: str = ""
    stored: str = ""  # what another decided meanwhile, in words

    @property
    def key(self) -> int:
        return self.year.measure.id

    @property
    def whose(self) -> str:
        """Return the measure as screen readers announce it before each of its fields."""
        return f"上年第 {self.year.measure.position} 项"

    @property
    def values(self) -> dict[str, str]:
        """Return the values of the fields by their names."""
        return {"number": self.number, "reason": self.reason}

    @property
    def target_title(self) -> str:
        return self.target.title if self.target else ""


class CarryOverPage:
    """The rows of the carry-over page.

    typed: the form as it was sent, by field. shows_stored: show beside a row what somebody else stored meanwhile.
    carries_proposed: preselect the proposed successor of each measure that is not finished.
    """

    def __init__(
        self,
        turn: YearTurn,
        targets: Sequence[CarryOverTarget],
        proposed: Mapping[int, int],
        kept: Iterable[DraftDecision] = (),
        typed: Mapping[str, str] | None = None,
        *,
        shows_stored: bool = False,
        carries_proposed: bool = False,
    ) -> None:
        self.turn, self.targets, self.proposed, self.typed = turn, targets, proposed, typed
        self.shows_stored, self.carries_proposed = shows_stored, carries_proposed
        self.by_number = {str(target.number): target for target in targets}
        self.by_key = {target.key: target for target in targets}
        self.kept = {one.measure_id: one for one in kept if one.start is None or one.start in self.by_key}

    @property
    def choices(self) -> list[CarryOverChoice]:
        return list(CarryOverChoice)

    @cached_property
    def rows(self) -> list[CarryOverRow]:
        return [self.row_of(year) for year in self.turn.undecided]

    @property
    def problems(self) -> list[str]:
        return [f"{row.whose}：{row.problem}" for row in self.rows if row.problem]

    @property
    def counts_in_words(self) -> str:
        known, pending = len(self.known_rows), len(self.pending_rows)
        found = (
            f"{known} 项没有完成或者有没销号的批示" if known else "",
            f"{pending} 项第四季度还没有采用、是否完成待定" if pending else "",
        )
        return "，".join(filter(None, found))

    @property
    def known_rows(self) -> list[CarryOverRow]:
        return [row for row in self.rows if not row.year.is_pending]

    @property
    def pending_rows(self) -> list[CarryOverRow]:
        return [row for row in self.rows if row.year.is_pending]

    @property
    def shows_pending(self) -> bool:
        """Return whether the measures that can wait are shown unfolded: one has a choice, or there are no others."""
        return not self.known_rows or any(row.choice is not LATER or row.problem for row in self.pending_rows)

    @property
    def proposed_count(self) -> int:
        """Return how many unfinished measures have a proposed successor and no decision yet."""
        return sum(row.choice is LATER and row.target is not None for row in self.known_rows)

    @property
    def decisions(self) -> list[DraftDecision]:
        """Return the decisions made; measures left for later are not among them."""
        return [
            DraftDecision(row.key, row.target.key if row.target and row.choice is CARRY else None, row.reason)
            for row in self.rows
            if row.choice is not LATER
        ]

    def row_of(self, year: MeasureYear) -> CarryOverRow:
        choice, number, reason = self.chosen_for(year.measure.id)
        target = self.by_number.get(number)
        if self.carries_proposed and choice is LATER and target and not year.is_pending:
            choice = CARRY
        if self.typed is None:
            return CarryOverRow(year, choice, number, reason, target)
        problem = self.problem_of(choice, number, reason, self.proposed_number(year.measure.id))
        stored = self.stored_beside(year.measure.id, choice, number, reason) if self.shows_stored else ""
        return CarryOverRow(year, choice, number, "" if choice is CARRY else reason, target, problem, stored)

    def stored_beside(self, measure_id: int, choice: CarryOverChoice, number: str, reason: str) -> str:
        """Return what somebody else stored meanwhile for this measure, if it differs from what was sent."""
        words = decision_in_words(*self.kept_for(measure_id))
        return "" if words == decision_in_words(choice, number, reason) else f"别人存为：{words}"

    def chosen_for(self, measure_id: int) -> tuple[CarryOverChoice, str, str]:
        """Return the choice that was sent for a measure, else the stored one, else the proposed successor with no
        choice made.
        """
        if self.typed is not None:
            choice, number, reason = (
                self.typed.get(f"{name}-{measure_id}", "").strip() for name in ("choice", "number", "reason")
            )
            return CarryOverChoice.from_label(choice) or LATER, number, reason
        return self.kept_for(measure_id)

    def kept_for(self, measure_id: int) -> tuple[CarryOverChoice, str, str]:
        kept, proposed = self.kept.get(measure_id), self.proposed_number(measure_id)
        if kept is None:
            return LATER, proposed, ""
        if kept.start is None:
            return LEAVE, proposed, kept.reason
        return CARRY, str(self.by_key[kept.start].number), ""

    def proposed_number(self, measure_id: int) -> str:
        number = self.proposed.get(measure_id)
        return str(number) if number else ""

    def problem_of(self, choice: CarryOverChoice, number: str, reason: str, proposed: str) -> str:
        """Return what is wrong with the fields of a measure, including fields that the choice does not use."""
        if choice is LEAVE:
            return omission_reason_problem(reason)
        if choice is CARRY:
            if number in self.by_number:
                return ""
            return f"本年没有第“{number}”项举措，请填 1 到 {len(self.targets)}。"
        if reason:
            return "写了理由，没有选“不结转”。请选择，或者清空理由。"
        return "填了编号，没有选“结转”。请选择，或者改回原来的编号。" if number not in ("", proposed) else ""


LATER, CARRY, LEAVE = CarryOverChoice


def decision_in_words(choice: CarryOverChoice, number: str, reason: str) -> str:
    return {LATER: "以后再定", CARRY: f"结转到第 {number} 项", LEAVE: f"不结转，理由：{reason}"}[choice]


def page_of_plan(
    plan: Plan, typed: Mapping[str, str] | None = None, *, carries_proposed: bool = False
) -> CarryOverPage:
    """Return the page for a stored plan: a fixed number of queries."""
    measures = measures_of_plan(plan)
    numbers = {measure.id: measure.position for measure in measures}
    links = MeasurePredecessor.select().join(PlanItem, on=(MeasurePredecessor.measure == PlanItem.id))
    rows: Any = links.where(PlanItem.plan == plan).order_by(PlanItem.sequence.desc()).dicts()
    proposed = {row["predecessor"]: numbers[row["measure"]] for row in rows if row["measure"] in numbers}
    targets = [CarryOverTarget(one.position, one.title, one.id) for one in measures]
    turn = turn_into_year(plan.year, plan)
    return CarryOverPage(turn, targets, proposed, typed=typed, carries_proposed=carries_proposed)


def page_of_draft(
    draft: ImportDraft,
    typed: Mapping[str, str] | None = None,
    *,
    shows_stored: bool = False,
    carries_proposed: bool = False,
) -> CarryOverPage:
    """Return the page for a draft: a fixed number of queries."""
    comparison = ComparisonPage(draft)
    proposed = {row.before.id: row.number for row in reversed(comparison.rows) if row.before}
    targets = [
        CarryOverTarget(number, measure.title, measure.start)
        for number, measure in enumerate(comparison.plan.measures(), 1)
    ]
    kept = decisions_of_draft(draft)
    return CarryOverPage(
        turn_into_year(draft.year),
        targets,
        proposed,
        kept,
        typed,
        shows_stored=shows_stored,
        carries_proposed=carries_proposed,
    )


def decisions_on_plan(page: CarryOverPage) -> list[CarryOverDecision]:
    """Return the decisions made on a stored plan's page."""
    measures = {one.measure.id: one.measure for one in page.turn.undecided}
    successors = {one.id: one for one in PlanItem.select().where(PlanItem.id.in_(list(page.by_key)))}
    return [
        CarryOverDecision(
            measures[one.measure_id],
            successors[one.start] if one.start is not None else None,
            one.reason,
        )
        for one in page.decisions
    ]
