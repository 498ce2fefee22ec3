"""Guards of routes. Every route has exactly one of these marks; a test refuses routes without.

A refusal is answered with an error page and recorded in the event log.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast
from urllib.parse import quote

from flask import Flask, Response, current_app, request
from flask_login import current_user, login_required
from peewee import OperationalError

from app.audit.event_kinds import EventKind
from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.errors import NotAllowed, NotFound

logger = logging.getLogger(__name__)

View = TypeVar("View", bound=Callable[..., Any])
Loader = Callable[[Any], Any]

PUBLIC = "public"
SIGNED_IN = "signed_in"


def current_person() -> Actor:
    """Return the signed-in person. Only for routes behind a guard."""
    return cast(Actor, current_user.user)


def current_account_id() -> int:
    """Return the account of the session, also while a deputy acts. Only for routes behind a guard."""
    return int(current_user.session.account_id)


def public(view: View) -> View:
    return mark_view(view, PUBLIC)


def signed_in(view: View) -> View:
    return mark_view(cast(View, login_required(view)), SIGNED_IN)


def allowed(action: Action, **loaders: Loader) -> Callable[[View], View]:
    """Admit only those who may do `action` to the subject in the URL.

    action: what the route does. loaders: how the row of each subject is loaded; ``filing=queries.filing`` turns the
    URL's ``filing_id`` into the view's ``filing``. The first subject is checked against the policy table. Raises
    NotFound if there is no such row, NotAllowed without a permit.
    """

    def guard_view(view: View) -> View:
        @wraps(view)
        def check_and_run(**values: Any) -> Any:
            require(current_person(), action)
            for name, loader in loaders.items():
                values[name] = require_row(loader(values.pop(f"{name}_id")))
            if loaders:
                require(current_person(), action, values[next(iter(loaders))])
            return view(**values)

        return mark_view(cast(View, login_required(check_and_run)), action)

    return guard_view


def require_row(row: Any) -> Any:
    """Return `row`, or raise NotFound for None."""
    if row is None:
        raise NotFound
    return row


def asked_by_page(view: View) -> View:
    """Mark a view that open pages request repeatedly on their own; such requests do not keep a session alive."""
    view.asked_by_page = True  # type: ignore[attr-defined]  # as below
    return view


def is_asked_by_page() -> bool:
    """Return whether the page sent the request on its own, without any action of a person."""
    view = current_app.view_functions.get(request.endpoint or "")
    return getattr(view, "asked_by_page", False)


def mark_view(view: View, entry: Action | str) -> View:
    """Mark a view with its guard, for the test over all routes and roles."""
    view.entry = entry  # type: ignore[attr-defined]  # functions take attributes; their type does not say so
    return view


def init_app(app: Flask) -> None:
    """Record refusals after they are answered, since their own transaction is rolled back."""

    @app.after_request
    def record_refused(response: Response) -> Response:
        if response.status_code == NotAllowed.status and current_user.is_authenticated:
            note_refusal()
        return response


def note_refusal() -> None:
    """Record who asked for what. If nothing can be written, as on a full disk, the request is refused all the same."""
    asked = f"{request.method} {quote(request.path)}"
    try:
        record_event(EventKind.REFUSED, by=current_user.user, summary=asked)
    except OperationalError:
        logger.exception("a refusal could not be recorded: %s", asked)
