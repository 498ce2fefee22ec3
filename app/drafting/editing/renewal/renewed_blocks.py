"""What the filings of a draft say now, where they were accepted again since it was assembled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from app.drafting.core.draft import as_composed
from app.drafting.core.models import Document, DocumentBlock
from app.drafting.core.queries import is_speaking
from app.drafting.jobs.operations import facts_of
from app.filing.core.models import Filing
from app.filing.core.rules import FilingState, LightThresholds
from app.periods.models import Period
from app.plan.models import PlanItem
from reports.frozen import block_from_json
from reports.model import DocumentError, Paragraph


def renewed_paragraphs(
    document: Document,
    rows: Iterable[DocumentBlock],
    filings: Iterable[Filing],
    thresholds: LightThresholds,
) -> Mapping[int, Paragraph]:
    """Return, by the id of its block, what a paragraph would say if the draft were assembled now.

    Only of paragraphs whose filing was accepted again and says something else. Nothing is gathered where no filing
    was. A filing that now yields more or fewer paragraphs offers none: which of them replaces which is not certain.
    """
    sources = {f"filing:{filing.id}" for filing in filings if was_accepted_again(filing, document)}
    if not sources:
        return {}
    try:
        body = as_composed(document, facts_of(document, thresholds)).body
    except DocumentError:
        return {}
    made_of = rows_by_source([row for row in rows if row.composed is not None and row.source in sources])
    offered: dict[int, Paragraph] = {}
    for source, theirs in made_of.items():
        texts = [block for block in body if isinstance(block, Paragraph) and block.source == source]
        if len(texts) == len(theirs):
            offered |= {row.id: text for row, text in zip(theirs, texts, strict=True) if is_news(text, row)}
    return offered


def was_accepted_again(filing: Filing, document: Document) -> bool:
    """Return whether a filing was accepted after a document was made of it."""
    if filing.state is not FilingState.ACCEPTED or filing.accepted_at is None:
        return False
    return filing.accepted_at > gathered_at(document)


def gathered_at(document: Document) -> datetime:
    """Return since when a draft knows nothing of its filings."""
    return document.gathered_at or document.created_at


def accepted_since(document: Document) -> int:
    """Return how many of the filings that a draft is made of were accepted since it was."""
    quarters = [quarter.number for quarter in document.scope.quarters]
    within = (Period.plan == document.plan_id) & Period.number.in_(quarters)
    is_new = (Filing.state == FilingState.ACCEPTED) & (Filing.accepted_at > gathered_at(document))
    speaking = is_speaking(department=document.department, leader=document.leader)
    rows = Filing.select().join(Period).switch(Filing).join(PlanItem)
    return rows.where(within & is_new & speaking).count()


def rows_by_source(rows: Iterable[DocumentBlock]) -> dict[str, list[DocumentBlock]]:
    """Return rows by their source, in the order in which they were assembled, wherever they were moved since."""
    found: dict[str, list[DocumentBlock]] = {}
    for row in sorted(rows, key=lambda row: row.id):
        found.setdefault(row.source, []).append(row)
    return found


def is_news(text: Paragraph, row: DocumentBlock) -> bool:
    """Return whether a paragraph is neither what was assembled nor what already stands there."""
    known = [block_from_json(plain) for plain in (row.composed, row.content) if plain is not None]
    return all(isinstance(one, Paragraph) and one.text != text.text for one in known)
