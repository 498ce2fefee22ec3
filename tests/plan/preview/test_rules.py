"""How a block and a change are called, and what may not be stored, at the edges of each."""

from __future__ import annotations

import pytest

from app.plan.importer import BlockKind, PlanDraft
from app.plan.importer.block_edits import BlockEdit, EditKind, EditScope
from app.plan.importer.plan_draft import PartDraft
from app.plan.preview.rules import LONGEST_HEADING, edit_words, obstacles_in, opening_words


def test_a_block_is_known_by_its_first_characters() -> None:
    assert opening_words("一二三四五六七 八九十一二三四") == "一二三四五六七八九十一二三四"
    assert opening_words("一二三四五六七八九十一二三四五") == "一二三四五六七八九十一二……"


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (BlockEdit(EditKind.SET_LEVEL, 0, level=1), "“甲”改为第 1 级"),
        (BlockEdit(EditKind.SET_LEVEL, 0, level=0), "“甲”改为正文"),
        (BlockEdit(EditKind.SET_KIND, 0, block_kind=BlockKind.CLOSING), "“甲”改为“落款”"),
        (BlockEdit(EditKind.JOIN, 0, scope=EditScope.SECTION), "“甲”并入上一段（本节同类 2 处）"),
        (BlockEdit(EditKind.JOIN, 0, scope=EditScope.TEXT), "“甲”并入上一段（全文同类 2 处）"),
        (BlockEdit(EditKind.JOIN, 0), "“甲”并入上一段"),
    ],
)
def test_a_change_is_called_by_what_it_does(edit: BlockEdit, words: str) -> None:
    assert edit_words(edit, "甲", 2) == words


def plan_of(*parts: PartDraft) -> PlanDraft:
    return PlanDraft("示例街道2027年工作计划", 2027, "", None, None, "", "", parts)


def test_a_heading_is_as_long_as_its_column() -> None:
    within, beyond = (PartDraft("一", "长" * length) for length in (LONGEST_HEADING, LONGEST_HEADING + 1))
    assert LONGEST_HEADING == 512
    assert not [one for one in obstacles_in(plan_of(within)) if "超过" in one]
    [obstacle] = [one for one in obstacles_in(plan_of(beyond)) if "超过" in one]
    assert "共 513 字，超过 512 字" in obstacle
