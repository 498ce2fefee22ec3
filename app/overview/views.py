"""Homes, the map of the plan, and the page of a measure."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, request

from app.access.guards import allowed, me, signed_in
from app.access.policy import Action, allows
from app.access.rules import DEPARTMENTAL, Role
from app.base.errors import NotFound
from app.overview import queries
from app.overview.cells import count_lights, count_statuses, occurring
from app.overview.chart import part_bars
from app.overview.history import history_of
from app.overview.home import COMMANDS, leader_home, office_home
from app.periods.models import Period
from app.periods.queries import current_period, period_of, periods
from app.plan import queries as plans
from app.plan.models import PlanItem
from app.web.responses import go_to, page_or_fragment

bp = Blueprint("overview", __name__)


@bp.get("/")
@signed_in
def home() -> Response:
    """Show each role its own home."""
    roles, period = me().roles, current_period()
    if Role.LEADER in roles:
        return make_response(render_template("overview/leader.html", home=leader_home(period, me())))
    if Role.OFFICE in roles:
        return make_response(render_template("overview/office.html", home=office_home(period)))
    if roles & DEPARTMENTAL:
        return go_to("filing.task_list")
    commands = [command for role in sorted(roles) for command in COMMANDS[role]]
    may_read_health = allows(me(), Action.READ_HEALTH)
    return make_response(
        render_template("overview/administration.html", commands=commands, may_read_health=may_read_health)
    )


@bp.get("/overview", endpoint="map")
@allowed(Action.READ_OVERVIEW)
def map_() -> Response:
    """Show a quarter of the plan as a map of lights, part by part or department by department."""
    period = chosen_period()
    if period is None:
        return page_or_fragment("overview/map.html", "overview/_map.html", overview=None)
    overview = queries.quarter(period)
    grouped = request.args.get("by") == "department"
    statuses = occurring(overview.cells)
    return page_or_fragment(
        "overview/map.html",
        "overview/_map.html",
        overview=overview,
        periods=periods(period.plan),
        lights=count_lights(overview.cells),
        statuses=count_statuses(overview.cells, statuses),
        statuses_by_part=[(part, count_statuses(part.cells, statuses)) for part in overview.parts],
        departments=queries.by_department(overview) if grouped else None,
    )


@bp.get("/overview/chart.svg")
@allowed(Action.READ_OVERVIEW)
def chart() -> Response:
    """Draw how the measures of each part are going."""
    period = chosen_period()
    if period is None:
        raise NotFound
    drawing = part_bars(queries.quarter(period).parts, f"{period.quarter.words}各部分举措状态")
    return make_response(drawing, {"Content-Type": "image/svg+xml", "Cache-Control": "no-store"})


@bp.get("/measures/<int:measure_id>")
@allowed(Action.READ_PLAN, measure=plans.measure)
def measure(measure: PlanItem) -> Response:
    """Show a measure through all quarters."""
    history = history_of(measure)
    documents = queries.issued_documents(me(), measure.plan)
    return make_response(render_template("overview/measure.html", history=history, documents=documents))


def chosen_period() -> Period | None:
    """Return the quarter that the address names (?period=2026Q2), or the current one."""
    code = request.args.get("period")
    return period_of(code) if code else current_period()
