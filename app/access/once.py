"""One page, one deed: a double click, an impatient second press, a request that the network repeats do nothing more.

The page carries a key. Of requests with the same key the first does the deed and is remembered in its transaction;
the others wait for it, since deeds stand in line, and are led to the same place. A page that the browser brings back
with other words in it is another deed: what is remembered is the whole form, of which the key is a part.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable
from functools import partial, wraps
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit

from flask import Flask, Response, request

from app.access.guards import me
from app.base.database import transaction
from app.base.once import FIELD, place_of, remember
from app.web.responses import go_to_place

View = TypeVar("View", bound=Callable[..., Response])

DONE_BEFORE = "这一步先前已经办好，没有重复办理。"


def once(view: View) -> View:
    """Let a view do its deed once for each page; stands below the guard. A form without a key is taken as it is."""

    @wraps(view)
    def guarded(**values: Any) -> Response:
        deed = partial(view, **values)
        return done_once(deed, digest()) if FIELD in request.form else deed()

    return cast(View, guarded)


@transaction
def done_once(deed: Callable[[], Response], form: str) -> Response:
    """Do the deed of a form and remember it, or lead to where it led before; a refusal is not remembered."""
    place = place_of(form)
    if place is not None:
        return go_to_place(place, toast=DONE_BEFORE)
    answer = deed()
    if answer.status_code < 400:
        remember(form, place_after(answer))
    return answer


def digest() -> str:
    """Return the SHA-256, in hexadecimal, of who sent what where."""
    fields = sorted((name, value) for name, value in request.form.items(multi=True) if name != "csrf_token")
    return hashlib.sha256(json.dumps([me().account_id, request.path, fields]).encode()).hexdigest()


def place_after(answer: Response) -> str:
    """Return where an answer leads; a fragment leaves the reader on the page where he is."""
    leads_to = answer.headers.get("HX-Redirect") or answer.location
    here = urlsplit(request.headers.get("HX-Current-URL", "/"))._replace(scheme="", netloc="")
    return leads_to or "/" + here.geturl().lstrip("/")


def init_app(app: Flask) -> None:
    """Let forms carry a key of their own."""
    app.jinja_env.globals["once_key"] = partial(secrets.token_hex, 16)
