"""The content of the home pages of office and leaders. The order on the page is in templates/overview/home/."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from app.authority.actor import Actor
from app.authority.permits import LeaderTie
from app.authority.roles import Role
from app.base.clock import today
from app.directives.core import queries as directives
from app.directives.core.directive_counts import (
    DepartmentDirectives,
    DirectiveTally,
    open_by_department,
    open_counts_by_measure,
    tally_of_seats,
)
from app.directives.core.life_cycle import UNSETTLED
from app.directives.core.models import Directive
from app.directives.core.queries import DirectiveReach
from app.drafting.core.models import Document
from app.filing.core.lights import LightThresholds
from app.filing.review.queries import WaitingQuarter, waiting_by_quarter
from app.following.queries import followed_by
from app.issuing.announcements import unread_among
from app.org.queries import find_leader
from app.overview import queries
from app.overview.cell_counts import CountOfTotal, count_standings
from app.overview.cell_filter import OVERVIEW_SCOPES, covers_cell, read_home_scope
from app.overview.home_summary import ConcernRow, QuarterSummary
from app.overview.measure_cells import (
    DepartmentRow,
    MeasureCell,
)
from app.overview.queries import QuarterOverview
from app.overview.rules import CONCERN_ORDER, HomeScope
from app.periods.calendar import WorkCalendar
from app.periods.chosen_period import QuarterChoice
from app.periods.due_dates import DATE_LABELS
from app.periods.models import UnlockRequest
from app.periods.queries import OpenQuarter, open_shares_beside, open_unlock_requests, work_calendar


class AdministrationCommand(NamedTuple):
    command: str
    purpose: str


# What administrators do on the server until they have pages of their own.
ADMINISTRATION_COMMANDS: Mapping[Role, tuple[AdministrationCommand, ...]] = {
    Role.SYSTEM_ADMIN: (AdministrationCommand("flask check", "逐项检查数据、文件和操作记录，指出该怎么办"),),
    Role.SECURITY_ADMIN: (
        AdministrationCommand("flask user unlock", "加 --address，解除一个来访地址的锁定"),
    ),
    Role.AUDITOR: (AdministrationCommand("flask audit verify", "逐条核对操作记录有无被改动"),),
}


SHOWN_DIRECTIVES = 10
# What waits for a leader and stands by name, shared among its kinds: measures of concern stay in the first screen.
SHOWN_WAITING = 4
LEADER_SCOPES = tuple(HomeScope)


@dataclass(frozen=True)
class QuarterHome:
    """The quarter on a home page; `concerns` are measures that need attention, `others` are other
    quarters being filed.
    """

    overview: QuarterOverview
    summary: QuarterSummary
    concerns: tuple[ConcernRow, ...]
    others: list[OpenQuarter]

    @property
    def order_words(self) -> str:
        """Return the sentence that explains selection and order of the list."""
        return f"列出督查通报所列进度滞后和存在风险的举措，以及逾期未报的。{CONCERN_ORDER}"

    @property
    def nothing_words(self) -> str:
        if not self.summary.cells:
            return "这个范围里没有举措。关注的举措和部门在举措的页面、总览里点“关注”。"
        overdue = "" if self.summary.is_closed else "、逾期未报"
        return f"没有进度滞后或者存在风险{overdue}的举措。"


@dataclass(frozen=True)
class LeaderHome:
    """What waits for a leader, the measures in the chosen scope, and the latest documents.

    `quarter` is None before any quarter of the plan is opened; `unread` are the ids of reading sheets not opened yet.
    """

    choice: QuarterChoice
    scope: HomeScope
    quarter: QuarterHome | None
    tally: DirectiveTally
    reading: list[Document]
    unread: frozenset[int]
    directives: list[Directive]
    documents: list[Document]
    calendar: WorkCalendar
    leader_id: int | None

    @property
    def overview(self) -> QuarterOverview | None:
        return self.quarter.overview if self.quarter else None

    @property
    def kept_scope(self) -> str | None:
        """Return the scope as an address argument; None for the default."""
        return None if self.scope is HomeScope.ALL else self.scope.value

    @property
    def overview_scope(self) -> dict[str, object]:
        """Return the address arguments with which the overview shows the same measures."""
        found: dict[HomeScope, dict[str, object]] = {
            HomeScope.MINE: {"leader": self.leader_id},
            HomeScope.FOLLOWED: {"scope": self.scope.value},
        }
        return found.get(self.scope, {})

    @property
    def brief_scope(self) -> str | None:
        return f"leader-{self.leader_id}" if self.scope is HomeScope.MINE else None

    @property
    def scopes(self) -> tuple[HomeScope, ...]:
        return LEADER_SCOPES

    @property
    def shown_directives(self) -> list[Directive]:
        """Return the unsettled directives listed on the home page, up to a limit."""
        return [one for one in self.directives if one.state in UNSETTLED][:SHOWN_DIRECTIVES]

    @property
    def answered(self) -> list[Directive]:
        """Return the answered directives, to be closed or sent back."""
        return [one for one in self.directives if one.is_replied]

    @property
    def extensions(self) -> list[Directive]:
        """Return the directives with a request for an extension."""
        return [one for one in self.directives if one.extension_to]

    @property
    def unconfirmed(self) -> list[Directive]:
        """Return the directives entered from the leader's handwriting and not confirmed yet."""
        own = {self.leader_id}
        return [
            one for one in self.directives if one.is_unconfirmed and one.leader_ids(LeaderTie.AUTHOR) == own
        ]

    @property
    def unread_sheets(self) -> list[Document]:
        return [one for one in self.reading if one.id in self.unread]

    @property
    def shown_of_each(self) -> int:
        """Return how many entries of each kind of waiting work are listed by name; 0 if nothing waits."""
        kinds = sum(map(bool, (self.answered, self.extensions, self.unconfirmed, self.unread_sheets)))
        return SHOWN_WAITING // kinds if kinds else 0


