"""Sentences are never cut inside quotes or brackets, and joined they are the text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.plan.importer.sentences import (
    SENTENCE_STOPS,
    cut_clauses,
    cut_text,
    has_open_pair,
    is_terminated,
)


def test_sentences_end_at_full_stops() -> None:
    assert cut_text("夯实基础。落实责任，防范风险。", SENTENCE_STOPS) == [
        "夯实基础。",
        "落实责任，防范风险。",
    ]


def test_a_stop_inside_quotes_ends_nothing() -> None:
    assert cut_text("提出“谁主管？谁负责。”的要求。落实。", SENTENCE_STOPS) == [
        "提出“谁主管？谁负责。”的要求。",
        "落实。",
    ]


def test_a_quote_that_is_never_closed_protects_nothing() -> None:
    assert cut_text("打造“强引擎。落实。", SENTENCE_STOPS) == ["打造“强引擎。", "落实。"]


def test_clauses_keep_their_punctuation() -> None:
    assert cut_clauses("聚焦就业，开展培训；举办活动。") == ["聚焦就业，", "开展培训；", "举办活动。"]


def test_a_paragraph_ends_with_an_end_mark_and_closed_pairs() -> None:
    assert is_terminated("实现“应统尽统”。")
    assert is_terminated("各居民区：")
    assert not is_terminated("形成“了解诉求—闭环落地”服务链")
    assert has_open_pair("推出《华阳")
    assert not has_open_pair("推出《华阳》")


@given(st.text(alphabet="甲乙。，；“”（）《》！", max_size=200))
def test_nothing_is_lost_or_doubled(text: str) -> None:
    assert "".join(cut_text(text, SENTENCE_STOPS)) == text
    assert "".join(cut_clauses(text)) == text
