"""Reading open work and work without anybody responsible: a fixed number of queries."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from app.access.models import Account
from app.administration.hand_over.models import HandOver
from app.administration.seats import (
    AccountSeat,
    OpenCounts,
    account_seats,
    counts_by,
    documents_in_draft,
    open_directives,
)
from app.authority.actor import Actor
from app.authority.permits import DepartmentTie
from app.authority.roles import DEPARTMENTAL, Role
from app.base.clock import today
from app.directives.core.life_cycle import DirectiveState
from app.directives.core.models import Directive, DirectiveAddressee
from app.directives.core.queries import readable_by
from app.directives.former_leads.operations import handover_in_plan
from app.drafting.core.life_cycle import WordingState
from app.drafting.core.models import Document
from app.drafting.editing.models import WordingRequest
from app.filing.core.life_cycle import FilingState
from app.filing.core.models import Filing
from app.org.models import Leader
from app.periods.models import Period
from app.plan.core.models import Plan, PlanItem


@dataclass(frozen=True)
class OrphanedWork:
    """Open work that nobody is responsible for: what, how much, and what to do about it."""

    label: str
    count: int
    advice: str
    titles: tuple[str, ...] = ()


@dataclass(frozen=True)
class OpenWork:
    """The open work of an account by title, for those who may read it."""

    drafts: list[Document]
    directives: list[Directive]
    notices: int

    @property
    def keys(self) -> frozenset[str]:
        """Return the keys of everything that can be chosen in a form."""
        keys = {*map(key_of_work, self.drafts), *map(key_of_work, self.directives)}
        return frozenset(keys | ({UNREAD_NOTICES} if self.notices else set()))

    def chosen_from(self, keys: Collection[str] | None) -> OpenWork:
        """Return the part of it with these keys; all of it without any."""
        if keys is None:
            return self
        return OpenWork(
            [one for one in self.drafts if key_of_work(one) in keys],
            [one for one in self.directives if key_of_work(one) in keys],
            self.notices if UNREAD_NOTICES in keys else 0,
        )

    def passing_to(self, giver: AccountSeat, receiver: AccountSeat) -> OpenWork:
        """Return the part of it that can pass to a receiver: directives only go from one leader to another."""
        is_between_leaders = receiver.leader_id and receiver.leader_id != giver.leader_id
        return self if is_between_leaders else replace(self, directives=[])

    @property
    def in_words(self) -> str:
        return OpenCounts(len(self.drafts), 0, len(self.directives), self.notices).in_words


UNREAD_NOTICES = "notices"


def key_of_work(one: Document | Directive) -> str:
    """Return the key of a draft or directive in forms: document-12."""
    return f"{'document' if isinstance(one, Document) else 'directive'}-{one.id}"


def paths_hidden_from(reader: Actor) -> list[str]:
    """Return the addresses of confidential directives that a person may not even know of: one or two queries."""
    hidden = Directive.select().where(Directive.is_confidential & ~readable_by(reader))
    return [row.path for row in hidden]


def open_work_of(seat: AccountSeat, by: Actor | None = None) -> OpenWork:
    """Return the open work of an account as far as a person may know of it: two queries."""
    return OpenWork(
        list(documents_in_draft().where(Document.owner == seat.account).order_by(Document.id)),
        list(open_directives(by).where(Directive.leader == seat.leader_id).order_by(Directive.id))
        if seat.leader_id
        else [],
        seat.counts.notices,
    )


@dataclass(frozen=True)
class PlannedHandOver:
    """A hand-over ordered for a later day, with the giver's seat."""

    order: HandOver
    giver: AccountSeat

    def department_ids(self, tie: DepartmentTie) -> frozenset[int]:
        return self.giver.department_ids(tie)


def planned_hand_overs(seats: Iterable[AccountSeat]) -> list[PlannedHandOver]:
    """Return the planned hand-overs from these seats, with both accounts: one query."""
    by_account = {seat.account.id: seat for seat in seats}
    giver, receiver = Account.alias(), Account.alias()
    query = HandOver.select(HandOver, giver, receiver).join(giver, on=(HandOver.giver == giver.id))
    query = query.switch(HandOver).join(receiver, on=(HandOver.receiver == receiver.id))
    waiting = query.where(HandOver.done_at.is_null()).order_by(HandOver.day, HandOver.id)
    return [
        PlannedHandOver(order, by_account[order.giver_id])
        for order in waiting
        if order.giver_id in by_account
    ]


