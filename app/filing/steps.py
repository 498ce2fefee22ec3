"""The time line of filings: who did what, when and why, and which text was kept with it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from app.access.policy import Action, allows
from app.access.user import User
from app.audit.models import Event
from app.audit.queries import histories
from app.filing import queries
from app.filing.models import Filing
from app.filing.queries import Versions
from app.filing.rules import deed_words, reading
from app.plan.models import PlanItem


@dataclass(frozen=True)
class Step:
    """One step of a filing's life, or several saves in a row; `kept` is the version of the text kept with it."""

    filing: Filing
    words: str
    at: datetime
    who: str
    reason: str = ""
    kept: int | None = None


def steps_on(measure: PlanItem, *, reader: User) -> tuple[Step, ...]:
    """Return what happened to all filings on a measure that `reader` may see, newest first: three queries."""
    filings = queries.filings_on(measure)
    return steps_of([filing for filing in filings if allows(reader, reading(filing.state), filing)])


def steps_of(filings: Collection[Filing]) -> tuple[Step, ...]:
    """Return what happened to these filings, newest first: two queries.

    Saves of one filing by one person in a row are one step.
    """
    named: dict[int | None, Filing] = {filing.id: filing for filing in filings}
    kept = queries.kept_versions(filings)
    events = histories(Filing, [filing.id for filing in filings])
    runs = groupby(events, key=run_of)
    return tuple(step([*run], named, kept) for _, run in runs)[::-1]


def run_of(event: Event) -> tuple[object, ...]:
    """Return what saves in a row have in common; every other event stands alone."""
    return event.action, event.person, event.object_id, 0 if event.action == Action.WRITE_FILING else event.id


def step(events: Sequence[Event], named: Mapping[int | None, Filing], kept: Versions) -> Step:
    """Return one step from the event, or the run of saves, that it is made of."""
    last = events[-1]
    filing, version = named[last.object_id], last.detail["version"]
    words = deed_words(Action(last.action), kept.get((filing.id, version)))
    return Step(
        filing=filing,
        words=f"{words} {len(events)} 次" if len(events) > 1 else words,
        at=last.at,
        who=f"{last.person}（{last.seat}）",
        reason=last.reason,
        kept=version if (filing.id, version) in kept else None,
    )
