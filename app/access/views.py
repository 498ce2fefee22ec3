"""The door: log in, log out; and one's own password and mail address."""

from __future__ import annotations

import re

from flask import Blueprint, Response, current_app, redirect, request, session
from flask_login import current_user, login_user, logout_user
from htmx_flask import make_response

from app.access import operations
from app.access.forms import EmailForm, LoginForm, PasswordForm
from app.access.login import load
from app.access.models import Account
from app.access.password_rules import in_force
from app.access.rules import Lockout
from app.config import Settings
from app.errors import BadInput
from app.web.guards import me, public, signed_in
from app.web.responses import go_to, page_or_fragment

# One slash, then nothing that browsers drop or turn into a slash.
OWN_PATH = re.compile(r"/(?!/)[^\x00-\x20\x7f\\]*")

bp = Blueprint("access", __name__)


@bp.get("/login")
@public
def log_in() -> Response:
    """Show the door."""
    if current_user.is_authenticated:
        return make_response(redirect("/", code=303))
    return page_or_fragment("access/login.html", "access/_login.html", form=LoginForm())


@bp.post("/login")
@public
def enter() -> Response:
    """Let in whoever knows the password."""
    form, settings = LoginForm(), settings_now()
    if not form.validate():
        return page_or_fragment("access/login.html", "access/_login.html", status=422, form=form)
    try:
        token = operations.log_in(
            form.username.data or "",
            form.password.data or "",
            address=request.remote_addr or "",
            lockout=lockout(),
        )
    except operations.LoginRefused as refusal:
        form.password.errors = [refusal.sentence]
        return page_or_fragment("access/login.html", "access/_login.html", status=401, form=form)
    # What the session held before, the token of its forms too, is worth nothing to whoever knows it.
    session.clear()
    login_user(load(token, settings))
    return make_response(redirect(own_page(request.args.get("next", "")), code=303))


@bp.post("/logout")
@signed_in
def log_out() -> Response:
    """Leave."""
    operations.log_out(current_user.session, by=me().actor)
    leave()
    return go_to("access.log_in", toast="您已退出登录。")


@bp.route("/password", methods=["GET", "POST"])
@signed_in
def password() -> Response:
    """Change one's password; every log-in of the account ends with it."""
    form = PasswordForm()
    if form.is_submitted() and form.validate() and changed(Account.get_by_id(me().account_id), form):
        leave()
        return go_to("access.log_in", toast="密码已修改，请用新密码登录。")
    status = 422 if form.is_submitted() else 200
    hint = in_force.rule.words
    return page_or_fragment(
        "access/password.html", "access/_password.html", status=status, form=form, hint=hint
    )


@bp.route("/email", methods=["GET", "POST"])
@signed_in
def email() -> Response:
    """Set where one's notices are mailed; an empty address ends that."""
    account = Account.get_by_id(me().account_id)
    form = EmailForm(email=account.email)
    if form.is_submitted() and form.validate() and readdressed(account, form):
        said = f"提醒将同时发到 {form.email.data}。" if form.email.data else "不再发邮件，提醒只在系统里看。"
        return go_to("notices.listing", toast=said)
    status = 422 if form.is_submitted() else 200
    is_mailing = bool(settings_now().smtp_url)
    return page_or_fragment(
        "access/email.html", "access/_email.html", status=status, form=form, is_mailing=is_mailing
    )


def readdressed(account: Account, form: EmailForm) -> bool:
    """Set the address, or write on the form why not."""
    try:
        operations.set_email(account, form.email.data or "", by=me().actor)
    except BadInput as refusal:
        form.email.errors = [refusal.sentence]
        return False
    return True


def leave() -> None:
    """Let the browser forget everything of its log-in."""
    logout_user()
    session.clear()


def changed(account: Account, form: PasswordForm) -> bool:
    """Change the password, or write on the form why not."""
    try:
        operations.change_password(
            account, old=form.old.data or "", new=form.new.data or "", by=me().actor, lockout=lockout()
        )
    except BadInput as refusal:
        field = form.old if "原密码" in refusal.sentence else form.new
        field.errors = [refusal.sentence]
        return False
    return True


def lockout() -> Lockout:
    """Return what locks an account here."""
    return Lockout(settings_now().lock_after, settings_now().lock_for)


def settings_now() -> Settings:
    """Return the settings of the running application."""
    settings: Settings = current_app.config["SETTINGS"]
    return settings


def own_page(target: str) -> str:
    """Return `target` if it is a path of this system, else the home page: no redirect leads elsewhere."""
    return target if OWN_PATH.fullmatch(target) else "/"
