"""Ending a department, or a leader's term, and handing over what it was responsible for in one step."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from app.authority.actor import Actor
from app.authority.roles import Role
from app.base.days import written_day
from app.directives.core.content import SHOWN_DIRECTIVE_LENGTH
from app.directives.former_leads.department_ending import WorkInHand, pass_work_in_hand, work_in_hand
from app.notices.operations import send_notice
from app.notices.rules import NoticeAddressees, NoticeKind, NoticeMessage, seats_of_departments
from app.org.changes import DepartmentEnd, DepartmentMerger, LeaderChange, OrganisationChange
from app.org.models import Department, Leader
from app.org.operations import apply_change
from app.plan.assignments.passing_on_duties import (
    MeasureDuty,
    duties_of_department,
    duties_of_leader,
    pass_charge_on,
    pass_duties_on,
)
from app.plan.core.rules import ItemAspect

ONE_DAY = timedelta(days=1)


class ListedDuties(NamedTuple):
    """One kind of duties, by title."""

    label: str
    titles: list[str]


@dataclass(frozen=True)
class OpenDuties:
    """Duties from a day on and unfinished work: titles for those who may read them, counts for others."""

    measures: tuple[MeasureDuty, ...]
    work: WorkInHand = field(default_factory=WorkInHand)

    @property
    def in_words(self) -> str:
        """Return the counts in words: 牵头 2 项、配合 1 项举措，3 份填报，1 件批示; "" if there are none."""
        roles = ((ItemAspect.LEAD, "牵头"), (ItemAspect.SUPPORTS, "配合"), (ItemAspect.LEADER, "分管"))
        counts = ((label, len(self.measures_as(aspect))) for aspect, label in roles)
        measures = "、".join(f"{label} {count} 项" for label, count in counts if count)
        parts = [f"{measures}举措" if measures else ""]
        parts += [f"{len(self.work.filings)} 份填报" if self.work.filings else ""]
        parts += [f"{len(self.work.contributions)} 项配合情况" if self.work.contributions else ""]
        shared = self.work.shared_directives
        parts += [f"{len(shared)} 件批示" if shared else ""]
        return "，".join(filter(None, parts))

    @property
    def listed(self) -> list[ListedDuties]:
        """Return everything by kind, with titles."""
        labels = {
            ItemAspect.LEAD: "牵头的举措",
            ItemAspect.SUPPORTS: "配合的举措",
            ItemAspect.LEADER: "分管的举措",
        }
        found = [
            ListedDuties(label, [one.words for one in self.measures_as(aspect).values()])
            for aspect, label in labels.items()
        ]
        found += [
            ListedDuties(
                "没有采用的填报",
                [
                    f"{one.period.quarter.words}第 {one.measure.position} 项，{one.shown_state.label}"
                    for one in self.work.filings
                ],
            ),
            ListedDuties(
                "没有报送的配合情况",
                [
                    f"{one.period.quarter.words}第 {one.measure.position} 项"
                    for one in self.work.contributions
                ],
            ),
            ListedDuties(
                "没有销号的批示",
                [one.title_words[:SHOWN_DIRECTIVE_LENGTH] for one in self.work.shared_directives],
            ),
        ]
        return [one for one in found if one.titles]

    def measures_as(self, aspect: ItemAspect) -> dict[int, MeasureDuty]:
        """Return the measures in this role, each once."""
        return {one.measure.id: one for one in self.measures if one.aspect is aspect}


def open_duties_of(department: Department, on: date) -> OpenDuties:
    return OpenDuties(tuple(duties_of_department(department, on)), work_in_hand(department))


def charge_of(leader: Leader, on: date) -> OpenDuties:
    return OpenDuties(tuple(duties_of_leader(leader, on)))


def apply_with_succession(change: OrganisationChange, *, by: Actor) -> None:
    """Carry out a change, and hand over the duties of a department that ends or a leader who leaves.

    Called within an operation. Raises what `apply_change` raises.
    """
    apply_change(change, by=by)
    match change:
        case DepartmentMerger(into=int(successor)) | DepartmentEnd(successor=int(successor)):
            giver = Department.get_by_id(change.target)
            pass_department_on(giver, Department.get_by_id(successor), change, by=by)
        case LeaderChange(target=int(leaving), serves_until=date() as last, next_leader=int(follower)):
            pass_leader_on(Leader.get_by_id(leaving), Leader.get_by_id(follower), last + ONE_DAY, by=by)


def pass_department_on(
    department: Department, successor: Department, change: DepartmentEnd | DepartmentMerger, *, by: Actor
) -> None:
    joined = isinstance(change, DepartmentMerger)
    words = f"并入{successor.short_name}" if joined else f"撤销，由{successor.short_name}接手"
    reason = f"{department.short_name}{words}"
    duties = pass_duties_on(department, successor, change.on, reason=reason, by=by)
    passed = OpenDuties(tuple(duties), pass_work_in_hand(department, successor, by=by))
    if passed.in_words:
        message = NoticeMessage(
            kind=NoticeKind.HAND_OVER,
            sentence=f"{department.name}自{written_day(change.on)}起{words}：{passed.in_words}已移交。",
            path="/plan",
            topic=f"succession:{department.id}",
        )
        send_notice(message, to=seats_of_departments(successor.id), doer=by.account_id)
        send_notice(message, to=NoticeAddressees(roles=frozenset({Role.OFFICE})), doer=by.account_id)


def pass_leader_on(leader: Leader, successor: Leader, on: date, *, by: Actor) -> None:
    reason = f"{leader.name}离任，由{successor.name}接着分管"
    duties = pass_charge_on(leader, successor, on, reason=reason, by=by)
    if passed := OpenDuties(tuple(duties)).in_words:
        message = NoticeMessage(
            kind=NoticeKind.HAND_OVER,
            sentence=f"{leader.name}自{written_day(on)}起离任，{passed}由{successor.name}接着分管。",
            path="/plan",
            topic=f"succession-of-leader:{leader.id}",
        )
        send_notice(message, to=NoticeAddressees(roles=frozenset({Role.OFFICE})), doer=by.account_id)
