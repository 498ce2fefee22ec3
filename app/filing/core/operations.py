"""The operations of a filing's life cycle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.clock import now
from app.base.database import transaction
from app.base.errors import FieldProblems, IllegalTransition, StaleVersion, raise_field_problems
from app.base.text import quoted_title, text_problem
from app.filing.core import content_reading, kept_texts, queries
from app.filing.core.content import RETURN_REASON_LENGTH, FilingContent, saving_problems
from app.filing.core.content_writing import write_content
from app.filing.core.life_cycle import ACTION_WORDS, FilingState, ReturnKind, next_filing_state
from app.filing.core.lights import LightThresholds
from app.filing.core.merging import (
    FILLED,
    MergedFields,
    WrittenFields,
    WrittenFiling,
    complete_fields,
    content_of_fields,
    fields_of_content,
    loses_words,
    merge_fields,
)
from app.filing.core.models import Filing, FilingRevision
from app.filing.core.queries import ReadFiling
from app.filing.core.signals import filing_moved
from app.filing.core.submission_checks import submitting_problems


@dataclass(frozen=True)
class SendingBack:
    """The office's decision to send one filing back, with the version that was read."""

    filing: Filing
    version: int
    reason: str
    kind: ReturnKind = ReturnKind.CORRECT


@dataclass(frozen=True)
class SavedFiling:
    """The result of a save. `before` is the version before it; `problems` says by field what could not be stored."""

    filing: Filing
    before: int
    merged: MergedFields
    problems: Mapping[str, str]


@transaction
def save_filing(
    filing: Filing,
    content: FilingContent,
    *,
    by: Actor,
    version: int,
    thresholds: LightThresholds,
    filled: bool | None = None,
) -> None:
    """Save the content; `filled` sets the writer's mark, None leaves it unchanged.

    Raises NotAllowed, IllegalTransition, StaleVersion, FieldProblems.
    """
    require(by, Action.WRITE_FILING, filing)
    filing.filled = filing.filled if filled is None else filled
    before = content_reading.content_of_filing(filing)
    replace_content(filing, before, content, by=by, version=version, thresholds=thresholds)


def replace_content(
    filing: Filing,
    before: FilingContent,
    content: FilingContent,
    *,
    by: Actor,
    version: int,
    thresholds: LightThresholds,
) -> None:
    """Replace the content `before` by `content`. Raises IllegalTransition, StaleVersion, FieldProblems."""
    raise_field_problems(saving_problems(content))
    if version == filing.version:
        keep_replaced_text(filing, before, content, by=by)
    write_content(filing, content, by=by, thresholds=thresholds)
    move_filing(filing, Action.WRITE_FILING, by=by, version=version)


@transaction
def save_written(
    filing: Filing, written: WrittenFiling, *, by: Actor, thresholds: LightThresholds
) -> SavedFiling:
    """Merge what a page sent with what is stored now, and save every field that can be saved.

    Raises NotAllowed, IllegalTransition.
    """
    require(by, Action.WRITE_FILING, filing)
    current = queries.filing_as_stored(filing)
    typed = fields_of_content(written.content, filled=written.filled)
    before = content_reading.content_of_filing(current)
    stored = complete_fields(fields_of_content(before, filled=current.filled), typed)
    version, problems = current.version, saving_problems(written.content)
    merged = merge_fields(
        WrittenFields(typed, written.marks_over(stored, version), {*problems, *written.unreadable}),
        stored,
    )
    is_open = bool(merged.conflicts or problems or written.unreadable)
    if is_open and merged.values == stored:
        next_state_of(current, Action.WRITE_FILING)
    else:
        content = content_of_fields(merged.values, typed)
        current.filled = merged.values[FILLED]
        replace_content(current, before, content, by=by, version=version, thresholds=thresholds)
    return SavedFiling(current, version, merged, problems)


@transaction
def submit_filing(filing: Filing, *, by: Actor, version: int) -> None:
    """Submit the filing to the head or, if the department needs no sign-off, to the office.

    Raises NotAllowed, IllegalTransition, StaleVersion, FieldProblems.
    """
    require(by, Action.SUBMIT_FILING, filing)
    content, asked = content_reading.content_of_filing(filing), content_reading.indicators_for(filing)
    raise_field_problems(submitting_problems(content, filing.period.quarter, asked))
    filing.submitted_at = now()
    filing.returned_reason = ""
    move_filing(filing, Action.SUBMIT_FILING, by=by, version=version)
    if not filing.department.needs_sign_off:
        filing.signed_off_at, filing.signed_off_by = now(), by.person
        move_filing(filing, Action.SIGN_OFF_FILING, by=by, version=filing.version, reason="本部门免审签")


