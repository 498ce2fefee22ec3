"""Downloading and viewing documents; it is recorded who received which file."""

from __future__ import annotations

from datetime import datetime, time
from functools import lru_cache
from typing import Any

from pypdfium2 import PdfDocument

from app.audit.event_kinds import EventKind
from app.audit.models import Event
from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import require
from app.base.clock import today
from app.base.database import transaction
from app.base.errors import BadInput, NotFound
from app.drafting.core import queries
from app.drafting.core.draft import text_of_document
from app.drafting.core.life_cycle import READING
from app.drafting.core.models import Document, DocumentFile
from app.drafting.core.queries import way_to_document
from app.drafting.jobs.web_printer import current_printer
from app.printing.pictures import DOTS_PER_INCH, SHARP_DOTS, draw_page, one_at_a_time
from app.printing.rules import DEMAND_FORMATS, FileFormat
from reports.model import DocumentError


def download_file(document: Document, file_format: FileFormat, *, by: Actor) -> DocumentFile:
    """Return a document's file and record who downloads it; some formats of a draft are printed on demand.

    Raises NotAllowed, NotFound, and what printing on demand raises.
    """
    require(by, READING[document.state], document)
    is_kept = not is_made_on_demand(document, file_format)
    file = queries.file_of(document, file_format) if is_kept else print_now(document, file_format)
    if file is None:
        raise NotFound(
            f"这份公文的 {file_format.label} 还没有生成，请稍后再下载。", way_to_document(document)
        )
    record_download(document, file, by=by)
    return file


def is_made_on_demand(document: Document, file_format: FileFormat) -> bool:
    """Return whether a format of a document is only printed on demand."""
    return document.is_draft and file_format in DEMAND_FORMATS and bool(document.facts)


def formats_of(document: Document) -> list[FileFormat]:
    """Return the formats in which a document can be downloaded; empty if it was not printed yet."""
    kept = {file.format for file in queries.files_of(document)}
    return [one for one in FileFormat if one in kept or (kept and is_made_on_demand(document, one))]


def print_now(document: Document, file_format: FileFormat) -> DocumentFile:
    """Return a draft in a format, without storing it. Raises BadInput if all its blocks are dropped."""
    try:
        text = text_of_document(document)
    except DocumentError as error:
        raise BadInput(str(error)) from None
    printed = current_printer().print_document(text, file_format)
    return DocumentFile(document=document, shows=document.version, **vars(printed))


@transaction
def record_download(document: Document, file: DocumentFile, *, by: Actor) -> None:
    """Record who received a file."""
    require(by, READING[document.state], document)
    detail = {"format": file.format.value, "sha256": file.sha256, "number": document.number}
    record_event(EventKind.DOWNLOAD_DOCUMENT, document, by=by, summary=document.title, detail=detail)


def view_pages(document: Document, *, by: Actor) -> DocumentFile:
    """Return the file whose pages are viewed, and record by whom: once a day, and again for another file.

    Browsers request each page separately, and a draft is printed after every edit, so a draft is recorded once a day
    whatever its files. Raises NotAllowed, NotFound.
    """
    require(by, READING[document.state], document)
    file = document.file
    if file is None:
        raise NotFound
    viewed = {"sha256": file.sha256} if document.is_out else {"state": document.state.value}
    if not was_viewed_today(document, viewed, by=by):
        record_viewing(document, file, viewed, by=by)
    return file


@transaction
def record_viewing(document: Document, file: DocumentFile, viewed: dict[str, Any], *, by: Actor) -> None:
    """Record that somebody views pages, unless a concurrent request already did."""
    require(by, READING[document.state], document)
    if was_viewed_today(document, viewed, by=by):
        return
    detail = {"sha256": file.sha256, "number": document.number, **viewed}
    record_event(EventKind.VIEW_DOCUMENT_PAGES, document, by=by, summary=document.title, detail=detail)


def was_viewed_today(document: Document, viewed: dict[str, Any], *, by: Actor) -> bool:
    """Return whether it is already recorded that a person viewed these pages today."""
    midnight = datetime.combine(today(), time.min)
    same = (Event.object_kind == Document.__name__) & (Event.object_id == document.id)
    theirs = (
        (Event.action == EventKind.VIEW_DOCUMENT_PAGES)
        & (Event.account_id == by.account_id)
        & (Event.at >= midnight)
    )
    rows = Event.select(Event.detail).where(same & theirs)
    return any(viewed.items() <= row.detail.items() for row in rows)


# About 70 kB each. Browsers cache pages too; this serves other readers, and concurrent requests for one page.
KEPT = 64


def page_picture(file_id: int, sha256: str, number: int, *, is_sharp: bool = False) -> bytes | None:
    """Return page `number` (from 1) of a stored PDF as PNG, in screen size, or twice that if `is_sharp`.

    None if there is no such page.
    """
    with one_at_a_time:
        return kept_picture(file_id, sha256, number, is_sharp)


@lru_cache(maxsize=KEPT)
def kept_picture(file_id: int, sha256: str, number: int, is_sharp: bool) -> bytes | None:
    """Return the picture of a page. The hash is needed because a file's id may be reused."""
    document = opened_document(file_id, sha256)
    dots = SHARP_DOTS if is_sharp else DOTS_PER_INCH
    return draw_page(document, number, dots_per_inch=dots) if document else None


@lru_cache(maxsize=1)
def opened_document(file_id: int, sha256: str) -> PdfDocument | None:
    """Return a stored PDF opened by PDFium; cached, because a browser requests its pages one after the other."""
    file = DocumentFile.get_or_none((DocumentFile.id == file_id) & (DocumentFile.sha256 == sha256))
    return PdfDocument(bytes(file.data)) if file else None