def leader_home(
    choice: QuarterChoice, user: Actor, thresholds: LightThresholds, *, scope: str = ""
) -> LeaderHome:
    overview = queries.overview_of_quarter(choice.period, thresholds) if choice.period else None
    reach = directives.reach_of(user)
    own = directives.unclosed_in_seats(user.leader_id, reach.seat_ids, most=SHOWN_DIRECTIVES)
    begins = choice.period.quarter.first_day if choice.period else today()
    tally = tally_of_seats(reach.seat_ids, quarter_begins=begins)
    reading = queries.newest_reading_sheets(user.leader_id)
    in_charge = overview.cells_in_charge_of(user.leader_id) if overview else ()
    leader = find_leader(user.leader_id) if user.leader_id else None
    begins_with_all = not in_charge or bool(leader and leader.in_overall_charge)
    usual = HomeScope.ALL if begins_with_all else HomeScope.MINE
    chosen = read_home_scope(scope, scopes=LEADER_SCOPES, usual=usual)
    cells = cells_in_scope(overview, chosen, user) if overview else ()
    return LeaderHome(
        choice=choice,
        scope=chosen,
        quarter=quarter_home(overview, cells, reach, tally) if overview else None,
        tally=tally,
        reading=reading,
        unread=unread_among(reading, by=user),
        directives=own,
        documents=queries.newest_readable_documents(user),
        calendar=overview.calendar if overview else work_calendar(),
        leader_id=user.leader_id,
    )


def cells_in_scope(overview: QuarterOverview, scope: HomeScope, user: Actor) -> tuple[MeasureCell, ...]:
    """Return the measures in a scope of a leader: at most one query."""
    if scope is HomeScope.MINE:
        return overview.cells_in_charge_of(user.leader_id)
    if scope is HomeScope.ALL:
        return overview.all_cells
    own = followed_by(user.account_id)
    return tuple(cell for cell in overview.all_cells if covers_cell(own, cell))


