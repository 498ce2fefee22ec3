"""Reading who has the page of a filing open."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from peewee import ModelSelect

from app.authority.actor import Actor
from app.base.clock import now
from app.base.statements import prepared
from app.filing.core.life_cycle import FilingState
from app.filing.core.models import Filing
from app.filing.presence.models import FilingPresence
from app.filing.presence.rules import OthersPresent, PresentPerson, presence_kind


@prepared
def presences_on(filing: Filing) -> ModelSelect[FilingPresence]:
    """Return the recorded persons on the page of a filing, in a fixed order: one query."""
    return FilingPresence.select().where(FilingPresence.filing == filing).order_by(FilingPresence.account)


def others_on(filing: Filing, *, reader: Actor) -> OthersPresent:
    """Return who else has the page of a filing open now: one query."""
    return others_among(presences_on(filing), filing.state, reader=reader, moment=now())


def others_among(
    found: Iterable[FilingPresence], state: FilingState, *, reader: Actor, moment: datetime
) -> OthersPresent:
    people = (
        PresentPerson(one.account_id, one.person, one.seat, kind)
        for one in found
        if one.account_id != reader.account_id
        and (kind := presence_kind(one.seen_at, one.wrote_at, moment, state=state)) is not None
    )
    return OthersPresent(tuple(people))
