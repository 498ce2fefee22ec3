"""The pages of quarters: opening, dates, closing, unlocking."""

from __future__ import annotations

from dataclasses import asdict

from flask import Blueprint, Response, request

from app.access.guards import allowed, current_person, require_row
from app.access.once_per_form import once_per_form
from app.authority.policy import Action
from app.base.clock import today
from app.base.days import day_with_weekday, moment_with_weekday
from app.base.errors import BadInput, FieldProblems
from app.org.queries import find_department as department_of
from app.periods import operations, queries
from app.periods.due_dates import DATE_LABELS, date_in_words, early_words, usual_due_dates, usual_rhythm_words
from app.periods.forms import ReopeningForm, ScheduleForm, UnlockForm
from app.periods.models import Period, Unlock
from app.periods.rules import Quarter, parse_quarter
from app.plan.core.chosen_plan import chosen_plan
from app.plan.core.models import Plan
from app.plan.core.queries import plan_of_year
from app.plan.core.rules import kept_words
from app.web.forms import write_problems
from app.web.responses import go_to, page_or_fragment

bp = Blueprint("periods", __name__, url_prefix="/periods")
bp.add_app_template_filter(date_in_words)


@bp.get("")
@allowed(Action.OPEN_PERIOD)
def list_periods() -> Response:
    """Show the quarters of the current plan or of ``?year=2027``."""
    choice = chosen_plan()
    plan = choice.plan
    lines = queries.quarters_of_plan(plan) if plan else []
    return page_or_fragment(
        "periods/listing.html",
        plan=plan,
        choice=choice,
        lines=lines,
        undoable=queries.undoable_quarters(lines),
        unlocks=queries.unlocks_of_plan(plan) if plan else [],
        unlock_requests=queries.open_unlock_requests(plan) if plan else [],
        today=today(),
        date_labels=DATE_LABELS,
        usual_rhythm=usual_rhythm_words(),
    )


@bp.get("/open")
@allowed(Action.OPEN_PERIOD)
def confirm_opening() -> Response:
    """Show the dates with which the quarter of ``?quarter=2027Q1`` would be opened."""
    quarter, _ = quarter_to_open()
    usual = usual_due_dates(quarter, queries.work_calendar())
    return opening_page(quarter, ScheduleForm(formdata=None, data=asdict(usual)))


@bp.post("/open")
@allowed(Action.OPEN_PERIOD)
@once_per_form
def submit_opening() -> Response:
    """Open a quarter with the dates as shown or changed, or show the form with what is wrong."""
    (quarter, plan), form = quarter_to_open(), ScheduleForm()
    if not form.validate():
        return opening_page(quarter, form, status=422)
    try:
        period = operations.open_period(plan, quarter, by=current_person(), dates=form.due_dates)
    except FieldProblems as problems:
        write_problems(form, problems.fields)
        return opening_page(quarter, form, status=422)
    begun = (
        "各部门可以开始填写" if period.has_begun else f"各部门从{day_with_weekday(period.opens_on)}开始填写"
    )
    return go_to("periods.list_periods", year=quarter.year, toast=f"已开启{quarter.words}的填报，{begun}。")


def quarter_to_open() -> tuple[Quarter, Plan]:
    """Return the quarter in the address and its plan. Raises BadInput."""
    quarter = parse_quarter(request.args.get("quarter", ""))
    plan = plan_of_year(quarter.year)
    if plan is None:
        raise BadInput(f"还没有{quarter.year}年的工作计划，不能开启{quarter.words}的填报。请先导入计划。")
    return quarter, plan


@bp.get("/<int:period_id>/undo")
@allowed(Action.UNDO_OPENING, period=queries.period_by_id)
def confirm_undoing(period: Period) -> Response:
    """Show what is deleted with a quarter's opening, or what prevents undoing it."""
    dependents = queries.dependents_of_period(period)
    return page_or_fragment(
        "periods/opening/undo.html", period=period, dependents=dependents, kept=kept_words(dependents)
    )


@bp.post("/<int:period_id>/undo")
@allowed(Action.UNDO_OPENING, period=queries.period_by_id)
def submit_undoing(period: Period) -> Response:
    quarter = period.quarter
    operations.undo_opening(period, by=current_person())
    return go_to("periods.list_periods", year=quarter.year, toast=f"已撤销{quarter.words}的开启。")


@bp.get("/<int:period_id>/reopen")
@allowed(Action.REOPEN_PERIOD, period=queries.period_by_id)
def show_reopening(period: Period) -> Response:
    return reopening_page(period, ReopeningForm(formdata=None))


