"""Cells of the annexes that were rewritten where they stand.

Each is a block of its own, of a role that no text has: what can be done with a block, with versions, steps taken back
and the log, can be done with it. It is in force while text and filings make of the cell what they made when it was
written; once they make something else, that is printed, and what was written is named.
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

# By the ordinal of their blocks; the figures of 完成率 are the filing's alone.
WRITTEN_COLUMNS = {1: RepeatingColumn.PROGRESS, 2: RepeatingColumn.PROBLEMS, 3: RepeatingColumn.NEXT_STEPS}


@dataclass(frozen=True)
class AnnexCell:
    """A cell that can be written in.

    made: what text and filings make of it.
    row: what somebody wrote there; None where nobody did.
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
        """Return whether somebody's words stand in it."""
        return self.row is not None and self.row.is_changed and words_before(self.row) == self.made

    @property
    def is_overtaken(self) -> bool:
        """Return whether somebody's words do not stand in it, since text or filings make something else of it now."""
        return self.row is not None and self.row.is_changed and words_before(self.row) != self.made

    @property
    def written(self) -> str:
        """Return what somebody wrote, be it in force or not."""
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
    """Return what a cell was when it was first written in."""
    return words_in(block_from_json(row.composed)) if row.composed else ""


def cells_in(
    annexes: Iterable[Annex], rows: Iterable[DocumentBlock], facts: DocumentFacts
) -> tuple[AnnexCell, ...]:
    """Return the cells that can be written in, in the order of the annexes: those of accepted filings."""
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
    """Return, by ordinal, where the columns stand that can be written in."""
    keys = [column.key for column in table.columns]
    return {ordinal: keys.index(column) for ordinal, column in WRITTEN_COLUMNS.items() if column in keys}


def write_cells(annexes: Iterable[Annex], cells: Iterable[AnnexCell]) -> tuple[Annex, ...]:
    """Return annexes with somebody's words in those cells where they are in force."""
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
