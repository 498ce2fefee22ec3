"""The page on which the office sets the calendar straight: days that are worked or off otherwise."""

from __future__ import annotations

from flask import Blueprint, Response, request

from app.access.guards import allowed, me
from app.access.policy import Action
from app.access.work_limits import Work, limited
from app.base.clock import today
from app.base.errors import BadInput, FieldProblems
from app.periods import exceptions, queries
from app.periods.calendar import is_announced
from app.periods.forms import ArrangementForm, TableForm
from app.periods.models import CalendarException
from app.periods.rules import day_in_words
from app.web.forms import write_on
from app.web.responses import go_to, page_or_fragment

bp = Blueprint("calendar", __name__, url_prefix="/periods/calendar")


@bp.get("")
@allowed(Action.EDIT_CALENDAR)
def page() -> Response:
    """Show the exceptions to the calendar."""
    return calendar_page(ArrangementForm(formdata=None))


@bp.post("")
@allowed(Action.EDIT_CALENDAR)
def arrange() -> Response:
    """Make a run of days worked or off, or give the form back with what is wrong."""
    form = ArrangementForm()
    if not form.validate():
        return calendar_page(form, status=422)
    try:
        count = exceptions.arrange(**form.terms, by=me())
    except FieldProblems as problems:
        write_on(form, problems.fields)
        return calendar_page(form, status=422)
    return go_to("calendar.page", toast=f"已设置 {count} 天。")


@bp.post("/import")
@allowed(Action.EDIT_CALENDAR)
@limited(Work.WORKBOOKS)
def import_table() -> Response:
    """Take over a table of days, all of it or nothing."""
    file = request.files.get("table")
    name, data = (file.filename or "", file.read()) if file else ("", b"")
    try:
        if not data:
            raise BadInput("没有收到文件，请选择放假安排表再导入。")
        count = exceptions.import_table(data, name, by=me())
    except BadInput as refusal:
        return calendar_page(ArrangementForm(formdata=None), status=422, refusal=refusal)
    return go_to("calendar.page", toast=f"已导入 {count} 天。")


@bp.post("/<int:exception_id>/drop")
@allowed(Action.EDIT_CALENDAR, exception=queries.exception)
def drop(exception: CalendarException) -> Response:
    """Let a day be again as the calendar has it."""
    exceptions.drop(exception, by=me())
    return go_to("calendar.page", toast=f"已取消{day_in_words(exception.day)}的设置。")


def calendar_page(form: ArrangementForm, *, status: int = 200, refusal: BadInput | None = None) -> Response:
    """Return the page of the exceptions; `refusal` says what is wrong with a table."""
    this_year = today().year
    years = [year for year in (this_year, this_year + 1) if not is_announced(today().replace(year, 1, 1))]
    return page_or_fragment(
        "periods/calendar.html",
        "periods/_calendar.html",
        status=status,
        form=form,
        table_form=TableForm(formdata=None),
        exceptions=queries.exceptions(),
        unannounced=years,
        refusal=refusal,
    )
