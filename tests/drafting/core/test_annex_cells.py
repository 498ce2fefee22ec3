"""Cells of the annexes that somebody wrote in: which there are, when they are in force, and where they are printed."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from app.composition.block_keys import BlockRole
from app.composition.chapters.measures_annex import RepeatingColumn
from app.drafting.core.annex_cells import AnnexCell, cells_in, write_cells
from app.drafting.core.models import DocumentBlock
from reports.frozen_text import block_as_json
from reports.model import Annex, Column, Paragraph, Table

PROGRESS, PROBLEMS, NEXT_STEPS = (
    RepeatingColumn.PROGRESS,
    RepeatingColumn.PROBLEMS,
    RepeatingColumn.NEXT_STEPS,
)


def measure(number: int, filing: int | None) -> Any:
    report = None if filing is None else SimpleNamespace(filing=filing)
    return SimpleNamespace(number=number, report=report)


def written(
    filing: int, ordinal: int, before: str | None, now: str, role: BlockRole = BlockRole.ANNEX_CELL
) -> DocumentBlock:
    """Return the block of a cell that was something before somebody wrote in it."""
    composed = None if before is None else block_as_json(Paragraph(before))
    values = {"content": block_as_json(Paragraph(now)), "composed": composed, "version": 4}
    return DocumentBlock(role=role, filing=filing, ordinal=ordinal, **values)


FACTS = cast(
    Any, SimpleNamespace(reported=[(measure(1, 11), None), (measure(2, 12), None), (measure(3, None), None)])
)
TABLE = Table(
    columns=(
        Column("举措"),
        Column("下一步", key=NEXT_STEPS),
        Column("完成率", key=RepeatingColumn.PERCENT),
        Column("进展", key=PROGRESS),
    ),
    rows=(
        ("甲", "再走访", "76%", "走访3家"),
        ("乙", "再座谈", "80%", "座谈2次"),
        ("丙", "", "", "—"),
        ("合计", "", "", ""),
    ),
    row_keys=(1, 2, 3, "total"),
)
LIST = Table(columns=(Column("进展", key=PROGRESS),), rows=(("走访3家",),), row_keys=(1,))
WITHOUT_KEYS = Table(columns=(Column("进展", key=PROGRESS),), rows=(("走访3家",),))
ANNEXES = (Annex("举措", (Paragraph("如下。"), TABLE)), Annex("清单", (WITHOUT_KEYS, LIST)))


def test_those_of_accepted_filings_can_be_written_in() -> None:
    found = cells_in(ANNEXES, [], FACTS)
    assert [(cell.measure.number, cell.filing, cell.column, cell.made, cell.version) for cell in found] == [
        (1, 11, PROGRESS, "走访3家", 0),
        (1, 11, NEXT_STEPS, "再走访", 0),
        (2, 12, PROGRESS, "座谈2次", 0),
        (2, 12, NEXT_STEPS, "再座谈", 0),
        (1, 11, PROGRESS, "走访3家", 0),
    ]
    assert not any(cell.is_written or cell.is_overtaken for cell in found)
    assert write_cells(ANNEXES, found) == ANNEXES


def test_a_cell_has_the_block_of_its_filing_and_column() -> None:
    rows = [
        written(11, 1, "走访3家", "走访三家"),
        written(12, 3, "再座谈", "再座谈一次"),
        written(12, 1, "座谈2次", "座谈两次", role=BlockRole.PROGRESS),
        written(99, 1, "走访3家", "无关"),
    ]
    found = cells_in(ANNEXES, rows, FACTS)
    assert [cell.row for cell in found] == [rows[0], None, None, rows[1], rows[0]]
    assert [cell.words for cell in found] == ["走访三家", "再走访", "座谈2次", "再座谈一次", "走访三家"]
    first, second = write_cells(ANNEXES, found)
    assert first.blocks[0] == ANNEXES[0].blocks[0]
    assert cast(Table, first.blocks[1]).rows == (
        ("甲", "再走访", "76%", "走访三家"),
        ("乙", "再座谈一次", "80%", "座谈2次"),
        *TABLE.rows[2:],
    )
    assert [cast(Table, block).rows for block in second.blocks] == [(("走访3家",),), (("走访三家",),)]


@pytest.mark.parametrize(
    ("made", "before", "now", "state"),
    [
        ("走访3家", "走访3家", "走访三家", (True, False, "走访三家", "走访三家")),
        ("走访4家", "走访3家", "走访三家", (False, True, "走访三家", "走访4家")),
        ("走访3家", "走访3家", "走访3家", (False, False, "走访3家", "走访3家")),
        ("走访4家", "走访3家", "走访3家", (False, False, "走访3家", "走访4家")),
        ("", None, "走访三家", (True, False, "走访三家", "走访三家")),
    ],
)
def test_what_was_written_is_in_force_while_the_same_is_made_of_the_cell(
    made: str, before: str | None, now: str, state: tuple[bool, bool, str, str]
) -> None:
    cell = AnnexCell(measure(1, 11), 11, 1, made, written(11, 1, before, now))
    assert (cell.is_written, cell.is_overtaken, cell.written, cell.words) == state
    assert cell.version == 4


def test_where_nobody_wrote_the_cell_says_what_is_made_of_it() -> None:
    cell = AnnexCell(measure(1, 11), 11, 2, "走访3家")
    assert (cell.column, cell.is_written, cell.is_overtaken) == (PROBLEMS, False, False)
    assert (cell.written, cell.words, cell.version) == ("", "走访3家", 0)
