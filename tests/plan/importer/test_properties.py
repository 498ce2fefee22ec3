"""Damage of every kind at any place: the tree stays, or a warning says where it may not; no character is lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.plan.importer import PlanDraft, PlanUnreadable, read_plan
from tests.plan.importer.texts import visible_characters

PLAN = (Path(__file__).parents[3] / "plans" / "2026-work-plan.txt").read_text(encoding="utf-8")
PIECES = PLAN.split("**")
SMALL = sorted((Path(__file__).parent / "plans").glob("*.txt"))
TEXT = st.text(
    alphabet="一二三四（）()1234.、。，；：“”《》*#-— \n　责任单位附件年月日工作计划推进甲", max_size=400
)

quick = settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])


def _tree(plan: PlanDraft) -> list[Any]:
    """The plan without its layout, to compare two readings."""
    measures = [
        (visible_characters(measure.title), visible_characters(measure.text)) for measure in plan.measures()
    ]
    titles = [
        (
            part.number,
            visible_characters(part.title),
            [(section.number, visible_characters(section.title)) for section in part.sections],
        )
        for part in plan.parts
    ]
    return [
        visible_characters(plan.title),
        plan.issuer,
        plan.issued_on,
        visible_characters(plan.lead_in),
        titles,
        measures,
    ]


WHOLE = _tree(read_plan(PLAN))


def _broken(text: str, places: list[int]) -> str:
    for place in sorted(places, reverse=True):
        text = f"{text[:place]}\n\n{text[place:]}"
    return text


@quick
@given(
    places=st.lists(st.integers(0, len(PLAN) - 1), min_size=1, max_size=4),
    kept=st.lists(st.booleans(), min_size=len(PIECES) - 1, max_size=len(PIECES) - 1),
)
def test_page_breaks_and_lost_bold_marks(places: list[int], kept: list[bool]) -> None:
    marked = PIECES[0] + "".join(
        ("**" if keep else "") + piece for keep, piece in zip(kept, PIECES[1:], strict=True)
    )
    plan = read_plan(_broken(marked, places))
    assert visible_characters(plan.full_text()) == visible_characters(PLAN)
    assert _tree(plan) == WHOLE or plan.warnings


def test_the_plan_reads_the_same_without_any_bold() -> None:
    plan = read_plan(PLAN.replace("**", ""))
    assert _tree(plan) == WHOLE
    assert plan.warnings == ()


@quick
@given(st.data())
def test_other_plans_lose_nothing(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(SMALL)).read_text(encoding="utf-8")
    places = data.draw(st.lists(st.integers(0, len(text)), max_size=3))
    plan = read_plan(_broken(text, places))
    assert not [
        warning for warning in plan.warnings if warning.place == "全文" and "不一致" in warning.message
    ]


@settings(max_examples=100)
@given(TEXT)
def test_any_text_is_read_whole_or_refused(text: str) -> None:
    try:
        plan = read_plan(text)
    except PlanUnreadable as refusal:
        assert str(refusal).endswith("。")
        return
    assert not [warning for warning in plan.warnings if "导入结果与原文不一致" in warning.message]


@settings(max_examples=100)
@given(st.text(max_size=200) | st.binary(max_size=200))
def test_any_input_is_read_or_refused(source: str | bytes) -> None:
    try:
        plan = read_plan(source)
    except PlanUnreadable:
        return
    assert visible_characters(plan.full_text() + "".join(plan.set_aside))
