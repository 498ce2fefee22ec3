"""Flask-Login with sessions in a table: the signed cookie holds a token, the table decides whether it is valid."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta

from flask import Flask, Response, request
from flask_login import LoginManager, UserMixin, current_user
from flask_wtf import CSRFProtect
from peewee import OperationalError
from werkzeug.exceptions import Unauthorized

from app.access import queries
from app.access.guards import is_asked_by_page
from app.access.login.attempts import hash_of_token
from app.access.models import LoginSession
from app.authority.actor import Actor
from app.base.clock import now
from app.base.database import database
from app.base.errors import DomainError
from app.base.settings.settings import Settings
from app.web.responses import go_to, is_htmx_request

# Writing `seen_at` on every click would make every read a write; once a minute is exact enough for 30 minutes.
SEEN_EVERY = timedelta(minutes=1)
OPEN_BEFORE_CHANGE = frozenset(
    {"access.change_own_password", "access.submit_logout", "access.show_login_state", "static"}
)


class PasswordDue(DomainError):
    """The request has to wait until the password is changed; a page that is being edited is not redirected."""

    status = 401

    def __init__(self) -> None:
        super().__init__(
            "请先修改密码，这一步还没有办成。您填写的内容还在页面上，改好密码、重新登录后可以继续。"
        )


class SignedIn(UserMixin):
    """Flask-Login's current user: the person behind a live session."""

    def __init__(self, session: LoginSession, token: str, user: Actor) -> None:
        self.session = session
        self.token = token
        self.user = user

    def get_id(self) -> str:
        return self.token

    @property
    def person(self) -> str:
        return self.user.person

    @property
    def must_change_password(self) -> bool:
        return bool(self.session.account.must_change_password)


def init_app(app: Flask) -> None:
    """Set up cookies, CSRF protection and the loading of the signed-in person."""
    settings: Settings = app.config["SETTINGS"]
    name = "session" if settings.plain_http else "__Host-session"
    app.config.update(
        SESSION_COOKIE_NAME=name,
        SESSION_COOKIE_SECURE=not settings.plain_http,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
    )
    CSRFProtect(app)
    manager = LoginManager(app)
    manager.session_protection = None
    manager.user_loader(lambda token: load_signed_in(token, settings))

    @manager.unauthorized_handler
    def send_to_login() -> Response:
        if request.method == "GET" and not is_htmx_request():
            return go_to("access.show_login", next=request.full_path.rstrip("?"))
        raise Unauthorized

    app.before_request(send_to_password_change)


def send_to_password_change() -> Response | None:
    """Redirect an account that must change its password to that page. Raises PasswordDue."""
    waiting = current_user.is_authenticated and current_user.must_change_password
    if not waiting or request.endpoint in OPEN_BEFORE_CHANGE:
        return None
    if request.method == "GET" and not is_htmx_request():
        return go_to("access.change_own_password")
    raise PasswordDue


def load_signed_in(token: str, settings: Settings) -> SignedIn | None:
    """Return the person behind the token of a live session."""
    moment = now()
    session = queries.live_session_of_token(hash_of_token(token), settings=settings, at=moment)
    if session is None:
        return None
    if moment - session.seen_at > SEEN_EVERY and not is_asked_by_page():
        note_visit(session, moment)
    return SignedIn(session, token, queries.actor_of_session(session, address=request.remote_addr or ""))


def note_visit(session: LoginSession, moment: datetime) -> None:
    """Record when a session was last used.

    If that cannot be written, as on a full disk, reading goes on; behind another writer it does not wait, since the
    next click records it as well.
    """
    with suppress(OperationalError), database.brief_wait():
        LoginSession.update(seen_at=moment).where(LoginSession.id == session.id).execute()
