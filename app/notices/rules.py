"""What a notice says and whom it addresses: plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from app.access.rules import DEPARTMENTAL, Role
from app.base.labels import Labelled, Tone

# Mail that could not be sent within a day is no news any more: the notice itself stays in the list.
MAIL_WORTH = timedelta(days=1)
MAIL_TRIES = 5
MAIL_RETRY_AFTER = timedelta(minutes=10)


class NoticeKind(Labelled):
    """What a notice is about."""

    REMINDER = "reminder", "填报提醒", Tone.WAITING
    URGED = "urged", "催办", Tone.ATTENTION
    TO_SIGN = "to_sign", "待审签", Tone.WAITING
    RETURNED = "returned", "退回", Tone.ATTENTION
    SUPPLEMENT = "supplement", "请补充", Tone.WAITING
    REOPENED = "reopened", "重新打开", Tone.ATTENTION
    ACCEPTED = "accepted", "已采用", Tone.GOOD
    CONTRIBUTION = "contribution", "配合填报", Tone.NEUTRAL
    UNLOCKED = "unlocked", "解锁", Tone.WAITING
    DIRECTIVE = "directive", "批示", Tone.ATTENTION
    REPLY = "reply", "批示回复", Tone.WAITING
    WORDING = "wording", "文字确认", Tone.WAITING
    DOCUMENT = "document", "公文", Tone.NEUTRAL


@dataclass(frozen=True)
class Message:
    """What a notice says.

    Attributes:
        sentence: the news in one sentence, in Chinese.
        path: where the thing is, as a path of this system.
        topic: names the thing. Of several notices on one topic only the newest is unread.
        detail: further words, such as a reason; may have several lines.
        key: a message with a key reaches an account once, however often it is sent.
    """

    kind: NoticeKind
    sentence: str
    path: str
    topic: str
    detail: str = ""
    key: str | None = None


@dataclass(frozen=True)
class Addressees:
    """Everybody who holds one of `roles` today, for one of the departments, as one of the leaders; None for any."""

    department_ids: frozenset[int] | None = None
    roles: frozenset[Role] = DEPARTMENTAL
    leader_ids: frozenset[int] | None = None


def seats_of(*department_ids: int) -> Addressees:
    """Return filers and heads of departments."""
    return Addressees(frozenset(department_ids))


def filers_of(*department_ids: int) -> Addressees:
    """Return the filers of departments."""
    return Addressees(frozenset(department_ids), frozenset({Role.FILER}))


def heads_of(*department_ids: int) -> Addressees:
    """Return the heads of departments."""
    return Addressees(frozenset(department_ids), frozenset({Role.HEAD}))


def leader(leader_id: int) -> Addressees:
    """Return the seat of a leader."""
    return Addressees(roles=frozenset({Role.LEADER}), leader_ids=frozenset({leader_id}))


def office() -> Addressees:
    """Return the office."""
    return Addressees(roles=frozenset({Role.OFFICE}))
