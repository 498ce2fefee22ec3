"""Sending and reading notices. `send_notice` and `settle_topic` run in the transaction of what they report."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict
from datetime import date, datetime

from app.access.models import Account, Delegation, Grant
from app.access.queries import role_holders
from app.access.signals import grant_revoked, seat_delegated
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.authority.roles import Role
from app.base.clock import now
from app.base.database import transaction
from app.base.days import written_day
from app.notices import queries
from app.notices.models import Notice
from app.notices.rules import NoticeAddressees, NoticeKind, NoticeMessage, next_leader_mail


@transaction
def send_notice(message: NoticeMessage, *, to: NoticeAddressees, doer: int | None = None) -> int:
    """Put a message into the list of everybody whom it addresses; return how many accounts it reached.

    Args:
        message: one with a key is given to nobody who has it already.
        to: whom it addresses.
        doer: the account that did what the message reports: its holder knows.
    """
    excluded = queries.reached_accounts(message.key) | {doer}
    accounts = [account for account in queries.addressed_accounts(to) if account.id not in excluded]
    if not accounts:
        return 0
    supersede_unread(message, {account.id for account in accounts})
    moment = now()
    values = {**asdict(message), "created_at": moment}
    rows = [{**values, "account": account, "mail_at": at} for account, at in mail_times(accounts, moment)]
    count: int = Notice.insert_many(rows).on_conflict_ignore().as_rowcount().execute()
    return count


def mail_times(accounts: Collection[Account], moment: datetime) -> Iterator[tuple[Account, datetime | None]]:
    """Yield when each account gets a notice by mail: at once, leaders once a day, None where it has no address."""
    is_mailed = any(account.email for account in accounts)
    leaders = {held.account_id for held in role_holders(frozenset({Role.LEADER}))} if is_mailed else set()
    for account in accounts:
        at = next_leader_mail(moment) if account.id in leaders else moment
        yield account, at if account.email else None


def supersede_unread(message: NoticeMessage, among: set[int]) -> None:
    """Let what some accounts have not read on the topic of a message give way to it.

    A notice with a key must be remembered and stays in the list as read; any other goes. The same message sent at
    the same moment by somebody else does not give way.
    """
    unread = (Notice.topic == message.topic) & Notice.read_at.is_null() & Notice.account.in_(sorted(among))
    Notice.delete().where(unread & Notice.key.is_null()).execute()
    Notice.update(read_at=now(), mail_at=None).where(unread & (Notice.key != message.key)).execute()


def settle_topic(topic: str) -> None:
    """Take a topic off everybody's unread: there is nothing left to do about it."""
    unread = (Notice.topic == topic) & Notice.read_at.is_null()
    Notice.update(read_at=now(), mail_at=None).where(unread).execute()


def forget_topics(topics: Iterable[str]) -> None:
    """Delete all that was sent on some topics: what they led to is no more, and may come again under the same name."""
    Notice.delete().where(Notice.topic.in_(sorted(topics))).execute()


@transaction
def mark_read(notice: Notice, *, by: Actor) -> None:
    """Note that a notice was read; it keeps the time when it was read first. Raises NotAllowed."""
    require(by, Action.READ_NOTICES, notice)
    Notice.update(read_at=now()).where((Notice.id == notice.id) & Notice.read_at.is_null()).execute()


def mark_seen(topic: str, *, by: Actor) -> None:
    """Note that an account has opened the thing itself that a topic names; where it is no news, nothing is written."""
    own = (Notice.account == by.account_id) & (Notice.topic == topic) & Notice.read_at.is_null()
    for notice in Notice.select().where(own):
        mark_read(notice, by=by)


@transaction
def mark_all_read(*, by: Actor) -> int:
    """Note that an account's notices were all read; return how many were not before. Raises NotAllowed."""
    require(by, Action.READ_NOTICES)
    unread = (Notice.account == by.account_id) & Notice.read_at.is_null()
    count: int = Notice.update(read_at=now()).where(unread).execute()
    return count


@seat_delegated.connect
def announce_delegation(delegation: Delegation, **_: Actor) -> None:
    """Let both know who acts for whom, and when."""
    days = f"{written_day(delegation.valid_from)}至{written_day(delegation.valid_until)}"
    principal, deputy = delegation.principal, delegation.deputy
    message = NoticeMessage(
        kind=NoticeKind.DELEGATION,
        sentence=f"{days}，{deputy.person}代{principal.person}（{principal.seat}）办理工作。",
        path="/deputies",
        topic=f"delegation:{delegation.id}",
    )
    both = frozenset({principal.id, deputy.id})
    send_notice(message, to=NoticeAddressees(account_ids=both))


@grant_revoked.connect
def announce_revocation(grant: Grant, since: date, reason: str, **_: Actor) -> None:
    """Let somebody know that a role is his no more, and why."""
    message = NoticeMessage(
        kind=NoticeKind.GRANT,
        sentence=f"您的授权“{grant.in_words}”自{written_day(since)}起收回。办过的事都留着。",
        path="/",
        topic=f"grant:{grant.id}",
        detail=reason,
    )
    send_notice(message, to=NoticeAddressees(account_ids=frozenset({grant.account_id})))
