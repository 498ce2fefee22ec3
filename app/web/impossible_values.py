"""What no table can hold: numbers beyond any row, characters that are no text. Nobody sends them by accident."""

from __future__ import annotations

import logging
from typing import Any

from flask import Flask, Response, abort, request
from peewee import DataError
from werkzeug.routing import IntegerConverter, Map

from app.web.errors import STATUS_SENTENCES, error_page

logger = logging.getLogger(__name__)

LARGEST_ROW = 2**31 - 1
NO_TEXT = "\0"


class RowConverter(IntegerConverter):
    """The number of a row in an address: one that no row can have leads nowhere."""

    def __init__(self, url_map: Map, **options: Any) -> None:
        super().__init__(url_map, **{"max": LARGEST_ROW, **options})


def init_app(app: Flask) -> None:
    """Answer impossible values as bad requests, on either database: SQLite overflows, PostgreSQL refuses the data."""
    app.url_map.converters["int"] = RowConverter

    @app.before_request
    def refuse_what_is_no_text() -> None:
        if any(NO_TEXT in value for value in (request.path, *request.args.values())):
            abort(400)

    @app.errorhandler(DataError)
    @app.errorhandler(OverflowError)
    def answer_impossible_value(error: Exception) -> Response:
        logger.warning("a value that no table holds", exc_info=error)
        return error_page(400, STATUS_SENTENCES[400])
