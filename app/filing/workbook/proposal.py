"""What taking over an uploaded form would change, field by field, before anything is changed: pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.base.labels import LabelledCount, LabelledEnum, LabelTone
from app.filing.core.content import FilingContent
from app.filing.core.differences import TextDifference, compare_texts
from app.filing.core.models import Filing
from app.filing.core.short_answers import answer_in_words, tick_in_words
from app.filing.workbook.carried import carried_content, complete_content, digest_of_content
from app.filing.workbook.current_filings import PresentFiling
from app.filing.workbook.layout import ANSWERS
from app.filing.workbook.reading import ReportedFiling

WORDING_SHOWN = 24  # characters


class RowOutcome(LabelledEnum):
    """What would become of one row of a form."""

    SAVE = "save", "将保存", LabelTone.GOOD
    CONFLICT = "conflict", "他人已改过", LabelTone.ATTENTION
    BLOCKED = "blocked", "不能修改", LabelTone.QUIET
    SAME = "same", "没有变化", LabelTone.NEUTRAL


@dataclass(frozen=True)
class FieldChange:
    """A field whose text in the form is another than the one that stands in the base."""

    label: str
    difference: TextDifference


@dataclass(frozen=True)
class ProposedRow:
    """A row of a form beside the filing as it stands now. `content` is what would be saved."""

    filing: Filing
    content: FilingContent
    changes: tuple[FieldChange, ...]
    outcome: RowOutcome
    obstacle: str = ""

    @property
    def is_conflict(self) -> bool:
        """Return whether another saved the filing since the form was downloaded."""
        return self.outcome is RowOutcome.CONFLICT

    @property
    def can_be_saved(self) -> bool:
        return self.outcome in (RowOutcome.SAVE, RowOutcome.CONFLICT)


@dataclass(frozen=True)
class FormProposal:
    """Everything that a form would change, in the order of its rows."""

    rows: tuple[ProposedRow, ...]

    def rows_with(self, outcome: RowOutcome) -> tuple[ProposedRow, ...]:
        return tuple(row for row in self.rows if row.outcome is outcome)

    @property
    def outcome_counts(self) -> tuple[LabelledCount, ...]:
        """Return how many rows there are of each outcome, without a total."""
        return tuple(LabelledCount(outcome.label, len(self.rows_with(outcome))) for outcome in RowOutcome)

    @property
    def unchanged_rows(self) -> tuple[ProposedRow, ...]:
        return self.rows_with(RowOutcome.SAME)

    @property
    def savable_rows(self) -> tuple[ProposedRow, ...]:
        return tuple(row for row in self.rows if row.can_be_saved)

    @property
    def changed_rows(self) -> tuple[ProposedRow, ...]:
        """Return the rows in which the person changed something, in the order of the form."""
        return tuple(row for row in self.rows if row.outcome is not RowOutcome.SAME)


def propose_row(reported: ReportedFiling, present: PresentFiling) -> ProposedRow:
    """Return what a row of a form would change.

    A row that the person left as it was downloaded proposes nothing, whatever others saved in the meantime.
    """
    filing, now = present.filing, carried_content(present.content, present.tasks, present.indicators)
    filled = complete_content(reported.content, now)
    changes = tuple(changed_fields(now, filled, present))
    is_untouched = digest_of_content(filled) == reported.key.digest
    if is_untouched or not changes:
        outcome, changes = RowOutcome.SAME, ()
    elif present.writing_obstacle:
        outcome = RowOutcome.BLOCKED
    else:
        others = filing.version != reported.key.version and digest_of_content(now) != reported.key.digest
        outcome = RowOutcome.CONFLICT if others else RowOutcome.SAVE
    content = complete_content(reported.content, present.content)
    return ProposedRow(filing, content, changes, outcome, present.writing_obstacle)


def changed_fields(
    now: FilingContent, reported: FilingContent, present: PresentFiling
) -> Iterator[FieldChange]:
    """Yield the fields that differ: answers, then indicators, then tasks."""
    for column in ANSWERS:
        old, new = getattr(now, column.name), getattr(reported, column.name)
        if old != new:
            yield FieldChange(column.short_label, compare_texts(answer_in_words(old), answer_in_words(new)))
    for indicator_id, indicator in present.indicators.items():
        was, filed = now.filed_number(indicator_id), reported.filed_number(indicator_id)
        if was != filed:
            in_words = indicator.cumulation.number_in_quarter
            yield FieldChange(indicator.name, compare_texts(in_words(was), in_words(filed)))
    for number, (commitment_id, wording) in enumerate(present.tasks.items(), 1):
        before, after = now.ticks[commitment_id], reported.ticks[commitment_id]
        if before != after:
            label = f"任务 {number}：{shorten_wording(wording)}"
            yield FieldChange(label, compare_texts(tick_in_words(before), tick_in_words(after)))


def shorten_wording(wording: str) -> str:
    """Return the beginning of a commitment's wording: enough to know which it is."""
    return wording if len(wording) <= WORDING_SHOWN else f"{wording[:WORDING_SHOWN]}……"
