"""Reading the office's matrix: the database counts everything, and only one page is loaded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from peewee import Case, ModelSelect, fn

from app.base.statements import prepared
from app.base.text import parse_numbers
from app.filing.contributions.queries import counts_by_department, counts_by_measure, counts_unsettled
from app.filing.contributions.rules import ContributionState, counts_in_words
from app.filing.core import content_reading
from app.filing.core import queries as filings
from app.filing.core.content_hints import HintSubject, content_hints
from app.filing.core.indicator_progress import progress_of_indicators
from app.filing.core.life_cycle import FilingState, ReturnKind, state_and_kind
from app.filing.core.milestone_standing import MilestoneOutcome, standings_of_milestones
from app.filing.core.models import Filing
from app.filing.review.matrix.pages import (
    FoundFilings,
    heading_and_below,
    pages_at_headings,
    pages_by_length,
)
from app.filing.review.matrix.quarter_matrix import (
    BY_DEPARTMENT,
    CountedFilings,
    MatrixChoice,
    QuarterMatrix,
    department_lines,
    found_of_departments,
    matrix_sections,
    tally_stages,
)
from app.filing.review.queries import listed_filings
from app.filing.suggestions.queries import filings_with_open_suggestions
from app.org.queries import short_names_on
from app.periods.models import Period
from app.periods.queries import is_period_overdue
from app.plan.core.models import PlanItem
from app.plan.core.tree import PlanNode, tree_of_headings


def matrix_of_quarter(period: Period, choice: MatrixChoice) -> QuarterMatrix:
    """Return the matrix of a quarter as chosen."""
    tree, late = tree_of_headings(period.plan, on=period.last_day), is_period_overdue(period)
    everybody = short_names_on(period.last_day)
    names = names_among(everybody, {row.department_id for row in departments_filing_in(period.id)})
    scope = period.id, choice.department, chosen_headings(choice, tree)
    counts = counted_filings(*scope)
    contributions, unsettled = counts_by_department(period), counts_unsettled(period)
    contributed: Counter[ContributionState] = sum(contributions.values(), Counter())
    by_department = choice.by == BY_DEPARTMENT
    if by_department:
        found = found_of_departments(counts, choice.state)
    else:
        found = filings_by_measure(*scope, *state_and_kind(choice.state))
    # Where nothing is left out those stand on lines as well that only contribute.
    is_whole = by_department and not choice.is_narrowed
    listed = names_among(everybody, names.keys() | contributions.keys()) if is_whole else names
    found += [FoundFilings(key, None, 0, 0) for key in listed if key not in names]
    pages = pages_by_length(listed, found) if by_department else pages_at_headings(tree, found)
    matrix = QuarterMatrix(
        choice=choice,
        parts=[part.item for part in tree],
        departments=names,
        tally=tally_stages(counts, overdue=late),
        contributed=counts_in_words(contributed),
        owed_count=0 if period.is_closed else unsettled[ContributionState.OWED],
        settled_count=contributed[ContributionState.OWED] - unsettled[ContributionState.OWED],
        waived_count=0 if period.is_closed else unsettled[ContributionState.WAIVED],
        found=sum(one.number for one in found),
        without_filings=len(listed.keys() - names.keys()),
        pages=pages,
        page=pages[min(max(choice.page, 1), len(pages)) - 1],
    )
    if by_department:
        lines = department_lines(listed, counts, matrix.page, contributions, overdue=late)
        matrix = replace(matrix, lines=lines)
    else:
        matrix = add_sections(matrix, period, tree)
    return add_ticked(matrix, period) if choice.ticked else matrix


def names_among(everybody: Mapping[int, str], ids: Collection[int]) -> dict[int, str]:
    return {key: name for key, name in everybody.items() if key in ids}


def add_ticked(matrix: QuarterMatrix, period: Period) -> QuarterMatrix:
    """Return the matrix with the ticked filings that are not on its page, and those that have changed since."""
    ticked = set(matrix.choice.ticked)
    ids = parse_numbers(value.partition(":")[0] for value in ticked)
    listed = listed_filings(period, filing_ids=ids)
    stands = [filing for filing in listed if filing.is_waiting and filing.read_value in ticked]
    return replace(
        matrix,
        ticked_elsewhere=tuple(filing for filing in stands if filing.id not in matrix.waiting),
        moved_since=tuple(filing for filing in listed if filing not in stands),
    )


def add_sections(
    matrix: QuarterMatrix,
    period: Period,
    tree: Sequence[PlanNode],
) -> QuarterMatrix:
    """Return the matrix with the filings on the measures of its page."""
    shown = listed_filings(period, measure_ids=matrix.page.members)
    found = [filing for filing in shown if matrix.choice.wants_filing(filing)]
    contributed = counts_by_measure(period, matrix.page.members)
    undecided = filings.filings_among(filing.id for filing in found if filing.is_undecided)
    return replace(
        matrix,
        sections=matrix_sections(tree, shown, {filing.id for filing in found}, contributed),
        waiting=frozenset(filing.id for filing in found if filing.is_waiting),
        suggested=filings_with_open_suggestions(filing.id for filing in found),
        hinted=count_hints(undecided),
        missed=count_missed_milestones(undecided),
    )


def count_missed_milestones(among: Collection[Filing]) -> dict[int, int]:
    """Return the number of due milestones that are not reached, by filing id."""
    if not among:
        return {}
    found = standings_of_milestones(among)
    return {key: sum(one.outcome is MilestoneOutcome.MISSED for one in due) for key, due in found.items()}


def count_hints(among: Collection[Filing]) -> dict[int, int]:
    """Return the number of contradictions, by filing id."""
    if not among:
        return {}
    accepted = filings.last_accepted_among(among)
    asked, earlier = (
        content_reading.asked_indicators_among(among),
        content_reading.accepted_before_among(among),
    )
    values = content_reading.values_among([*among, *accepted.values()])
    found = {}
    for one in among:
        content = content_reading.content_with(one, {}, values.get(one.id, content_reading.NO_VALUES))
        last = accepted.get(one.id)
        before = content_reading.accepted_content(last, values) if last else None
        rows = progress_of_indicators(asked[one.id], content, earlier[one.id])
        found[one.id] = len(content_hints(HintSubject(content, one.light, before, rows)))
    return found


def chosen_headings(choice: MatrixChoice, tree: Iterable[PlanNode]) -> list[int] | None:
    """Return the headings of the chosen part, or None for all."""
    if choice.part is None:
        return None
    return [node.item.id for part in tree if part.item.id == choice.part for node in heading_and_below(part)]


@prepared
def counted_filings(period_id: int, department_id: int | None, heading_ids: Sequence[int] | None) -> Any:
    whose = Filing.department.alias("member_id"), Filing.state, Filing.return_kind
    counted = Filing.select(*whose, fn.COUNT(Filing.id).alias("number"))
    scope = scope_condition(period_id, department_id, heading_ids)
    return counted.where(scope).group_by(Filing.department, *whose[1:]).objects(CountedFilings)


@prepared
def filings_by_measure(
    period_id: int,
    department_id: int | None,
    heading_ids: Sequence[int] | None,
    state: FilingState | None,
    return_kind: ReturnKind | None,
) -> Any:
    keys = Filing.measure.alias("member_id"), PlanItem.parent.alias("heading_id")
    number = fn.COUNT(Filing.id).alias("number")
    waiting = fn.SUM(Case(None, ((Filing.state == FilingState.SIGNED_OFF, 1),), 0)).alias("waiting")
    wanted = scope_condition(period_id, department_id, heading_ids)
    if state is not None:
        wanted &= Filing.state == state
    if return_kind is not None:
        wanted &= Filing.return_kind == return_kind
    query = Filing.select(*keys, number, waiting).join(PlanItem).where(wanted)
    return query.group_by(Filing.measure, PlanItem.parent).objects(FoundFilings)


def scope_condition(period_id: int, department_id: int | None, heading_ids: Sequence[int] | None) -> Any:
    """Return the condition of the filings to count: in the chosen part and department, in any state."""
    scope = Filing.period == period_id
    if department_id is not None:
        scope &= Filing.department == department_id
    if heading_ids is not None:
        scope &= Filing.measure.in_(PlanItem.select(PlanItem.id).where(PlanItem.parent.in_(heading_ids)))
    return scope


@prepared
def departments_filing_in(period_id: int) -> ModelSelect[Filing]:
    return Filing.select(Filing.department).where(Filing.period == period_id).distinct()
