"""The home page, the overview of a quarter, the brief, and the page of a measure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask import Blueprint, Response, current_app, make_response, render_template, request

from app.access.guards import allowed, current_person, require_row, signed_in
from app.access.work_limits import WorkKind, rate_limited
from app.authority.policy import Action, is_allowed
from app.authority.roles import DEPARTMENTAL, Role
from app.base.days import parse_day
from app.base.errors import BadInput
from app.base.settings.current import current_settings
from app.base.text import quoted_input
from app.directives.core.directive_counts import open_counts_by_measure
from app.directives.core.life_cycle import UNSETTLED
from app.directives.core.queries import directives_on_measure, reach_of
from app.directives.pages.forms import UsualDirective
from app.directives.pages.views import readable_directives
from app.drafting.jobs.web_printer import current_printer
from app.filing.core.lights import Light, thresholds_of
from app.filing.core.measure_status import Forecast, criteria_sentence
from app.filing.core.queries import filings_on_measure
from app.org import queries as org
from app.org.models import Leader
from app.overview import queries
from app.overview.arrangement import arranged_by
from app.overview.brief import PAPER_STYLE, QuarterBrief, quarter_brief, record_brief_taken
from app.overview.cell_counts import (
    PartStatuses,
    count_statuses,
    draw_part_bars,
    statuses_among,
)
from app.overview.cell_filter import counts_of_filter, read_filter, read_home_scope
from app.overview.home import ADMINISTRATION_COMMANDS, LEADER_SCOPES, leader_home, office_home
from app.overview.measure_history import history_of_measure
from app.overview.measure_page import (
    charts_of_indicators,
    neighbours_of_measure,
    newest_readable_quarter,
    verdict_on,
)
from app.overview.measure_timeline import timeline_of_measure
from app.overview.trend import draw_trend_bars, trend_of
from app.periods.chosen_period import chosen_quarter, require_chosen_period
from app.periods.models import Period
from app.periods.queries import open_shares_beside
from app.plan.core import queries as plans
from app.plan.core.models import Plan, PlanItem
from app.web.responses import PDF_TYPE, file_response, go_to, page_or_fragment

bp = Blueprint("overview", __name__)


@bp.get("/")
@signed_in
def show_home() -> Response:
    """Show what the person has to do next, in the current quarter or in ``?period=2026Q2``."""
    roles = current_person().roles
    if Role.LEADER in roles:
        scope = request.args.get("scope", "")
        thresholds = thresholds_of(current_settings())
        home = leader_home(chosen_quarter(), current_person(), thresholds, scope=scope)
        return make_response(render_template("overview/home/leader.html", home=home))
    if Role.OFFICE in roles:
        scope = request.args.get("scope", "")
        office = office_home(
            chosen_quarter(), current_person(), thresholds_of(current_settings()), scope=scope
        )
        return make_response(render_template("overview/home/office.html", home=office))
    if roles & DEPARTMENTAL:
        return go_to("filing.task_list")
    commands = [command for role in sorted(roles) for command in ADMINISTRATION_COMMANDS[role]]
    may_read_health = is_allowed(current_person(), Action.READ_HEALTH)
    return make_response(
        render_template(
            "overview/home/administration.html", commands=commands, may_read_health=may_read_health
        )
    )


@bp.get("/overview")
@allowed(Action.READ_OVERVIEW)
def show_overview() -> Response:
    """Show a quarter by lights, arranged by part, department or leader, and filtered:
    ``?light=red&forecast=cannot``.
    """
    choice = chosen_quarter()
    chosen = read_filter(request.args, org.find_leader, current_person())
    if choice.period is None:
        return page_or_fragment(
            "overview/quarter/overview.html", "overview", choice=choice, overview=None, chosen=chosen
        )
    thresholds = thresholds_of(current_settings())
    whole = queries.overview_of_quarter(choice.period, thresholds, with_milestones=True)
    overview = whole.narrowed(chosen.lets_through) if chosen.is_set else whole
    arranged = arranged_by(overview, request.args.get("by", ""), narrowed=chosen.is_set)
    return page_or_fragment(
        "overview/quarter/overview.html",
        "overview",
        overview=overview,
        choice=choice,
        chosen=chosen,
        arranged=arranged,
        total=len(whole.all_cells),
        open_shares=open_shares_beside(choice.period),
        directives=open_counts_by_measure(reach_of(current_person())),
        **counts_of_filter(chosen, whole.all_cells)._asdict(),
        code=choice.period.quarter.code,
        criteria=criteria_sentence(),
    )


@bp.get("/overview/trend")
@allowed(Action.READ_OVERVIEW)
def show_trend() -> Response:
    """Show the trend with the overview's filter; the overview loads it when it is scrolled into view."""
    period = require_chosen_period()
    chosen = read_filter(request.args, org.find_leader, current_person())
    whole = queries.overview_of_quarter(period, thresholds_of(current_settings()))
    overview = whole.narrowed(chosen.lets_through)
    cells, statuses = overview.all_cells, statuses_among(overview.all_cells)
    return page_or_fragment(
        "overview/quarter/trend.html",
        "trend",
        overview=overview,
        chosen=chosen,
        trend=trend_of(cells),
        trend_lights=tuple(Light),
        trend_forecasts=tuple(Forecast),
        trend_bars=draw_trend_bars(cells, f"{period.year}年各季度亮灯情况") if cells else "",
        statuses=count_statuses(cells, statuses),
        statuses_by_part=[
            PartStatuses(part, count_statuses(part.cells, statuses)) for part in overview.parts
        ],
        part_bars=draw_part_bars(overview.parts, f"{period.quarter.words}各部分举措状态") if cells else "",
    )


