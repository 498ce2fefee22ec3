"""Replying to a directive: saving, submitting, signing, and taking a reply over into the quarter's filing."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, make_response, render_template, request

from app.access.guards import allowed, current_person, require_row
from app.access.once_per_form import once_per_form
from app.authority.policy import Action
from app.base.errors import FieldProblems, IllegalTransition, StaleVersion
from app.base.settings.current import current_settings
from app.directives.core.models import Directive
from app.directives.core.queries import row_by_ordinal
from app.directives.pages.views import (
    card_after_step,
    directive_card,
    find_directive,
    reload_directive,
    working_days,
)
from app.directives.replies.forms import ReplyForm
from app.directives.replies.operations import (
    ReadReply,
    return_reply,
    save_reply,
    sign_reply,
    submit_reply,
    take_back_reply,
    take_reply_into_filing,
)
from app.directives.replies.queries import draft_of
from app.filing.core.lights import thresholds_of
from app.filing.core.models import Filing
from app.filing.core.queries import find_filing
from app.org import queries as org
from app.web.forms import hidden_number, write_problems
from app.web.responses import go_to

bp = Blueprint("directive_replies", __name__)
bp.context_processor(working_days)


@bp.post("/directives/<directive_id>/reply/save")
@allowed(Action.WRITE_REPLY, directive=find_directive)
def save_typed_reply(directive: Directive) -> Response:
    """Save the draft of a reply; the page's autosave gets a short answer instead of the whole page."""
    form = sent_reply(directive)

    def save() -> str:
        form.draft = save_reply(
            directive,
            form.text.data or "",
            department=form.department,
            by=current_person(),
            version=hidden_number("draft"),
            is_final=form.is_final_answer,
        )
        return "已保存。"

    if "X-Reply-Autosave" not in request.headers:
        return answer_step(directive, form, save)
    obstacle = ""
    try:
        save()
    except FieldProblems as refusal:
        obstacle = "".join(refusal.problems)
    except (StaleVersion, IllegalTransition) as refusal:
        obstacle = refusal.sentence
    version = hidden_number("draft") if obstacle else form.draft.version
    saved = "directives/replies/_reply_saved.html"
    return make_response(render_template(saved, form=form, obstacle=obstacle, version=version))


@bp.post("/directives/<directive_id>/reply")
@allowed(Action.SUBMIT_REPLY, directive=find_directive)
@once_per_form
def submit_typed_reply(directive: Directive) -> Response:
    """Submit the reply; if no signature is needed, it is sent at once."""
    form = sent_reply(directive)

    def submit() -> str:
        draft = submit_reply(
            directive,
            form.text.data or "",
            department=form.department,
            by=current_person(),
            read=read_versions(),
            is_final=form.is_final_answer,
        )
        return "已提交，等待部门负责人审签。" if draft.is_submitted else "已回复。"

    return answer_step(directive, form, submit)


@bp.post("/directives/<directive_id>/reply/sign")
@allowed(Action.SIGN_REPLY, directive=find_directive)
def sign_typed_reply(directive: Directive) -> Response:
    """Send the reply as the head, with the text as it is on the page."""
    form = sent_reply(directive)

    def sign() -> str:
        sign_reply(form.draft, form.text.data or "", by=current_person(), read=read_versions())
        return "已审签，回复已发出。"

    return answer_step(directive, form, sign)


@bp.post("/directives/<directive_id>/reply/return")
@allowed(Action.RETURN_REPLY, directive=find_directive)
def return_typed_reply(directive: Directive) -> Response:
    form = sent_reply(directive)

    def give_back() -> str:
        reason = form.reason.data or ""
        return_reply(form.draft, reason=reason, by=current_person(), version=hidden_number("draft"))
        return "已退回，填报人会看到理由。"

    return answer_step(directive, form, give_back)


@bp.post("/directives/<directive_id>/reply/take-back")
@allowed(Action.TAKE_BACK_REPLY, directive=find_directive)
def take_back_typed_reply(directive: Directive) -> Response:
    form = sent_reply(directive)

    def take_back() -> str:
        take_back_reply(form.draft, by=current_person(), version=hidden_number("draft"))
        return "已撤回，可以修改后重新提交。"

    return answer_step(directive, form, take_back)


def sent_reply(directive: Directive) -> ReplyForm:
    """Return the submitted form with the stored draft of its department."""
    department = require_row(org.find_department(hidden_number("department")))
    return ReplyForm(draft_of(directive, department), typed=True)


def read_versions() -> ReadReply:
    return ReadReply(directive=hidden_number("version"), draft=hidden_number("draft"))


def answer_step(directive: Directive, form: ReplyForm, take_step: Callable[[], str]) -> Response:
    """Take a step and report it; if it is refused, show the form again with what was typed."""
    try:
        sentence = take_step()
    except FieldProblems as refusal:
        write_problems(form, refusal.fields)
        return directive_card(directive, form=form, status=422)
    except (StaleVersion, IllegalTransition) as refusal:
        current = reload_directive(directive)
        form.draft = draft_of(current, form.department)
        return directive_card(current, form=form, problem=refusal.sentence, status=refusal.status)
    return card_after_step(directive, sentence)


@bp.post("/directives/for-filing/<int:filing_id>/<directive_id>/replies/<int:ordinal>/take")
@allowed(Action.WRITE_FILING, filing=find_filing, directive=find_directive)
@once_per_form
def take_reply(filing: Filing, directive: Directive, ordinal: int) -> Response:
    reply = require_row(row_by_ordinal(directive.replies, ordinal))
    thresholds = thresholds_of(current_settings())
    take_reply_into_filing(reply, filing, by=current_person(), thresholds=thresholds)
    return go_to("filing.show_filing", filing_id=filing.id, toast="已放进“进展情况”，请核对。")
