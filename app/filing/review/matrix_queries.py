"""Reading the office's matrix: the database counts everything, and only one page of it is fetched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from peewee import Case, ModelSelect, Value, fn

from app.base.database import named_rows
from app.base.statements import prepared
from app.base.text import parse_numbers
from app.filing.contributions.queries import counts_by_department, counts_by_measure, counts_unsettled
from app.filing.contributions.rules import ContributionState, counts_in_words
from app.filing.core import queries as filings
from app.filing.core.content_hints import HintSubject, content_hints
from app.filing.core.indicator_progress import progress_of_indicators
from app.filing.core.life_cycle import FilingState, ReturnKind
from app.filing.core.matrix_pages import (
    FoundFilings,
    heading_and_below,
    pages_at_headings,
    pages_by_length,
)
from app.filing.core.milestone_standing import MilestoneOutcome, standings_of_milestones
from app.filing.core.models import Filing
from app.filing.review.matrix import (
    BY_DEPARTMENT,
    CountedFilings,
    MatrixChoice,
    QuarterMatrix,
    department_lines,
    matrix_sections,
    tally_stages,
)
from app.filing.review.queries import briefs_of_quarter
from app.filing.suggestions.queries import filings_with_open_suggestions
from app.org.queries import short_names_on
from app.periods.models import Period
from app.periods.queries import is_period_overdue
from app.plan.core.models import PlanItem
from app.plan.core.tree import PlanNode, tree_of_headings

FILING_COUNT = fn.COUNT(Filing.id).alias("number")
WAITING_COUNT = fn.SUM(Case(None, ((Filing.state == FilingState.SIGNED_OFF, 1),), 0)).alias("waiting")


def matrix_of_quarter(period: Period, choice: MatrixChoice) -> QuarterMatrix:
    """Return the matrix of a quarter as the office chose to see it."""
    tree, late = tree_of_headings(period.plan), is_period_overdue(period)
    everybody = short_names_on(period.last_day)
    names = names_among(everybody, {row.department_id for row in departments_filing_in(period.id)})
    scope = scope_conditions(period, choice, tree)
    wanted, counts = [*scope, *chosen_conditions(choice)], count_filings(scope)
    contributions, unsettled = counts_by_department(period), counts_unsettled(period)
    by_department = choice.by == BY_DEPARTMENT
    found = found_by_department(wanted) if by_department else found_by_measure(wanted)
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
        contributed=counts_in_words(sum(contributions.values(), Counter())),
        owed_count=0 if period.is_closed else unsettled[ContributionState.OWED],
        waived_count=0 if period.is_closed else unsettled[ContributionState.WAIVED],
        found=sum(one.number for one in found),
        without_filings=len(listed.keys() - names.keys()),
        pages=pages,
        page=pages[min(max(choice.page, 1), len(pages)) - 1],
    )
    if by_department:
        own = count_filings([*scope, Filing.department.in_(sorted(matrix.page.members))], Filing.department)
        lines = department_lines(listed, own, matrix.page, contributions, overdue=late)
        matrix = replace(matrix, lines=lines)
    else:
        matrix = add_sections(matrix, period, tree)
    return add_ticked(matrix, period) if choice.ticked else matrix


def names_among(everybody: Mapping[int, str], ids: Collection[int]) -> dict[int, str]:
    return {key: name for key, name in everybody.items() if key in ids}


def add_ticked(matrix: QuarterMatrix, period: Period) -> QuarterMatrix:
    """Return the matrix with those ticked filings that its page does not show, and those that moved meanwhile."""
    ticked = set(matrix.choice.ticked)
    ids = parse_numbers(value.partition(":")[0] for value in ticked)
    briefs = briefs_of_quarter(period, filing_ids=ids)
    stands = [brief for brief in briefs if brief.is_waiting and brief.read_value in ticked]
    return replace(
        matrix,
        ticked_elsewhere=tuple(brief for brief in stands if brief.id not in matrix.waiting),
        moved_since=tuple(brief for brief in briefs if brief not in stands),
    )


def add_sections(
    matrix: QuarterMatrix,
    period: Period,
    tree: Sequence[PlanNode],
) -> QuarterMatrix:
    """Return the matrix with the filings on the measures of its page."""
    shown = briefs_of_quarter(period, measure_ids=matrix.page.members)
    found = [brief for brief in shown if matrix.choice.wants_filing(brief)]
    contributed = counts_by_measure(period, matrix.page.members)
    undecided = filings.filings_among(brief.id for brief in found if brief.is_undecided)
    return replace(
        matrix,
        sections=matrix_sections(tree, shown, {brief.id for brief in found}, contributed),
        waiting=frozenset(brief.id for brief in found if brief.is_waiting),
        suggested=filings_with_open_suggestions(brief.id for brief in found),
        hinted=count_hints(undecided),
        missed=count_missed_milestones(undecided),
    )


def count_missed_milestones(among: Collection[Filing]) -> dict[int, int]:
    """Return, by a filing's id, how many milestones that are due are not reached."""
    if not among:
        return {}
    found = standings_of_milestones(among)
    return {key: sum(one.outcome is MilestoneOutcome.MISSED for one in due) for key, due in found.items()}


