"""The log of refusals: one row for every request in which somebody was refused what the policy table does not allow."""

from __future__ import annotations

import logging
from urllib.parse import quote

from flask import Flask, Response, request
from flask_login import current_user
from peewee import OperationalError

from app.audit.operations import record_event
from app.base.errors import NotAllowed

logger = logging.getLogger(__name__)


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
        record_event("refused", by=current_user.user, summary=asked)
    except OperationalError:
        logger.exception("a refusal could not be recorded: %s", asked)
