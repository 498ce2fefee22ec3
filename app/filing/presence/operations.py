"""Recording who has the page of a filing open, and reading who else has."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from peewee import OperationalError

from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.clock import now
from app.base.database import transaction
from app.filing.core.models import Filing
from app.filing.presence.models import FilingPresence
from app.filing.presence.queries import others_among, presences_on
from app.filing.presence.rules import (
    SHOWN_FOR,
    WATCHED_STATES,
    OthersPresent,
    is_note_due,
)


def note_and_read_presence(filing: Filing, *, by: Actor, writes: bool = False) -> OthersPresent:
    """Record that `by` has the page open, and return who else has: one query, and three once an interval.

    If it cannot be recorded, as on a full disk, the writer is not bothered. Raises NotAllowed.
    """
    require(by, Action.WRITE_FILING, filing)
    if filing.state not in WATCHED_STATES:
        return OthersPresent()
    moment, found = now(), presences_on(filing)
    own = next((one for one in found if one.account_id == by.account_id), None)
    if own is None or is_note_due(own.seen_at, own.wrote_at, moment, writes=writes):
        with suppress(OperationalError):
            note_presence(filing, by=by, writes=writes)
    return others_among(found, filing.state, reader=by, moment=moment)


@transaction
def note_presence(filing: Filing, *, by: Actor, writes: bool) -> None:
    """Record that a person has the page open or just saved there. No event is logged: this is forgotten
    within minutes.
    """
    moment = now()
    FilingPresence.delete().where(FilingPresence.seen_at <= moment - SHOWN_FOR).execute()
    noted: dict[str, Any] = {"person": by.person, "seat": by.seat, "seen_at": moment}
    if writes:
        noted["wrote_at"] = moment
    row = FilingPresence.insert(filing=filing, account=by.account_id, **noted)
    row.on_conflict(
        conflict_target=[FilingPresence.filing, FilingPresence.account],
        preserve=[getattr(FilingPresence, name) for name in noted],
    ).execute()
