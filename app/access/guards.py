"""Who may enter a route. Every route carries exactly one of these marks; a test refuses one without.

A refusal is answered with its error page, and written into the log.
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
    """Return who is signed in. Only for routes behind a guard."""
    return cast(Actor, current_user.user)


def current_account_id() -> int:
    """Return whose log-in it is. Only for routes behind a guard."""
    return int(current_user.session.account_id)


def public(view: View) -> View:
    return mark_view(view, PUBLIC)


def signed_in(view: View) -> View:
    return mark_view(cast(View, login_required(view)), SIGNED_IN)


def allowed(action: Action, **loaders: Loader) -> Callable[[View], View]:
    """Let in who may do `action`, to the very subject that the URL names.

    Args:
        action: what the route does.
        loaders: by name of a subject, how its row is fetched; ``filing=queries.filing`` turns the URL's
            ``filing_id`` into the view's ``filing``. The first one is asked of the policy table.

    Raises NotFound where there is no such row, NotAllowed where the table has no permit.
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
    """Mark a view that open pages ask for again and again by themselves: that keeps nobody logged in."""
    view.asked_by_page = True  # type: ignore[attr-defined]  # as below
    return view


def is_asked_by_page() -> bool:
    """Return whether the page asks by itself, with nobody doing anything."""
    view = current_app.view_functions.get(request.endpoint or "")
    return getattr(view, "asked_by_page", False)


def mark_view(view: View, entry: Action | str) -> View:
    """Write on a view who may enter, for the test over every route and role."""
    view.entry = entry  # type: ignore[attr-defined]  # functions take attributes; their type does not say so
    return view


def init_app(app: Flask) -> None:
    """Write refusals down when they are answered: the transaction that they broke off has been taken back by then."""

    @app.after_request
    def record_refused(response: Response) -> Response:
        if response.status_code == NotAllowed.status and current_user.is_authenticated:
            note_refusal()
        return response


def note_refusal() -> None:
    """Record who asked for what. Where nothing can be written, on a full disk say, it stays refused all the same."""
    asked = f"{request.method} {quote(request.path)}"
    try:
        record_event(EventKind.REFUSED, by=current_user.user, summary=asked)
    except OperationalError:
        logger.exception("a refusal could not be recorded: %s", asked)
