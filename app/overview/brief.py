"""The brief (一页纸): a quarter on one A4 page. Each section has a maximum length; what is left out is counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Generic, NamedTuple, TypeVar

from app.audit.event_kinds import EventKind
from app.audit.operations import file_detail, record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.clock import now, today
from app.base.days import written_moment
from app.base.errors import BadInput
from app.base.text import quoted_input, shorten_line
from app.directives.core import queries as directives
from app.directives.core.directive_counts import DirectiveTally, tally_of_seats
from app.directives.core.life_cycle import UNSETTLED, DirectiveState
from app.directives.core.models import Directive
from app.filing.core.life_cycle import FilingStanding
from app.filing.core.lights import LightThresholds
from app.org.models import Department, Leader
from app.overview import queries
from app.overview.home_summary import UNREPORTED, QuarterSummary
from app.overview.measure_cells import MeasureCell
from app.overview.queries import FilingTexts, QuarterOverview
from app.overview.rules import StandingChange
from app.periods.models import Period

# How much of each part the sheet has room for; static/src/css/_brief_sheet.scss gives every line its height.
PAPER_STYLE = "brief_pdf.css"
MOST_CELLS = 45
MOST_CONCERNS = 8
MOST_DEPARTMENTS = 12
MOST_DIRECTIVES = 5
MOST_CHANGES = 5
TITLE_CHARACTERS = 24
PROBLEM_CHARACTERS = 44
STEP_CHARACTERS = 60
DIRECTIVE_CHARACTERS = 34


Row = TypeVar("Row")


@dataclass(frozen=True)
class CutList(Generic[Row]):
    """The rows of a list that fit on the page, and the number of all rows."""

    rows: Sequence[Row]
    total: int
    unit: str = "项"

    @property
    def rest_words(self) -> str:
        """Return how many are left out: 另有 3 项，见系统; "" if none are."""
        rest = self.total - len(self.rows)
        return f"另有 {rest} {self.unit}，见系统" if rest else ""


def cut_list(rows: Sequence[Row], most: int) -> CutList[Row]:
    return CutList(rows[:most], len(rows))


@dataclass(frozen=True)
class BriefScope:
    """The measures that a brief is about: all, those of a leader, or those that a department leads."""

    leader: Leader | None = None
    department: Department | None = None

    @property
    def key(self) -> str:
        """Return the scope as an address argument."""
        if self.leader:
            return f"leader-{self.leader.id}"
        return f"department-{self.department.id}" if self.department else "all"

    @property
    def words(self) -> str:
        if self.leader:
            return f"{self.leader.name}分管"
        return f"{self.department.short_name}牵头" if self.department else "全部举措"

    def lets_through(self, cell: MeasureCell) -> bool:
        if self.leader:
            return cell.measure.leader_id == self.leader.id
        return self.department is None or bool(cell.lead == self.department)

    def condition_on(self, cells: Sequence[MeasureCell]) -> Any:
        """Return the condition that a directive belongs to the scope with these measures."""
        on_measures = directives.about_measures([cell.measure.id for cell in cells])
        if self.leader:
            return on_measures | directives.is_in_seat_of(self.leader.id)
        if self.department:
            addressed = directives.addressed_to(frozenset({self.department.id}))
            return on_measures | Directive.id.in_(addressed)
        return Directive.id.is_null(False)


def read_brief_scope(
    written: str, leaders: Sequence[Leader], departments: Sequence[Department]
) -> BriefScope:
    """Return the scope in an address; all measures without one. Raises BadInput for an unknown one."""
    scopes = [
        BriefScope(),
        *(BriefScope(leader=one) for one in leaders),
        *(BriefScope(department=one) for one in departments),
    ]
    found = next((one for one in scopes if one.key == (written or "all")), None)
    if found is None:
        raise BadInput(
            f"没有{quoted_input(written)}这个范围，请在一页纸上方选择全部举措、一位领导或者一个部门。"
        )
    return found


class BriefConcern(NamedTuple):
    """A measure that needs attention, as the brief shows it: its standing, its problem, its next step."""

    cell: MeasureCell
    texts: FilingTexts

    @property
    def title(self) -> str:
        return f"{self.cell.measure.position}. {shorten_line(self.cell.measure.title, TITLE_CHARACTERS)}"

    @property
    def lead(self) -> str:
        return lead_name(self.cell)

    @property
    def standing_words(self) -> str:
        report, assessment = self.cell.report, self.cell.assessment
        if report is None:
            return self.cell.standing.label
        found = (
            f"{report.light_words}{report.percent}%",
            report.gap_words,
            f"预计{report.forecast_note}" if report.forecast_note else "",
            f"办公室研判：{assessment.forecast.label}" if assessment else "",
        )
        return "，".join(filter(None, found))

    @property
    def problem(self) -> str:
        return shorten_line(self.texts.problems, PROBLEM_CHARACTERS)

    @property
    def next_step(self) -> str:
        return shorten_line(self.texts.next_steps, STEP_CHARACTERS)


def owing_words(cells: Sequence[MeasureCell]) -> str:
    """Return a department with the measures it has not reported on: 城管办 2 项（逾期 1）."""
    overdue = sum(cell.standing is FilingStanding.OVERDUE for cell in cells)
    return f"{lead_name(cells[0])} {len(cells)} 项" + (f"（逾期 {overdue}）" if overdue else "")


def lead_name(cell: MeasureCell) -> str:
    return cell.lead.short_name if cell.lead else "未分工"


def directive_words(directive: Directive) -> str:
    """Return a directive in one line; a confidential one without its text, since paper is passed around."""
    main = directive.main_addressee
    state = "逾期未回复" if directive.is_overdue else directive.state.label
    due = f"{directive.due_on.month}月{directive.due_on.day}日前" if directive.due_on else "未定期限"
    if directive.is_confidential:
        return f"{directive.number_words}（{state}，{due}）"
    lead = f"，{main.department.short_name}主办" if main else ""
    text = shorten_line(f"{directive.author}：{directive.text}", DIRECTIVE_CHARACTERS)
    return f"{directive.number_words}（{state}，{due}{lead}）{text}"


def change_words(cell: MeasureCell) -> str:
    label = cell.changed.label.removeprefix("比上季度") if cell.changed else ""
    return f"第{cell.measure.position}项{label}：{cell.change_words}"


@dataclass(frozen=True)
class QuarterBrief:
    """A quarter in one scope, printed by `person` at a moment."""

    overview: QuarterOverview
    scope: BriefScope
    summary: QuarterSummary
    texts: dict[int, FilingTexts]
    directives: CutList[str]
    overdue_directives: int
    person: str
    printed_at: datetime

    @property
    def period(self) -> Period:
        return self.overview.period

    @property
    def title(self) -> str:
        return f"{self.period.quarter.words}重点工作推进情况一页纸（{self.scope.words}）"

    @property
    def printed_words(self) -> str:
        return f"{written_moment(self.printed_at)}　{self.person}打印　打印稿，不作为公文"

    @property
    def cells(self) -> CutList[MeasureCell]:
        return cut_list(self.summary.cells, MOST_CELLS)

    @cached_property
    def concerns(self) -> CutList[BriefConcern]:
        """Return the measures that need attention, selected and ordered as on the home page."""
        rows = [BriefConcern(cell, self.texts[cell.measure.id]) for cell in self.summary.attended]
        return cut_list(rows, MOST_CONCERNS)

    @property
    def owing(self) -> CutList[str]:
        """Return the departments that have not reported, in their official order; measures without a lead last."""
        found: dict[int, list[MeasureCell]] = {}
        for cell in self.summary.cells:
            if cell.standing in UNREPORTED:
                found.setdefault(cell.lead.id if cell.lead else 0, []).append(cell)
        places = {one.id: place for place, one in enumerate(self.overview.departments)}
        ordered = sorted(found, key=lambda department_id: places.get(department_id, len(places)))
        return cut_list([owing_words(found[one]) for one in ordered], MOST_DEPARTMENTS)

    @property
    def changes(self) -> CutList[str]:
        """Return what got worse since last quarter, then what got better."""
        worse, better = (
            [cell for cell in self.summary.cells if cell.change is change]
            for change in (StandingChange.WORSE, StandingChange.BETTER)
        )
        return cut_list([*map(change_words, (*worse, *better))], MOST_CHANGES)


def quarter_brief(
    period: Period,
    reader: Actor,
    thresholds: LightThresholds,
    *,
    written_scope: str,
    leaders: Sequence[Leader],
) -> QuarterBrief:
    """Return the brief of a quarter as the person may read it: a fixed number of queries. Raises BadInput for an
    unknown scope.
    """
    overview = queries.overview_of_quarter(period, thresholds)
    scope = read_brief_scope(written_scope, leaders, overview.departments)
    cells = tuple(filter(scope.lets_through, overview.all_cells))
    summary = QuarterSummary(period.quarter, cells, period.is_closed, own_tally(reader, scope, period))
    unsettled = Directive.state.in_(UNSETTLED) & directives.readable_by(reader) & scope.condition_on(cells)
    count = sum(directives.counts_by_state(unsettled).values())
    late = unsettled & (Directive.state == DirectiveState.OPEN) & (Directive.due_on < today())
    shown = directives.page_of_directives(1, unsettled, total=count).rows[:MOST_DIRECTIVES]
    return QuarterBrief(
        overview,
        scope,
        summary,
        queries.texts_of_measures(summary.attended),
        CutList([*map(directive_words, shown)], count, "件"),
        sum(directives.counts_by_state(late).values()),
        reader.person,
        now(),
    )


def record_brief_taken(brief: QuarterBrief, data: bytes, *, by: Actor) -> None:
    """Record who downloaded a brief. Raises NotAllowed."""
    require(by, Action.READ_OVERVIEW)
    detail = file_detail(data)
    record_event(EventKind.DOWNLOAD_BRIEF, by=by, summary=brief.title, detail=detail)


def own_tally(reader: Actor, scope: BriefScope, period: Period) -> DirectiveTally | None:
    """Return the counts of a leader's directives, if the brief is about his measures or about all."""
    is_own = scope == BriefScope() or (scope.leader and scope.leader.id == reader.leader_id)
    if reader.leader_id is None or not is_own:
        return None
    begins = period.quarter.first_day
    return tally_of_seats(directives.reach_of(reader).seat_ids, quarter_begins=begins)
