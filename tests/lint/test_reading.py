"""Lines of an uploaded file, as one process hands them to another."""

from __future__ import annotations

import io
import json

import pytest

from app.base.errors import BadInput
from app.lint.reading import lines_from_values, read_lines
from reports.lint.written import lines_of_file


def test_lines_come_back_as_they_were_read() -> None:
    text = "一、总体情况\n走访\u200b32家，\t完成5项。\n".encode()
    values = json.loads(json.dumps(read_lines(io.BytesIO(text), "稿.txt")))
    assert lines_from_values(values) == tuple(lines_of_file("稿.txt", text))


def test_a_file_that_cannot_be_read_is_refused_in_a_sentence() -> None:
    with pytest.raises(BadInput) as refusal:
        read_lines(io.BytesIO(b"PK\x03\x04"), "稿.docx")
    assert refusal.value.sentence.endswith("。")
