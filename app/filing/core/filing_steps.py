"""The history of filings: who did what and when, why, and which text was stored with it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from app.audit.models import Event
from app.audit.queries import steps_of_subjects
from app.authority.actor import Actor
from app.authority.policy import Action, is_allowed
from app.filing.core import kept_texts
from app.filing.core.kept_texts import RevisionsByVersion
from app.filing.core.life_cycle import ACTION_WORDS, action_words
from app.filing.core.models import Filing, FilingRevision


@dataclass(frozen=True)
class FilingStep:
    """One step in a filing's history, or several saves in a row, as far as the reader may see it.

    `kept` are the texts stored with it: the text that was submitted, or the texts that a save replaced.
    """

    filing: Filing
    action: Action
    words: str
    at: datetime
    who: str
    reason: str = ""
    kept: tuple[FilingRevision, ...] = ()


def readable_steps(filings: Iterable[Filing], *, reader: Actor) -> tuple[FilingStep, ...]:
    """Return the steps of some filings that `reader` may see, newest first: two queries.

    A reader who may know why a filing was returned may know all its steps, even while it is a draft again.
    """
    seen = [filing for filing in filings if may_read_steps(reader, filing)]
    return steps_of_filings(seen, reader=reader)


def may_read_steps(reader: Actor, filing: Filing) -> bool:
    actions = (Action.READ_FILING, Action.READ_RETURN_REASON)
    return any(is_allowed(reader, action, filing) for action in actions)


def steps_of_filings(filings: Collection[Filing], *, reader: Actor) -> tuple[FilingStep, ...]:
    """Return the steps of filings, newest first: two queries.

    Consecutive saves by one person are one step. Reasons and texts are included as far as `reader` may read them.
    """
    named: dict[int | None, Filing] = {filing.id: filing for filing in filings}
    kept = kept_texts.revisions_by_version(filings)
    events = steps_of_subjects(Filing.__name__, [filing.id for filing in filings])
    steps = [event for event in events if event.action in ACTION_WORDS]
    runs = groupby(steps, key=run_key)
    return tuple(step_from_events([*run], named, kept, reader) for _, run in runs)[::-1]


def run_key(event: Event) -> tuple[object, ...]:
    """Return the key that consecutive saves share; every other event has its own."""
    return event.action, event.person, event.object_id, 0 if event.action == Action.WRITE_FILING else event.id


def step_from_events(
    events: Sequence[Event], named: Mapping[int | None, Filing], kept: RevisionsByVersion, reader: Actor
) -> FilingStep:
    """Return the step made of one event, or of a run of saves."""
    last = events[-1]
    filing, version = named[last.object_id], last.detail["version"]
    revision = kept.get((filing.id, version))
    words = action_words(Action(last.action), revision.return_kind if revision else None)
    found = (kept.get((filing.id, event.detail["version"])) for event in events)
    return FilingStep(
        filing=filing,
        action=Action(last.action),
        words=f"{words} {len(events)} 次" if len(events) > 1 else words,
        at=last.at,
        who=f"{last.person}（{last.seat}）",
        reason=last.reason if last.reason and is_allowed(reader, Action.READ_RETURN_REASON, filing) else "",
        kept=tuple(text for text in found if text and may_read_kept(reader, text)),
    )


def may_read_kept(reader: Actor, text: FilingRevision) -> bool:
    """Return whether a person may read a stored text; only writers may read one that a save replaced."""
    if text.is_replaced:
        return is_allowed(reader, Action.WRITE_FILING, text.filing)
    return is_allowed(reader, Action.READ_REVISION, text)


def persons_saving(filing: Filing, versions: Collection[int]) -> list[str]:
    """Return the persons who saved these versions, each once, in the order of their first save."""
    events = steps_of_subjects(Filing.__name__, (filing.id,))
    saves = [event for event in events if event.action == Action.WRITE_FILING]
    return list(dict.fromkeys(event.person for event in saves if event.detail["version"] in versions))