@transaction
def save_and_submit(
    filing: Filing,
    content: FilingContent,
    *,
    by: Actor,
    version: int,
    thresholds: LightThresholds,
    filled: bool | None = None,
) -> None:
    """Save and submit: both or neither. Raises what `save_filing` and `submit_filing` raise."""
    require(by, Action.SUBMIT_FILING, filing)
    save_filing(filing, content, by=by, version=version, thresholds=thresholds, filled=filled)
    submit_filing(filing, by=by, version=filing.version)


@transaction
def submit_filings(read: Iterable[ReadFiling], *, by: Actor) -> None:
    """Submit several filings, each at the version that was read: all or none.

    Raises NotAllowed, IllegalTransition naming the filing that has changed or lacks something.
    """
    for filing, version in read:
        with naming_obstacle(filing, Action.SUBMIT_FILING):
            submit_filing(filing, by=by, version=version)


@transaction
def sign_off_filing(filing: Filing, *, by: Actor, version: int) -> None:
    """Sign the filing off as the department's head. Raises NotAllowed, IllegalTransition, StaleVersion."""
    require(by, Action.SIGN_OFF_FILING, filing)
    filing.signed_off_at, filing.signed_off_by = now(), by.person
    move_filing(filing, Action.SIGN_OFF_FILING, by=by, version=version)


@transaction
def return_filing(filing: Filing, *, by: Actor, version: int, reason: str) -> None:
    require(by, Action.RETURN_FILING, filing)
    move_back(filing, Action.RETURN_FILING, by=by, version=version, reason=reason)


@transaction
def send_back_filing(
    filing: Filing, *, by: Actor, version: int, reason: str, kind: ReturnKind = ReturnKind.CORRECT
) -> None:
    """Send a signed filing back to its department, to be corrected or only supplemented."""
    require(by, Action.SEND_BACK_FILING, filing)
    move_back(filing, Action.SEND_BACK_FILING, by=by, version=version, reason=reason, kind=kind)


@transaction
def send_back_filings(decisions: Sequence[SendingBack], *, by: Actor) -> None:
    """Send several filings back, each with its own reason: all or none.

    Raises NotAllowed, FieldProblems for wrong reasons (``reason_12`` is that of filing 12), IllegalTransition naming
    the filing that has changed.
    """
    raise_field_problems(
        {
            f"reason_{one.filing.id}": return_reason_problem(one.reason, Action.SEND_BACK_FILING)
            for one in decisions
        }
    )
    for one in decisions:
        with naming_obstacle(one.filing, Action.SEND_BACK_FILING):
            send_back_filing(one.filing, by=by, version=one.version, reason=one.reason, kind=one.kind)


@transaction
def reopen_filing(filing: Filing, *, by: Actor, version: int, reason: str) -> None:
    require(by, Action.REOPEN_FILING, filing)
    move_back(filing, Action.REOPEN_FILING, by=by, version=version, reason=reason)


@transaction
def accept_filing(filing: Filing, *, by: Actor, version: int) -> None:
    """Accept a signed filing. Raises NotAllowed, IllegalTransition, StaleVersion."""
    require(by, Action.ACCEPT_FILING, filing)
    filing.accepted_at = now()
    move_filing(filing, Action.ACCEPT_FILING, by=by, version=version)


@transaction
def accept_filings(read: Iterable[ReadFiling], *, by: Actor) -> None:
    """Accept several filings, each at the version that was read: all or none.

    Raises NotAllowed, IllegalTransition naming the filing that has changed.
    """
    for filing, version in read:
        with naming_obstacle(filing, Action.ACCEPT_FILING):
            accept_filing(filing, by=by, version=version)


@transaction
def sign_off_filings(read: Iterable[ReadFiling], *, by: Actor) -> None:
    """Sign several filings off, each at the version that was read: all or none.

    Raises NotAllowed, IllegalTransition naming the filing that has changed.
    """
    for filing, version in read:
        with naming_obstacle(filing, Action.SIGN_OFF_FILING):
            sign_off_filing(filing, by=by, version=version)


