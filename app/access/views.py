"""Log-in and log-out, and one's own password, mail address, telephone and sessions."""

from __future__ import annotations

import re
from math import ceil
from typing import Any

from flask import Blueprint, Response, redirect, request, session
from flask_login import current_user, login_user, logout_user
from htmx_flask import make_response
from werkzeug.exceptions import Unauthorized
from wtforms import Form

from app.access import operations, queries
from app.access.forms import EmailForm, LoginForm, PasswordForm, PhoneForm
from app.access.guards import (
    current_account_id,
    current_person,
    public,
    require_row,
    signed_in,
)
from app.access.login import ending_sessions
from app.access.login import operations as login
from app.access.login.delays import LoginOrigin
from app.access.login.manager import load_signed_in
from app.access.models import Account, LoginSession
from app.access.passwords.rules import PASSWORD_RULES, changeable_from
from app.access.rules import KNOWN_FOR
from app.base.clock import now
from app.base.errors import (
    BadInput,
    DomainError,
    FieldProblems,
    TooManyRequests,
)
from app.base.settings.current import current_settings
from app.web.forms import write_problems
from app.web.responses import go_to, page_or_fragment

# One slash, then nothing that browsers drop or turn into a slash.
OWN_PATH = re.compile(r"/(?!/)[^\x00-\x20\x7f\\]*")

# A browser's secret has 43 characters; what is longer is not ours.
LONGEST_COOKIE = 64

bp = Blueprint("access", __name__)


@bp.get("/login")
@public
def show_login() -> Response:
    if current_user.is_authenticated:
        return make_response(redirect("/", code=303))
    return page_or_fragment("access/login.html", form=LoginForm())


@bp.post("/login")
@public
def submit_login() -> Response:
    form, settings = LoginForm(), current_settings()
    if not form.validate():
        return refused_form("access/login.html", form)
    try:
        opened = login.log_in(
            form.username.data or "",
            form.password.data or "",
            origin=origin_now(),
            settings=settings,
            former=current_user.session if current_user.is_authenticated else None,
        )
    except (login.LoginRefused, TooManyRequests) as refusal:
        return refused_form("access/login.html", form, refusal, field="password")
    # What the session held before, the token of its forms too, is worth nothing to those who know it.
    session.clear()
    login_user(load_signed_in(opened.token, settings))
    answer = make_response(redirect(own_page(request.args.get("next", "")), code=303))
    return with_browser_cookie(answer, opened.browser)


@bp.get("/login/state")
@public
def show_login_state() -> Response:
    """Answer whether somebody is logged in; the front asks before it accepts a large request."""
    if not current_user.is_authenticated:
        raise Unauthorized
    return make_response("", 204)


@bp.post("/logout")
@signed_in
def submit_logout() -> Response:
    login.log_out(current_user.session, by=current_person())
    forget_login()
    return go_to("access.show_login", toast="您已退出登录。")


@bp.route("/password", methods=["GET", "POST"])
@signed_in
def change_own_password() -> Response:
    """Change one's password, which ends all sessions of the account."""
    form, account = PasswordForm(), Account.get_by_id(current_account_id())
    rules = PASSWORD_RULES[current_settings().password_rule].rule_sentences
    if not form.is_submitted():
        free_at = changeable_from(account.password_chosen_at, at=now())
        return page_or_fragment("access/password.html", form=form, rules=rules, free_at=free_at)
    if not form.validate():
        return refused_form("access/password.html", form, rules=rules)
    given = {"old": form.old.data or "", "new": form.new.data or ""}
    try:
        operations.change_password(
            account, **given, by=current_person(), origin=origin_now(), settings=current_settings()
        )
    except (BadInput, TooManyRequests) as refusal:
        return refused_form("access/password.html", form, refusal, field="old", rules=rules)
    forget_login()
    return go_to("access.show_login", toast="密码已修改，请用新密码登录。")


