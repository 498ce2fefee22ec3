"""Characters that nobody sees: they neither turn a text round nor keep a report from being made."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from app.authority.actor import SAMPLE_LOADER
from app.base.clock import now
from app.base.tables.sheet_writing import carried_text
from app.drafting.core.models import Document
from app.periods.models import CalendarException, Unlock
from app.periods.operations import close_period
from tests.clients import log_in
from tests.drafting.sample_documents import accept_some
from tests.filing.pages import address, typed
from tests.world import World

UNSEEN = "走\u200b访\u202e32\u2066家\ufeff\x00\x9f\xad"
SEEN = "走访32家"


def test_none_of_them_is_kept_of_what_is_filed(app: Flask, world: World) -> None:
    filing = world.filing(1)
    log_in(app, world, "filer").post(address(filing), data=typed(filing, progress=UNSEEN, problems=UNSEEN))
    assert (world.filing(1).progress, world.filing(1).problems) == (SEEN, SEEN)
    assert carried_text(UNSEEN) == SEEN


def test_none_of_them_is_kept_of_what_the_office_notes_down(app: Flask, world: World) -> None:
    office = log_in(app, world, "office")
    day = {"first": "2027-01-04", "last": "2027-01-04", "arrangement": "off", "note": UNSEEN}
    office.post("/periods/calendar", data=day)
    close_period(world.period, by=SAMPLE_LOADER)
    until = f"{now() + timedelta(days=2):%Y-%m-%dT%H:%M}"
    sent = {"department": str(world.departments["经发办"].id), "until": until, "reason": UNSEEN}
    office.post(f"/periods/{world.period.id}/unlock", data=sent)
    assert (CalendarException.get().note, Unlock.get().reason) == (SEEN, SEEN)


def test_none_of_them_is_kept_of_what_stands_around_a_report(app: Flask, world: World) -> None:
    accept_some(world)
    names = ("issuer", "recipient", "signer", "copies_to")
    chosen = {"period": str(world.period.id), "span": "quarter", "form": "file", "urgency": ""}
    sent = dict.fromkeys(names, UNSEEN) | chosen | {"dated": "2026-10-09", "word": "华\u200b街\u202e"}
    assert log_in(app, world, "office").post("/documents/new/quarterly", data=sent).status_code == 303
    made = Document.select().order_by(Document.id.desc()).get()
    assert {getattr(made, name) for name in names} == {SEEN}
    assert made.word == "华街"
