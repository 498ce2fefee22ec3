"""The pages of accounts. An administrator sees how much open work an account has, but none of its content."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, request

from app.access import operations
from app.access import queries as access
from app.access.forms import AccountForm, PhoneForm
from app.access.guards import allowed, current_person
from app.access.models import Account
from app.access.passwords.hashes import generate_password
from app.administration.hand_over import queries
from app.administration.seats import account_seats, find_seat, open_work_in_words
from app.authority.policy import Action
from app.base.errors import BadInput, FieldProblems
from app.web.forms import write_problems
from app.web.responses import go_to

bp = Blueprint("accounts", __name__, url_prefix="/admin/accounts")


@bp.get("")
@allowed(Action.MANAGE_ACCOUNTS)
def list_accounts() -> Response:
    by = current_person()
    seats = account_seats(by)
    page = render_template(
        "administration/accounts/accounts.html", seats=seats, orphans=queries.orphaned_work(seats, by)
    )
    return make_response(page)


@bp.route("/new", methods=["GET", "POST"])
@allowed(Action.MANAGE_ACCOUNTS)
def add_account() -> Response:
    """Create an account and show its first password, once."""
    form = AccountForm()
    if request.method == "GET":
        return account_page(form)
    password = generate_password()
    try:
        account = operations.add_account(
            form.username.data or "",
            seat=form.seat.data or "",
            person=form.person.data or "",
            phone=form.phone.data or "",
            password=password,
            by=current_person(),
        )
    except FieldProblems as problems:
        write_problems(form, problems.fields)
        return account_page(form, status=422)
    except BadInput as refusal:
        write_problems(form, {"username": refusal.sentence})
        return account_page(form, status=422)
    return make_response(
        render_template("administration/accounts/added.html", account=account, password=password),
        {"Cache-Control": "no-store"},
    )


def account_page(form: AccountForm, *, status: int = 200) -> Response:
    return make_response(render_template("administration/accounts/new.html", form=form), status)


@bp.get("/<int:account_id>")
@allowed(Action.MANAGE_ACCOUNTS, account=access.find_account)
def show_account(account: Account) -> Response:
    """Show an account and its open work, before it may be disabled."""
    return seat_page(account, PhoneForm(phone=account.phone))


@bp.post("/<int:account_id>/phone")
@allowed(Action.MANAGE_ACCOUNTS, account=access.find_account)
def set_phone(account: Account) -> Response:
    """Set the telephone number of the person in a seat."""
    form = PhoneForm()
    try:
        operations.set_phone_of_seat(account, form.phone.data or "", by=current_person())
    except FieldProblems as problems:
        write_problems(form, problems.fields)
        return seat_page(account, form, status=422)
    return go_to("accounts.list_accounts", toast=f"账号 {account.username} 的电话已保存。")


def seat_page(account: Account, form: PhoneForm, *, status: int = 200) -> Response:
    seat = find_seat(account.id, current_person())
    page = render_template("administration/accounts/account.html", seat=seat, form=form)
    return make_response(page, status)


@bp.post("/<int:account_id>/disable")
@allowed(Action.MANAGE_ACCOUNTS, account=access.find_account)
def disable_account(account: Account) -> Response:
    operations.disable_account(account, by=current_person())
    left = open_work_in_words(account, current_person())
    words = f"还有{left}没有办完，请街道办公室或部门负责人移交。" if left else ""
    return go_to("accounts.list_accounts", toast=f"账号 {account.username} 已停用。{words}")


@bp.post("/<int:account_id>/enable")
@allowed(Action.MANAGE_ACCOUNTS, account=access.find_account)
def enable_account(account: Account) -> Response:
    operations.enable_account(account, by=current_person())
    return go_to("accounts.list_accounts", toast=f"账号 {account.username} 已启用。")