@bp.route("/email", methods=["GET", "POST"])
@signed_in
def change_own_email() -> Response:
    """Set the mail address for one's notices; an empty one ends the mail."""
    account = Account.get_by_id(current_account_id())
    form, is_mailing = EmailForm(email=account.email), bool(current_settings().smtp_url)
    if not form.is_submitted():
        return page_or_fragment("access/email.html", form=form, is_mailing=is_mailing)
    if not form.validate():
        return refused_form("access/email.html", form, is_mailing=is_mailing)
    address, password = form.email.data or "", form.password.data or ""
    try:
        operations.change_email(
            account,
            address,
            password=password,
            by=current_person(),
            origin=origin_now(),
            settings=current_settings(),
        )
    except (BadInput, TooManyRequests) as refusal:
        return refused_form("access/email.html", form, refusal, field="password", is_mailing=is_mailing)
    toast = f"提醒将同时发到 {address}。" if address else "不再发邮件，提醒只在系统里看。"
    return go_to("notices.list_notices", toast=toast)


@bp.route("/phone", methods=["GET", "POST"])
@signed_in
def change_own_phone() -> Response:
    """Set the telephone number that is shown wherever one is named as a contact."""
    account = Account.get_by_id(current_account_id())
    form = PhoneForm(phone=account.phone)
    if not form.is_submitted():
        return page_or_fragment("access/phone.html", form=form)
    try:
        operations.set_own_phone(account, form.phone.data or "", by=current_person())
    except FieldProblems as refusal:
        return refused_form("access/phone.html", form, refusal)
    return go_to("notices.list_notices", toast="电话已保存。")


@bp.get("/sessions")
@signed_in
def list_own_sessions() -> Response:
    living = queries.live_sessions(current_account_id(), settings=current_settings())
    return page_or_fragment("access/sessions.html", living=living, current=current_user.session)


@bp.post("/sessions/<int:session_id>/end")
@signed_in
def end_own_session(session_id: int) -> Response:
    """End one of one's sessions, which may be the present one."""
    ended: LoginSession = require_row(queries.own_session(current_account_id(), session_id))
    ending_sessions.end_session(ended, by=current_person())
    if ended.id == current_user.session.id:
        forget_login()
        return go_to("access.show_login", toast="本次登录已结束。")
    return go_to("access.list_own_sessions", toast=f"在 {ended.address} 的登录已结束。")


@bp.post("/sessions/end-others")
@signed_in
def end_own_other_sessions() -> Response:
    count = ending_sessions.end_other_sessions(
        current_user.session, settings=current_settings(), by=current_person()
    )
    return go_to(
        "access.list_own_sessions", toast=f"已结束其他 {count} 处登录。" if count else "没有其他登录。"
    )


def refused_form(
    page: str, form: Form, refusal: DomainError | None = None, *, field: str = "", **context: Any
) -> Response:
    """Show a form again with what is wrong; a refusal without a field of its own is shown at `field`.

    A temporary refusal also says in a header how many seconds to wait.
    """
    if refusal:
        write_problems(
            form, refusal.fields if isinstance(refusal, FieldProblems) else {field: refusal.sentence}
        )
    status = refusal.status if refusal else 422
    answer = page_or_fragment(page, status=status, form=form, **context)
    if isinstance(refusal, TooManyRequests):
        answer.headers["Retry-After"] = str(ceil(refusal.wait.total_seconds()))
    return answer


def forget_login() -> None:
    logout_user()
    session.clear()


def origin_now() -> LoginOrigin:
    return LoginOrigin(request.remote_addr or "", request.cookies.get(browser_cookie(), "")[:LONGEST_COOKIE])


def browser_cookie() -> str:
    """Return the name of the cookie by which a browser is recognised at its next log-in."""
    return "browser" if current_settings().plain_http else "__Host-browser"


def with_browser_cookie(answer: Response, browser: str) -> Response:
    """Set that cookie, so that failures elsewhere do not delay the next log-in from this browser."""
    answer.set_cookie(
        browser_cookie(),
        browser,
        max_age=KNOWN_FOR,
        secure=not current_settings().plain_http,
        httponly=True,
        samesite="Lax",
    )
    return answer


def own_page(target: str) -> str:
    """Return `target` if it is a path of this system, else the home page, so that no redirect leads elsewhere."""
    return target if OWN_PATH.fullmatch(target) else "/"
