"""Reading the event log page by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import and_
from typing import Any

from app.access.models import Account
from app.audit.event_kinds import ADMINISTRATIVE, EVENT_LABELS
from app.audit.models import Event
from app.base.paging import ListPage, page_of
from app.base.text import parse_number


@dataclass(frozen=True)
class EventRow:
    """One event in words; `about` leaves the content of the business out."""

    number: int
    at: datetime
    person: str
    seat: str
    action: str
    about: str
    address: str


@dataclass(frozen=True)
class EventPage(ListPage[Event]):
    events: list[EventRow]


def recorded_kinds() -> list[str]:
    """Return the kinds of events that occur: one query."""
    return [event.action for event in Event.select(Event.action).distinct()]


def condition_of(
    *, since: date | None, until: date | None, person: str, kind: str, words: Sequence[str]
) -> Any:
    """Return the SQL condition of all filled-in filter fields."""
    found: list[Any] = [Event.id.is_null(False), *map(holds_word, words)]
    if since:
        found.append(Event.at >= datetime.combine(since, time.min))
    if until:
        found.append(Event.at < datetime.combine(until, time.min) + timedelta(days=1))
    if person:
        found.append(Event.person.contains(person) | Event.seat.contains(person))
    if kind:
        found.append(Event.action == kind)
    return reduce(and_, found)


def holds_word(word: str) -> Any:
    """Return the condition that a word is in what the page shows of an event, so that a search reveals nothing else."""
    named = [kind for kind, label in EVENT_LABELS.items() if word in label]
    shown = Event.action.in_(sorted(ADMINISTRATIVE)) & Event.summary.contains(word)
    accounts = Account.select(Account.id).where(
        Account.username.contains(word) | Account.person.contains(word)
    )
    about_account = (Event.object_kind == Account.__name__) & Event.object_id.in_(accounts)
    found = Event.action.in_(named) | shown | about_account
    number = parse_number(word)
    return found if number is None else found | (Event.object_id == number)


def event_page_of(condition: Any, number: int) -> EventPage:
    """Return a page of events for which a condition holds, newest first: three queries."""
    found = page_of(Event.select().where(condition).order_by(Event.id.desc()), number)
    ids = [event.object_id for event in found.rows if event.object_kind == Account.__name__]
    accounts: dict[int | None, Account] = {one.id: one for one in Account.select().where(Account.id.in_(ids))}
    events = [event_row(event, accounts.get(event.object_id)) for event in found.rows]
    return EventPage(found.rows, found.number, found.last, events)


def event_row(event: Event, account: Account | None) -> EventRow:
    named = account if event.object_kind == Account.__name__ else None
    words = [
        f"{named.username}（{named.person}）" if named else "",
        event.summary if event.action in ADMINISTRATIVE else "",
    ]
    about = "，".join(filter(None, words))
    numbered = f"编号 {event.object_id}" if event.object_id is not None else ""
    return EventRow(
        number=event.id,
        at=event.at,
        person=event.person,
        seat=event.seat,
        action=EVENT_LABELS.get(event.action, event.action),
        about=about or numbered,
        address=event.address,
    )
