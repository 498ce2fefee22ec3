"""Persons with two names or two posts within one text."""

from __future__ import annotations

import pytest

from reports.lint.rules.names import persons
from tests.reports.lint.cases import quotes, with_text
from tests.reports.lint.small_language import small_model


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("调解员张落实到场，经张落时劝解，双方和解。", ["张落时"]),
        ("调解员张落实到场，经张落实劝解，双方和解。", []),
        ("主任张实主持会议。张时强调，要压实责任。", ["张时"]),
        ("主任张实主持会议。张平强调，要压实责任。", []),
    ],
)
def test_a_person_named_with_another_character_of_the_same_sound_is_found(
    text: str, quoted: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(persons, "find_word_model", small_model)
    assert quotes("person-of-other-name", with_text(text)) == quoted


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("街道党工委书记何文斌主持会议，何文斌主任要求抓紧整改。", ["何文斌主任"]),
        ("街道党工委书记、人大工委主任何文斌主持会议，何文斌主任要求抓紧整改。", []),
        ("何文斌主任要求抓紧整改。", []),
    ],
)
def test_a_person_with_another_post_is_found(text: str, quoted: list[str]) -> None:
    assert quotes("one-person-two-posts", with_text(text)) == quoted