def count_hints(among: Collection[Filing]) -> dict[int, int]:
    """Return, by a filing's id, in how many places it does not agree with itself or with what was accepted last."""
    if not among:
        return {}
    accepted = filings.last_accepted_among(among)
    asked, earlier = filings.asked_indicators_among(among), filings.accepted_before_among(among)
    values = filings.values_among([*among, *accepted.values()])
    found = {}
    for one in among:
        content = filings.content_with(one, {}, values.get(one.id, filings.NO_VALUES))
        last = accepted.get(one.id)
        before = filings.accepted_content(last, values) if last else None
        rows = progress_of_indicators(asked[one.id], content, earlier[one.id])
        found[one.id] = len(content_hints(HintSubject(content, one.light, before, rows)))
    return found


def scope_conditions(period: Period, choice: MatrixChoice, tree: Iterable[PlanNode]) -> list[Any]:
    """Return the conditions of what is counted: the chosen part and department, whatever the state."""
    scope: list[Any] = [Filing.period == period]
    if choice.department is not None:
        scope.append(Filing.department == choice.department)
    if choice.part is not None:
        below = [
            node.item.id for part in tree if part.item.id == choice.part for node in heading_and_below(part)
        ]
        scope.append(Filing.measure.in_(PlanItem.select(PlanItem.id).where(PlanItem.parent.in_(below))))
    return scope


def chosen_conditions(choice: MatrixChoice) -> list[Any]:
    """Return the conditions of what is wanted in scope: the chosen stage."""
    conditions: list[Any] = []
    if choice.state in (FilingState.RETURNED, ReturnKind.SUPPLEMENT):
        kind = ReturnKind.CORRECT if choice.state is FilingState.RETURNED else ReturnKind.SUPPLEMENT
        conditions += [Filing.state == FilingState.RETURNED, Filing.return_kind == kind]
    elif choice.state is not None:
        conditions.append(Filing.state == choice.state)
    return conditions


def count_filings(scope: Sequence[Any], of: Any = None) -> list[CountedFilings]:
    """Return how many filings in scope stand in which state, and came back how: one query.

    `of` names the column of whose they are, where each is to be counted separately.
    """
    keys = (Filing.state, Filing.return_kind)
    whose = (Value(None) if of is None else of).alias("of")
    query: Any = Filing.select(whose, *keys, FILING_COUNT).where(*scope)
    return named_rows(query.group_by(*keys, *([] if of is None else [of])), CountedFilings)


def found_by_measure(wanted: Sequence[Any]) -> list[FoundFilings]:
    """Return what was found on each measure: one query."""
    keys = Filing.measure.alias("of"), PlanItem.parent.alias("heading_id")
    query: Any = Filing.select(*keys, FILING_COUNT, WAITING_COUNT).join(PlanItem).where(*wanted)
    return named_rows(query.group_by(Filing.measure, PlanItem.parent), FoundFilings)


def found_by_department(wanted: Sequence[Any]) -> list[FoundFilings]:
    """Return what was found of each department: one query."""
    keys = Filing.department.alias("of"), Value(None).alias("heading_id")
    query: Any = Filing.select(*keys, FILING_COUNT, WAITING_COUNT).where(*wanted)
    return named_rows(query.group_by(Filing.department), FoundFilings)


@prepared
def departments_filing_in(period_id: int) -> ModelSelect[Filing]:
    return Filing.select(Filing.department).where(Filing.period == period_id).distinct()
