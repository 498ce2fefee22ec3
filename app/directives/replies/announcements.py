"""Notices about replies on their way through a department."""

from __future__ import annotations

from app.authority.actor import Actor
from app.directives.announcements import directive_in_words
from app.directives.announcements import message_about as message_about_directive
from app.directives.replies.models import ReplyDraft
from app.notices.operations import send_notice
from app.notices.rules import NoticeKind, NoticeMessage, filers_of_departments, heads_of_departments


def reply_signing_topic(draft: ReplyDraft) -> str:
    """Return the topic of a reply that waits for the head."""
    return f"reply-to-sign:{draft.directive_id}:{draft.department_id}"


def reply_draft_topic(draft: ReplyDraft) -> str:
    """Return the topic of what became of a reply within its department."""
    return f"reply-draft:{draft.directive_id}:{draft.department_id}"


def message_about(draft: ReplyDraft, kind: NoticeKind, words: str, topic: str, detail: str) -> NoticeMessage:
    sentence = f"{draft.department.short_name}对{directive_in_words(draft.directive)}的回复{words}"
    return message_about_directive(draft.directive, kind, sentence, topic, detail)


def ask_for_reply_signature(draft: ReplyDraft, *, by: Actor) -> None:
    message = message_about(draft, NoticeKind.TO_SIGN, "待您审签。", reply_signing_topic(draft), draft.text)
    send_notice(message, to=heads_of_departments(draft.department_id), doer=by.account_id)


def notify_of_returned_reply(draft: ReplyDraft, *, by: Actor) -> None:
    detail = f"理由：{draft.returned_reason}"
    message = message_about(
        draft, NoticeKind.RETURNED, "被部门负责人退回，请修改后重新提交。", reply_draft_topic(draft), detail
    )
    send_notice(message, to=filers_of_departments(draft.department_id), doer=by.account_id)


def notify_of_corrected_reply(draft: ReplyDraft, *, by: Actor) -> None:
    words = f"已由{by.person}改字后审签，点开可看改动。"
    message = message_about(draft, NoticeKind.CORRECTED, words, reply_draft_topic(draft), "")
    send_notice(message, to=filers_of_departments(draft.department_id), doer=by.account_id)