@contextmanager
def naming_obstacle(filing: Filing, action: Action) -> Iterator[None]:
    """Turn the refusal of one filing into the refusal of the whole batch, naming the filing."""
    try:
        yield
    except StaleVersion:
        raise batch_refusal(filing, action, "这份填报在您勾选之后有了变化。") from None
    except IllegalTransition as refusal:
        raise batch_refusal(filing, action, refusal.sentence) from None
    except FieldProblems as refusal:
        raise batch_refusal(filing, action, "".join(refusal.problems)) from None


def batch_refusal(filing: Filing, action: Action, why: str) -> IllegalTransition:
    """Return the refusal of a whole batch, naming the filing that caused it."""
    named = f"{filing.department.short_name}{quoted_title(filing.measure.title)}"
    return IllegalTransition(f"一份也没有{ACTION_WORDS[action]}。{named}：{why}请核对后重新办理。")


def move_back(
    filing: Filing,
    action: Action,
    *,
    by: Actor,
    version: int,
    reason: str,
    kind: ReturnKind = ReturnKind.CORRECT,
) -> None:
    """Return a filing to its department. Raises FieldProblems for a missing reason, and what `move_filing` raises."""
    raise_field_problems({"reason": return_reason_problem(reason, action)})
    reason = reason.strip()
    filing.returned_reason, filing.return_kind = reason, kind
    filing.accepted_at = filing.signed_off_at = filing.submitted_at = None
    filing.signed_off_by, filing.filled = "", False
    move_filing(filing, action, by=by, version=version, reason=reason)


def return_reason_problem(reason: str, action: Action) -> str:
    """Return what is wrong with the reason for returning a filing, or ""."""
    when_empty = f"{ACTION_WORDS[action]}须写明理由，让填报人知道要改什么。"
    return text_problem(reason.strip(), "理由", RETURN_REASON_LENGTH, when_empty=when_empty)


def move_filing(
    filing: Filing,
    action: Action,
    *,
    by: Actor,
    version: int,
    reason: str = "",
    came_back: bool = False,
) -> None:
    """Take one step of the life cycle: store state, revision and event, and send the signal.

    Raises IllegalTransition if the step is not possible or the quarter is closed, StaleVersion if somebody else was
    faster.
    """
    filing.state = next_state_of(filing, action, came_back=came_back)
    filing.save_as_next(read_at=version)
    if action is not Action.WRITE_FILING:
        store_revision(filing, action, by=by, reason=reason)
    record_event(
        action,
        filing,
        by=by,
        summary=f"{filing.department.short_name}：{filing.measure.title}（{filing.period.quarter.code}）",
        reason=reason,
        detail={"state": filing.state, "version": filing.version, **return_kind_detail(filing)},
    )
    filing_moved.send(filing, action=action, by=by)


def next_state_of(filing: Filing, action: Action, *, came_back: bool = False) -> FilingState:
    """Return the state that a step leads to. Raises IllegalTransition if it is not possible or the
    quarter is closed.
    """
    if queries.is_filing_locked(filing):
        raise IllegalTransition(filing.period.lock_sentence(ACTION_WORDS[action]))
    return next_filing_state(action, filing.state, came_back=came_back)


def return_kind_detail(filing: Filing) -> dict[str, ReturnKind]:
    """Return how a filing was returned, for event and revision; empty if it was not."""
    return {"return_kind": filing.return_kind} if filing.state is FilingState.RETURNED else {}


def store_revision(filing: Filing, action: Action, *, by: Actor, reason: str) -> None:
    """Store the text after a step, so that nothing submitted is ever lost."""
    FilingRevision.create(
        filing=filing,
        version=filing.version,
        action=action,
        state=filing.state,
        content=content_reading.content_of_filing(filing).as_json(),
        **return_kind_detail(filing),
        reason=reason,
        person=by.person,
        seat=by.seat,
    )


def keep_replaced_text(filing: Filing, before: FilingContent, after: FilingContent, *, by: Actor) -> None:
    """Store the text that a save is about to replace, if another person wrote it or if words of it would be lost.

    A text that is stored already is not stored again.
    """
    is_anothers = filing.updated_by not in ("", by.person) and before != after
    if not (is_anothers or loses_words(before, after)) or kept_texts.is_text_kept(filing):
        return
    FilingRevision.create(
        filing=filing,
        version=filing.version,
        action=Action.WRITE_FILING,
        state=filing.state,
        content=before.as_json(),
        **return_kind_detail(filing),
        person=filing.updated_by,
        seat="",
        at=filing.updated_at,
    )
