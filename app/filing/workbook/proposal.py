"""What importing an uploaded form would change, field by field: pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from app.base.labels import LabelledCount, LabelledEnum, LabelTone
from app.base.tables.sheet_writing import TOO_MUCH_FOR_CELL
from app.base.text import shorten_text
from app.base.text_differences import TextDifference, compare_texts
from app.filing.contributions.models import Contribution
from app.filing.contributions.rules import ContributionStanding, ContributionState
from app.filing.core.content import FilingContent
from app.filing.core.merging import (
    WrittenFields,
    complete_fields,
    content_of_fields,
    fields_of_content,
    marks_of,
    merge_fields,
    with_tied,
)
from app.filing.core.models import Filing
from app.filing.core.short_answers import REACHED_WORDS, answer_in_words, tick_in_words
from app.filing.workbook.carried import (
    carried_answer,
    carried_fields,
    complete_content,
    digest_of_content,
)
from app.filing.workbook.current_filings import PresentFiling
from app.filing.workbook.layout import ANSWERS, CONTRIBUTIONS, MILESTONES, ContributionAnswer
from app.filing.workbook.reading import ReportedContribution, ReportedFiling
from app.plan.core.models import Indicator

WORDING_SHOWN = 24  # characters


class RowOutcome(LabelledEnum):
    """What an import would do with a row."""

    SAVE = "save", "将保存", LabelTone.GOOD
    CONFLICT = "conflict", "他人已改过", LabelTone.ATTENTION
    BLOCKED = "blocked", "不能修改", LabelTone.QUIET
    SAME = "same", "没有变化", LabelTone.NEUTRAL


@dataclass(frozen=True)
class FieldChange:
    """A field whose value in the form differs from the stored one."""

    label: str
    difference: TextDifference
    names: tuple[str, ...] = ()


class RowWithOutcome:
    """Common base of rows of filings and contributions."""

    outcome: RowOutcome

    @property
    def is_conflict(self) -> bool:
        """Return whether something else was stored since the form was downloaded."""
        return self.outcome is RowOutcome.CONFLICT

    @property
    def can_be_saved(self) -> bool:
        return self.outcome in (RowOutcome.SAVE, RowOutcome.CONFLICT)


@dataclass(frozen=True)
class ProposedRow(RowWithOutcome):
    """A row of a form beside the stored filing: the fields that the person changed (`own`), and those of them that
    somebody else has changed since.
    """

    filing: Filing
    stored: FilingContent
    own: Mapping[str, object]
    conflicts: frozenset[str]
    changes: tuple[FieldChange, ...]
    outcome: RowOutcome
    obstacle: str = ""

    def content_keeping(self, kept: Collection[str]) -> FilingContent:
        """Return the content to save if these fields keep their stored value."""
        taken = {name: value for name, value in self.own.items() if name not in with_tied(kept)}
        stored = complete_fields(fields_of_content(self.stored), self.own)
        return content_of_fields(stored | taken, stored)


@dataclass(frozen=True)
class ProposedContribution(RowWithOutcome):
    """A row of a form beside the stored contribution: a single answer, imported or not."""

    contribution: Contribution
    answer: ContributionAnswer
    changes: tuple[FieldChange, ...]
    outcome: RowOutcome
    obstacle: str = ""


@dataclass(frozen=True)
class FormProposal:
    """Everything that a form would change, in the order of its rows."""

    rows: tuple[ProposedRow, ...]
    contributions: tuple[ProposedContribution, ...] = ()

    def rows_with(self, outcome: RowOutcome) -> tuple[ProposedRow, ...]:
        return tuple(row for row in self.rows if row.outcome is outcome)

    @property
    def outcome_counts(self) -> tuple[LabelledCount, ...]:
        """Return the number of rows of each outcome, without a total."""
        found = [*(row.outcome for row in self.rows), *(row.outcome for row in self.contributions)]
        return tuple(LabelledCount(outcome.label, found.count(outcome)) for outcome in RowOutcome)

    @property
    def unchanged_contributions(self) -> tuple[ProposedContribution, ...]:
        return tuple(row for row in self.contributions if row.outcome is RowOutcome.SAME)

    @property
    def changed_contributions(self) -> tuple[ProposedContribution, ...]:
        return tuple(row for row in self.contributions if row.outcome is not RowOutcome.SAME)

    @property
    def can_be_saved(self) -> bool:
        return any(row.can_be_saved for row in self.rows) or any(
            row.can_be_saved for row in self.contributions
        )

    @property
    def unchanged_rows(self) -> tuple[ProposedRow, ...]:
        return self.rows_with(RowOutcome.SAME)

    @property
    def changed_rows(self) -> tuple[ProposedRow, ...]:
        """Return the rows that the person changed, in the order of the form."""
        return tuple(row for row in self.rows if row.outcome is not RowOutcome.SAME)


def propose_row(reported: ReportedFiling, present: PresentFiling) -> ProposedRow:
    """Return what a row would change. Fields left as downloaded change nothing, whatever others saved meanwhile."""
    filing, now = present.filing, present.carried
    filled = carried_fields(complete_content(reported.content, now))
    stored = carried_fields(now)
    merged = merge_fields(WrittenFields(filled, marks_of_row(reported, filled, now)), stored)
    own = {
        name: filled[name]
        for name in stored
        if name in merged.conflicts or merged.values[name] != stored[name]
    }
    changes = tuple(changed_fields(now, content_of_fields(stored | own, filled), present))
    if not changes:
        outcome = RowOutcome.SAME
    elif present.writing_obstacle:
        outcome = RowOutcome.BLOCKED
    else:
        outcome = RowOutcome.CONFLICT if merged.conflicts else RowOutcome.SAVE
    return ProposedRow(
        filing, present.content, own, merged.conflicts, changes, outcome, present.writing_obstacle
    )


def propose_contribution(
    reported: ReportedContribution, contribution: Contribution, *, obstacle: str
) -> ProposedContribution:
    """Return what a row would change. One left as downloaded changes nothing, unless its text is stored but not
    submitted yet.
    """
    answer, stored, read = reported.answer, carried_answer(contribution), reported.key.mark
    if contribution.standing is ContributionStanding.BEGUN and answer.mark == stored.mark:
        change = FieldChange(f"{CONTRIBUTIONS.name}（已写，还没有报送）", compare_texts("", answer.text))
        outcome = RowOutcome.BLOCKED if obstacle else RowOutcome.SAVE
        return ProposedContribution(contribution, answer, (change,), outcome, obstacle)
    is_same = answer.mark in (read, stored.mark) or answer.text == TOO_MUCH_FOR_CELL
    if is_same:
        return ProposedContribution(contribution, answer, (), RowOutcome.SAME)
    words = compare_texts(contribution_words(stored), contribution_words(answer))
    unhindered = RowOutcome.SAVE if stored.mark == read else RowOutcome.CONFLICT
    outcome = RowOutcome.BLOCKED if obstacle else unhindered
    change = FieldChange(CONTRIBUTIONS.name, words)
    return ProposedContribution(contribution, answer, (change,), outcome, obstacle)


def contribution_words(answer: ContributionAnswer) -> str:
    return ContributionState.NOT_NEEDED.label if answer.is_idle else answer.text


def marks_of_row(
    reported: ReportedFiling, filled: Mapping[str, object], now: FilingContent
) -> Mapping[str, str]:
    """Return the marks of a row when it was downloaded; without any, those implied by its digest."""
    key = reported.key
    if key.marks:
        return key.marks
    if digest_of_content(complete_content(reported.content, now)) == key.digest:
        return marks_of(filled)
    is_moved = digest_of_content(now) != key.digest
    return dict.fromkeys(filled, "") if is_moved else marks_of(carried_fields(now))


def changed_fields(
    now: FilingContent, reported: FilingContent, present: PresentFiling
) -> Iterator[FieldChange]:
    """Yield the fields that differ: answers, then indicators, tasks, milestones."""
    yield from changed_answers(now, reported)
    yield from changed_numbers(now, reported, present.indicators)
    yield from changed_ticks(now, reported, present.tasks)
    yield from changed_milestones(now, reported, present.milestones)


def changed_answers(now: FilingContent, reported: FilingContent) -> Iterator[FieldChange]:
    for column in ANSWERS:
        old, new = getattr(now, column.name), getattr(reported, column.name)
        if old != new:
            words = compare_texts(answer_in_words(old), answer_in_words(new))
            yield FieldChange(column.short_label, words, (column.name,))


def changed_numbers(
    now: FilingContent, reported: FilingContent, indicators: Mapping[int, Indicator]
) -> Iterator[FieldChange]:
    for indicator_id, indicator in indicators.items():
        was, filed = now.filed_number(indicator_id), reported.filed_number(indicator_id)
        if was != filed:
            in_words = indicator.cumulation.number_in_quarter
            names = (f"indicator_{indicator_id}", f"base_{indicator_id}")
            yield FieldChange(indicator.name, compare_texts(in_words(was), in_words(filed)), names)


def changed_ticks(
    now: FilingContent, reported: FilingContent, tasks: Mapping[int, str]
) -> Iterator[FieldChange]:
    for number, (commitment_id, wording) in enumerate(tasks.items(), 1):
        before, after = now.ticks[commitment_id], reported.ticks[commitment_id]
        if before != after:
            label = f"任务 {number}：{shorten_text(wording, WORDING_SHOWN)}"
            names = (f"done_{commitment_id}", f"note_{commitment_id}")
            yield FieldChange(label, compare_texts(tick_in_words(before), tick_in_words(after)), names)


def changed_milestones(
    now: FilingContent, reported: FilingContent, milestones: Mapping[int, str]
) -> Iterator[FieldChange]:
    for milestone_id, wording in milestones.items():
        was, is_now = (REACHED_WORDS[one.milestones[milestone_id]] for one in (now, reported))
        if was != is_now:
            label = f"{MILESTONES.name} {shorten_text(wording, WORDING_SHOWN)}"
            yield FieldChange(label, compare_texts(was, is_now), (f"reached_{milestone_id}",))
