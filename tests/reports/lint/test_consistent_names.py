"""Names in two spellings, and persons with two posts, within one text."""

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
        ("调解员张落实到场，经张落时劝解，双方和解。", ["张落时"]),
        ("调解员张落实到场，经张落实劝解，双方和解。", []),
    ],
)
def test_name_in_two_spellings(text: str, quoted: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(consistent_names, "find_word_model", small_model)
    assert quotes("one-name-by-sound", with_text(text)) == quoted


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("街道党工委书记何文斌主持会议，何文斌主任要求抓紧整改。", ["何文斌主任"]),
        ("街道党工委书记、人大工委主任何文斌主持会议，何文斌主任要求抓紧整改。", []),
        ("何文斌主任要求抓紧整改。", []),
    ],
)
def test_person_with_another_post(text: str, quoted: list[str]) -> None:
    assert quotes("one-person-two-posts", with_text(text)) == quoted
