"""Kinds of notices, their addressees, and when reminders and mail are sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from app.authority.roles import DEPARTMENTAL, Role
from app.base.labels import LabelledEnum, LabelTone

# Mail that could not be sent within a day is no news any more: the notice itself stays in the list.
MAIL_WORTH = timedelta(days=1)
MAIL_TRIES = 5
# Leaders get one letter a day, with all that came since the last.
LEADER_MAIL_HOUR = time(16, 0)
LEADER_MAIL_WORTH = MAIL_WORTH + timedelta(days=1)
MAIL_RETRY_AFTER = timedelta(minutes=10)
# What goes out by itself (自动提醒、关注的变化) goes out from then on.
REMINDER_HOUR = time(8, 0)


class NoticeKind(LabelledEnum):
    REMINDER = "reminder", "填报提醒", LabelTone.WAITING
    URGED = "urged", "催办", LabelTone.ATTENTION
    TO_SIGN = "to_sign", "待审签", LabelTone.WAITING
    CORRECTED = "corrected", "审签改字", LabelTone.WAITING
    RETURNED = "returned", "退回", LabelTone.ATTENTION
    SUPPLEMENT = "supplement", "请补充", LabelTone.WAITING
    REOPENED = "reopened", "重新打开", LabelTone.ATTENTION
    TAKEN_BACK = "taken_back", "撤回", LabelTone.NEUTRAL
    SUGGESTION = "suggestion", "改字建议", LabelTone.WAITING
    ACCEPTED = "accepted", "已采用", LabelTone.GOOD
    CONTRIBUTION = "contribution", "配合填报", LabelTone.NEUTRAL
    UNLOCKED = "unlocked", "解锁", LabelTone.WAITING
    UNLOCK_REQUEST = "unlock_request", "解锁申请", LabelTone.WAITING
    PERIOD = "period", "季度填报", LabelTone.WAITING
    DIRECTIVE = "directive", "批示", LabelTone.ATTENTION
    FOLLOWED = "followed", "关注", LabelTone.NEUTRAL
    CARRY_OVER = "carry_over", "结转", LabelTone.WAITING
    REPLY = "reply", "批示回复", LabelTone.WAITING
    WORDING = "wording", "文字确认", LabelTone.WAITING
    DOCUMENT = "document", "公文", LabelTone.NEUTRAL
    ORGANISATION = "organisation", "组织机构", LabelTone.WAITING
    HAND_OVER = "hand_over", "工作移交", LabelTone.WAITING
    DELEGATION = "delegation", "委托代办", LabelTone.WAITING
    GRANT = "grant", "授权", LabelTone.ATTENTION


def next_leader_mail(moment: datetime) -> datetime:
    """Return when a leader's notice is mailed: with the next daily letter."""
    today = datetime.combine(moment.date(), LEADER_MAIL_HOUR)
    return today if moment <= today else today + timedelta(days=1)


def is_reminder_hour(moment: datetime) -> bool:
    """Return whether automatic reminders may be sent now."""
    return moment.time() >= REMINDER_HOUR


def is_leader_mail_hour(moment: datetime) -> bool:
    """Return whether the daily letter may be sent now.

    A letter missed because the worker was down goes out with the next one, so that no day has two.
    """
    return moment.time() >= LEADER_MAIL_HOUR


@dataclass(frozen=True)
class NoticeMessage:
    """The content of a notice.

    sentence: the news in one Chinese sentence. path: the address of its subject. topic: names the subject; of several
    notices on a topic only the newest is unread. detail: further text, such as a reason. key: a notice with a key
    reaches an account once, however often it is sent.
    """

    kind: NoticeKind
    sentence: str
    path: str
    topic: str
    detail: str = ""
    key: str | None = None


@dataclass(frozen=True)
class NoticeAddressees:
    """The addressees of a notice: holders of any of `roles`, for one of the departments or leaders; None for any.

    `account_ids`: exactly these accounts instead.
    """

    department_ids: frozenset[int] | None = None
    roles: frozenset[Role] = DEPARTMENTAL
    leader_ids: frozenset[int] | None = None
    account_ids: frozenset[int] | None = None


def seats_of_departments(*department_ids: int) -> NoticeAddressees:
    return NoticeAddressees(frozenset(department_ids))


def filers_of_departments(*department_ids: int) -> NoticeAddressees:
    return NoticeAddressees(frozenset(department_ids), frozenset({Role.FILER}))


def heads_of_departments(*department_ids: int) -> NoticeAddressees:
    return NoticeAddressees(frozenset(department_ids), frozenset({Role.HEAD}))


def seat_of_leader(leader_id: int) -> NoticeAddressees:
    return NoticeAddressees(roles=frozenset({Role.LEADER}), leader_ids=frozenset({leader_id}))


def seats_of_leaders() -> NoticeAddressees:
    return NoticeAddressees(roles=frozenset({Role.LEADER}))


def seats_of_office() -> NoticeAddressees:
    return NoticeAddressees(roles=frozenset({Role.OFFICE}))
