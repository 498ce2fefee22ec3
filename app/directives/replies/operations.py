"""Saving, submitting, signing, returning and sending replies."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.permits import DepartmentTie
from app.authority.policy import Action, require
from app.base.clock import now
from app.base.database import transaction
from app.base.errors import BadInput, NotAllowed, StaleVersion, raise_field_problems
from app.base.text import REASON_LENGTH, text_problem
from app.directives.core.announcements import (
    answer_topic,
    directive_in_words,
    due_topic,
    extension_topic,
    message_about,
    notify_authors,
)
from app.directives.core.content import REPLY_LENGTH
from app.directives.core.life_cycle import next_directive_state, state_after_reply
from app.directives.core.models import Directive, DirectiveAddressee, DirectiveReply
from app.directives.core.operations import record_step
from app.directives.replies.life_cycle import ReplyState, next_reply_state
from app.directives.replies.models import ReplyDraft
from app.directives.replies.queries import draft_of, is_signature_needed
from app.filing.core.content_reading import content_of_filing
from app.filing.core.lights import LightThresholds
from app.filing.core.models import Filing
from app.filing.core.operations import save_filing
from app.notices.operations import send_notice, settle_topic
from app.notices.rules import NoticeKind, NoticeMessage, filers_of_departments, heads_of_departments
from app.org.models import Department

TAKEN_BEFORE = "这段回复已经在“进展情况”里了，没有重复取用。"
FOREIGN_REPLY = "这段回复不是本部门对这项举措的批示所作的，不能取用。请刷新页面核对。"


@dataclass(frozen=True)
class ReadReply:
    """The versions of the directive and of the draft that the page was made from."""

    directive: int
    draft: int


class HandedInReply(NamedTuple):
    """The text as it was submitted for signature, and its writer."""

    text: str
    person: str


def reply_problem(text: str) -> str:
    """Return what is wrong with a reply, or ""."""
    return text_problem(text.strip(), "办理回复", REPLY_LENGTH, when_empty="请写明办理情况。")


@transaction
def reply_to_directive(
    directive: Directive,
    text: str,
    *,
    department: Department,
    by: Actor,
    version: int,
    is_final: bool = True,
    handed_in: HandedInReply | None = None,
) -> None:
    """Store the reply of an addressee, as the person who signs for the department.

    A reply that is not `is_final` reports progress. Only the final reply of 主办 moves the directive on. Raises
    NotAllowed, FieldProblems, IllegalTransition, StaleVersion.
    """
    require(by, Action.REPLY_TO_DIRECTIVE, directive)
    if department.id not in by.department_ids & directive.department_ids(DepartmentTie.OWNER):
        raise NotAllowed
    if department.needs_sign_off:
        require(by, Action.SIGN_REPLY, DirectiveAddressee(directive=directive, department=department))
    text = text.strip()
    raise_field_problems({"text": reply_problem(text)})
    addressee = next(one for one in directive.addressees if one.department_id == department.id)
    directive.state = state_after_reply(directive.standing, role=addressee.role, is_final=is_final)
    if directive.is_replied:
        settle_open_requests(directive)
    directive.save_as_next(read_at=version)
    reply = store_reply(directive, department, text, by=by, is_final=is_final, handed_in=handed_in)
    record_answer(addressee, reply)
    record_step(Action.REPLY_TO_DIRECTIVE, directive, by=by, department=department.short_name)
    if is_final:
        settle_topic(answer_topic(directive, department))
    notify_authors(directive, reply, by=by)


def store_reply(
    directive: Directive,
    department: Department,
    text: str,
    *,
    by: Actor,
    is_final: bool,
    handed_in: HandedInReply | None,
) -> DirectiveReply:
    """Store the reply with the directive; if the head changed it, also as it was submitted."""
    before = handed_in if handed_in and handed_in.text.strip() != text else HandedInReply("", "")
    reply: DirectiveReply = DirectiveReply.create(
        directive=directive,
        department=department,
        text=text,
        person=by.person,
        is_final=is_final,
        written_text=before.text,
        written_by=before.person,
    )
    return reply


def settle_open_requests(directive: Directive) -> None:
    """Drop the request for an extension and the reminders, which an answered directive no longer needs."""
    directive.extension_to = None
    settle_topic(extension_topic(directive))
    settle_topic(due_topic(directive))


def record_answer(addressee: DirectiveAddressee, reply: DirectiveReply) -> None:
    """Record that a department has answered, which also counts as receipt."""
    if addressee.received_at is None:
        addressee.received_at, addressee.received_by = reply.at, reply.person
    if reply.is_final:
        addressee.answered_at = reply.at
    addressee.save()


@transaction
def save_reply(
    directive: Directive,
    text: str,
    *,
    department: Department,
    by: Actor,
    version: int,
    is_final: bool = True,
) -> ReplyDraft:
    """Save a department's draft; `version` is the draft's.

    Raises NotAllowed, FieldProblems, IllegalTransition, StaleVersion with the draft as it is stored now.
    """
    require(by, Action.WRITE_REPLY, directive)
    require_addressee(directive, department, by=by)
    raise_field_problems({"text": text_problem(text, "办理回复", REPLY_LENGTH)})
    next_directive_state(Action.REPLY_TO_DIRECTIVE, directive.standing)
    draft = stored_draft(directive, department)
    if version != draft.version:
        raise StaleVersion(draft)
    if draft.updated_by not in ("", by.person) and draft.text not in ("", text):
        draft.replaced_text, draft.replaced_by = draft.text, draft.updated_by
    draft.text, draft.updated_at, draft.updated_by = text, now(), by.person
    draft.is_final = is_final
    move_reply(draft, Action.WRITE_REPLY, by=by)
    return draft


@transaction
def submit_reply(
    directive: Directive,
    text: str,
    *,
    department: Department,
    by: Actor,
    read: ReadReply,
    is_final: bool = True,
) -> ReplyDraft:
    """Submit a reply to the head; if no signature is needed, send it at once.

    Raises NotAllowed, FieldProblems, IllegalTransition, StaleVersion.
    """
    require(by, Action.SUBMIT_REPLY, directive)
    raise_field_problems({"text": reply_problem(text)})
    draft = save_reply(directive, text, department=department, by=by, version=read.draft, is_final=is_final)
    if read.directive != directive.version:
        raise StaleVersion(directive)
    draft.submitted_by, draft.returned_reason = by.person, ""
    move_reply(draft, Action.SUBMIT_REPLY, by=by)
    if is_signature_needed(department, by=by):
        ask_for_reply_signature(draft, by=by)
    else:
        send_reply(draft, text, by=by, version=read.directive)
    return draft


@transaction
def sign_reply(draft: ReplyDraft, text: str, *, by: Actor, read: ReadReply) -> None:
    """Send a reply as the department's head, with the head's corrections.

    Raises NotAllowed, FieldProblems, IllegalTransition, StaleVersion.
    """
    require(by, Action.SIGN_REPLY, draft)
    if read.draft != draft.version:
        raise StaleVersion(draft)
    next_reply_state(Action.SIGN_REPLY, draft.state)
    raise_field_problems({"text": reply_problem(text)})
    is_corrected, writer = text.strip() != draft.text.strip(), draft.submitted_by
    send_reply(draft, text, by=by, version=read.directive)
    if is_corrected and writer != by.person:
        notify_of_corrected_reply(draft, by=by)


@transaction
def return_reply(draft: ReplyDraft, *, reason: str, by: Actor, version: int) -> None:
    """Return a reply to its writer. Raises NotAllowed, FieldProblems, IllegalTransition, StaleVersion."""
    require(by, Action.RETURN_REPLY, draft)
    if version != draft.version:
        raise StaleVersion(draft)
    next_reply_state(Action.RETURN_REPLY, draft.state)
    when_empty = "退回须写明理由，让填报人知道要改什么。"
    raise_field_problems(
        {"reason": text_problem(reason.strip(), "理由", REASON_LENGTH, when_empty=when_empty)}
    )
    draft.returned_reason = reason.strip()
    move_reply(draft, Action.RETURN_REPLY, by=by, reason=draft.returned_reason)
    settle_topic(reply_signing_topic(draft))
    notify_of_returned_reply(draft, by=by)


@transaction
def take_back_reply(draft: ReplyDraft, *, by: Actor, version: int) -> None:
    """Take a submitted reply back before the head has decided; it becomes a draft again.

    Raises NotAllowed, IllegalTransition, StaleVersion.
    """
    require(by, Action.TAKE_BACK_REPLY, draft)
    next_reply_state(Action.TAKE_BACK_REPLY, draft.state)
    if version != draft.version:
        raise StaleVersion(draft)
    move_reply(draft, Action.TAKE_BACK_REPLY, by=by)
    settle_topic(reply_signing_topic(draft))


def send_reply(draft: ReplyDraft, text: str, *, by: Actor, version: int) -> None:
    """Store a draft's text as a reply that everybody can read, and empty the draft."""
    handed_in = HandedInReply(draft.text, draft.submitted_by)
    draft.text = draft.returned_reason = draft.replaced_text = draft.replaced_by = ""
    draft.updated_at, draft.updated_by = now(), by.person
    is_final, draft.is_final = draft.is_final, True
    move_reply(draft, Action.SIGN_REPLY, by=by)
    settle_topic(reply_signing_topic(draft))
    reply_to_directive(
        draft.directive,
        text,
        department=draft.department,
        by=by,
        version=version,
        is_final=is_final,
        handed_in=handed_in,
    )


