"""An installation that issued documents before there was a register: their numbers are in it after the upgrade."""

from __future__ import annotations

from app.base.database import migration_runner
from app.drafting.core.models import Document
from app.issuing import register
from app.issuing.models import RegisterEntry
from tests.databases import on_both
from tests.issuing.issued_documents import issued
from tests.world import World

STEP = "0011_leases_and_provenance"


@on_both
def test_numbers_given_before_are_entered_and_the_next_one_follows(reported: World, in_app: None) -> None:
    document = issued(reported)
    migration_runner().down(STEP)
    RegisterEntry.delete().execute()
    number = "华街〔2026〕17号"
    Document.update(number=number).where(Document.id == document.id).execute()
    migration_runner().up()
    entry = RegisterEntry.get()
    assert (str(register.number_of(entry)), entry.document_id, entry.edition) == (number, document.id, 1)
    assert (entry.title, entry.entered_by) == (document.title, document.issued_by)
    assert str(register.next_number("华街", 2026)) == "华街〔2026〕18号"
