"""Setting the milestones and indicators of one measure, and the cumulation of indicators."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from app.audit.event_kinds import EventKind
from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.database import transaction
from app.base.tables.tabular import TableRow
from app.plan.assignments.indicator_table import PlannedIndicator, read_indicator_table
from app.plan.assignments.milestone_table import PlannedMilestone
from app.plan.assignments.operations import (
    FROM_THE_BEGINNING,
    read_milestones,
    store_indicators,
    store_milestones,
)
from app.plan.assignments.revising import RevisionTerms
from app.plan.core import queries
from app.plan.core.cumulation import Cumulation, FiledNumber
from app.plan.core.models import Indicator, PlanItem
from app.plan.core.rules import CumulationRule
from app.plan.core.signals import cumulation_changing

SOURCE = Path("本页所填")
EXAMPLE = (FiledNumber(Decimal(12)), FiledNumber(Decimal(30)), FiledNumber(Decimal(18)))
RATIO_EXAMPLE = (
    FiledNumber(Decimal(32), Decimal(40)),
    FiledNumber(Decimal(9), Decimal(10)),
    FiledNumber(Decimal(45), Decimal(50)),
)


@dataclass(frozen=True)
class RuleExample:
    """A cumulation rule with what a department files under it, and example numbers."""

    rule: CumulationRule
    quarters: tuple[str, ...]
    year: str


def rule_examples() -> tuple[RuleExample, ...]:
    """Return an example of each cumulation rule, computed like real numbers."""
    return tuple(example_of(rule) for rule in CumulationRule)


def example_of(rule: CumulationRule) -> RuleExample:
    numbers, unit = (RATIO_EXAMPLE, "%") if rule is CumulationRule.RATIO else (EXAMPLE, "家")
    cumulation = Cumulation(rule, unit)
    quarters = tuple(cumulation.number_in_quarter(one) for one in numbers)
    return RuleExample(rule, quarters, cumulation.words_of_year(numbers))


class RuleChange(NamedTuple):
    """An indicator whose cumulation rule is to change."""

    indicator: Indicator
    rule: CumulationRule


def rule_changes(measure: PlanItem, planned: Iterable[PlannedIndicator]) -> list[RuleChange]:
    rules = {row.name: row.cumulation_rule for row in planned}
    return [
        RuleChange(indicator, rule)
        for indicator in queries.indicators_of_measure(measure)
        if (rule := rules.get(indicator.name)) and rule is not indicator.cumulation_rule
    ]


def rule_warnings(changes: Iterable[RuleChange]) -> tuple[str, ...]:
    """Return the effects of changed cumulation rules on filed numbers, by indicator."""
    return tuple(
        f"“{indicator.name}”由“{indicator.cumulation_rule.label}”改为“{rule.label}”：{sentence}"
        for indicator, rule in changes
        for sentence in answers_about(indicator, rule)
    )


def answers_about(indicator: Indicator, rule: CumulationRule) -> Iterator[str]:
    for _, sentence in cumulation_changing.send(indicator, rule=rule):
        if sentence:
            yield sentence


def planned_indicators(measure: PlanItem, rows: Sequence[TableRow]) -> list[PlannedIndicator]:
    """Return the indicators as typed. Raises BadInput with every wrong cell."""
    return read_indicator_table(rows, SOURCE.name, measures=[measure]) if rows else []


def planned_milestones(
    measure: PlanItem, rows: Sequence[TableRow], terms: RevisionTerms
) -> list[PlannedMilestone]:
    """Return the milestones as typed. Raises BadInput with every wrong cell."""
    return read_milestones(measure.plan, rows, SOURCE.name, terms) if rows else []


@transaction
def set_measure_indicators(
    measure: PlanItem, rows: list[TableRow], terms: RevisionTerms = FROM_THE_BEGINNING, *, by: Actor
) -> None:
    """Set the indicators of one measure from a day on; those not named are no longer asked for.

    Raises NotAllowed, FieldProblems, BadInput.
    """
    require(by, Action.SET_TARGETS)
    planned = planned_indicators(measure, rows)
    store_indicators(measure.plan, {measure: planned}, terms, by=by)
    summary = f"第 {measure.position} 项举措：{len(planned)} 项指标"
    record_event(EventKind.SET_INDICATORS, measure.plan, by=by, summary=summary, reason=terms.reason)


@transaction
def set_measure_milestones(
    measure: PlanItem, rows: list[TableRow], terms: RevisionTerms = FROM_THE_BEGINNING, *, by: Actor
) -> None:
    """Replace the milestones of one measure from a day on. Raises NotAllowed, FieldProblems, BadInput."""
    require(by, Action.SET_TARGETS)
    planned = planned_milestones(measure, rows, terms)
    store_milestones(measure.plan, {measure: planned}, terms, by=by)
    summary = f"第 {measure.position} 项举措：{len(planned)} 个节点"
    record_event(EventKind.SET_MILESTONES, measure.plan, by=by, summary=summary, reason=terms.reason)