def require_addressee(directive: Directive, department: Department, *, by: Actor) -> None:
    if department.id not in by.department_ids & directive.department_ids(DepartmentTie.OWNER):
        raise NotAllowed


def pass_draft_on(directive: Directive, former: Department, taker: Department) -> None:
    """Give the draft of a former addressee to its successor, unless the successor has its own."""
    drafts = (ReplyDraft.directive == directive.id) & (ReplyDraft.department == taker.id)
    if not ReplyDraft.select().where(drafts).exists():
        begun = (ReplyDraft.directive == directive.id) & (ReplyDraft.department == former.id)
        ReplyDraft.update(department=taker.id).where(begun).execute()


def stored_draft(directive: Directive, department: Department) -> ReplyDraft:
    draft = draft_of(directive, department)
    if draft.id is None:
        draft.save(force_insert=True)
    return draft


def move_reply(draft: ReplyDraft, action: Action, *, by: Actor, reason: str = "") -> None:
    """Take one step of the life cycle and record it. Raises IllegalTransition, StaleVersion."""
    draft.state = next_reply_state(action, draft.state)
    draft.save_as_next(read_at=draft.version)
    directive = draft.directive
    about = f"{draft.department.short_name}对{directive.author}{directive.kind.label}的回复"
    record_event(
        action,
        directive,
        by=by,
        summary=directive.number_words if directive.is_confidential else about,
        reason="" if directive.is_confidential else reason,
        detail={"reply": draft.id, "version": draft.version, "state": ReplyState(draft.state)},
    )


