"""Drafts to be edited: gathered and composed, but not printed, which would take a second each."""

from __future__ import annotations

from collections.abc import Iterable

from app.audit.queries import events_of_subject
from app.authority.actor import SYSTEM
from app.composition.rules import DocumentKind
from app.drafting.core import queries
from app.drafting.core.models import Document, DocumentBlock
from app.drafting.editing import operations as editing
from app.drafting.editing.operations import BlockWording
from app.drafting.jobs import job_requests
from app.drafting.jobs import operations as jobs
from app.filing.core import operations as filings
from app.printing.formats import PrintedFile
from app.printing.render_pool import Pulse
from app.printing.rules import FileFormat
from reports.model import OfficialDocument, Paragraph
from tests.drafting.sample_documents import assembled
from tests.world import THRESHOLDS, World, full_content

OWN_WORDS = "已走访企业32家，形成线索12条。"
BETTER = "走访企业32家，形成有效线索12条。"


def unprinted(
    _document: OfficialDocument, _formats: Iterable[FileFormat], _pulse: Pulse
) -> list[PrintedFile]:
    """Print nothing."""
    return []


def drafted(world: World, kind: DocumentKind = DocumentKind.QUARTERLY) -> Document:
    """Return a draft with its blocks."""
    document = assembled(world, kind)
    run(document)
    return fresh(document)


def run(document: Document) -> None:
    """Do what the worker would, but for printing."""
    jobs.run_job(job_requests.job_of(document).id, unprinted, thresholds=THRESHOLDS, by=SYSTEM)


def fresh(document: Document) -> Document:
    """Return a document as it stands."""
    found = queries.find_document(document.id)
    assert found is not None
    return found


def block_saying(document: Document, words: str) -> DocumentBlock:
    """Return the first block that says these words, fresh from the base."""
    for row in queries.blocks_of(document):
        if words in getattr(row.block, "text", ""):
            found = queries.find_block(row.id)
            assert found is not None
            return found
    raise AssertionError(f"no block says {words}")


def texts_of(document: Document) -> list[str]:
    """Return the texts that are not dropped, in their order."""
    rows = [row for row in queries.blocks_of(document) if not row.is_dropped]
    return [getattr(row.block, "text", "") for row in rows]


def operations_on(document: Document) -> list[str]:
    """Return what was done to a document, in its order."""
    return [event.action for event in events_of_subject(document)]


def accepted_again(world: World, words: str) -> None:
    """Reopen measure 1, write something else, and accept it again."""
    filing, filer, head = world.filing(1), world.users["filer"], world.users["head"]
    office = world.users["office"]
    filings.reopen_filing(filing, by=office, version=filing.version, reason="数字有误。")
    filings.save_filing(filing, full_content(words), by=filer, version=filing.version, thresholds=THRESHOLDS)
    filings.submit_filing(filing, by=filer, version=filing.version)
    filings.sign_off_filing(filing, by=head, version=filing.version)
    filings.accept_filing(filing, by=office, version=filing.version)


def reworded(world: World, document: Document) -> DocumentBlock:
    """Have the block of measure 1 say other words than its department's; return it."""
    row = block_saying(document, OWN_WORDS)
    editing.rewrite_block(
        row, BlockWording(BETTER, head_of(row)), by=world.users["office"], version=row.version
    )
    return block_saying(document, BETTER)


def head_of(row: DocumentBlock) -> str:
    """Return the run-in head of a paragraph."""
    block = row.block
    return block.head.text if isinstance(block, Paragraph) and block.head else ""
