"""The page on which the office reminds departments (催办)."""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection

from flask import Blueprint, Response, request
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectMultipleField, TextAreaField

from app.access.guards import allowed, current_person
from app.access.models import Account
from app.access.queries import role_holders
from app.authority.policy import Action
from app.authority.roles import DEPARTMENTAL
from app.base.errors import BadInput, FieldProblems
from app.base.text import plain_text
from app.filing.core.announcements import reminder_topic
from app.filing.review import reminders
from app.filing.review.outstanding import OutstandingFilings, outstanding_by_department
from app.filing.review.reminders import REMINDER_LENGTH, ReminderOutcome, usual_reminder_text
from app.notices.queries import last_notice_times
from app.periods.chosen_period import require_chosen_period
from app.periods.models import Period
from app.web.forms import MarkedLimit, MarkedRequired, write_problems
from app.web.responses import go_to, page_or_fragment

# What stands for one click of the button, so that a second one with the same page does nothing.
REMINDER_KEY = re.compile(r"[0-9a-f]{32}")

bp = Blueprint("reminders", __name__, url_prefix="/review/remind")


class ReminderForm(FlaskForm):
    """The departments to remind, and the text."""

    departments = SelectMultipleField("催办部门", [MarkedRequired()], coerce=int, validate_choice=False)
    text = TextAreaField("催办内容", [MarkedRequired(), MarkedLimit(REMINDER_LENGTH)], filters=[plain_text])
    key = HiddenField()


@bp.get("")
@allowed(Action.REMIND_DEPARTMENTS)
def show_reminder() -> Response:
    """Show whom a reminder reaches and its text; ``?department=…`` chooses departments, else all that owe something."""
    period = require_chosen_period()
    owing = outstanding_by_department(period)
    named = request.args.getlist("department", type=int)
    chosen = named or [owed.department_id for owed in owing if owed.missing]
    form = ReminderForm(
        formdata=None, text=usual_reminder_text(period), departments=chosen, key=secrets.token_hex(16)
    )
    return reminder_page(period, owing, form)


@bp.post("")
@allowed(Action.REMIND_DEPARTMENTS)
def send_reminder() -> Response:
    """Send the reminder, or show the form with what is wrong."""
    period = require_chosen_period()
    form = ReminderForm()
    if not form.validate() or not REMINDER_KEY.fullmatch(form.key.data or ""):
        raise BadInput("页面发来的内容不完整，催办没有发出。请刷新页面后重试。")
    try:
        outcome = reminders.remind_departments(
            period,
            form.text.data or "",
            department_ids=frozenset(form.departments.data or ()),
            key=form.key.data or "",
            by=current_person(),
        )
    except FieldProblems as mistakes:
        write_problems(form, mistakes.fields)
        return reminder_page(period, outstanding_by_department(period), form, status=422)
    return go_to("review.show_matrix", period=period.quarter.code, toast=outcome_in_words(outcome))


def outcome_in_words(outcome: ReminderOutcome) -> str:
    sentence = (
        f"已催办 {len(outcome.reminded)} 个部门。"
        if outcome.reminded
        else "这次催办没有新的收件人，未重复发送。"
    )
    if outcome.without_account:
        sentence += f"{'、'.join(outcome.without_account)}没有可用的账号，请另行通知。"
    return sentence


def reminder_page(
    period: Period, owing: list[OutstandingFilings], form: ReminderForm, *, status: int = 200
) -> Response:
    topics = {owed.department_id: reminder_topic(period.id, owed.department_id) for owed in owing}
    notified = last_notice_times(topics.values())
    return page_or_fragment(
        "filing/review/reminders/reminder_form.html",
        status=status,
        period=period,
        owing=owing,
        seats=seats_by_department(topics),
        last_notices={department_id: notified.get(topic) for department_id, topic in topics.items()},
        form=form,
    )


def seats_by_department(department_ids: Collection[int]) -> dict[int, list[Account]]:
    """Return the accounts that a notice reaches, by department."""
    reached: dict[int, dict[int, Account]] = {department_id: {} for department_id in department_ids}
    for grant in role_holders(DEPARTMENTAL, frozenset(department_ids)):
        if grant.department_id is not None:
            reached[grant.department_id][grant.account_id] = grant.account
    return {department_id: list(accounts.values()) for department_id, accounts in reached.items()}
