"""The page of exceptions to the calendar."""

from __future__ import annotations

from flask import Blueprint, Response, request

from app.access.guards import allowed, current_person
from app.access.work_limits import WorkKind, rate_limited
from app.authority.policy import Action
from app.base.clock import today
from app.base.days import day_with_weekday
from app.base.errors import BadInput, FieldProblems
from app.periods import calendar_exceptions, queries
from app.periods.calendar import is_announced
from app.periods.forms import ArrangementForm, CalendarTableForm
from app.periods.models import CalendarException
from app.web.forms import write_problems
from app.web.responses import go_to, page_or_fragment

bp = Blueprint("calendar", __name__, url_prefix="/periods/calendar")


@bp.get("")
@allowed(Action.EDIT_CALENDAR)
def show_calendar() -> Response:
    return calendar_page(ArrangementForm(formdata=None))


@bp.post("")
@allowed(Action.EDIT_CALENDAR)
def submit_arrangement() -> Response:
    """Make a range of days worked or off, or show the form with what is wrong."""
    form = ArrangementForm()
    if not form.validate():
        return calendar_page(form, status=422)
    try:
        count = calendar_exceptions.arrange_days(**form.arrangement_terms, by=current_person())
    except FieldProblems as problems:
        write_problems(form, problems.fields)
        return calendar_page(form, status=422)
    return go_to("calendar.show_calendar", toast=f"已设置 {count} 天。")


@bp.post("/import")
@allowed(Action.EDIT_CALENDAR)
@rate_limited(WorkKind.WORKBOOKS)
def submit_calendar_table() -> Response:
    """Import a table of days, all or nothing."""
    file = request.files.get("table")
    name, data = (file.filename or "", file.read()) if file else ("", b"")
    try:
        if not data:
            raise BadInput("没有收到文件，请选择放假安排表再导入。")
        count = calendar_exceptions.import_calendar_table(data, name, by=current_person())
    except BadInput as refusal:
        return calendar_page(ArrangementForm(formdata=None), status=422, refusal=refusal)
    return go_to("calendar.show_calendar", toast=f"已导入 {count} 天。")


@bp.post("/<int:exception_id>/drop")
@allowed(Action.EDIT_CALENDAR, exception=queries.exception_by_id)
def submit_removal(exception: CalendarException) -> Response:
    """Remove an exception."""
    calendar_exceptions.remove_exception(exception, by=current_person())
    return go_to("calendar.show_calendar", toast=f"已取消{day_with_weekday(exception.day)}的设置。")


def calendar_page(form: ArrangementForm, *, status: int = 200, refusal: BadInput | None = None) -> Response:
    """Return the page of exceptions; `refusal` says what is wrong with a table."""
    this_year = today().year
    years = [year for year in (this_year, this_year + 1) if not is_announced(today().replace(year, 1, 1))]
    return page_or_fragment(
        "periods/calendar.html",
        status=status,
        form=form,
        table_form=CalendarTableForm(formdata=None),
        exceptions=queries.calendar_exceptions(),
        unannounced=years,
        refusal=refusal,
    )
