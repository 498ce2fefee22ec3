"""Every form is carried out once: a double click or a repeated request does nothing more.

The form carries a key. The first request with a key runs the operation and is remembered in its transaction; the others
are redirected to the same place. A form with other content is another request, since a digest of the whole form is
remembered.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable
from functools import partial, wraps
from http import HTTPStatus
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit

from flask import Flask, Response, request
from flask_login import current_user

from app.access.guards import current_person
from app.base.database import transaction
from app.base.sent_forms import FORM_KEY_FIELD, place_after_form, remember_form
from app.uploads.packages import size_of_file
from app.web.responses import go_to_place, is_page_wanted

View = TypeVar("View", bound=Callable[..., Response])

DONE_BEFORE = "这一步先前已经办好，没有重复办理。"


def once_per_form(view: View) -> View:
    """Let a view run once for each form; place it below the guard. The whole view holds the write lock."""

    @wraps(view)
    def run_view(**values: Any) -> Response:
        return run_once(partial(view, **values))

    return cast(View, run_view)


def run_once(operation: Callable[[], Response]) -> Response:
    """Run an operation once for each form; a form without a key runs as usual.

    For views that read files first, which must not happen under the write lock.
    """
    return operate_once(operation, form_digest()) if FORM_KEY_FIELD in request.form else operation()


@transaction
def operate_once(operation: Callable[[], Response], form: str) -> Response:
    """Run the operation of a form and remember it, or redirect to where it led before.

    A refusal is not remembered, nor is a page that asks for more before anything is done.
    """
    place = place_after_form(form)
    if place is not None:
        return go_to_place(place, toast=DONE_BEFORE)
    answer = operation()
    if answer.status_code < HTTPStatus.BAD_REQUEST and not is_page_again(answer):
        remember_form(form, place_after(answer))
    return answer


def lead_repeat_on() -> Response | None:
    """Redirect a form that was carried out before its view is guarded: its subject may no longer exist."""
    if not request.endpoint or not current_user.is_authenticated or FORM_KEY_FIELD not in request.form:
        return None
    place = place_after_form(form_digest())
    return None if place is None else go_to_place(place, toast=DONE_BEFORE)


def is_page_again(answer: Response) -> bool:
    """Return whether a form was answered with a page; once it has done something it is redirected."""
    return answer.status_code == HTTPStatus.OK and is_page_wanted()


def form_digest() -> str:
    """Return the SHA-256 of sender, address and content of a form; of a file its name and size."""
    fields = sorted((name, value) for name, value in request.form.items(multi=True) if name != "csrf_token")
    files = []
    for name, file in request.files.items(multi=True):
        files.append((name, file.filename, size_of_file(file.stream)))
        file.stream.seek(0)
    sent = [current_person().account_id, request.path, fields, sorted(files)]
    return hashlib.sha256(json.dumps(sent).encode()).hexdigest()


def place_after(answer: Response) -> str:
    """Return where a response leads; a fragment leaves the reader on his page."""
    leads_to = answer.headers.get("HX-Redirect") or answer.location
    here = urlsplit(request.headers.get("HX-Current-URL", "/"))._replace(scheme="", netloc="")
    return leads_to or "/" + here.geturl().lstrip("/")


def init_app(app: Flask) -> None:
    """Give forms a key, and look for it once their token was checked."""
    app.before_request(lead_repeat_on)
    app.jinja_env.globals["once_key"] = partial(secrets.token_hex, 16)
