"""What the filings of a draft say now, if they were accepted again since it was assembled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from app.composition.block_keys import key_of
from app.drafting.core.draft import as_composed
from app.drafting.core.models import Document, DocumentBlock
from app.drafting.core.queries import is_used_filing
from app.drafting.jobs.operations import facts_of
from app.filing.core.life_cycle import FilingState
from app.filing.core.lights import LightThresholds
from app.filing.core.models import Filing
from app.periods.models import Period
from app.plan.core.models import PlanItem
from reports.frozen_text import block_from_json
from reports.model import DocumentError, Paragraph


def renewed_paragraphs(
    document: Document,
    rows: Iterable[DocumentBlock],
    filings: Iterable[Filing],
    thresholds: LightThresholds,
) -> Mapping[int, Paragraph]:
    """Return what paragraphs would say if the draft were assembled now, by block id.

    Only paragraphs whose filing was accepted again with other words. If no filing was, nothing is gathered.
    """
    renewed = {filing.id for filing in filings if was_accepted_again(filing, document)}
    if not renewed:
        return {}
    try:
        body = as_composed(document, facts_of(document, thresholds)).body
    except DocumentError:
        return {}
    texts = {key_of(block): block for block in body if isinstance(block, Paragraph)}
    made_of = [row for row in rows if row.composed is not None and row.filing_id in renewed]
    offered = {row.id: texts[row.key] for row in made_of if row.key in texts}
    return {row.id: offered[row.id] for row in made_of if row.id in offered and is_news(offered[row.id], row)}


def was_accepted_again(filing: Filing, document: Document) -> bool:
    """Return whether a filing was accepted after a document was made from it."""
    if filing.state is not FilingState.ACCEPTED or filing.accepted_at is None:
        return False
    return filing.accepted_at > gathered_at(document)


def gathered_at(document: Document) -> datetime:
    """Return when the filings of a draft were last read."""
    return document.gathered_at or document.created_at


def accepted_since(document: Document) -> int:
    """Return how many of a draft's filings were accepted since it was made."""
    quarters = [quarter.number for quarter in document.scope.quarters]
    within = (Period.plan == document.plan_id) & Period.number.in_(quarters)
    is_new = (Filing.state == FilingState.ACCEPTED) & (Filing.accepted_at > gathered_at(document))
    speaking = is_used_filing(
        document.plan_id,
        document.scope.quarter.last_day,
        department=document.department,
        leader=document.leader,
    )
    rows = Filing.select().join(Period).switch(Filing).join(PlanItem)
    return rows.where(within & is_new & speaking).count()


def is_news(text: Paragraph, row: DocumentBlock) -> bool:
    """Return whether a paragraph differs from both the assembled and the present words."""
    known = [block_from_json(plain) for plain in (row.composed, row.content) if plain is not None]
    return all(isinstance(one, Paragraph) and one.text != text.text for one in known)
