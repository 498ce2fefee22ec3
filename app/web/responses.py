"""One decision for every page: whole page, or the fragment that htmx asked for."""

from __future__ import annotations

import json
from typing import Any

from flask import Response, flash, redirect, render_template, url_for
from htmx_flask import make_response, request


def page_or_fragment(page: str, fragment: str, *, status: int = 200, **context: Any) -> Response:
    """Return `fragment` to htmx and `page`, which includes it, to everyone else: the same URL serves both."""
    wants_fragment = bool(request.htmx) and not request.htmx.boosted
    response = make_response(render_template(fragment if wants_fragment else page, **context), status)
    response.headers["Vary"] = "HX-Request"
    return response


def page_asked_for() -> int:
    """Return which page of a list is asked for (``?page=2``); what is no number asks for the first."""
    return request.args.get("page", 1, type=int)


def go_to(endpoint: str, *, toast: str = "", **values: Any) -> Response:
    """Send the browser on: HX-Redirect under htmx, else 303; `toast` is shown there."""
    return go_to_place(url_for(endpoint, **values), toast=toast)


def go_to_place(place: str, *, toast: str = "") -> Response:
    if toast:
        flash(toast, "good")
    if request.htmx:
        return make_response("", 204, redirect=place)
    answer = redirect(place, code=303)
    return make_response(answer)


def with_toast(response: Response, sentence: str) -> Response:
    """Let the page say `sentence` once the fragment stands (htmx only)."""
    response.headers["HX-Trigger"] = json.dumps({"toast": {"message": sentence}})
    return response
