"""Storing a plan as a tree, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.audit.models import Event
from app.authority.actor import SAMPLE_LOADER
from app.base.errors import BadInput
from app.plan.core.models import Plan, PlanItem
from app.plan.core.operations import store_plan
from app.plan.importer import Block, BlockKind, read_plan
from tests.world import PLAN_TEXT, World

NEXT_YEAR = PLAN_TEXT.replace("2026年", "2027年")


def test_a_plan_is_stored_as_a_tree_in_its_order(world: World) -> None:
    draft = replace(read_plan(NEXT_YEAR), document_number="示街〔2027〕1号")
    blocks = [Block(0, 12, 0, BlockKind.TITLE)]
    plan = store_plan(draft, source=NEXT_YEAR, blocks=blocks, by=SAMPLE_LOADER)
    stored = Plan.get_by_id(plan.id)
    assert stored.blocks == [block.as_json() for block in blocks]
    assert (stored.title, stored.year, stored.issuer) == ("示例街道2027年工作计划", 2027, "示例街道办事处")
    assert (stored.issued_on, stored.document_number) == (date(2027, 2, 5), "示街〔2027〕1号")
    assert (stored.source_text, stored.lead_in) == (NEXT_YEAR, draft.lead_in)
    assert stored.import_warnings == [str(warning) for warning in draft.warnings]
    rows = list(PlanItem.select().where(PlanItem.plan == plan).order_by(PlanItem.sequence))
    assert [row.sequence for row in rows] == list(range(1, 14))
    assert [(row.kind.value, row.number, row.position) for row in rows[:6]] == [
        ("part", "一", 1),
        ("section", "（一）", 1),
        ("measure", "1", 1),
        ("commitment", "1", 1),
        ("commitment", "2", 2),
        ("measure", "2", 2),
    ]
    parents = {row.id: row for row in rows}
    assert [row.parent_id and parents[row.parent_id].sequence for row in rows] == [
        *(None, 1, 2, 3, 3, 2, 6),
        *(None, 8, 9, 10, 9, 12),
    ]
    assert (rows[2].title, rows[2].text) == ("夯实招商基础", "落实招商机制，拓展线索来源。走访重点企业。")
    assert (rows[4].title, rows[4].text) == ("", "走访重点企业。")
    event = Event.select().order_by(Event.id.desc()).get()
    assert (event.action, event.summary, event.object_id) == ("import_plan", plan.title, plan.id)


def test_measures_of_a_part_without_sections_stand_under_the_part(world: World) -> None:
    draft = read_plan(NEXT_YEAR)
    part, other = draft.parts
    plain = replace(part, sections=(), measures=part.sections[0].measures)
    plan = store_plan(replace(draft, parts=(plain, other)), source=NEXT_YEAR, by=SAMPLE_LOADER)
    assert Plan.get_by_id(plan.id).blocks is None
    rows = list(PlanItem.select().where(PlanItem.plan == plan).order_by(PlanItem.sequence))
    assert [(row.kind.value, row.position) for row in rows[:5]] == [
        ("part", 1),
        ("measure", 1),
        ("commitment", 1),
        ("commitment", 2),
        ("measure", 2),
    ]
    assert {row.parent_id for row in rows[:5] if row.kind.value == "measure"} == {rows[0].id}


@pytest.mark.parametrize(
    ("changed", "source", "sentence"),
    [
        ({"year": None}, "甲", "没有找到年份"),
        ({}, "甲", "^2026 年的工作计划《.*》已经入库，不能再存一份。.*请在网页“导入工作计划”里办理修订"),
        ({"year": 2027, "title": "另一份计划"}, PLAN_TEXT, "^与已入库的 2026 年工作计划同名，或者全文相同"),
        ({"year": 2027}, "甲", "^与已入库的 2026 年工作计划同名"),
    ],
)
def test_a_year_and_a_text_are_stored_once(
    world: World, changed: dict[str, int | str | None], source: str, sentence: str
) -> None:
    with pytest.raises(BadInput, match=sentence):
        store_plan(replace(read_plan(PLAN_TEXT), **changed), source=source, by=SAMPLE_LOADER)
    assert Plan.select().count() == 1
