"""The office's frequently used reasons for returning filings."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.database import transaction
from app.base.errors import raise_field_problems
from app.base.text import text_problem
from app.filing.core.life_cycle import ReturnKind
from app.filing.review.models import PHRASE_LENGTH, ReturnPhrase


@transaction
def add_phrase(kind: ReturnKind, text: str, *, by: Actor) -> ReturnPhrase:
    """Raises NotAllowed, FieldProblems."""
    require(by, Action.EDIT_RETURN_PHRASES)
    text = text.strip()
    same = (ReturnPhrase.kind == kind) & (ReturnPhrase.text == text)
    repeated = "已有同样的理由。" if ReturnPhrase.select().where(same).exists() else ""
    problem = text_problem(text, "理由", PHRASE_LENGTH, when_empty="请写明理由。")
    raise_field_problems({"text": problem or repeated})
    phrase = ReturnPhrase.create(kind=kind, text=text)
    record_event(Action.EDIT_RETURN_PHRASES, phrase, by=by, summary=f"新增{kind.label}的常用理由：{text}")
    return phrase


@transaction
def remove_phrase(phrase: ReturnPhrase, *, by: Actor) -> None:
    """Remove a reason; filings returned with it keep it. Raises NotAllowed."""
    require(by, Action.EDIT_RETURN_PHRASES)
    summary = f"删除{phrase.kind.label}的常用理由：{phrase.text}"
    record_event(Action.EDIT_RETURN_PHRASES, phrase, by=by, summary=summary)
    phrase.delete_instance()


def find_phrase(phrase_id: int) -> ReturnPhrase | None:
    found: ReturnPhrase | None = ReturnPhrase.get_or_none(ReturnPhrase.id == phrase_id)
    return found


def phrases_by_kind() -> dict[ReturnKind, list[ReturnPhrase]]:
    """Return all reasons by kind, oldest first: one query."""
    found: dict[ReturnKind, list[ReturnPhrase]] = {kind: [] for kind in ReturnKind}
    for phrase in ReturnPhrase.select().order_by(ReturnPhrase.id):
        found[phrase.kind].append(phrase)
    return found


def reason_with_phrases(phrases: Iterable[ReturnPhrase], ticked: Collection[str], own: str) -> str:
    """Return the reason of a decision: the ticked phrases in order, then the text written besides."""
    return "".join((*(phrase.text for phrase in phrases if str(phrase.id) in ticked), own.strip()))
