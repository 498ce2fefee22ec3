"""Renewing a draft from the present filings: everything that was not edited is replaced, edited words are kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from app.audit.event_kinds import EventKind
from app.audit.operations import record_event
from app.authority.actor import Actor
from app.base.clock import now
from app.base.database import transaction
from app.base.errors import BadInput, StaleVersion
from app.composition.chapters.synopsis import synopsis_alternatives
from app.composition.facts import DocumentFacts
from app.composition.kinds import spec_of
from app.drafting.core.draft import as_composed, composed_row, content_digest
from app.drafting.core.models import Document, DocumentBlock
from app.drafting.core.queries import blocks_of
from app.drafting.editing import wording_requests
from app.drafting.editing.block_words import words_of
from app.drafting.editing.edit_history import forget_edits
from app.drafting.editing.operations import begin_editing, renumber_blocks
from app.drafting.editing.renewal.block_changes import (
    BlockChange,
    ChangedBlock,
    by_key,
    changed_blocks,
    rows_changed,
)
from app.drafting.editing.renewal.renewed_blocks import accepted_since
from app.drafting.editing.synopsis_wordings import with_chosen_wordings, wordings_of_draft
from app.drafting.jobs.job_requests import job_of, request_files_again
from app.drafting.jobs.operations import facts_of
from app.filing.core.lights import LightThresholds
from reports.frozen_text import block_as_json, block_from_json
from reports.model import Block, DocumentError


@dataclass(frozen=True)
class DraftRenewal:
    """What would change: the present facts, their digest, the changed blocks, and the number of changed annex rows."""

    facts: DocumentFacts
    digest: str
    changes: Sequence[ChangedBlock]
    annex_rows: int

    def blocks_with(self, outcome: str) -> list[ChangedBlock]:
        return [change for change in self.changes if change.outcome == outcome]

    @property
    def is_empty(self) -> bool:
        return not self.changes and not self.annex_rows


def renewal_of(document: Document, thresholds: LightThresholds) -> DraftRenewal:
    """Return what would change if a draft were made from the present filings. Raises BadInput if it cannot be made."""
    facts, rows = facts_of(document, thresholds), blocks_of(document)
    try:
        new, old = (
            as_composed(document, facts),
            as_composed(document, DocumentFacts.from_json(document.facts)),
        )
    except DocumentError as error:
        raise BadInput(str(error)) from None
    body = with_chosen_wordings(
        new, rows, wordings_of_draft(document), synopsis_alternatives(facts, spec_of(document.kind))
    )
    found = changed_blocks(rows, body)
    return DraftRenewal(facts, content_digest(facts.as_json()), found, rows_changed(old.annexes, new.annexes))


def count_newer_filings(document: Document, thresholds: LightThresholds) -> int:
    """Return how many filings were accepted since a draft was made; 0 if they would not change it.

    The renewal is only computed if any were accepted. If the draft could not be made from them, they are counted, so
    that the office notices.
    """
    count = accepted_since(document) if document.facts and spec_of(document.kind).rests_on_filings else 0
    try:
        return 0 if count and renewal_of(document, thresholds).is_empty else count
    except BadInput:
        return count


@transaction
def renew_draft(document: Document, *, by: Actor, read: str, thresholds: LightThresholds) -> DraftRenewal:
    """Renew a draft from the present filings. Edited blocks keep their words and are marked until somebody decides.

    read: the digest of the facts for which the person was shown what will change.

    Raises NotAllowed, IllegalTransition, BadInput, and StaleVersion if filings changed since then.
    """
    current = begin_editing(document, by=by)
    renewal = renewal_of(current, thresholds)
    if renewal.digest != read:
        raise StaleVersion(current)
    if renewal.is_empty:
        return renewal
    words = [change_detail(change) for change in renewal.changes]
    put_in_place(current, renewal.changes, by=by)
    forget_edits(current)
    current.facts, current.gathered_at = renewal.facts.as_json(), now()
    current.save_as_next(read_at=current.version)
    request_files_again(job_of(current), by=by)
    counted = Counter(change.outcome.value for change in renewal.changes)
    detail = {**counted, "annex_rows": renewal.annex_rows, "blocks": words}
    record_event(EventKind.UPDATE_DOCUMENT, current, by=by, summary=current.title, detail=detail)
    return renewal


def change_detail(change: ChangedBlock) -> dict[str, object]:
    """Return a change as it is recorded in the log."""
    return {
        "outcome": change.outcome.value,
        "block": change.row.id if change.row else None,
        "before": words_of(change.row.block) if change.row else "",
        "after": words_of(change.block) if change.block else "",
    }


def put_in_place(document: Document, found: Sequence[ChangedBlock], *, by: Actor) -> None:
    """Write the changes; a new block is inserted after its predecessor in the new text, wherever that was moved."""
    order = blocks_of(document)
    placed = by_key(order)
    for change in found:
        if change.outcome is BlockChange.ADDED and change.block:
            row = placed[change.key] = add_block(document, change.block, by=by)
            before = placed.get(change.before)
            order.insert(order.index(before) + 1 if before in order else 0, row)
        elif change.outcome is BlockChange.REMOVED and change.row:
            order.remove(change.row)
            withdraw_requests_of(change.row, "更新填报后，公文不再列入这一段", by=by)
            change.row.delete_instance()
        elif change.row:
            apply_block_change(placed[change.key], change, by=by)
    renumber_blocks(order)


def add_block(document: Document, block: Block, *, by: Actor) -> DocumentBlock:
    """Store a new block; return its row."""
    row = composed_row(document, block, position=0)
    row.updated_by = by.person
    row.save(force_insert=True)
    return row


def apply_block_change(row: DocumentBlock, change: ChangedBlock, *, by: Actor) -> None:
    """Replace the words of an unedited block; store the new ones beside those of an edited block."""
    plain = block_as_json(change.block) if change.block else {}
    if change.outcome is BlockChange.KEPT:
        is_old = bool(plain) and change.block == block_from_json(row.composed)
        row.overtaken_by = None if is_old else plain
    else:
        row.content = row.composed = plain
        row.overtaken_by = None
        row.updated_at, row.updated_by = now(), by.person
        withdraw_requests_of(row, "更新填报后，这一段就是部门现在采用的文字", by=by)
    row.save_as_next(read_at=row.version)


def withdraw_requests_of(row: DocumentBlock, reason: str, *, by: Actor) -> None:
    """Withdraw all requests about words that are replaced by those of the filings, including objections."""
    wording_requests.withdraw_requests(wording_requests.pending_requests(row), by=by, reason=reason)
