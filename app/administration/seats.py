"""All accounts with their seats and the amount of their open work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from peewee import fn

from app.access.models import Account, Grant
from app.access.queries import all_accounts, grants_of_everybody
from app.authority.actor import Actor
from app.authority.permits import DepartmentTie
from app.authority.roles import BUSINESS
from app.directives.core.life_cycle import UNSETTLED
from app.directives.core.models import Directive
from app.directives.core.queries import readable_by
from app.drafting.core.life_cycle import DRAFT_STATES, WordingState
from app.drafting.core.models import Document, DocumentBlock
from app.drafting.editing.models import WordingRequest
from app.notices.models import Notice

CountById = Mapping[int, int]


class OpenCounts(NamedTuple):
    """The open work of an account: drafts, their wording requests, its leader's directives, unread notices."""

    drafts: int = 0
    wordings: int = 0
    directives: int = 0
    notices: int = 0

    @property
    def in_words(self) -> str:
        """Return the counts that are not zero, in words."""
        units = ("{} 件公文草稿", "{} 件文字确认", "{} 件批示", "{} 条未读提醒")
        return "、".join(unit.format(count) for unit, count in zip(units, self, strict=True) if count)


@dataclass(frozen=True)
class AccountSeat:
    """An account with its present or last grants, and its open work."""

    account: Account
    grants: tuple[Grant, ...]
    counts: OpenCounts

    @property
    def valid_grants(self) -> tuple[Grant, ...]:
        return tuple(grant for grant in self.grants if grant.is_valid)

    @property
    def is_working(self) -> bool:
        """Return whether somebody can act at this seat today."""
        return self.account.disabled_at is None and bool(self.valid_grants)

    @property
    def is_business(self) -> bool:
        return any(grant.role in BUSINESS for grant in self.grants)

    @property
    def leader_id(self) -> int | None:
        return next((grant.leader_id for grant in self.grants if grant.leader_id), None)

    @property
    def roles_in_words(self) -> str:
        return "、".join(dict.fromkeys(grant.in_words for grant in self.valid_grants)) or "没有授权"

    def department_ids(self, tie: DepartmentTie) -> frozenset[int]:
        """Return its present or last departments for the policy table."""
        if tie is not DepartmentTie.OWNER:
            return frozenset()
        return frozenset(grant.department_id for grant in self.grants if grant.department_id is not None)


def counts_by(column: Any, query: Any) -> CountById:
    """Return the number of rows of a query by a column: one query."""
    rows = query.select(column.alias("key"), fn.COUNT(column).alias("count")).group_by(column).dicts()
    return {row["key"]: row["count"] for row in rows}


def documents_in_draft() -> Any:
    return Document.select().where(Document.state.in_(DRAFT_STATES))


def is_unsettled() -> Any:
    return WordingRequest.state.in_([WordingState.ASKED, WordingState.OBJECTED])


def open_directives(by: Actor | None = None) -> Any:
    """Return the open directives, without confidential ones that the person may not even know of."""
    found = Directive.select().where(Directive.state.in_(UNSETTLED))
    return found if by is None else found.where(~Directive.is_confidential | readable_by(by))


def account_seats(by: Actor | None = None) -> list[AccountSeat]:
    """Return every account with its seat and open work as far as a person may know of it: six queries."""
    grants: dict[int, list[Grant]] = {}
    for grant in grants_of_everybody():
        grants.setdefault(grant.account_id, []).append(grant)
    unread = counts_by(Notice.account, Notice.select().where(Notice.read_at.is_null()))
    owned = counts_by(Document.owner, documents_in_draft())
    in_draft = documents_in_draft().join(DocumentBlock).join(WordingRequest)
    asked = counts_by(Document.owner, in_draft.where(is_unsettled()))
    directives = counts_by(Directive.leader, open_directives(by))
    found = []
    for account in all_accounts():
        held = tuple(grants.get(account.id, ()))
        leader = next((grant.leader_id for grant in held if grant.leader_id), None)
        counts = OpenCounts(
            owned.get(account.id, 0),
            asked.get(account.id, 0),
            directives.get(leader or 0, 0),
            unread.get(account.id, 0),
        )
        found.append(AccountSeat(account, held, counts))
    return found


def find_seat(account_id: int, by: Actor | None = None) -> AccountSeat | None:
    return next((seat for seat in account_seats(by) if seat.account.id == account_id), None)


def open_work_in_words(account: Account, by: Actor) -> str:
    """Return the open work of an account in words; "" if there is none that the person may know of."""
    seat = find_seat(account.id, by)
    return seat.counts.in_words if seat else ""
