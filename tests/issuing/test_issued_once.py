"""Two people click 印发 again and again at the same moment: one number, one document, and nobody sees an error."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.audit.queries import events_of_subject, verify_chain
from app.authority.policy import Action
from app.authority.roles import Role
from app.base.settings.settings import Settings
from app.drafting.core.life_cycle import DocumentState
from app.drafting.core.models import DocumentFile
from app.issuing.models import RegisterEntry
from app.printing.rules import FROZEN_FORMATS
from tests.concurrency.service import Service
from tests.concurrency.visitor import (
    ONCE,
    VERSION,
    Answer,
    Visitor,
)
from tests.databases import on_both
from tests.issuing.issued_documents import made, print_now
from tests.world import World, add_user

CLICKS = 20  # ten by either person


@pytest.fixture
def service(reported: World, settings: Settings, in_app: None) -> Iterator[Service]:
    """The system served by its own processes."""
    service = Service(settings)
    service.start()
    yield service
    service.stop()
    assert "Traceback" not in (settings.instance / "web.log").read_text()


@on_both
def test_twenty_clicks_by_two_people_give_one_number_and_one_document(
    service: Service, reported: World
) -> None:
    draft = made(reported)
    add_user("office-2", Role.OFFICE)
    names = (reported.users["office"].username, "office-2")
    people = [Visitor(service.address, name).log_in() for name in names]
    forms = [form_of(person.get(f"/documents/{draft.id}")) for person in people]

    def click(number: int) -> Answer:
        who = number % len(people)
        return people[who].post(f"/documents/{draft.id}/issue", **forms[who])

    with ThreadPoolExecutor(CLICKS) as crowd:
        answers = list(crowd.map(click, range(CLICKS)))
    assert {answer.status for answer in answers} == {303, 409}
    refused = {number % len(people) for number, answer in enumerate(answers) if answer.status != 303}
    assert len(refused) == 1, "who issued it is led to the document by every click"

    document = print_now(draft)
    assert (document.state, document.number) == (DocumentState.ISSUED, "华街〔2026〕1号")
    assert [one.document_id for one in RegisterEntry.select()] == [document.id]
    assert {one.format for one in DocumentFile.select()} == set(FROZEN_FORMATS)
    assert sum(event.action == Action.ISSUE_DOCUMENT for event in events_of_subject(document)) == 1
    assert verify_chain() is None


def form_of(page: Answer) -> dict[str, str]:
    """Return what the page sends when 印发 is pressed."""
    form = page.text[page.text.index('/issue"') :]
    once, version = ONCE.search(form), VERSION.search(form)
    assert once
    assert version
    return {"once": once[1], "version": version[1]}
