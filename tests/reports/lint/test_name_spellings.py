"""Names in two spellings, and persons with two posts, within one text."""

from __future__ import annotations

import pytest

from reports.lint.rules import name_spellings
from tests.reports.lint.cases import assert_left_alone, quotes, with_text
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
    monkeypatch.setattr(name_spellings, "find_word_model", small_model)
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


BY_KIND = [
    (
        "person-of-other-name",
        "街道党工委副书记、办事处主任李建国主持会议，听取汇报。李建军指出，要把有限空间作业作为整治重点。",
    ),
    (
        "short-name-changed",
        "松桥街道综合行政执法队（以下简称“执法队”）开展整治。执法大队同步发放告知书260份。",
    ),
    ("short-name-changed", "松桥街道综合治理中心（以下简称“综治中心”）已启用。由综合中心统一受理。"),
    ("person-of-other-name", "街道党工委书记周明远到现场督导。周明元强调，要压实责任。"),
]
RIGHT_OF_KIND = [
    "主任李建国主持会议，副主任李建军作汇报。李建军指出，进度偏慢。",
]


@pytest.mark.parametrize(("rule", "text"), BY_KIND)
def test_further_ones_of_the_kind_are_quoted(rule: str, text: str) -> None:
    assert len(quotes(rule, with_text(text))) == 1


@pytest.mark.parametrize("text", RIGHT_OF_KIND)
def test_right_ones_of_the_kind_are_left_alone(text: str) -> None:
    assert_left_alone(text)
