"""Reading notices."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from peewee import fn

from app.access.models import Account
from app.access.queries import holders
from app.base.paging import Page, page_of
from app.notices.models import Notice
from app.notices.rules import Addressees


@dataclass(frozen=True)
class Listed(Page[Notice]):
    """One page of an account's notices, unread ones first."""

    @property
    def unread(self) -> list[Notice]:
        """Return those that wait to be read."""
        return [notice for notice in self.rows if notice.read_at is None]

    @property
    def read(self) -> list[Notice]:
        """Return those that are done with."""
        return [notice for notice in self.rows if notice.read_at is not None]


def page(account_id: int, number: int) -> Listed:
    """Return a page of an account's notices: unread ones first, the newest on top."""
    own = Notice.select().where(Notice.account == account_id)
    ordered = own.order_by(Notice.read_at.is_null().desc(), Notice.created_at.desc(), Notice.id.desc())
    return Listed(**vars(page_of(ordered, number)))


def own_notice(account_id: int, notice_id: int) -> Notice | None:
    """Return a notice if it is in that account's list."""
    return Notice.get_or_none((Notice.id == notice_id) & (Notice.account == account_id))


def unread_count(account_id: int) -> int:
    """Return how many notices an account has not read."""
    unread = (Notice.account == account_id) & Notice.read_at.is_null()
    count: int = Notice.select(fn.COUNT(Notice.id)).where(unread).scalar()
    return count


def unread_topics(account_id: int, topics: Iterable[str]) -> set[str]:
    """Return those of some topics on which an account has something to read."""
    own = (Notice.account == account_id) & Notice.read_at.is_null()
    return {row.topic for row in Notice.select(Notice.topic).where(own & Notice.topic.in_(list(topics)))}


def addressed(to: Addressees) -> list[Account]:
    """Return the accounts that `to` means today, each once."""
    grants = holders(to.roles, to.department_ids, to.leader_ids)
    return list({grant.account_id: grant.account for grant in grants}.values())


def reached(key: str | None) -> set[int]:
    """Return the ids of the accounts that a message with this key has reached already."""
    if key is None:
        return set()
    return {notice.account_id for notice in Notice.select(Notice.account).where(Notice.key == key)}


def last_told(topics: Iterable[str]) -> dict[str, datetime]:
    """Return when the newest notice on each topic was written."""
    newest: Any = Notice.select(Notice.topic, fn.MAX(Notice.created_at)).group_by(Notice.topic)
    return dict(newest.where(Notice.topic.in_(list(topics))).tuples())
