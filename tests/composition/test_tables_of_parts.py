"""Tables and charts of the parts: only of what differs, with columns for what is missing where anything is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from app.composition.facts import DocumentFacts, PartFacts
from app.composition.kinds import KindModule, circular, quarterly, summary, yearly
from app.composition.scope import DocumentScope, ScopeSpan
from app.filing.core.life_cycle import FilingState
from app.periods.rules import Quarter
from reports.model import Block, Chart, Table
from tests.composition.contents import DUE, block_text
from tests.drafting.sample_documents import CASES, PARTICULARS, measure_facts, quarter_facts

BEHIND, REACHED = CASES[1], CASES[3]
MISSING_HEADS = {"已采用", "未采用", "已汇总", "未汇总"}


@pytest.mark.parametrize("kind", [quarterly, circular, summary, yearly])
def test_what_is_alike_in_all_parts_has_no_tables_and_charts(kind: KindModule) -> None:
    scope = DocumentScope(Quarter(2026, 4), ScopeSpan.YEAR) if kind is yearly else quarter_facts().scope
    one, alike, behind, missing = (
        kind.compose(replace(of_parts(*cases), scope=scope), PARTICULARS).body
        for cases in (CASES[:1], CASES[:1] * 2, (BEHIND, REACHED), (CASES[0], FilingState.DRAFT))
    )
    assert "全部计入以下统计" not in block_text(one)
    assert [block for block in one if isinstance(block, (Table, Chart))] == []
    drawn = [block.caption for block in alike if isinstance(block, (Table, Chart))]
    assert drawn == (["各季度推进情况"] if kind is yearly else [])
    assert not MISSING_HEADS & heads_of_parts(behind)
    assert len(MISSING_HEADS & heads_of_parts(missing)) == 2


def of_parts(*cases: object) -> DocumentFacts:
    measures = (measure_facts(number, case) for number, case in enumerate(cases, 1))
    parts = (PartFacts(f"部分{one.number}", own_measures=(one,)) for one in measures)
    return replace(quarter_facts(), parts=tuple(parts), due=DUE)


def heads_of_parts(body: Sequence[Block]) -> set[str]:
    captions = ("各部分举措推进状态", "各部分年度目标完成情况")
    tables = [block for block in body if isinstance(block, Table) and block.caption in captions]
    return {column.title for column in tables[0].columns}
