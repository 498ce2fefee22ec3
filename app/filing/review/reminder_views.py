"""The page on which the office urges departments (催办): whom, with what words, then sent."""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection

from flask import Blueprint, Response, request
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectMultipleField, TextAreaField

from app.access.guards import allowed, me
from app.access.models import Account
from app.access.policy import Action
from app.access.queries import holders
from app.access.rules import DEPARTMENTAL
from app.base.errors import BadInput, FieldProblems, NotFound
from app.base.text import plain_text
from app.filing.core.topics import reminder_topic
from app.filing.department.forms import NeededToSubmit
from app.filing.review import reminders
from app.filing.review.outstanding import Outstanding, outstanding
from app.filing.review.reminders import TEXT_LENGTH, Urged, usual_text
from app.notices.queries import last_told
from app.periods.models import Period
from app.periods.queries import current_period, period_of
from app.web.forms import write_on
from app.web.responses import go_to, page_or_fragment

# What stands for one press of the button, so that a second one with the same page does nothing.
PRESS = re.compile(r"[0-9a-f]{32}")

bp = Blueprint("reminders", __name__, url_prefix="/review/remind")


class UrgingForm(FlaskForm):
    """Whom to urge, and with what words."""

    departments = SelectMultipleField("催办部门", [NeededToSubmit()], coerce=int, validate_choice=False)
    text = TextAreaField("催办内容", [NeededToSubmit()], filters=[plain_text])
    press = HiddenField()


@bp.get("")
@allowed(Action.REMIND)
def compose() -> Response:
    """Show whom a reminder reaches and what it says; ``?department=…`` chooses, else all that lack something."""
    period = asked_period()
    owing = outstanding(period)
    named = request.args.getlist("department", type=int)
    chosen = named or [owed.department_id for owed in owing if owed.missing]
    form = UrgingForm(formdata=None, text=usual_text(period), departments=chosen, press=secrets.token_hex(16))
    return page(period, owing, form)


@bp.post("")
@allowed(Action.REMIND)
def send() -> Response:
    """Send the reminder, or give the form back with what is wrong."""
    period = asked_period()
    form = UrgingForm()
    if not form.validate() or not PRESS.fullmatch(form.press.data or ""):
        raise BadInput("页面发来的内容不完整，催办没有发出。请刷新页面后重试。")
    try:
        urged = reminders.urge(
            period,
            form.text.data or "",
            department_ids=frozenset(form.departments.data or ()),
            key=form.press.data or "",
            by=me(),
        )
    except FieldProblems as mistakes:
        write_on(form, mistakes.fields)
        return page(period, outstanding(period), form, status=422)
    return go_to("review.matrix", period=period.quarter.code, toast=what_came(urged))


def what_came(urged: Urged) -> str:
    """Return what came of a reminder in words."""
    said = f"已催办 {len(urged.told)} 个部门。" if urged.told else "这次催办没有新的收件人，未重复发送。"
    if urged.unmanned:
        said += f"{'、'.join(urged.unmanned)}没有可用的账号，请另行通知。"
    return said


def asked_period() -> Period:
    """Return the quarter of the address, or the current one. Raises NotFound when none was opened."""
    code = request.args.get("period")
    period = period_of(code) if code else current_period()
    if period is None:
        raise NotFound("还没有开启任何季度，没有可以催办的填报。")
    return period


def page(period: Period, owing: list[Outstanding], form: UrgingForm, *, status: int = 200) -> Response:
    """Return the form over the departments that owe something."""
    topics = {owed.department_id: reminder_topic(period.id, owed.department_id) for owed in owing}
    told = last_told(topics.values())
    return page_or_fragment(
        "reminders/compose.html",
        "reminders/_compose.html",
        status=status,
        period=period,
        owing=owing,
        seats=seats(topics),
        last_told={department_id: told.get(topic) for department_id, topic in topics.items()},
        form=form,
        text_length=TEXT_LENGTH,
    )


def seats(department_ids: Collection[int]) -> dict[int, list[Account]]:
    """Return the accounts that a notice to each department reaches."""
    reached: dict[int, dict[int, Account]] = {department_id: {} for department_id in department_ids}
    for grant in holders(DEPARTMENTAL, frozenset(department_ids)):
        if grant.department_id is not None:
            reached[grant.department_id][grant.account_id] = grant.account
    return {department_id: list(accounts.values()) for department_id, accounts in reached.items()}
