"""The steps taken on a directive's page."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, request

from app.access.guards import allowed, current_person
from app.access.once_per_form import once_per_form
from app.authority.policy import Action
from app.base.errors import DomainError, FieldProblems
from app.directives.core.models import Directive
from app.directives.core.queries import directives_where, directives_with_keys, readable_by
from app.directives.handwritten.operations import confirm_directive
from app.directives.pages.views import (
    card_after_step,
    directive_card,
    find_directive,
    register_filter,
    reload_directive,
    working_days,
)
from app.directives.steps import operations
from app.directives.steps.forms import StepForm
from app.web.forms import hidden_number, write_further_problems
from app.web.responses import go_to

bp = Blueprint("directive_steps", __name__)
bp.context_processor(working_days)


def take_form_step(
    directive: Directive, action: Action, run: Callable[[StepForm, int], object], sentence: str
) -> Response:
    """Take a step and report it; if it is refused, show the form again with every problem beside its field.

    A date that cannot be read is passed on as None, so that it is reported together with the other problems.
    """
    form = StepForm(directive, action, current_person(), typed=True)
    version = hidden_number("version")
    form.validate()
    try:
        if form.errors.keys() <= {"day"}:
            run(form, version)
            return card_after_step(directive, sentence)
    except FieldProblems as refusal:
        found = {name: words for name, words in refusal.fields.items() if name in form}
        write_further_problems(form, found)
    except DomainError as refusal:
        current = reload_directive(directive)
        return directive_card(current, step=form, problem=refusal.sentence, status=refusal.status)
    return directive_card(directive, step=form, status=422)


@bp.post("/directives/<directive_id>/close")
@allowed(Action.CLOSE_DIRECTIVE, directive=find_directive)
def submit_close(directive: Directive) -> Response:
    def close(form: StepForm, version: int) -> None:
        stated = operations.StatedWord(form.value("further"), form.chosen_day)
        operations.close_directive(
            directive, word=form.value("text"), stated=stated, by=current_person(), version=version
        )

    return take_form_step(directive, Action.CLOSE_DIRECTIVE, close, "已销号。")


@bp.post("/directives/<directive_id>/send-back")
@allowed(Action.SEND_BACK_DIRECTIVE, directive=find_directive)
def submit_send_back(directive: Directive) -> Response:
    def send_back(form: StepForm, version: int) -> None:
        operations.send_back_directive(
            directive, form.value("text"), day=form.chosen_day, by=current_person(), version=version
        )

    return take_form_step(
        directive, Action.SEND_BACK_DIRECTIVE, send_back, "已退回重办，承办部门会收到通知。"
    )


@bp.post("/directives/<directive_id>/reopen")
@allowed(Action.REOPEN_DIRECTIVE, directive=find_directive)
def submit_reopening(directive: Directive) -> Response:
    def reopen(form: StepForm, version: int) -> None:
        operations.reopen_directive(
            directive, form.value("text"), day=form.chosen_day, by=current_person(), version=version
        )

    return take_form_step(directive, Action.REOPEN_DIRECTIVE, reopen, "已重新办理，承办部门会收到通知。")


@bp.post("/directives/<directive_id>/extension")
@allowed(Action.REQUEST_EXTENSION, directive=find_directive)
def submit_extension(directive: Directive) -> Response:
    def ask(form: StepForm, version: int) -> None:
        operations.request_extension(
            directive,
            form.chosen_day,
            reason=form.value("text"),
            progress=form.value("further"),
            by=current_person(),
            version=version,
        )

    return take_form_step(directive, Action.REQUEST_EXTENSION, ask, "已申请延期，等待批复。")


@bp.post("/directives/<directive_id>/extension/grant")
@allowed(Action.GRANT_EXTENSION, directive=find_directive)
def submit_grant(directive: Directive) -> Response:
    def grant(_form: StepForm, version: int) -> None:
        operations.grant_extension(directive, by=current_person(), version=version)

    return take_form_step(directive, Action.GRANT_EXTENSION, grant, "已同意延期。")


@bp.post("/directives/<directive_id>/extension/refuse")
@allowed(Action.REFUSE_EXTENSION, directive=find_directive)
def submit_refuse(directive: Directive) -> Response:
    def refuse(form: StepForm, version: int) -> None:
        operations.refuse_extension(directive, form.value("text"), by=current_person(), version=version)

    return take_form_step(directive, Action.REFUSE_EXTENSION, refuse, "已答复不同意延期。")


@bp.post("/directives/<directive_id>/propose-closing")
@allowed(Action.PROPOSE_CLOSING, directive=find_directive)
def submit_proposal(directive: Directive) -> Response:
    def propose(form: StepForm, version: int) -> None:
        operations.propose_closing(directive, form.value("text"), by=current_person(), version=version)

    return take_form_step(directive, Action.PROPOSE_CLOSING, propose, "已提请领导销号。")


@bp.post("/directives/<directive_id>/withdraw")
@allowed(Action.WITHDRAW_DIRECTIVE, directive=find_directive)
def submit_withdrawal(directive: Directive) -> Response:
    def withdraw(form: StepForm, version: int) -> None:
        operations.withdraw_directive(directive, form.value("text"), by=current_person(), version=version)

    return take_form_step(directive, Action.WITHDRAW_DIRECTIVE, withdraw, "已撤回。")


@bp.post("/directives/<directive_id>/supplement")
@allowed(Action.SUPPLEMENT_DIRECTIVE, directive=find_directive)
@once_per_form
def submit_supplement(directive: Directive) -> Response:
    def supplement(form: StepForm, version: int) -> None:
        operations.supplement_directive(directive, form.value("text"), by=current_person(), version=version)

    return take_form_step(directive, Action.SUPPLEMENT_DIRECTIVE, supplement, "补充内容已发出。")


@bp.post("/directives/<directive_id>/confirm")
@allowed(Action.CONFIRM_DIRECTIVE, directive=find_directive)
def submit_confirmation(directive: Directive) -> Response:
    def confirm(form: StepForm, version: int) -> None:
        confirm_directive(directive, form.value("text"), by=current_person(), version=version)

    return take_form_step(directive, Action.CONFIRM_DIRECTIVE, confirm, "已确认。")


@bp.post("/directives/remind")
@allowed(Action.REMIND_ADDRESSEES)
@once_per_form
def submit_reminders() -> Response:
    """Remind the addressees of the ticked directives, and return to the list with its filter."""
    ticked = directives_with_keys(request.form.getlist("directive"))
    directives = directives_where(ticked & readable_by(current_person()))
    count = operations.remind_of_directives(directives, by=current_person())
    toast = f"已催办 {len(directives)} 件，{count} 个部门会收到通知。"
    scope = request.args.get("scope", "all")
    return go_to("directives.list_directives", scope=scope, **register_filter().values, toast=toast)


@bp.post("/directives/<directive_id>/remind")
@allowed(Action.REMIND_ADDRESSEES, directive=find_directive)
@once_per_form
def submit_reminder(directive: Directive) -> Response:
    def remind(_form: StepForm, _version: int) -> None:
        operations.remind_addressees(directive, by=current_person())

    return take_form_step(directive, Action.REMIND_ADDRESSEES, remind, "已催办，未回复的部门会收到通知。")
