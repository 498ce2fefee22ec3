"""Sending and reading notices. `send_notice` and `settle_topic` run in the transaction of the event they report."""

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
    """Put a notice into the lists of all addressees; return how many accounts got it.

    message: if it has a key, accounts that have it already are skipped. doer: the account that did what is reported,
    which needs no notice.
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
    """Yield when each account gets the mail: at once, leaders once a day, None without an address."""
    is_mailed = any(account.email for account in accounts)
    leaders = {held.account_id for held in role_holders(frozenset({Role.LEADER}))} if is_mailed else set()
    for account in accounts:
        at = next_leader_mail(moment) if account.id in leaders else moment
        yield account, at if account.email else None


def supersede_unread(message: NoticeMessage, among: set[int]) -> None:
    """Replace unread notices on the same topic by the new one.

    A notice with a key stays in the list as read, so that it is not sent again; any other is deleted. The same notice
    sent at the same moment by somebody else stays.
    """
    unread = (Notice.topic == message.topic) & Notice.read_at.is_null() & Notice.account.in_(sorted(among))
    Notice.delete().where(unread & Notice.key.is_null()).execute()
    Notice.update(read_at=now(), mail_at=None).where(unread & (Notice.key != message.key)).execute()


def settle_topic(topic: str) -> None:
    """Mark all notices on a topic as read, because nothing is left to do about it."""
    unread = (Notice.topic == topic) & Notice.read_at.is_null()
    Notice.update(read_at=now(), mail_at=None).where(unread).execute()


def forget_topics(topics: Iterable[str]) -> None:
    """Delete all notices on some topics, because their subjects are deleted and the topics may be used again."""
    Notice.delete().where(Notice.topic.in_(sorted(topics))).execute()


@transaction
def mark_read(notice: Notice, *, by: Actor) -> None:
    """Mark a notice as read, keeping the time of the first reading. Raises NotAllowed."""
    require(by, Action.READ_NOTICES, notice)
    Notice.update(read_at=now()).where((Notice.id == notice.id) & Notice.read_at.is_null()).execute()


def mark_seen(topic: str, *, by: Actor) -> None:
    """Record that an account has opened the subject of a topic; nothing is written if it was read already."""
    own = (Notice.account == by.account_id) & (Notice.topic == topic) & Notice.read_at.is_null()
    for notice in Notice.select().where(own):
        mark_read(notice, by=by)


@transaction
def mark_all_read(*, by: Actor) -> int:
    """Mark all notices of an account as read; return how many were not before. Raises NotAllowed."""
    require(by, Action.READ_NOTICES)
    unread = (Notice.account == by.account_id) & Notice.read_at.is_null()
    count: int = Notice.update(read_at=now()).where(unread).execute()
    return count


@seat_delegated.connect
def announce_delegation(delegation: Delegation, **_: Actor) -> None:
    """Tell both persons who acts for whom, and when."""
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
    """Tell a person that a role was revoked, and why."""
    message = NoticeMessage(
        kind=NoticeKind.GRANT,
        sentence=f"您的授权“{grant.in_words}”自{written_day(since)}起收回。办过的事都留着。",
        path="/",
        topic=f"grant:{grant.id}",
        detail=reason,
    )
    send_notice(message, to=NoticeAddressees(account_ids=frozenset({grant.account_id})))