@bp.get("/brief")
@allowed(Action.READ_OVERVIEW)
def show_brief() -> Response:
    """Show a quarter on one A4 page: all measures, or a leader's or department's (``?scope=leader-3``)."""
    choice, leaders = chosen_quarter(), org.leaders_in_order()
    brief = brief_asked_for(choice.period, leaders) if choice.period else None
    return page_or_fragment("overview/brief/brief.html", "sheet", choice=choice, brief=brief, leaders=leaders)


@bp.get("/brief.pdf")
@allowed(Action.READ_OVERVIEW)
@rate_limited(WorkKind.WORKBOOKS)
def send_brief() -> Response:
    """Send the same page as PDF, to be read in the browser."""
    brief = brief_asked_for(require_chosen_period(), org.leaders_in_order())
    html = render_template("overview/brief/paper.html", brief=brief)
    printed = current_printer().print_sheet(html, current_app.extensions["assets"].asset_text(PAPER_STYLE))
    record_brief_taken(brief, printed.data, by=current_person())
    return file_response(printed.data, PDF_TYPE, f"{brief.title}.pdf", as_attachment=False)


def brief_asked_for(period: Period, leaders: Sequence[Leader]) -> QuarterBrief:
    """Return the brief in the address. Raises BadInput for an unknown scope."""
    written = request.args.get("scope", "")
    thresholds = thresholds_of(current_settings())
    return quarter_brief(period, current_person(), thresholds, written_scope=written, leaders=leaders)


@bp.get("/measures/<int:measure_id>")
@allowed(Action.READ_PLAN, measure=plans.measure_by_id)
def show_measure(measure: PlanItem) -> Response:
    """Show a measure through the year, with wording and duties as of today or of ``?on=2026-05-01``. The links to its
    neighbours stay in a scope: ``?scope=mine``.
    """
    on, reader = day_asked_for(measure.plan), current_person()
    history = history_of_measure(require_row(plans.measure_on_day(measure.id, on)) if on else measure, on=on)
    scope = read_home_scope(request.args.get("scope", ""), scopes=LEADER_SCOPES)
    directives = readable_directives(directives_on_measure(measure))
    usual = UsualDirective(
        measure, history.present_duty.lead, is_entered=reader.leader_id is None, calendar=history.calendar
    )
    page = render_template(
        "overview/measure/measure.html",
        history=history,
        on=on,
        verdict=verdict_on(history, thresholds_of(current_settings())),
        latest=newest_readable_quarter(history, reader),
        neighbours=neighbours_of_measure(measure, scope, reader),
        charts=charts_of_indicators(history),
        directives=directives,
        unsettled=[one for one in directives if one.state in UNSETTLED],
        usual=usual if is_allowed(reader, Action.WRITE_DIRECTIVE) else None,
        calendar=history.calendar,
    )
    return make_response(page)


@bp.get("/measures/<int:measure_id>/timeline")
@allowed(Action.READ_PLAN, measure=plans.measure_by_id)
def show_timeline(measure: PlanItem) -> Response:
    """Show the timeline of a measure; its page loads it when it is scrolled into view."""
    reader = current_person()
    timeline = timeline_of_measure(
        measure,
        filings_on_measure(measure),
        readable_directives(directives_on_measure(measure)),
        queries.newest_readable_documents(reader, measure.plan),
        reader=reader,
    )
    return page_or_fragment("overview/measure/timeline.html", "timeline", measure=measure, timeline=timeline)


def day_asked_for(plan: Plan) -> date | None:
    """Return the day in the address. Raises BadInput for what is no day, and for one before the plan's year, when
    nothing of it was in force.
    """
    written = request.args.get("on", "").strip()
    day = parse_day(written) if written else None
    if written and day is None:
        raise BadInput(f"不认识日期{quoted_input(written)}。请写成 2026-05-01 的样子。")
    if day and day.year < plan.year:
        raise BadInput(f"{plan.year}年的计划自{plan.year}年1月1日起有效，请选择这一天或者以后的日期。")
    return day
