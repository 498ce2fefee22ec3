"""The page on which a person names a deputy, and on which a deputy starts acting."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, request
from flask_login import current_user

from app.access import delegations, queries
from app.access.forms import DelegationForm
from app.access.guards import allowed, current_account_id, current_person, require_row, signed_in
from app.access.models import Delegation
from app.access.once_per_form import once_per_form
from app.authority.policy import Action
from app.base.errors import FieldProblems
from app.web.forms import write_problems
from app.web.responses import go_to

bp = Blueprint("delegations", __name__, url_prefix="/deputies")


@bp.route("", methods=["GET", "POST"])
@allowed(Action.DELEGATE_SEAT)
def name_deputy() -> Response:
    own = require_row(queries.find_account(current_account_id()))
    form = DelegationForm(delegations.possible_deputies(own))
    if request.method == "GET":
        return deputies_page(form)
    if not form.validate():
        return deputies_page(form, status=422)
    deputy = require_row(queries.find_account(form.deputy.data))
    try:
        delegations.delegate_seat(own, deputy, *form.chosen_days, by=current_person())
    except FieldProblems as problems:
        write_problems(form, problems.fields)
        return deputies_page(form, status=422)
    return go_to("delegations.name_deputy", toast=f"已委托{deputy.person}代办，双方都会收到提醒。")


def deputies_page(form: DelegationForm, *, status: int = 200) -> Response:
    account_id = current_account_id()
    found = queries.delegations_of(account_id)
    page = render_template(
        "access/delegations.html",
        form=form,
        given=[one for one in found if one.principal_id == account_id],
        received=[one for one in found if one.deputy_id == account_id],
    )
    return make_response(page, status)


@bp.post("/<int:delegation_id>/end")
@allowed(Action.DELEGATE_SEAT, delegation=queries.find_delegation)
@once_per_form
def end_delegation(delegation: Delegation) -> Response:
    delegations.end_delegation(delegation, by=current_person())
    return go_to("delegations.name_deputy", toast="已取消委托，随即生效。")


@bp.post("/<int:delegation_id>/act")
@signed_in
def act_as_deputy(delegation_id: int) -> Response:
    delegation: Delegation = require_row(queries.find_delegation(delegation_id))
    delegations.act_as_deputy(current_user.session, delegation, by=current_person())
    return go_to("overview.show_home", toast=f"您现在代{delegation.principal.person}办事，所办的都会写明。")


@bp.post("/back")
@signed_in
def return_to_own_seat() -> Response:
    delegations.return_to_own_seat(current_user.session, by=current_person())
    return go_to("overview.show_home", toast="已回到自己的席位。")
