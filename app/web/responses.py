"""Responses of views: a page or fragment, a redirect, a file."""

from __future__ import annotations

import json
from io import BytesIO
from typing import IO, Any

from flask import Response, flash, redirect, render_template, send_file, url_for
from htmx_flask import make_response, request
from jinja2_fragments.flask import render_block

from app.base.errors import BadInput
from app.base.text import parse_number, quoted_input

PDF_TYPE = "application/pdf"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def is_htmx_request() -> bool:
    """Return whether a script sent the request and expects a fragment; links and forms expect a page."""
    return bool(request.htmx)


def is_page_wanted() -> bool:
    """Return whether the response is a whole page, as also for a form that a script submits (`hx-boost`)."""
    return not is_htmx_request() or bool(request.htmx.boosted)


def page_or_fragment(
    page: str, fragment: str = "content", /, *, status: int = 200, **context: Any
) -> Response:
    """Return the block `fragment` of the template `page` to htmx, and the whole page otherwise: one URL serves both."""
    if is_page_wanted():
        return make_response(render_template(page, **context), status)
    return make_response(render_block(page, fragment, **context), status)


def page_asked_for() -> int:
    """Return the requested page number of a list (``?page=2``). Raises BadInput if it is no number."""
    written = request.args.get("page", "").strip() or "1"
    number = parse_number(written)
    if not number:
        raise BadInput(f"没有第{quoted_input(written)}页，请从列表下方翻页。")
    return number


def go_to(endpoint: str, *, toast: str = "", **values: Any) -> Response:
    """Redirect: HX-Redirect under htmx, else 303; `toast` is a message shown on the target page."""
    return go_to_place(url_for(endpoint, **values), toast=toast)


def go_to_place(place: str, *, toast: str = "") -> Response:
    if toast:
        flash(toast, "good")
    if is_htmx_request():
        return make_response("", 204, redirect=place)
    answer = redirect(place, code=303)
    return make_response(answer)


def with_toast(response: Response, sentence: str, *events: str) -> Response:
    """Add a message that the page shows with the fragment, and events for its scripts (htmx only)."""
    heard = {"toast": {"message": sentence}, **dict.fromkeys(events)}
    response.headers["HX-Trigger"] = json.dumps(heard)
    return response


def file_response(
    content: bytes | IO[bytes], media_type: str, name: str, *, as_attachment: bool = True
) -> Response:
    """Return a file under its Chinese name; it is never cached."""
    file = BytesIO(content) if isinstance(content, bytes) else content
    response = send_file(
        file, media_type, as_attachment=as_attachment, download_name=name, etag=False, max_age=0
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response
