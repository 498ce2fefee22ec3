"""Forms are read in the tests' own process: to start one takes ten times as long, and tests/base looks at those."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import IO, Any

import pytest

from app.base.errors import BadInput
from app.base.processes.confined_reader import ConfinedReader


@pytest.fixture(autouse=True)
def read_without_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ConfinedReader, "process_answer", answer_without_process)


def answer_without_process(
    _reader: ConfinedReader, function: Callable[..., Any], file: IO[bytes], arguments: str
) -> dict[str, Any]:
    """Return what the process would: JSON, as it carries results and arguments."""
    try:
        result = function(file, **json.loads(arguments))
    except BadInput as refusal:
        return {"refusal": refusal.sentence}
    answer: dict[str, Any] = json.loads(json.dumps({"result": result}))
    return answer