def find_planned_hand_over(order_id: int) -> PlannedHandOver | None:
    return next((one for one in planned_hand_overs(account_seats()) if one.order.id == order_id), None)


def orphaned_work(seats: Iterable[AccountSeat], by: Actor | None = None) -> list[OrphanedWork]:
    """Return the open work without anybody responsible, as far as a person may know of it: seven queries.

    The office also sees what former leads have not handed over: a fixed number of queries for each plan and open
    quarter.
    """
    working = [grant for seat in seats if seat.account.disabled_at is None for grant in seat.valid_grants]
    everything = [
        orphaned_drafts({grant.account_id for grant in working if grant.role is Role.OFFICE}),
        orphaned_directives({grant.leader_id for grant in working if grant.leader_id}, seats, by),
        *orphaned_departments({grant.department_id for grant in working if grant.role in DEPARTMENTAL}, by),
        orphaned_measures(),
        *([work_of_former_leads()] if by and Role.OFFICE in by.roles else []),
    ]
    return [one for one in everything if one.count]


def orphaned_drafts(office: set[int]) -> OrphanedWork:
    query = documents_in_draft().where(Document.owner.is_null() | Document.owner.not_in(sorted(office)))
    titles = tuple(row.title for row in query.order_by(Document.id))
    return OrphanedWork(
        "经办人已停用或者不在街道办公室的公文草稿", len(titles), "请移交给现在经办的人。", titles
    )


def orphaned_directives(leaders: set[int], seats: Iterable[AccountSeat], by: Actor | None) -> OrphanedWork:
    """Return the open directives of leaders who left, or who have no account any more."""
    former = {grant.leader_id for seat in seats for grant in seat.grants if grant.leader_id} - leaders
    left = Leader.select(Leader.id).where(~Leader.serving_on(today()))
    query = open_directives(by).where(Directive.leader.in_(sorted(former)) | Directive.leader.in_(left))
    titles = tuple(row.title_words for row in query.order_by(Directive.id))
    return OrphanedWork("已离任领导没有销号的批示", len(titles), "请移交给接任的领导。", titles)


def orphaned_departments(held: set[int | None], by: Actor | None) -> list[OrphanedWork]:
    """Return the work of departments in which nobody can act."""
    waiting = (Filing.state != FilingState.ACCEPTED) & Period.closed_at.is_null()
    filings = counts_by(Filing.department, Filing.select().join(Period).where(waiting))
    unanswered = open_directives(by).where(Directive.state == DirectiveState.OPEN).select(Directive.id)
    addressed = DirectiveAddressee.select().where(DirectiveAddressee.directive.in_(unanswered))
    answers = counts_by(DirectiveAddressee.department, addressed)
    asked = WordingRequest.select().where(WordingRequest.state == WordingState.ASKED)
    wordings = counts_by(WordingRequest.department, asked)
    labels = (("填报没有采用", filings), ("批示待回复", answers), ("文字待确认", wordings))
    return [
        OrphanedWork(
            f"没有可用账号的部门：{label}",
            sum(count for key, count in found.items() if key not in held),
            "请系统管理员建立账号，安全管理员授权。",
        )
        for label, found in labels
    ]


def orphaned_measures() -> OrphanedWork:
    query = PlanItem.select(PlanItem.position).join(Plan).switch(PlanItem).join(Leader)
    left = query.where((Plan.year >= today().year) & ~Leader.serving_on(today()))
    numbers = tuple(f"第 {row.position} 项" for row in left.order_by(Plan.year, PlanItem.sequence))
    return OrphanedWork("分管领导已离任的举措", len(numbers), "请在责任分工中改由接任的领导分管。", numbers)


def work_of_former_leads() -> OrphanedWork:
    """Return the work left with departments whose measures others lead by now; a change may take effect long after it
    was ordered.
    """
    plans = Plan.select().where(Plan.year >= today().year - 1).order_by(Plan.year)
    found = [handover_in_plan(plan) for plan in plans]
    filings = [
        f"{one.filing.period.quarter.words}第 {one.filing.measure.position} 项填报：{one.filing.department.short_name}"
        for handover in found
        for one in handover.filings
        if not one.obstacle
    ]
    directives = [one.directive.title_words for handover in found for one in handover.addressees]
    titles = tuple(filings + directives)
    return OrphanedWork(
        "换了牵头部门、原部门还没有移交的填报和批示",
        len(titles),
        "请在工作计划的“移交”里交给现在的牵头部门。",
        titles,
    )