@bp.post("/<int:period_id>/reopen")
@allowed(Action.REOPEN_PERIOD, period=queries.period_by_id)
@once_per_form
def submit_reopening(period: Period) -> Response:
    """Reopen a closed quarter, or show the form with what is wrong."""
    form = ReopeningForm()
    if not form.validate():
        return reopening_page(period, form, status=422)
    try:
        operations.reopen_period(period, reason=form.reason.data or "", by=current_person())
    except FieldProblems as problems:
        write_problems(form, problems.fields)
        return reopening_page(period, form, status=422)
    return go_to("periods.list_periods", year=period.year, toast=f"{period.quarter.words}的填报已重新开启。")


@bp.get("/<int:period_id>")
@allowed(Action.RESCHEDULE_PERIOD, period=queries.period_by_id)
def show_schedule(period: Period) -> Response:
    return schedule_page(period, ScheduleForm(obj=period))


@bp.post("/<int:period_id>")
@allowed(Action.RESCHEDULE_PERIOD, period=queries.period_by_id)
def submit_schedule(period: Period) -> Response:
    """Change the dates, or show the form with what is wrong."""
    form = ScheduleForm()
    if not form.validate():
        return schedule_page(period, form, status=422)
    try:
        operations.reschedule_period(period, form.due_dates, by=current_person())
    except FieldProblems as problems:
        write_problems(form, problems.fields)
        return schedule_page(period, form, status=422)
    return go_to("periods.list_periods", year=period.year, toast=f"{period.quarter.words}的日期已保存。")


@bp.get("/<int:period_id>/close")
@allowed(Action.CLOSE_PERIOD, period=queries.period_by_id)
def confirm_closing(period: Period) -> Response:
    """Show what closing does, before it is done."""
    return page_or_fragment("periods/close.html", period=period)


@bp.post("/<int:period_id>/close")
@allowed(Action.CLOSE_PERIOD, period=queries.period_by_id)
def submit_closing(period: Period) -> Response:
    operations.close_period(period, by=current_person())
    return go_to("periods.list_periods", year=period.year, toast=f"{period.quarter.words}的填报已关闭。")


@bp.get("/<int:period_id>/unlock")
@allowed(Action.UNLOCK_DEPARTMENT, period=queries.period_by_id)
def show_unlock_form(period: Period) -> Response:
    """Show the form for unlocking a department, with the usual end."""
    return unlock_page(period, UnlockForm(formdata=None, until=queries.usual_unlock_end()))


@bp.post("/<int:period_id>/unlock")
@allowed(Action.UNLOCK_DEPARTMENT, period=queries.period_by_id)
@once_per_form
def submit_unlock(period: Period) -> Response:
    """Unlock a department, or show the form with what is wrong."""
    form = offer_departments(UnlockForm(), period)
    if not form.validate():
        return unlock_page(period, form, status=422)
    department = require_row(department_of(form.department.data))
    try:
        given = operations.unlock_department(period, department, **form.unlock_terms, by=current_person())
    except FieldProblems as problems:
        write_problems(form, problems.fields)
        return unlock_page(period, form, status=422)
    return go_to(
        "periods.list_periods",
        year=period.year,
        toast=f"已为{department.short_name}解锁到{moment_with_weekday(given.until)}。",
    )


@bp.post("/unlocks/<int:unlock_id>/lock")
@allowed(Action.LOCK_DEPARTMENT_AGAIN, unlock=queries.unlock_by_id)
def submit_lock(unlock: Unlock) -> Response:
    operations.lock_department_again(unlock, by=current_person())
    year = unlock.period.year
    return go_to("periods.list_periods", year=year, toast=f"{unlock.department.short_name}已重新锁定。")


def opening_page(quarter: Quarter, form: ScheduleForm, *, status: int = 200) -> Response:
    calendar = queries.work_calendar()
    return page_or_fragment(
        "periods/opening/opening.html",
        status=status,
        quarter=quarter,
        form=form,
        usual=usual_due_dates(quarter, calendar),
        early=early_words(today(), quarter, calendar),
    )


def reopening_page(period: Period, form: ReopeningForm, *, status: int = 200) -> Response:
    return page_or_fragment("periods/opening/reopening.html", status=status, period=period, form=form)


def schedule_page(period: Period, form: ScheduleForm, *, status: int = 200) -> Response:
    return page_or_fragment(
        "periods/schedule.html",
        status=status,
        period=period,
        form=form,
        usual=usual_due_dates(period.quarter, queries.work_calendar()),
    )


def unlock_page(period: Period, form: UnlockForm, *, status: int = 200) -> Response:
    return page_or_fragment(
        "periods/unlock.html", status=status, period=period, form=offer_departments(form, period)
    )


def offer_departments(form: UnlockForm, period: Period) -> UnlockForm:
    departments = queries.departments_of_plan(period.plan)
    names = {str(department.id): department.name for department in departments}
    form.department.choices = {"": "请选择"} | names
    return form
