"""Cells of the annexes that somebody rewrote.

Each is stored as a block with the role ANNEX_CELL, so that versions, undo and the log work as for other blocks. The new
words are printed while text and filings would still produce the same cell as when they were written; once these
produce something else, that is printed, and the written words are only shown as overtaken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from app.composition.block_keys import BlockRole
from app.composition.chapters.measures_annex import RepeatingColumn
from app.composition.facts import DocumentFacts, MeasureFacts
from app.drafting.core.models import DocumentBlock
from reports.frozen_text import block_from_json
from reports.model import Annex, Block, Table

# By the ordinal of their blocks. 完成率 is missing: its figures come from the filing only.
WRITTEN_COLUMNS = {1: RepeatingColumn.PROGRESS, 2: RepeatingColumn.PROBLEMS, 3: RepeatingColumn.NEXT_STEPS}


@dataclass(frozen=True)
class AnnexCell:
    """A cell that can be rewritten.

    made: what text and filings produce for it.
    row: the block with the written words; None if nobody rewrote it.
    """

    measure: MeasureFacts
    filing: int
    ordinal: int
    made: str
    row: DocumentBlock | None = None

    @property
    def column(self) -> RepeatingColumn:
        return WRITTEN_COLUMNS[self.ordinal]

    @property
    def is_written(self) -> bool:
        """Return whether the written words are in force."""
        return self.row is not None and self.row.is_changed and words_before(self.row) == self.made

    @property
    def is_overtaken(self) -> bool:
        """Return whether the written words are out of force, because text or filings now produce something else."""
        return self.row is not None and self.row.is_changed and words_before(self.row) != self.made

    @property
    def written(self) -> str:
        """Return the written words, in force or not."""
        return words_in(self.row.block) if self.row else ""

    @property
    def words(self) -> str:
        return self.written if self.is_written else self.made

    @property
    def version(self) -> int:
        return self.row.version if self.row else 0


def words_in(block: Block) -> str:
    return getattr(block, "text", "")


def words_before(row: DocumentBlock) -> str:
    """Return what the cell said when it was first rewritten."""
    return words_in(block_from_json(row.composed)) if row.composed else ""


def cells_in(
    annexes: Iterable[Annex], rows: Iterable[DocumentBlock], facts: DocumentFacts
) -> tuple[AnnexCell, ...]:
    """Return the cells of accepted filings, which can be rewritten, in the order of the annexes."""
    written = {(row.filing_id, row.ordinal): row for row in rows if row.role is BlockRole.ANNEX_CELL}
    measures = {measure.number: measure for measure, _ in facts.reported}
    tables = [block for annex in annexes for block in annex.blocks if isinstance(block, Table)]
    return tuple(cell for table in tables for cell in cells_of_table(table, measures, written))


def cells_of_table(
    table: Table,
    measures: Mapping[int, MeasureFacts],
    written: Mapping[tuple[int | None, int], DocumentBlock],
) -> Iterator[AnnexCell]:
    places = places_of_columns(table)
    for key, row in zip(table.row_keys, table.rows, strict=False):
        measure = measures.get(key) if isinstance(key, int) else None
        if measure is None or measure.report is None:
            continue
        filing = measure.report.filing
        for ordinal, place in places.items():
            yield AnnexCell(measure, filing, ordinal, row[place], written.get((filing, ordinal)))


def places_of_columns(table: Table) -> dict[int, int]:
    """Return the places of the columns that can be rewritten, by ordinal."""
    keys = [column.key for column in table.columns]
    return {ordinal: keys.index(column) for ordinal, column in WRITTEN_COLUMNS.items() if column in keys}


def write_cells(annexes: Iterable[Annex], cells: Iterable[AnnexCell]) -> tuple[Annex, ...]:
    """Return the annexes with the written words of those cells that are in force."""
    words = {(cell.measure.number, cell.ordinal): cell.words for cell in cells if cell.is_written}
    if not words:
        return tuple(annexes)
    return tuple(
        replace(annex, blocks=tuple(written_table(block, words) for block in annex.blocks))
        for annex in annexes
    )


def written_table(block: Block, words: Mapping[tuple[int, int], str]) -> Block:
    if not (isinstance(block, Table) and block.row_keys):
        return block
    ordinals = {place: ordinal for ordinal, place in places_of_columns(block).items()}
    rows = tuple(
        tuple(
            words.get((key, ordinals[place]), cell) if isinstance(key, int) and place in ordinals else cell
            for place, cell in enumerate(row)
        )
        for key, row in zip(block.row_keys, block.rows, strict=True)
    )
    return replace(block, rows=rows)
