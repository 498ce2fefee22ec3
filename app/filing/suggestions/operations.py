"""Suggesting a wording, and answering a suggestion. The filing is not returned for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from app.audit.event_kinds import EventKind
from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.clock import now
from app.base.database import transaction
from app.base.errors import FieldProblems, IllegalTransition, raise_field_problems
from app.base.text import REASON_LENGTH, text_problem
from app.filing.core.announcements import filing_in_words
from app.filing.core.content import LONG_TEXTS, TEXT_CEILING
from app.filing.core.content_reading import content_of_filing
from app.filing.core.content_writing import write_content
from app.filing.core.life_cycle import FilingState
from app.filing.core.lights import LightThresholds
from app.filing.core.models import Filing
from app.filing.core.operations import move_filing
from app.filing.core.signals import filing_moved
from app.filing.suggestions.models import WordingSuggestion
from app.filing.suggestions.queries import open_suggestions
from app.filing.suggestions.rules import (
    SUGGESTION_ANSWER_LENGTH,
    SuggestionState,
    SuggestionStep,
    next_suggestion_state,
)
from app.notices.operations import send_notice, settle_topic
from app.notices.rules import NoticeKind, NoticeMessage, seats_of_departments, seats_of_office

NOTHING_CHANGED = "没有改动任何文字，没有送出。请直接在文字里改，再送部门。"


@transaction
def suggest_wording(
    filing: Filing, texts: Mapping[str, str], *, by: Actor, version: int, note: str = ""
) -> list[WordingSuggestion]:
    """Suggest wordings for the texts that differ; an earlier open suggestion for a text is replaced.

    Raises NotAllowed, FieldProblems, IllegalTransition, StaleVersion.
    """
    require(by, Action.SUGGEST_WORDING, filing)
    before, note = content_of_filing(filing), note.strip()
    changed = {name: words for name, words in texts.items() if words.strip() != getattr(before, name).strip()}
    raise_field_problems(suggestion_problems(changed, note))
    if not changed:
        raise FieldProblems({next(iter(LONG_TEXTS)): NOTHING_CHANGED})
    move_filing(filing, Action.SUGGEST_WORDING, by=by, version=version, reason=note)
    replaced = [one for one in open_suggestions(filing) if one.field in changed]
    close_suggestions(replaced, by=by, why="办公室另提了建议")
    made = [
        WordingSuggestion.create(
            filing=filing,
            field=name,
            before=getattr(before, name),
            after=words.strip(),
            note=note,
            suggested_by=by.person,
        )
        for name, words in changed.items()
    ]
    labels = "、".join(one.label for one in made)
    sentence = (
        f"街道办公室对{filing.department.short_name}{filing_in_words(filing)}的{labels}提出改字建议，请答复。"
    )
    path = f"/filings/{filing.id}#suggestions"
    message = NoticeMessage(NoticeKind.SUGGESTION, sentence, path, suggestion_topic(filing), detail=note)
    send_notice(message, to=seats_of_departments(filing.department_id), doer=by.account_id)
    return made


@transaction
def agree_to_suggestion(suggestion: WordingSuggestion, *, by: Actor, thresholds: LightThresholds) -> None:
    """Take the suggested wording over into the filing. Raises NotAllowed, IllegalTransition, StaleVersion."""
    require(by, Action.ANSWER_SUGGESTION, suggestion)
    answer_suggestion(suggestion, SuggestionStep.AGREE, "", by=by)
    filing = suggestion.filing
    content = content_of_filing(filing)
    if getattr(content, suggestion.field) != suggestion.before:
        raise IllegalTransition("这段文字在提出建议以后有了变化，不能照建议改。请办公室重新提出。")
    words: dict[str, Any] = {suggestion.field: suggestion.after}
    write_content(filing, replace(content, **words), by=by, thresholds=thresholds)
    finish_answer(suggestion, by=by)


@transaction
def decline_suggestion(suggestion: WordingSuggestion, words: str, *, by: Actor) -> None:
    """Keep the department's wording, with a reason. Raises NotAllowed, FieldProblems, IllegalTransition."""
    require(by, Action.ANSWER_SUGGESTION, suggestion)
    words = words.strip()
    problem = text_problem(
        words, "意见", SUGGESTION_ANSWER_LENGTH, when_empty="请写明为什么不改，或者应当怎样写。"
    )
    raise_field_problems({"answer": problem})
    answer_suggestion(suggestion, SuggestionStep.DECLINE, words, by=by)
    finish_answer(suggestion, by=by)


