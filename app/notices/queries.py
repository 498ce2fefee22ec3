from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from peewee import ModelSelect, fn

from app.access.models import Account
from app.access.queries import active_accounts, deputies_of, role_holders
from app.base.paging import ListPage, page_of
from app.base.statements import prepared
from app.notices.models import Notice
from app.notices.rules import NoticeAddressees


@dataclass(frozen=True)
class NoticePage(ListPage[Notice]):
    @property
    def unread_notices(self) -> list[Notice]:
        return [notice for notice in self.rows if notice.read_at is None]

    @property
    def read_notices(self) -> list[Notice]:
        return [notice for notice in self.rows if notice.read_at is not None]


def notice_page_of(account_id: int, number: int) -> NoticePage:
    """Return a page of an account's notices: unread ones first, newest on top."""
    own = Notice.select().where(Notice.account == account_id)
    ordered = own.order_by(Notice.read_at.is_null().desc(), Notice.created_at.desc(), Notice.id.desc())
    return NoticePage(**vars(page_of(ordered, number)))


def own_notice(account_id: int, notice_id: int) -> Notice | None:
    return Notice.get_or_none((Notice.id == notice_id) & (Notice.account == account_id))


def unread_count(account_id: int) -> int:
    (row,) = count_unread(account_id)
    return int(row["count"])


@prepared
def count_unread(account_id: int) -> Any:
    unread = (Notice.account == account_id) & Notice.read_at.is_null()
    return Notice.select(fn.COUNT(Notice.id).alias("count")).where(unread).dicts()


def unread_topics(account_id: int | None, topics: Iterable[str]) -> set[str]:
    return {row.topic for row in topics_not_read(account_id, list(topics))}


@prepared
def topics_not_read(account_id: int | None, topics: Sequence[str]) -> ModelSelect[Notice]:
    own = (Notice.account == account_id) & Notice.read_at.is_null()
    return Notice.select(Notice.topic).where(own & Notice.topic.in_(topics))


def addressed_accounts(to: NoticeAddressees) -> list[Account]:
    if to.account_ids is not None:
        return [account for account in active_accounts() if account.id in to.account_ids]
    grants = role_holders(to.roles, to.department_ids, to.leader_ids)
    found = {grant.account_id: grant.account for grant in grants}
    return list((found | {deputy.id: deputy for deputy in deputies_of(found)}).values())


def reached_accounts(key: str | None) -> set[int]:
    """Return the ids of the accounts that got a notice with this key already."""
    if key is None:
        return set()
    return {notice.account_id for notice in Notice.select(Notice.account).where(Notice.key == key)}


def last_notice_times(topics: Iterable[str]) -> dict[str, datetime]:
    newest: Any = Notice.select(Notice.topic, fn.MAX(Notice.created_at).alias("newest")).group_by(
        Notice.topic
    )
    rows = newest.where(Notice.topic.in_(list(topics))).dicts()
    return {row["topic"]: row["newest"] for row in rows}
