"""The health page: one word for everybody, details for the system administrator."""

from __future__ import annotations

import logging

from flask import Blueprint, Response, make_response, render_template
from flask_login import current_user
from peewee import PeeweeException

from app.access.guards import current_person, public
from app.authority.policy import Action, is_allowed
from app.base.settings.current import current_settings
from app.maintenance.health.running_checks import check_running_system
from app.maintenance.schema import schema_status

bp = Blueprint("health", __name__)
logger = logging.getLogger(__name__)


@bp.get("/healthz")
@public
def show_health() -> Response:
    """Respond 200 if the system can work, 503 if not."""
    problem = schema_status().schema_problem
    if problem:
        logger.error("%s", problem)
        return answer_in_a_word("down", 503)
    if current_user.is_authenticated and is_allowed(current_person(), Action.READ_HEALTH):
        results = list(check_running_system(current_settings().instance))
        return make_response(render_template("maintenance/health.html", results=results))
    return answer_in_a_word("up", 200)


@bp.errorhandler(PeeweeException)
def answer_unreachable(error: PeeweeException) -> Response:
    """Respond 503 if the database cannot be reached."""
    logger.error("the database cannot be reached", exc_info=error)
    return answer_in_a_word("down", 503)


def answer_in_a_word(word: str, status: int) -> Response:
    """Return one word without any details."""
    headers = {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"}
    return make_response(f"{word}\n", status, headers)