@transaction
def withdraw_suggestion(suggestion: WordingSuggestion, *, by: Actor) -> None:
    """Withdraw a suggestion. Raises NotAllowed, IllegalTransition if it was answered already."""
    require(by, Action.SUGGEST_WORDING, suggestion)
    state = WordingSuggestion.get_by_id(suggestion.id).state
    next_suggestion_state(SuggestionStep.WITHDRAW, state)
    close_suggestions([suggestion], by=by, why="办公室撤回")


def suggestion_problems(texts: Mapping[str, str], note: str) -> dict[str, str]:
    """Return, by field, why a text cannot be suggested: it is empty or too long."""
    problems = {
        name: text_problem(
            words, LONG_TEXTS[name], TEXT_CEILING, when_empty="不能改成空的。整段不要的，请退回部门。"
        )
        for name, words in texts.items()
    }
    return {**problems, "note": text_problem(note, "说明", REASON_LENGTH)}


def answer_suggestion(suggestion: WordingSuggestion, step: SuggestionStep, words: str, *, by: Actor) -> None:
    """Store the answer. Raises IllegalTransition if it was answered or withdrawn meanwhile."""
    current = WordingSuggestion.get_by_id(suggestion.id)
    suggestion.state = next_suggestion_state(step, current.state)
    suggestion.answer, suggestion.answered_at, suggestion.answered_by = words, now(), by.person
    suggestion.save()


def finish_answer(suggestion: WordingSuggestion, *, by: Actor) -> None:
    """Store the filing's step, and tell the office."""
    filing, words = suggestion.filing, f"{suggestion.state.label}：{suggestion.label}"
    reason = f"{words}。{suggestion.answer}"
    move_filing(filing, Action.ANSWER_SUGGESTION, by=by, version=filing.version, reason=reason)
    if not open_suggestions(filing):
        settle_topic(suggestion_topic(filing))
    sentence = f"{filing.department.short_name}答复{filing_in_words(filing)}的改字建议：{words}。"
    path = f"/review/{filing.id}"
    message = NoticeMessage(
        NoticeKind.SUGGESTION, sentence, path, f"suggested:{filing.id}", detail=suggestion.answer
    )
    send_notice(message, to=seats_of_office(), doer=by.account_id)


@filing_moved.connect
def withdraw_with_the_step(filing: Filing, *, action: Action, by: Actor) -> None:
    """Withdraw open suggestions when the filing no longer waits for the office."""
    if action is not Action.WRITE_FILING and filing.state is not FilingState.SIGNED_OFF:
        close_suggestions(open_suggestions(filing), by=by, why="填报已不在待采用")


def close_suggestions(suggestions: Iterable[WordingSuggestion], *, by: Actor, why: str) -> None:
    for one in suggestions:
        one.state = SuggestionState.WITHDRAWN
        one.save()
        settle_topic(suggestion_topic(one.filing))
        detail = {"filing": one.filing_id, "field": one.field, "before": one.before, "after": one.after}
        summary = f"{one.filing.department.short_name}：{one.filing.measure.title}"
        record_event(EventKind.WITHDRAW_SUGGESTION, one, by=by, summary=summary, reason=why, detail=detail)


def suggestion_topic(filing: Filing) -> str:
    """Return the topic of notices about suggestions on a filing."""
    return f"suggestion:{filing.id}"
