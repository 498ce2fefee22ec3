"""Rewording the annexes: a change of words in the text is repeated in the annex tables that quote the same words.

A sentence is replaced if it occurs once in the row of its measure and no other block still says it. Old words that
remain are reported with their place, so that a document never contradicts itself unnoticed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.composition.chapters.measures_annex import RepeatingColumn
from app.composition.chapters.progress import reports_of
from app.composition.facts import DocumentFacts, MeasureFacts
from app.drafting.core.models import DocumentBlock
from app.drafting.core.rewordings import (
    MOST_SENTENCES,
    BlockRewording,
    figures_in,
    rewording_of,
    split_sentences,
)
from reports.model import Annex, Block, Table

Cells = tuple[str, ...]
# The cells of a row that repeat what the text says, by their column.
RepeatingCells = Mapping[RepeatingColumn, str]
# The marks that may end a line; as a paragraph of its own it would end with a full stop.
MARKS = "。；，、："
# What may precede a sentence: the end of another one, a line break, or the name of its quarter.
BEGINNING = "。！？”’）》："
QUARTER_NAMED = re.compile(r"(?:^|[。！？”’）》\n])第?[一二三四]季度，$")


@dataclass(frozen=True)
class OutdatedCell:
    """Old words that remain in a measure's annex row although a block of the text says something else."""

    row: DocumentBlock
    measure: MeasureFacts
    column: RepeatingColumn
    words: str


@dataclass(frozen=True)
class RewordedMeasure:
    """A measure with the rewordings of its filings."""

    measure: MeasureFacts
    rewordings: tuple[BlockRewording, ...]


# By the measure's number, which is the key of its row.
RewordedMeasures = Mapping[object, RewordedMeasure]


def reword_annexes(
    annexes: Iterable[Annex], rows: Iterable[DocumentBlock], facts: DocumentFacts
) -> tuple[Annex, ...]:
    """Return the annexes with the present words of the text; the words of dropped blocks stay in them."""
    reworded = reworded_measures(rows, facts)
    return tuple(
        replace(annex, blocks=tuple(reworded_table(block, reworded) for block in annex.blocks))
        for annex in annexes
    )


def outdated_cells(
    annexes: Iterable[Annex], rows: Iterable[DocumentBlock], facts: DocumentFacts
) -> tuple[OutdatedCell, ...]:
    """Return the old words that remain in the annexes although the text says something else."""
    reworded = reworded_measures(rows, facts)
    tables = [block for annex in annexes for block in annex.blocks if isinstance(block, Table)]
    return tuple(one for table in tables for one in outdated_in_table(table, reworded))


def reworded_measures(rows: Iterable[DocumentBlock], facts: DocumentFacts) -> RewordedMeasures:
    known = list(filter(None, map(rewording_of, rows)))
    return {measure.number: reworded_measure(measure, known) for measure in facts.measures}


def reworded_measure(measure: MeasureFacts, known: Iterable[BlockRewording]) -> RewordedMeasure:
    """Return a measure with the rewordings of its filings and contributions."""
    filings = {report.filing for report in reports_of(measure)}
    items = {one.measure for one in measure.contributed}
    own = (one for one in known if one.row.filing_id in filings or one.row.item_id in items)
    return RewordedMeasure(measure, tuple(own))


def reworded_table(block: Block, reworded: RewordedMeasures) -> Block:
    """Return a block with the rows of reworded measures replaced; rows without a key stay as they are."""
    if not (isinstance(block, Table) and block.row_keys):
        return block
    rows = tuple(
        reworded_cells(cells, reworded[key].rewordings) if key in reworded else cells
        for key, cells in zip(block.row_keys, block.rows, strict=True)
    )
    return replace(block, rows=rows)


def reworded_cells(cells: Cells, known: Sequence[BlockRewording]) -> Cells:
    """Return a measure's cells with the present words of the blocks of its filings."""
    for one in known:
        others = [other for other in known if other is not one]
        whole = exchanged_lines(cells, one)
        if whole != cells and not is_disputed(one.before, one.after, others):
            cells = whole
            continue
        for before, after in one.exchanged:
            if not is_disputed(before, after, others):
                cells = exchanged_sentence(cells, before, after)
    return cells


def is_disputed(before: str, after: str, others: Iterable[BlockRewording]) -> bool:
    """Return whether another block of the measure had the same words, or one of their sentences, but changed them
    otherwise.
    """
    former = {before, *(set(split_sentences(before)) - set(split_sentences(after)))}
    return any(
        after not in other.after and any(words in other.before for words in former) for other in others
    )


