"""Names in two spellings within one text."""

from __future__ import annotations

import pytest

from reports.lint.rules.names import consistent_names
from tests.reports.lint.cases import quotes, with_text
from tests.reports.lint.small_language import small_model


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("走访了落实里社区，约谈了落时里社区居委会。", ["落时里社区"]),
        ("走访了落实里社区，约谈了落四里社区居委会。", []),
        ("走访了落实里社区，约谈了落实里小区物业。", []),
    ],
)
def test_name_in_two_spellings(text: str, quoted: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(consistent_names, "find_word_model", small_model)
    assert quotes("one-name-by-sound", with_text(text)) == quoted
