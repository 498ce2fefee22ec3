"""Homes, the overview of a quarter, and the page of a measure."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, Response, make_response, render_template, request

from app.access.guards import allowed, current_person, require_row, signed_in
from app.authority.policy import Action, is_allowed
from app.authority.roles import DEPARTMENTAL, Role
from app.base.days import parse_day
from app.base.errors import BadInput
from app.overview import queries
from app.overview.home import ADMINISTRATION_COMMANDS, leader_home, office_home
from app.overview.measure_cells import (
    PartStatuses,
    count_lights,
    count_statuses,
    draw_part_bars,
    statuses_among,
)
from app.overview.measure_history import history_of_measure
from app.periods.chosen_period import chosen_quarter, require_chosen_period
from app.plan.core import queries as plans
from app.plan.core.models import PlanItem
from app.web.responses import go_to, page_or_fragment

bp = Blueprint("overview", __name__)


@bp.get("/")
@signed_in
def show_home() -> Response:
    """Show what somebody has to do next: of the quarter at hand, or ``?period=2026Q2``."""
    roles = current_person().roles
    if Role.LEADER in roles:
        home = leader_home(chosen_quarter(), current_person())
        return make_response(render_template("overview/home/leader.html", home=home))
    if Role.OFFICE in roles:
        return make_response(render_template("overview/home/office.html", home=office_home(chosen_quarter())))
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
    """Show a quarter of the plan by lights, part by part or department by department."""
    choice = chosen_quarter()
    period = choice.period
    if period is None:
        return page_or_fragment(
            "overview/quarter/overview.html", "overview/quarter/_overview.html", choice=choice, overview=None
        )
    overview = queries.overview_of_quarter(period)
    grouped = request.args.get("by") == "department"
    statuses = statuses_among(overview.all_cells)
    return page_or_fragment(
        "overview/quarter/overview.html",
        "overview/quarter/_overview.html",
        overview=overview,
        choice=choice,
        lights=count_lights(overview.all_cells),
        statuses=count_statuses(overview.all_cells, statuses),
        statuses_by_part=[
            PartStatuses(part, count_statuses(part.cells, statuses)) for part in overview.parts
        ],
        departments=queries.rows_by_department(overview) if grouped else None,
    )


@bp.get("/overview/chart.svg")
@allowed(Action.READ_OVERVIEW)
def draw_chart() -> Response:
    """Draw how the measures of each part are going."""
    period = require_chosen_period()
    drawing = draw_part_bars(
        queries.overview_of_quarter(period).parts, f"{period.quarter.words}各部分举措状态"
    )
    return make_response(drawing, {"Content-Type": "image/svg+xml", "Cache-Control": "no-store"})


@bp.get("/measures/<int:measure_id>")
@allowed(Action.READ_PLAN, measure=plans.measure_by_id)
def show_measure(measure: PlanItem) -> Response:
    """Show a measure through the year, with its wording and duties as of today, or of the day that is asked for."""
    on = day_asked_for()
    history = history_of_measure(require_row(plans.measure_on_day(measure.id, on)) if on else measure, on=on)
    documents = queries.newest_readable_documents(current_person(), measure.plan)
    return make_response(
        render_template("overview/measure/measure.html", history=history, documents=documents, on=on)
    )


def day_asked_for() -> date | None:
    """Return the day as of which something is asked for (``?on=2026-05-01``). Raises BadInput for what is none."""
    written = request.args.get("on", "").strip()
    day = parse_day(written) if written else None
    if written and day is None:
        raise BadInput(f"不认识日期“{written[:20]}”。请写成 2026-05-01 的样子。")
    return day