def exchanged_lines(cells: Cells, one: BlockRewording) -> Cells:
    """Return the cells with new words if the block's old words are one whole cell, or one quarter's lines in it.

    Not if the text gained a sentence that a cell already has: then an abridged text was extended from its filing.
    """
    # A lookahead, because with two equal lines in succession the first one ends where the second one begins.
    lines = re.compile(rf"(?=\n{re.escape(one.before)}\n)")
    places = sum(len(lines.findall(f"\n{cell}\n")) for cell in cells)
    if one.before == one.after or places != 1 or len(one.added) > MOST_SENTENCES:
        return cells
    if any(has_sentence(added, cells) for added in one.added):
        return cells
    return tuple(f"\n{cell}\n".replace(f"\n{one.before}\n", f"\n{one.after}\n")[1:-1] for cell in cells)


def exchanged_sentence(cells: Cells, before: str, after: str) -> Cells:
    """Return the cells with a sentence replaced that occurs in them exactly once; otherwise unchanged."""
    found = [(number, place) for number, cell in enumerate(cells) for place in places_of(before, cell)]
    new = "".join(one for one in split_sentences(after) if not has_sentence(one, cells))
    if len(found) != 1 or not new:
        return cells
    [(number, (start, end))] = found
    cell = cells[number]
    mark = cell[start:end].removeprefix(before.rstrip(MARKS))
    new = new if before.endswith(mark) else new.rstrip(MARKS) + mark
    exchanged = cell[:start] + new + cell[end:]
    return (*cells[:number], exchanged, *cells[number + 1 :])


def has_sentence(sentence: str, cells: Cells) -> bool:
    return any(places_of(sentence, cell) for cell in cells)


def places_of(sentence: str, cell: str) -> list[tuple[int, int]]:
    """Return the places of a sentence in a cell; at the end of a line its last mark may differ."""
    stem = sentence.rstrip(MARKS) or sentence
    found, start = [], cell.find(stem)
    while start >= 0:
        end = end_at(start, sentence, stem, cell)
        if end:
            found.append((start, end))
        start = cell.find(stem, end or start + len(stem))
    return found


def end_at(start: int, sentence: str, stem: str, cell: str) -> int:
    """Return where the sentence ends whose stem is at `start`; 0 if it is part of another sentence."""
    before = cell[start - 1 : start]
    begins = not before or before.isspace() or before in BEGINNING
    if not begins and not QUARTER_NAMED.search(cell, max(0, start - len("。第三季度，")), start):
        return 0
    if cell.startswith(sentence, start):
        return start + len(sentence)
    end = start + len(stem)
    end += cell[end : end + 1] in tuple(MARKS)
    return end if not cell[end : end + 1].strip() else 0


def outdated_in_table(table: Table, reworded: RewordedMeasures) -> Iterator[OutdatedCell]:
    """Yield the old words that remain in a table, row by row without repetition; rows without a key are skipped."""
    if not table.row_keys:
        return
    for key, cells in zip(table.row_keys, table.rows, strict=True):
        if known := reworded.get(key):
            repeating = repeating_cells(table, cells)
            for one in known.rewordings:
                for column, words in dict.fromkeys(outdated_words(one, repeating)):
                    yield OutdatedCell(one.row, known.measure, column, words)


def repeating_cells(table: Table, cells: Cells) -> RepeatingCells:
    """Return the cells of a row that repeat what the text says."""
    return {
        column.key: cell
        for column, cell in zip(table.columns, cells, strict=True)
        if isinstance(column.key, RepeatingColumn)
    }


def outdated_words(one: BlockRewording, repeating: RepeatingCells) -> Iterator[tuple[RepeatingColumn, str]]:
    """Yield each sentence replaced in the text, or figure no longer in it, with the column that still has it."""
    kept = figures_in(one.after)
    shown = {column: figures_in(cell) for column, cell in repeating.items()}
    for before, after in one.exchanged:
        now = set(split_sentences(after))
        gone = [sentence for sentence in split_sentences(before) if sentence not in now]
        lost = [figure for figure in figures_in(before) if figure not in kept]
        for column, cell in repeating.items():
            whole = [sentence for sentence in gone if places_of(sentence, cell)]
            parts = [figure for figure in lost if figure in shown[column]]
            yield from ((column, words) for words in whole or parts)
