"""Reading suggestions with a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from peewee import ModelSelect

from app.authority.actor import Actor
from app.authority.policy import Action, is_allowed
from app.base.clock import now
from app.base.statements import prepared
from app.filing.core.models import Filing
from app.filing.core.own_duties import DutyKind, OwnDuty
from app.filing.core.queries import can_move_at, filings_with_context, find_filing
from app.filing.core.signals import own_duties_asked
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
    """Return the suggestions on a filing that were not withdrawn, newest first."""
    found = standing_suggestions(filing)
    for one in found:
        one.filing = filing
    return found


@prepared
def standing_suggestions(filing: Filing) -> ModelSelect[WordingSuggestion]:
    stands = (WordingSuggestion.filing == filing) & (WordingSuggestion.state != SuggestionState.WITHDRAWN)
    return WordingSuggestion.select().where(stands).order_by(WordingSuggestion.id.desc())


def open_suggestions(filing: Filing) -> list[WordingSuggestion]:
    """Return the suggestions that the department has not answered."""
    return [one for one in suggestions_on(filing) if one.is_open]


def filings_with_open_suggestions(filing_ids: Iterable[int]) -> frozenset[int]:
    """Return the ids of those filings that wait for their department's answer: one query."""
    return frozenset(row.filing_id for row in suggestions_awaiting_answers(sorted(filing_ids)))


@prepared
def suggestions_awaiting_answers(filing_ids: Sequence[int]) -> ModelSelect[WordingSuggestion]:
    waits = WordingSuggestion.state == SuggestionState.OPEN
    among = WordingSuggestion.filing.in_(filing_ids)
    return WordingSuggestion.select(WordingSuggestion.filing).where(waits & among)


@own_duties_asked.connect
def answers_owed(_sender: None, *, user: Actor) -> list[OwnDuty]:
    """Return the filings of a person's departments with suggestions that can be answered now: one query."""
    filings = filings_with_suggestions(sorted(user.department_ids), now())
    return [suggestion_duty(one) for one in filings if is_allowed(user, Action.ANSWER_SUGGESTION, one)]


@prepared
def filings_with_suggestions(department_ids: Sequence[int], at: datetime) -> ModelSelect[Filing]:
    """Return the filings that can move at a moment and have open suggestions, with their context."""
    waiting = WordingSuggestion.select(WordingSuggestion.filing).where(
        WordingSuggestion.state == SuggestionState.OPEN
    )
    own = Filing.department.in_(department_ids) & Filing.id.in_(waiting)
    return filings_with_context().where(own & can_move_at(at))


def suggestion_duty(filing: Filing) -> OwnDuty:
    return OwnDuty(
        kind=DutyKind.SUGGESTION,
        measure_ids=frozenset({filing.measure_id}),
        department_id=filing.department_id,
        title=f"第 {filing.measure.position} 项 {filing.measure.title}",
        hint=filing.period.quarter.words,
        path=f"/filings/{filing.id}#suggestions",
        period_id=filing.period_id,
    )
