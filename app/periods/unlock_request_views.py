"""The pages on which a department asks for a closed quarter to be unlocked, and the office answers."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, Response, request

from app.access.guards import allowed, current_person, require_row
from app.authority.policy import Action
from app.base.clock import now, today
from app.base.days import moment_with_weekday
from app.base.errors import BadInput, FieldProblems
from app.org.models import Department
from app.periods import queries, unlock_requests
from app.periods.forms import UnlockGrantForm, UnlockRefusalForm, UnlockRequestForm
from app.periods.models import Period, UnlockRequest
from app.periods.rules import END_OF_WORK
from app.web.forms import write_problems
from app.web.responses import go_to, page_or_fragment

bp = Blueprint("unlock_requests", __name__, url_prefix="/periods")
bp.add_app_template_global(unlock_requests.office_contacts)


@bp.get("/<int:period_id>/unlock-request")
@allowed(Action.REQUEST_UNLOCK)
def show_request(period_id: int) -> Response:
    """Show the requests of one's departments in a quarter, and the form; ``?brief=1`` shows only their state."""
    period = require_row(queries.period_by_id(period_id))
    return request_page(period, UnlockRequestForm(formdata=None, until=queries.usual_unlock_end().date()))


@bp.post("/<int:period_id>/unlock-request")
@allowed(Action.REQUEST_UNLOCK)
def submit_request(period_id: int) -> Response:
    """Ask for an unlock, or show the form with what is wrong."""
    period = require_row(queries.period_by_id(period_id))
    form = offer_choices(UnlockRequestForm(), period)
    if not form.validate():
        return request_page(period, form, status=422)
    department = next(one for one in locked_departments(period) if one.id == form.department.data)
    addressee = next(one for one in unlock_requests.office_contacts() if one.id == form.addressee.data)
    try:
        unlock_requests.request_unlock(
            period,
            department,
            addressee=addressee,
            until=form.until.data or today(),
            reason=form.reason.data or "",
            by=current_person(),
        )
    except FieldProblems as problems:
        write_problems(form, problems.fields)
        return request_page(period, form, status=422)
    except BadInput as refusal:
        return request_page(period, form, status=409, obstacle=refusal.sentence)
    toast = f"已向{addressee.person}申请，答复会在提醒里。"
    return go_to("filing.task_list", period=period.quarter.code, toast=toast)


@bp.get("/unlock-requests/<int:unlock_request_id>")
@allowed(Action.UNLOCK_DEPARTMENT, unlock_request=queries.unlock_request_by_id)
def show_answer(unlock_request: UnlockRequest) -> Response:
    """Show a request with forms for both answers; the end of the day asked for is filled in."""
    return answer_page(unlock_request)


@bp.post("/unlock-requests/<int:unlock_request_id>/grant")
@allowed(Action.UNLOCK_DEPARTMENT, unlock_request=queries.unlock_request_by_id)
def submit_grant(unlock_request: UnlockRequest) -> Response:
    form = UnlockGrantForm()
    if not form.validate():
        return answer_page(unlock_request, grant=form, status=422)
    try:
        given = unlock_requests.grant_unlock_request(
            unlock_request, until=form.until.data or now(), by=current_person()
        )
    except FieldProblems as problems:
        write_problems(form, problems.fields)
        return answer_page(unlock_request, grant=form, status=422)
    toast = f"已为{unlock_request.department.short_name}解锁到{moment_with_weekday(given.until)}。"
    return go_to("periods.list_periods", year=unlock_request.period.year, toast=toast)


@bp.post("/unlock-requests/<int:unlock_request_id>/refuse")
@allowed(Action.REFUSE_UNLOCK, unlock_request=queries.unlock_request_by_id)
def submit_refusal(unlock_request: UnlockRequest) -> Response:
    form = UnlockRefusalForm()
    try:
        unlock_requests.refuse_unlock_request(
            unlock_request, reason=form.reason.data or "", by=current_person()
        )
    except FieldProblems as problems:
        write_problems(form, problems.fields)
        return answer_page(unlock_request, refusal=form, status=422)
    toast = f"没有同意{unlock_request.department.short_name}的申请，部门会看到理由。"
    return go_to("periods.list_periods", year=unlock_request.period.year, toast=toast)


def locked_departments(period: Period) -> list[Department]:
    """Return those of one's departments for which a closed quarter is locked."""
    lock, own = queries.lock_on(period), current_person().department_ids
    among = (one for one in queries.departments_of_plan(period.plan) if one.id in own)
    return [one for one in among if lock.is_closed and lock.is_locked_for(one.id, at=now())]


def offer_choices(form: UnlockRequestForm, period: Period) -> UnlockRequestForm:
    departments = {str(one.id): one.name for one in locked_departments(period)}
    contacts = {str(one.id): one.contact_words for one in unlock_requests.office_contacts()}
    form.department.choices = departments if len(departments) == 1 else {"": "请选择"} | departments
    form.addressee.choices = contacts if len(contacts) == 1 else {"": "请选择"} | contacts
    return form


def request_page(
    period: Period, form: UnlockRequestForm, *, status: int = 200, obstacle: str = ""
) -> Response:
    asked = queries.unlock_requests_of(period, current_person().department_ids)
    waiting = {one.department_id for one in asked if one.is_open}
    locked = locked_departments(period)
    return page_or_fragment(
        "periods/requests/request.html",
        "standing" if "brief" in request.args else "content",
        status=status,
        period=period,
        asked=asked,
        can_ask=any(one.id not in waiting for one in locked),
        form=offer_choices(form, period),
        obstacle=obstacle,
    )


def answer_page(
    asked: UnlockRequest,
    *,
    grant: UnlockGrantForm | None = None,
    refusal: UnlockRefusalForm | None = None,
    status: int = 200,
) -> Response:
    until = max(datetime.combine(asked.until, END_OF_WORK), now())
    return page_or_fragment(
        "periods/requests/answer.html",
        status=status,
        asked=asked,
        grant=grant or UnlockGrantForm(formdata=None, until=until),
        refusal=refusal or UnlockRefusalForm(formdata=None),
    )
