"""Documents that are issued at once: a printer that writes down what it was given, in no time."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from app.authority.actor import SYSTEM
from app.composition.rules import DocumentKind
from app.composition.scope import DocumentScope, ScopeSpan
from app.drafting.assembling.operations import assemble_document
from app.drafting.assembling.order import AssemblyRequest
from app.drafting.core.models import Document
from app.drafting.jobs import job_requests
from app.drafting.jobs import operations as jobs
from app.issuing import operations
from app.printing.formats import PrintedFile
from app.printing.render_pool import Printer
from app.printing.rules import FileFormat
from reports.frozen_text import document_as_json
from reports.model import OfficialDocument
from tests.drafting.sample_documents import PARTICULARS, assembled
from tests.world import THRESHOLDS, World

REASON = "第二部分走访企业数误写为32家，应为23家。"
KINDS = (DocumentKind.QUARTERLY, DocumentKind.CIRCULAR, DocumentKind.SUPERVISION)
SPANS = (ScopeSpan.QUARTER, ScopeSpan.THREE_QUARTERS)
TOOLS = "排版程序 1\nWeasyPrint 70.0"


def quick(document: OfficialDocument, formats: Iterable[FileFormat], _pulse: object) -> list[PrintedFile]:
    """Print a text as JSON: other text, other bytes."""
    data = json.dumps(document_as_json(document), ensure_ascii=False, default=str).encode()
    sha256 = hashlib.sha256(data).hexdigest()
    return [PrintedFile(one, data, 1, sha256, TOOLS) for one in formats]


def made(world: World, kind: DocumentKind = DocumentKind.QUARTERLY) -> Document:
    """Return a draft that a worker has made."""
    return print_now(assembled(world, kind))


def issued(world: World, kind: DocumentKind = DocumentKind.QUARTERLY) -> Document:
    """Return a document that was issued and printed."""
    return issue_now(made(world, kind), world)


def issue_now(draft: Document, world: World, printer: Printer = quick) -> Document:
    """Issue a draft and let the worker print it."""
    operations.issue_document(draft, by=world.users["office"], version=draft.version)
    return print_now(draft, printer)


def print_now(document: Document, printer: Printer = quick) -> Document:
    """Do what the worker would; return the document as it then stands."""
    jobs.run_job(job_requests.job_of(document).id, printer, thresholds=THRESHOLDS, by=SYSTEM)
    return Document.get_by_id(document.id)


def orders(world: World) -> list[AssemblyRequest]:
    """Return what eight documents that can be issued beside one another are ordered by."""
    quarter = world.period.quarter
    wanted = [(kind, DocumentScope(quarter, span)) for kind in KINDS for span in SPANS]
    wanted += [
        (DocumentKind.FILING_NOTICE, DocumentScope(quarter)),
        (DocumentKind.PLAN, DocumentScope(quarter, ScopeSpan.YEAR)),
    ]
    return [AssemblyRequest(kind, world.plan, scope) for kind, scope in wanted]


def drafts(world: World) -> list[Document]:
    """Return their drafts."""
    office = world.users["office"]
    return [print_now(assemble_document(order, PARTICULARS, by=office)) for order in orders(world)]
