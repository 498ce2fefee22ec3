"""What the lint finds does not hang on what was installed: without the model of the language, as on a bare machine."""

import pytest

from reports.lint.rules import typing_errors


@pytest.fixture(autouse=True)
def no_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typing_errors, "find_word_model", lambda: None)