@transaction
def take_reply_into_filing(
    reply: DirectiveReply, filing: Filing, *, by: Actor, thresholds: LightThresholds
) -> None:
    """Append a department's reply to the progress text of its filing.

    Raises NotAllowed, BadInput, IllegalTransition if the filing is submitted already.
    """
    require(by, Action.WRITE_FILING, filing)
    directive = reply.directive
    is_own = reply.department_id == filing.department_id and filing.measure_id in directive.measure_ids
    if not is_own or directive.is_confidential:
        raise BadInput(FOREIGN_REPLY)
    content = content_of_filing(filing)
    if reply.text in content.progress:
        raise BadInput(TAKEN_BEFORE)
    progress = f"{content.progress.rstrip()}\n{reply.text}".lstrip()
    save_filing(
        filing, replace(content, progress=progress), by=by, version=filing.version, thresholds=thresholds
    )


def reply_signing_topic(draft: ReplyDraft) -> str:
    """Return the topic of notices about a reply that waits for the head's signature."""
    return f"reply-to-sign:{draft.directive_id}:{draft.department_id}"


def reply_draft_topic(draft: ReplyDraft) -> str:
    """Return the topic of notices to the writer about a returned or corrected reply."""
    return f"reply-draft:{draft.directive_id}:{draft.department_id}"


def message_about_reply(
    draft: ReplyDraft, kind: NoticeKind, words: str, topic: str, detail: str
) -> NoticeMessage:
    sentence = f"{draft.department.short_name}对{directive_in_words(draft.directive)}的回复{words}"
    return message_about(draft.directive, kind, sentence, topic, detail)


def ask_for_reply_signature(draft: ReplyDraft, *, by: Actor) -> None:
    message = message_about_reply(
        draft, NoticeKind.TO_SIGN, "待您审签。", reply_signing_topic(draft), draft.text
    )
    send_notice(message, to=heads_of_departments(draft.department_id), doer=by.account_id)


def notify_of_returned_reply(draft: ReplyDraft, *, by: Actor) -> None:
    detail = f"理由：{draft.returned_reason}"
    message = message_about_reply(
        draft, NoticeKind.RETURNED, "被部门负责人退回，请修改后重新提交。", reply_draft_topic(draft), detail
    )
    send_notice(message, to=filers_of_departments(draft.department_id), doer=by.account_id)


def notify_of_corrected_reply(draft: ReplyDraft, *, by: Actor) -> None:
    words = f"已由{by.person}改字后审签，点开可看改动。"
    message = message_about_reply(draft, NoticeKind.CORRECTED, words, reply_draft_topic(draft), "")
    send_notice(message, to=filers_of_departments(draft.department_id), doer=by.account_id)
