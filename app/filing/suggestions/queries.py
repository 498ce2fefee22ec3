"""Reading what was suggested: a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable

from app.filing.core.models import Filing
from app.filing.core.queries import find_filing
from app.filing.suggestions.models import WordingSuggestion
from app.filing.suggestions.rules import SuggestionState


def find_suggestion(suggestion_id: int) -> WordingSuggestion | None:
    """Return one suggestion with its filing, measure, period and department."""
    found: WordingSuggestion | None = WordingSuggestion.get_or_none(WordingSuggestion.id == suggestion_id)
    filing = find_filing(found.filing_id) if found else None
    if found and filing:
        found.filing = filing
    return found


def suggestions_on(filing: Filing) -> list[WordingSuggestion]:
    """Return what was suggested for a filing and was not withdrawn, the newest first."""
    stands = (WordingSuggestion.filing == filing) & (WordingSuggestion.state != SuggestionState.WITHDRAWN)
    found = list(WordingSuggestion.select().where(stands).order_by(WordingSuggestion.id.desc()))
    for one in found:
        one.filing = filing
    return found


def open_suggestions(filing: Filing) -> list[WordingSuggestion]:
    """Return what its department has not answered yet."""
    return [one for one in suggestions_on(filing) if one.is_open]


def filings_with_open_suggestions(filing_ids: Iterable[int]) -> frozenset[int]:
    """Return which of these filings wait for their department's answer: one query."""
    waits = WordingSuggestion.state == SuggestionState.OPEN
    among = WordingSuggestion.filing.in_(sorted(filing_ids))
    rows = WordingSuggestion.select(WordingSuggestion.filing).where(waits & among).distinct()
    return frozenset(row.filing_id for row in rows)
