"""Whether the system is up: a word for everybody, the details for its administrator."""

from __future__ import annotations

import logging

from flask import Blueprint, Response, current_app, make_response, render_template
from flask_login import current_user
from peewee import PeeweeException

from app.access.guards import me, public
from app.access.policy import Action, allows
from app.maintenance.health.queries import health_lines
from app.maintenance.schema import schema_status

bp = Blueprint("health", __name__)
logger = logging.getLogger(__name__)


@bp.get("/healthz")
@public
def show() -> Response:
    """Answer 200 where the system can work, 503 where it cannot."""
    problem = schema_status().problem
    if problem:
        logger.error("%s", problem)
        return in_a_word("down", 503)
    if current_user.is_authenticated and allows(me(), Action.READ_HEALTH):
        lines = list(health_lines(current_app.config["SETTINGS"].instance))
        return make_response(render_template("maintenance/health.html", lines=lines))
    return in_a_word("up", 200)


@bp.errorhandler(PeeweeException)
def unreachable(error: PeeweeException) -> Response:
    """Answer where the database cannot be reached, before the page is even begun."""
    logger.error("the database cannot be reached", exc_info=error)
    return in_a_word("down", 503)


def in_a_word(word: str, status: int) -> Response:
    """Return a word, and nothing that a stranger could learn from."""
    headers = {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"}
    return make_response(f"{word}\n", status, headers)
