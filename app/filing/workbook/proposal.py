"""What taking over an uploaded form would change, field by field, before anything is changed: pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.base.labels import Labelled, Tone
from app.filing.core.content import FilingContent
from app.filing.core.differences import Difference, difference
from app.filing.core.facts import in_words, tick_in_words
from app.filing.core.models import Filing
from app.filing.workbook.carried import carried, completed, digest_of
from app.filing.workbook.layout import ANSWERS
from app.filing.workbook.present import Present
from app.filing.workbook.reading import Reported

RECOGNISABLE = 24  # characters


class Outlook(Labelled):
    """What would become of one row of a form."""

    SAVE = "save", "将保存", Tone.GOOD
    CONFLICT = "conflict", "他人已改过", Tone.ATTENTION
    BLOCKED = "blocked", "不能修改", Tone.QUIET
    SAME = "same", "没有变化", Tone.NEUTRAL


@dataclass(frozen=True)
class Change:
    """A field whose text in the form is another than the one that stands in the base."""

    label: str
    difference: Difference


@dataclass(frozen=True)
class ProposedRow:
    """A row of a form beside the filing as it stands now. `content` is what would be saved."""

    filing: Filing
    content: FilingContent
    changes: tuple[Change, ...]
    outlook: Outlook
    obstacle: str = ""

    @property
    def can_be_saved(self) -> bool:
        """Return whether the person can choose to save it."""
        return self.outlook in (Outlook.SAVE, Outlook.CONFLICT)


@dataclass(frozen=True)
class Proposal:
    """Everything that a form would change, in the order of its rows."""

    rows: tuple[ProposedRow, ...]

    def of(self, outlook: Outlook) -> tuple[ProposedRow, ...]:
        """Return the rows with this outlook."""
        return tuple(row for row in self.rows if row.outlook is outlook)

    @property
    def counts(self) -> tuple[tuple[str, int, None], ...]:
        """Return how many rows there are of each outlook: label and count, without a total."""
        return tuple((outlook.label, len(self.of(outlook)), None) for outlook in Outlook)

    @property
    def same(self) -> tuple[ProposedRow, ...]:
        """Return the rows that propose nothing."""
        return self.of(Outlook.SAME)

    @property
    def savable(self) -> tuple[ProposedRow, ...]:
        """Return the rows that the person can choose to save."""
        return tuple(row for row in self.rows if row.can_be_saved)

    @property
    def changed(self) -> tuple[ProposedRow, ...]:
        """Return the rows in which the person changed something, in the order of the form."""
        return tuple(row for row in self.rows if row.outlook is not Outlook.SAME)


def proposed(reported: Reported, present: Present) -> ProposedRow:
    """Return what a row of a form would change.

    A row that the person left as it was downloaded proposes nothing, whatever others saved in the meantime.
    """
    filing, now = present.filing, carried(present.content, present.tasks, present.indicators)
    told = completed(reported.content, now)
    changes = tuple(differing(now, told, present))
    is_untouched = digest_of(told) == reported.key.digest
    if is_untouched or not changes:
        outlook, changes = Outlook.SAME, ()
    elif present.obstacle:
        outlook = Outlook.BLOCKED
    else:
        others = filing.version != reported.key.version and digest_of(now) != reported.key.digest
        outlook = Outlook.CONFLICT if others else Outlook.SAVE
    content = completed(reported.content, present.content)
    return ProposedRow(filing, content, changes, outlook, present.obstacle)


def differing(now: FilingContent, told: FilingContent, present: Present) -> Iterator[Change]:
    """Yield the fields that differ: answers, then indicators, then tasks."""
    for column in ANSWERS:
        old, new = getattr(now, column.name), getattr(told, column.name)
        if old != new:
            yield Change(column.short, difference(in_words(old), in_words(new)))
    for indicator_id, indicator in present.indicators.items():
        was, told_now = now.indicators[indicator_id], told.indicators[indicator_id]
        if was != told_now:
            yield Change(indicator.name, difference(in_words(was), in_words(told_now)))
    for number, (commitment_id, wording) in enumerate(present.tasks.items(), 1):
        before, after = now.ticks[commitment_id], told.ticks[commitment_id]
        if before != after:
            label = f"任务 {number}：{shorten(wording)}"
            yield Change(label, difference(tick_in_words(before), tick_in_words(after)))


def shorten(wording: str) -> str:
    """Return the beginning of a commitment's wording: enough to know which it is."""
    return wording if len(wording) <= RECOGNISABLE else f"{wording[:RECOGNISABLE]}……"
