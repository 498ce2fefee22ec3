"""Reading an uploaded file into lines, within the confined process."""

from __future__ import annotations

from dataclasses import astuple, replace
from typing import IO, Any

from app.base.errors import BadInput
from reports.lint.written.lines import WrittenLine, lines_of_file
from reports.model import DocumentError


def read_lines(file: IO[bytes], name: str) -> list[tuple[Any, ...]]:
    """Return a file's lines as JSON values. Raises BadInput."""
    try:
        return [astuple(line) for line in lines_of_file(name, file.read())]
    except DocumentError as refusal:
        raise BadInput(str(refusal)) from None


def lines_from_values(values: list[list[Any]]) -> tuple[WrittenLine, ...]:
    lines = (WrittenLine(*one) for one in values)
    return tuple(replace(line, breaks=tuple((place, gap) for place, gap in line.breaks)) for line in lines)
