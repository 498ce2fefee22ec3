"""What the home pages of the office and of a leader show; in which order, templates/overview/home/ says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from app.authority.actor import Actor
from app.authority.roles import Role
from app.directives import queries as directives
from app.directives.life_cycle import DirectiveState
from app.directives.models import Directive
from app.drafting.core.models import Document
from app.filing.review.queries import WaitingQuarter, waiting_by_quarter
from app.issuing.announcements import unread_among
from app.overview import queries
from app.overview.measure_cells import (
    CountOfTotal,
    DepartmentRow,
    MeasureCell,
    count_lights,
    count_standings,
)
from app.overview.queries import QuarterOverview
from app.periods.calendar import WorkCalendar
from app.periods.chosen_period import QuarterChoice
from app.periods.models import UnlockRequest
from app.periods.queries import open_unlock_requests, work_calendar


class AdministrationCommand(NamedTuple):
    command: str
    purpose: str


# What administrators do on the server until they have pages of their own.
ADMINISTRATION_COMMANDS: Mapping[Role, tuple[AdministrationCommand, ...]] = {
    Role.SYSTEM_ADMIN: (AdministrationCommand("flask check", "逐项检查数据、文件和操作记录，指出该怎么办"),),
    Role.SECURITY_ADMIN: (
        AdministrationCommand("flask user grant", "授予角色"),
        AdministrationCommand("flask user revoke", "收回角色，立即生效"),
        AdministrationCommand("flask user reset-password", "换一个首次登录密码，并解除锁定"),
        AdministrationCommand("flask user unlock", "解除锁定"),
        AdministrationCommand("flask user list", "列出账号及其当前授权"),
    ),
    Role.AUDITOR: (AdministrationCommand("flask audit verify", "逐条核对操作记录有无被改动"),),
}


@dataclass(frozen=True)
class LeaderHome:
    """What waits for a leader, the leader's measures, and what was issued last.

    `overview` is None before any quarter of the plan opens; `unread` are the ids of reading sheets not opened yet.
    """

    choice: QuarterChoice
    overview: QuarterOverview | None
    in_charge: tuple[MeasureCell, ...]
    reading: list[Document]
    unread: frozenset[int]
    directives: list[Directive]
    documents: list[Document]
    calendar: WorkCalendar

    @property
    def answered_count(self) -> int:
        return sum(one.state is DirectiveState.REPLIED for one in self.directives)

    @property
    def light_counts(self) -> tuple[CountOfTotal, ...]:
        return count_lights(self.in_charge)


def leader_home(choice: QuarterChoice, user: Actor) -> LeaderHome:
    overview = queries.overview_of_quarter(choice.period) if choice.period else None
    reading = queries.newest_reading_sheets(user.leader_id)
    return LeaderHome(
        choice=choice,
        overview=overview,
        in_charge=overview.cells_in_charge_of(user.leader_id) if overview else (),
        reading=reading,
        unread=unread_among(reading, by=user),
        directives=directives.unclosed_of_leader(leader_id=user.leader_id),
        documents=queries.newest_readable_documents(user),
        calendar=work_calendar(),
    )


@dataclass(frozen=True)
class OfficeHome:
    """Who has filed in a quarter: counts, what waits for the office, and what is owed, department by department.

    `overview` is None before any quarter of the plan opens; `waiting` is what waits in any quarter, the oldest first.
    """

    choice: QuarterChoice
    overview: QuarterOverview | None
    departments: tuple[DepartmentRow, ...]
    waiting: list[WaitingQuarter]
    unlock_requests: list[UnlockRequest]

    @property
    def waiting_elsewhere(self) -> list[WaitingQuarter]:
        """Return what waits for the office in other quarters than the one that is shown."""
        shown = self.choice.period.quarter if self.choice.period else None
        return [one for one in self.waiting if one.quarter != shown]

    @property
    def standing_counts(self) -> tuple[CountOfTotal, ...]:
        """Return where the filings that speak for the measures stand: how many of how many."""
        cells = self.overview.all_cells if self.overview else ()
        return count_standings([cell.standing for cell in cells])


def office_home(choice: QuarterChoice) -> OfficeHome:
    overview = queries.overview_of_quarter(choice.period) if choice.period else None
    departments = queries.rows_by_department(overview) if overview else ()
    return OfficeHome(choice, overview, departments, waiting_by_quarter(), open_unlock_requests())
