"""The door: log in, log out, change the password."""

from __future__ import annotations

import re

from flask import Blueprint, Response, current_app, redirect, request, session
from flask_login import current_user, login_user, logout_user
from htmx_flask import make_response

from app.access import operations
from app.access.forms import LoginForm, PasswordForm
from app.access.login import load
from app.access.models import Account
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
            lock_after=settings.lock_after,
            lock_for=settings.lock_for,
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
    if not form.is_submitted():
        return page_or_fragment("access/password.html", "access/_password.html", form=form)
    if form.validate() and changed(Account.get_by_id(me().account_id), form):
        leave()
        return go_to("access.log_in", toast="密码已修改，请用新密码登录。")
    return page_or_fragment("access/password.html", "access/_password.html", status=422, form=form)


def leave() -> None:
    """Let the browser forget everything of its log-in."""
    logout_user()
    session.clear()


def changed(account: Account, form: PasswordForm) -> bool:
    """Change the password, or write on the form why not."""
    try:
        operations.change_password(account, old=form.old.data or "", new=form.new.data or "", by=me().actor)
    except BadInput as refusal:
        field = form.old if "原密码" in refusal.sentence else form.new
        field.errors = [refusal.sentence]
        return False
    return True


def settings_now() -> Settings:
    """Return the settings of the running application."""
    settings: Settings = current_app.config["SETTINGS"]
    return settings


def own_page(target: str) -> str:
    """Return `target` if it is a path of this system, else the home page: no redirect leads elsewhere."""
    return target if OWN_PATH.fullmatch(target) else "/"
