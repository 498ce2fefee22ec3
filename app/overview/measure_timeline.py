"""The timeline of a measure: filings, directives, documents and revisions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from app.authority.actor import Actor
from app.authority.policy import Action
from app.base.days import written_day
from app.base.labels import LabelledEnum, LabelTone
from app.base.text import shorten_line
from app.directives.core.models import Directive
from app.drafting.core.models import Document
from app.filing.core.filing_steps import readable_steps
from app.filing.core.models import Filing
from app.plan.core.in_force import changes_of_items
from app.plan.core.models import ItemChange, PlanItem
from app.plan.core.rules import ItemAspect

EVENT_TEXT_LENGTH = 120
SHOWN_FIRST = 12


class TimelineKind(LabelledEnum):
    """The kind of an entry."""

    FILING = "filing", "填报", LabelTone.NEUTRAL
    DIRECTIVE = "directive", "批示", LabelTone.ATTENTION
    DOCUMENT = "document", "公文", LabelTone.WAITING
    REVISION = "revision", "修订", LabelTone.QUIET


@dataclass(frozen=True)
class TimelineEntry:
    """One event: when, of which kind, and a link to its page."""

    at: datetime
    kind: TimelineKind
    title: str
    who: str = ""
    text: str = ""
    endpoint: str = ""
    arguments: Mapping[str, Any] = field(default_factory=dict)

    @property
    def when(self) -> str:
        return written_day(self.at)


@dataclass(frozen=True)
class MeasureTimeline:
    """The entries, newest first; `rest` are those that are folded."""

    entries: tuple[TimelineEntry, ...]

    @property
    def shown(self) -> tuple[TimelineEntry, ...]:
        return self.entries[:SHOWN_FIRST]

    @property
    def rest(self) -> tuple[TimelineEntry, ...]:
        return self.entries[SHOWN_FIRST:]


def timeline_of_measure(
    measure: PlanItem,
    filings: Iterable[Filing],
    directives: Iterable[Directive],
    documents: Iterable[Document],
    *,
    reader: Actor,
) -> MeasureTimeline:
    """Return the events on a measure that `reader` may know of: three queries.

    directives, documents: those that he may read.
    """
    found = (
        *filing_entries(filings, reader),
        *(entry for one in directives for entry in directive_entries(one)),
        *document_entries(documents),
        *revision_entries(measure),
    )
    return MeasureTimeline(tuple(sorted(found, key=lambda one: one.at, reverse=True)))


def filing_entries(filings: Iterable[Filing], reader: Actor) -> Iterator[TimelineEntry]:
    """Yield the steps of filings except saves."""
    for step in readable_steps(filings, reader=reader):
        if step.action is not Action.WRITE_FILING:
            filing = step.filing
            title = f"{filing.period.quarter.short_words}{filing.department.short_name}{step.words}"
            place = "filing.show_filing", {"filing_id": filing.id}
            yield TimelineEntry(
                step.at,
                TimelineKind.FILING,
                title,
                step.who,
                shorten_line(step.reason, EVENT_TEXT_LENGTH),
                *place,
            )


def directive_entries(directive: Directive) -> Iterator[TimelineEntry]:
    place = "directives.show_directive", {"directive_id": directive.key}
    title = f"{directive.author}{directive.kind.label}"
    kind = TimelineKind.DIRECTIVE
    yield TimelineEntry(
        directive.created_at,
        kind,
        title,
        directive.number_words,
        shorten_line(directive.text, EVENT_TEXT_LENGTH),
        *place,
    )
    for entry in directive.history:
        done = entry.reply or entry.step
        if done:
            yield TimelineEntry(
                done.at, kind, done.title, done.person, shorten_line(done.text, EVENT_TEXT_LENGTH), *place
            )


def document_entries(documents: Iterable[Document]) -> Iterator[TimelineEntry]:
    for document in documents:
        if document.issued_at:
            title = document.title.replace("\n", "")
            place = "issuing.show_document", {"document_id": document.id}
            kind, number = TimelineKind.DOCUMENT, document.number or ""
            yield TimelineEntry(document.issued_at, kind, f"印发{title}", number, "", *place)


def revision_entries(measure: PlanItem) -> Iterator[TimelineEntry]:
    grouped: dict[int, list[ItemChange]] = {}
    for change in changes_of_items({measure.id}, tuple(ItemAspect)):
        grouped.setdefault(change.revision_id, []).append(change)
    for changes in grouped.values():
        revision = changes[0].revision
        title = "、".join(dict.fromkeys(change.aspect.label for change in changes))
        yield TimelineEntry(
            start_of_day(revision.effective_on),
            TimelineKind.REVISION,
            f"修订{title}",
            revision.made_by,
            shorten_line(revision.reason, EVENT_TEXT_LENGTH),
            "assignments.show_history",
            {"measure_id": measure.id},
        )


def start_of_day(day: date) -> datetime:
    return datetime.combine(day, time.min)