def quarter_home(
    overview: QuarterOverview,
    cells: tuple[MeasureCell, ...],
    reach: DirectiveReach,
    tally: DirectiveTally | None,
) -> QuarterHome:
    """Return the quarter for a reader of directives within `reach`: four queries."""
    summary = QuarterSummary(overview.period.quarter, cells, overview.period.is_closed, tally)
    texts = queries.texts_of_measures(summary.attended)
    rows = summary.concerns(texts, open_counts_by_measure(reach))
    return QuarterHome(overview, summary, rows, open_shares_beside(overview.period))


class NextDate(NamedTuple):
    day: date
    label: str


@dataclass(frozen=True)
class OfficeHome:
    """The state of filing in a quarter: counts, what waits for the office, and what each department owes.

    `quarter` is None before any quarter of the plan is opened. `waiting` are filings of any quarter, the oldest first.
    `attended` is the quarter in the chosen scope, for the list of measures that need attention.
    """

    choice: QuarterChoice
    scope: HomeScope
    quarter: QuarterHome | None
    attended: QuarterHome | None
    departments: tuple[DepartmentRow, ...]
    waiting: list[WaitingQuarter]
    unlock_requests: list[UnlockRequest]
    directives: list[DepartmentDirectives]
    brief_scope: None = None

    @property
    def scopes(self) -> tuple[HomeScope, ...]:
        return OVERVIEW_SCOPES

    @property
    def kept_scope(self) -> str | None:
        return None if self.scope is HomeScope.ALL else self.scope.value

    @property
    def overview(self) -> QuarterOverview | None:
        return self.quarter.overview if self.quarter else None

    @property
    def owing_departments(self) -> list[DepartmentRow]:
        """Return the departments that still have filings to submit."""
        return [one for one in self.departments if one.owed_filings]

    @property
    def settled_departments(self) -> list[DepartmentRow]:
        """Return the departments that take part in the quarter and owe nothing."""
        return [one for one in self.departments if not one.owed_filings and (one.filed or one.contributed)]

    @property
    def waiting_elsewhere(self) -> list[WaitingQuarter]:
        """Return what waits for the office in quarters other than the one shown."""
        shown = self.choice.period.quarter if self.choice.period else None
        return [one for one in self.waiting if one.quarter != shown]

    @property
    def next_dates(self) -> list[NextDate]:
        """Return the dates of the quarter that are still to come."""
        if self.choice.period is None or self.choice.period.is_closed:
            return []
        dates, day = self.choice.period.due_dates, today()
        found = (NextDate(getattr(dates, name), label) for name, label in DATE_LABELS.items())
        return [one for one in found if one.day >= day]

    @property
    def standing_counts(self) -> tuple[CountOfTotal, ...]:
        """Return the counts of the lead filings by standing."""
        cells = self.overview.all_cells if self.overview else ()
        return count_standings([cell.standing for cell in cells])


def office_home(
    choice: QuarterChoice, user: Actor, thresholds: LightThresholds, *, scope: str = ""
) -> OfficeHome:
    """Return the home page of the office. Raises BadInput for an unknown scope."""
    chosen = read_home_scope(scope, scopes=OVERVIEW_SCOPES)
    overview = queries.overview_of_quarter(choice.period, thresholds) if choice.period else None
    reach = directives.reach_of(user)
    quarter = quarter_home(overview, overview.all_cells, reach, None) if overview else None
    attended = quarter
    if overview and chosen is not HomeScope.ALL:
        attended = quarter_home(overview, cells_in_scope(overview, chosen, user), reach, None)
    return OfficeHome(
        choice,
        chosen,
        quarter,
        attended,
        queries.rows_by_department(overview) if overview else (),
        waiting_by_quarter(),
        open_unlock_requests(),
        open_by_department(),
    )
