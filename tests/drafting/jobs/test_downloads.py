"""Each reader of the pages of a document stands in the log once a day, apart from what else the log holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from app.audit.event_kinds import EventKind
from app.audit.models import Event
from app.audit.operations import record_event
from app.authority.actor import Actor
from app.base.clock import clock_stopped_at, now
from app.base.errors import BadInput, NotAllowed, NotFound
from app.drafting.core.models import Document, DocumentBlock, DocumentFile
from app.drafting.core.queries import blocks_of, find_document
from app.drafting.editing.operations import BlockWording, rewrite_block
from app.drafting.jobs.downloads import download_file, formats_of, view_pages
from app.printing.rules import FileFormat
from reports.model import Paragraph
from tests.drafting.sample_documents import assembled
from tests.issuing.issued_documents import issued, made
from tests.reports.docx import word
from tests.world import World

pytestmark = pytest.mark.usefixtures("in_app")


def look_at(document: Document, *, by: Actor) -> DocumentFile:
    found = find_document(document.id)
    assert found is not None
    return view_pages(found, by=by)


def viewers_of(document: Document) -> list[int | None]:
    wanted = (
        (Event.action == EventKind.VIEW_DOCUMENT_PAGES)
        & (Event.object_kind == "Document")
        & (Event.object_id == document.id)
    )
    return [event.account_id for event in Event.select().where(wanted).order_by(Event.id)]


def test_each_reader_of_each_document_is_one_row_a_day(reported: World) -> None:
    document, draft = issued(reported), made(reported)
    office, other = reported.users["office"], reported.users["leader"]
    for by in (office, other, office):
        look_at(document, by=by)
    look_at(draft, by=office)
    assert viewers_of(document) == [office.account_id, other.account_id]
    assert viewers_of(draft) == [office.account_id]


def test_what_else_stands_in_the_log_is_no_viewing(reported: World) -> None:
    document, office = issued(reported), reported.users["office"]
    file = DocumentFile.get(document=document, format=FileFormat.PDF)
    detail = {"sha256": file.sha256}
    record_event("download_document", document, by=office, summary="", detail=detail)
    record_event(
        EventKind.VIEW_DOCUMENT_PAGES, document, by=reported.users["leader"], summary="", detail=detail
    )
    record_event(EventKind.VIEW_DOCUMENT_PAGES, reported.period, by=office, summary="", detail=detail)
    assert look_at(document, by=office) == file
    assert viewers_of(document) == [reported.users["leader"].account_id, office.account_id]
    event = Event.select().order_by(Event.id.desc()).get()
    assert (event.summary, event.detail) == (document.title, detail | {"number": document.number})


@pytest.mark.parametrize(("earlier", "rows"), [(timedelta(0), 1), (timedelta(seconds=1), 2)])
def test_a_day_begins_at_midnight(reported: World, earlier: timedelta, rows: int) -> None:
    draft, office = made(reported), reported.users["office"]
    midnight = datetime.combine(now().date() + timedelta(days=1), time.min)
    with clock_stopped_at(midnight - earlier):
        look_at(draft, by=office)
    with clock_stopped_at(midnight + timedelta(hours=23)):
        look_at(draft, by=office)
    assert viewers_of(draft) == [office.account_id] * rows


def test_a_draft_and_what_is_issued_of_it_are_viewed_apart(reported: World) -> None:
    draft, office = made(reported), reported.users["office"]
    look_at(draft, by=office)
    DocumentFile.update(sha256="1" * 64).where(DocumentFile.document == draft).execute()
    look_at(draft, by=office)
    assert viewers_of(draft) == [office.account_id]


def test_a_person_who_may_read_it_no_more_sees_no_pages(reported: World) -> None:
    draft, office = made(reported), reported.users["office"]
    look_at(draft, by=office)
    with pytest.raises(NotAllowed):
        look_at(draft, by=replace(office, grants=()))
    with pytest.raises(NotAllowed):
        download_file(draft, FileFormat.PDF, by=replace(office, grants=()))


@pytest.mark.parametrize("who", ["office", "leader"])
def test_a_download_is_written_down_with_its_file(reported: World, who: str) -> None:
    document, by = issued(reported), reported.users[who]
    file = download_file(document, FileFormat.DOCX, by=by)
    event = Event.select().order_by(Event.id.desc()).get()
    assert (event.action, event.account_id, event.summary) == (
        "download_document",
        by.account_id,
        document.title,
    )
    assert event.detail == {"format": "docx", "sha256": file.sha256, "number": document.number}


def test_what_is_not_printed_yet_is_neither_viewed_nor_downloaded(reported: World) -> None:
    draft, office = assembled(reported), reported.users["office"]
    with pytest.raises(NotFound):
        look_at(draft, by=office)
    with pytest.raises(NotFound, match="还没有生成"):
        download_file(draft, FileFormat.PDF, by=office)
    assert viewers_of(draft) == []


def test_a_word_file_of_a_draft_is_made_as_it_stands_for_who_asks(reported: World) -> None:
    draft, office = made(reported), reported.users["office"]
    assert [file.format for file in DocumentFile.select()] == [FileFormat.PDF]
    assert formats_of(draft) == [FileFormat.PDF, FileFormat.DOCX]
    block = next(row for row in blocks_of(draft) if isinstance(row.block, Paragraph))
    rewrite_block(block, BlockWording("全部办结。"), by=office, version=block.version)
    file = download_file(Document.get_by_id(draft.id), FileFormat.DOCX, by=office)
    assert "全部办结。" in word.text(bytes(file.data))
    event = Event.select().order_by(Event.id.desc()).get()
    assert (event.action, event.detail["sha256"]) == ("download_document", file.sha256)


def test_a_draft_without_any_text_left_makes_no_word_file(reported: World) -> None:
    draft = made(reported)
    DocumentBlock.update(is_dropped=True).where(DocumentBlock.document == draft).execute()
    with pytest.raises(BadInput, match="都已删去"):
        download_file(Document.get_by_id(draft.id), FileFormat.DOCX, by=reported.users["office"])
