"""The pages on which departments see and answer requests about their words."""

from __future__ import annotations

from flask import Blueprint, Response
from flask import request as http

from app.access.guards import allowed, current_person, require_row
from app.authority.policy import Action
from app.base.errors import FieldProblems
from app.drafting.core.life_cycle import WordingState
from app.drafting.editing import wording_requests
from app.drafting.editing.forms import AnswerForm
from app.drafting.editing.models import WordingRequest
from app.web.forms import write_problems
from app.web.responses import go_to, page_or_fragment

bp = Blueprint("wordings", __name__, url_prefix="/documents/wordings")

ANSWERS = {"agree": WordingState.AGREED, "object": WordingState.OBJECTED}
CONFIRMATIONS = {"agree": "已答复：同意。", "object": "已答复：有异议。办公室会收到您的意见。"}


@bp.get("")
@allowed(Action.CONFIRM_WORDING)
def list_requests() -> Response:
    """Show the requests to the person's departments and their answers; ``?brief=1`` only lists the unanswered ones."""
    asked, brief = wording_requests.asked_of(current_person().department_ids), bool(http.args.get("brief"))
    return page_or_fragment(
        "drafting/editing/wordings/requests.html",
        "summary" if brief else "content",
        waiting=[one for one in asked if one.state is WordingState.ASKED],
        answered=[one for one in asked if one.state is not WordingState.ASKED],
        compared=wording_requests.wording_difference,
        form_for=lambda one: AnswerForm(formdata=None, prefix=f"w{one.id}-"),
    )


@bp.get("/<int:request_id>")
@allowed(Action.CONFIRM_WORDING, request=wording_requests.wording_request)
def show_request(request: WordingRequest) -> Response:
    """Show one request with its form; redirect with a message if it needs no answer any more."""
    if request.state is not WordingState.ASKED:
        return go_to("wordings.list_requests", toast=f"这件确认现在是“{request.state.label}”，不用再答复。")
    return answer_form(request, AnswerForm(formdata=None, prefix=f"w{request.id}-"))


@bp.post("/<int:request_id>/<any(agree,object):verdict>")
@allowed(Action.CONFIRM_WORDING, request=wording_requests.wording_request)
def answer_from_form(request: WordingRequest, verdict: str) -> Response:
    """Agree or object."""
    form = AnswerForm(prefix=f"w{request.id}-")
    try:
        wording_requests.answer_request(
            request, ANSWERS[verdict], form.answer.data or "", by=current_person()
        )
    except FieldProblems as refusal:
        write_problems(form, refusal.fields)
        return answer_form(request, form, status=422)
    return go_to("wordings.list_requests", toast=CONFIRMATIONS[verdict])


def answer_form(request: WordingRequest, form: AnswerForm, *, status: int = 200) -> Response:
    """Return one request with its form and what was typed."""
    return page_or_fragment(
        "drafting/editing/wordings/request.html",
        status=status,
        one=require_row(wording_requests.wording_request(request.id)),
        form=form,
        compared=wording_requests.wording_difference,
    )
