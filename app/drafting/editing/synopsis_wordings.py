"""The alternative wordings of a draft's synopsis (综述), and which of them was chosen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from app.base.errors import IllegalTransition
from app.composition.block_keys import BlockRole, key_of
from app.composition.chapters.synopsis import SynopsisAlternative, synopsis_alternatives
from app.composition.facts import DocumentFacts
from app.composition.kinds import spec_of
from app.composition.rules import SynopsisView
from app.drafting.core.models import Document, DocumentBlock
from reports.frozen_text import block_from_json
from reports.model import Block, OfficialDocument, Paragraph

OfferedWordings = Mapping[BlockRole, tuple[SynopsisAlternative, ...]]


def wordings_of_draft(document: Document) -> OfferedWordings:
    """Return the wordings offered for each block of the synopsis; empty if the kind has none."""
    spec = spec_of(document.kind)
    if not (spec.synopsis_views and document.facts):
        return {}
    return synopsis_alternatives(DocumentFacts.from_json(document.facts), spec)


def wording_in_view(document: Document, row: DocumentBlock, view: SynopsisView) -> Paragraph:
    """Return a block of the synopsis in another wording. Raises IllegalTransition if there is none."""
    offered = wordings_of_draft(document).get(row.role, ()) if row.role else ()
    found = next((one for one in offered if one.view is view), None)
    if found is None:
        raise IllegalTransition("这一段没有这种写法。请刷新页面后核对。")
    return replace(found.paragraph, key=row.key)


def chosen_view(row: DocumentBlock, offered: OfferedWordings) -> SynopsisView | None:
    """Return the wording that was chosen for a block, even if it was edited since; None if it has none."""
    if row.role is None or row.composed is None:
        return None
    composed = block_from_json(row.composed)
    words = composed.text if isinstance(composed, Paragraph) else ""
    return next((one.view for one in offered.get(row.role, ()) if one.paragraph.text == words), None)


def with_chosen_wordings(
    text: OfficialDocument, rows: Iterable[DocumentBlock], old: OfferedWordings, new: OfferedWordings
) -> tuple[Block, ...]:
    """Return the body of a newly composed text, with the wordings of the synopsis that were chosen before."""
    chosen = {row.role: view for row in rows if (view := chosen_view(row, old))}
    return tuple(exchanged_blocks(text.body, chosen, new))


def exchanged_blocks(
    body: Iterable[Block], chosen: Mapping[BlockRole | None, SynopsisView], new: OfferedWordings
) -> Iterator[Block]:
    for block in body:
        key = key_of(block)
        offered = new.get(key.role, ()) if key else ()
        wanted = chosen.get(key.role) if key else None
        yield next((replace(one.paragraph, key=key) for one in offered if one.view is wanted), block)
