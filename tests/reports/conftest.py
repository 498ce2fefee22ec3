"""Every warning of WeasyPrint is an error here: an ignored property or a missing glyph is a broken document."""

import logging
from collections.abc import Iterator

import pytest


class Refusal(logging.Handler):
    """Turns a log record into an error."""

    def emit(self, record: logging.LogRecord) -> None:
        raise AssertionError(record.getMessage())


@pytest.fixture(autouse=True)
def weasyprint_warnings_are_errors() -> Iterator[None]:
    refusal = Refusal(logging.WARNING)
    logger = logging.getLogger("weasyprint")
    logger.addHandler(refusal)
    yield
    logger.removeHandler(refusal)
