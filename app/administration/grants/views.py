"""The pages on which the security administrator grants and revokes roles, resets passwords and unlocks log-ins. Open
work is shown as counts only.
"""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, request

from app.access import grants, operations
from app.access import queries as access
from app.access.guards import allowed, current_person, require_row
from app.access.models import Account, Grant
from app.access.once_per_form import once_per_form
from app.access.passwords.hashes import generate_password
from app.administration.grants.forms import GrantForm, RevocationForm
from app.administration.hand_over import queries
from app.administration.seats import account_seats, open_work_in_words
from app.authority.policy import Action
from app.base.clock import today
from app.base.errors import BadInput, FieldProblems
from app.base.settings.current import current_settings
from app.web.forms import write_problems
from app.web.responses import go_to

bp = Blueprint("grants", __name__, url_prefix="/admin/grants")


@bp.get("")
@allowed(Action.GRANT_ROLES)
def list_accounts() -> Response:
    by = current_person()
    seats = account_seats(by)
    page = render_template(
        "administration/grants/accounts.html",
        seats=seats,
        standing=access.grants_in_force(),
        orphans=queries.orphaned_work(seats, by),
    )
    return make_response(page)


@bp.route("/accounts/<int:account_id>", methods=["GET", "POST"])
@allowed(Action.GRANT_ROLES, account=access.find_account)
@once_per_form
def grant_role(account: Account) -> Response:
    """Show the grants of an account, and add one."""
    form = GrantForm()
    if request.method == "GET" or not form.validate():
        return grants_page(account, form)
    try:
        given = grants.grant_role(
            account,
            form.role.data,
            department=form.chosen_department,
            leader=form.chosen_leader,
            since=form.since.data,
            until=form.until.data,
            by=current_person(),
        )
    except BadInput as refusal:
        write_problems(form, {"role": refusal.sentence})
        return grants_page(account, form)
    return go_to(
        "grants.list_accounts", toast=f"已授予{account.person}：{given.in_words}，{given.days_in_words}。"
    )


def grants_page(account: Account, form: GrantForm) -> Response:
    held = access.grants_in_force().get(account.id, [])
    page = render_template("administration/grants/grants.html", account=account, held=held, form=form)
    return make_response(page, 422 if form.errors else 200)


@bp.post("/accounts/<int:account_id>/password")
@allowed(Action.RESET_PASSWORD, account=access.find_account)
def reset_password(account: Account) -> Response:
    """Reset the password of an account, and show the new one once."""
    password = generate_password()
    operations.reset_password(account, password=password, by=current_person())
    page = render_template("administration/grants/password.html", account=account, password=password)
    return make_response(page, {"Cache-Control": "no-store"})


@bp.post("/accounts/<int:account_id>/unlock")
@allowed(Action.UNLOCK_LOGIN, account=access.find_account)
def unlock_account(account: Account) -> Response:
    operations.unlock_account(account, by=current_person(), key=current_settings().secret_key)
    toast = f"{account.person}不必再等，可以立即登录。"
    return go_to("grants.grant_role", account_id=account.id, toast=toast)


@bp.route("/<int:grant_id>/revoke", methods=["GET", "POST"])
@allowed(Action.GRANT_ROLES)
@once_per_form
def revoke_grant(grant_id: int) -> Response:
    """Ask for day and reason, show who else holds the role and what work is open, and end the grant."""
    # Not the guard's to fetch: a form that is sent again finds no grant, and is led on all the same.
    grant, form = require_row(access.find_grant_in_force(grant_id)), RevocationForm()
    if request.method == "GET" or not form.validate():
        return revocation_page(grant, form)
    try:
        grants.revoke_grant(grant, reason=form.reason.data or "", since=form.since.data, by=current_person())
    except FieldProblems as problems:
        write_problems(form, problems.fields)
        return revocation_page(grant, form)
    except BadInput as refusal:
        write_problems(form, {"reason": refusal.sentence})
        return revocation_page(grant, form)
    left = "".join(left_behind(grant, form))
    return go_to(
        "grants.list_accounts", toast=f"已收回{grant.account.person}的授权：{grant.in_words}。{left}"
    )


def revocation_page(grant: Grant, form: RevocationForm) -> Response:
    page = render_template(
        "administration/grants/revoke.html", grant=grant, form=form, left=left_behind(grant, form)
    )
    return make_response(page, 422 if form.errors else 200)


def left_behind(grant: Grant, form: RevocationForm) -> list[str]:
    """Return what would be left without anybody: the role, if nobody else holds it, and the account's open work."""
    work = open_work_in_words(grant.account, current_person())
    day = form.since.data or today()
    return [
        *(
            []
            if access.has_successor(grant, day)
            else [f"没有别的账号是{grant.in_words}，请给接任的人授权。"]
        ),
        *([f"还有 {work}没有办完，请街道办公室或部门负责人移交。"] if work else []),
    ]
