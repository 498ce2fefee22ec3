"""The check on losses must see every loss and every doubling, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from app.plan.importer import read_plan
from app.plan.importer.completeness import compare_with_source, first_difference, visible_characters

SOURCE = (Path(__file__).parent / "plans" / "town_work_plan.txt").read_text(encoding="utf-8")
PLAN = read_plan(SOURCE)


def test_layout_is_not_visible() -> None:
    assert visible_characters("**夯实 基础**\u3000。\n\u200b") == "夯实基础。"


def test_the_first_difference() -> None:
    assert first_difference("甲乙丙", "甲乙丙") is None
    assert first_difference("甲乙丙", "甲丁丙") == 1
    assert first_difference("甲乙丙", "甲乙") == 2


def test_a_whole_tree_passes() -> None:
    assert compare_with_source(SOURCE, PLAN, frozenset()) == []


@settings(deadline=None)
@given(st.integers(0, len(PLAN.lead_in) - 1), st.booleans())
def test_any_lost_or_doubled_character_is_found(place: int, doubled: bool) -> None:
    text = PLAN.lead_in
    damaged = text[:place] + (text[place] * 2 if doubled else "") + text[place + 1 :]
    (warning,) = compare_with_source(SOURCE, replace(PLAN, lead_in=damaged), frozenset())
    assert warning.line in (4, 5)  # the lead-in's line, or the next where its last character is gone
    assert "不一致" in warning.message


def test_a_lost_part_is_found_with_its_line() -> None:
    (warning,) = compare_with_source(SOURCE, replace(PLAN, parts=PLAN.parts[:-1]), frozenset())
    assert SOURCE.splitlines()[warning.line - 1].strip().startswith("四、保障措施")
