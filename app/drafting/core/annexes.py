"""What was reworded in the text is reworded in the tables behind it that repeat it: a document says one thing once.

A sentence is exchanged where it stands once in its measure's row and no other block still says it. Old words that
remain are named with their place: no document contradicts itself unnoticed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.composition.chapters.ledger import REPEATING
from app.composition.chapters.progress import reports_of
from app.composition.facts import Facts
from app.composition.wording import quoted
from app.drafting.core.models import DocumentBlock
from app.drafting.core.rewordings import (
    MOST_SENTENCES,
    Rewording,
    figures,
    rewording,
    sentences,
)
from reports.model import Annex, Block, Table

Cells = tuple[str, ...]
# What a line may end with: as a paragraph of its own it ends with a full stop.
MARKS = "。；，、："
# What a sentence begins behind: another sentence, a line, the quarter that it is about.
BEGINNING = "。！？”’）》："


@dataclass(frozen=True)
class Remnant:
    """Old words that still stand in an annex, in which place, though a block of the text says something else."""

    row: DocumentBlock
    place: str
    words: str


@dataclass(frozen=True)
class Agreement:
    """Annexes with the words that the text has now, and what of the old words remains in them."""

    annexes: tuple[Annex, ...]
    remnants: tuple[Remnant, ...]


def agreement(annexes: Iterable[Annex], rows: Iterable[DocumentBlock], facts: Facts) -> Agreement:
    """Return annexes in which the text's words are repeated as they are now; what was left out stays in them."""
    known = list(filter(None, map(rewording, rows)))
    by_measure: dict[Cells, list[Rewording]] = {}
    for measure in facts.measures:
        sources = {report.source for report in reports_of(measure)}
        found = [one for one in known if one.row.source in sources]
        by_measure[str(measure.number), measure.title] = found
    agreed = tuple(
        replace(annex, blocks=tuple(reworded(block, by_measure) for block in annex.blocks))
        for annex in annexes
    )
    tables = [block for annex in agreed for block in annex.blocks if isinstance(block, Table)]
    return Agreement(agreed, tuple(one for table in tables for one in remnants_in(table, by_measure)))


def reworded(block: Block, by_measure: Mapping[Cells, Sequence[Rewording]]) -> Block:
    """Return a block with those rows exchanged that repeat what was reworded."""
    if not isinstance(block, Table):
        return block
    return replace(block, rows=tuple(carried(row, by_measure.get(row[:2], ())) for row in block.rows))


def carried(cells: Cells, known: Sequence[Rewording]) -> Cells:
    """Return a measure's cells with the words that the blocks of its filings have now."""
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


def is_disputed(before: str, after: str, others: Iterable[Rewording]) -> bool:
    """Return whether another block of the measure had the same words, and not the same was made of them."""
    return any(before in other.before and after not in other.after for other in others)


def exchanged_lines(cells: Cells, one: Rewording) -> Cells:
    """Return cells with new words where a block's own are one whole cell, or one quarter's lines of it.

    Not where a sentence was added that a cell has already: an abridged text was given more of its filing.
    """
    places = [f"\n{cell}\n".count(f"\n{one.before}\n") for cell in cells]
    if one.before == one.after or sum(places) != 1 or len(one.added) > MOST_SENTENCES:
        return cells
    if any(stands(added, cells) for added in one.added):
        return cells
    return tuple(f"\n{cell}\n".replace(f"\n{one.before}\n", f"\n{one.after}\n")[1:-1] for cell in cells)


def exchanged_sentence(cells: Cells, before: str, after: str) -> Cells:
    """Return cells with a sentence in place of another that stands once in them; else the cells as they are."""
    found = [(number, place) for number, cell in enumerate(cells) for place in places_of(before, cell)]
    new = "".join(one for one in sentences(after) if not stands(one, cells))
    if len(found) != 1 or not new:
        return cells
    number, place = found[0]
    cell, (start, end) = cells[number], place
    mark = cell[start:end].removeprefix(before.rstrip(MARKS))
    new = new if before.endswith(mark) else new.rstrip(MARKS) + mark
    exchanged = cell[:start] + new + cell[end:]
    return (*cells[:number], exchanged, *cells[number + 1 :])


def stands(sentence: str, cells: Cells) -> bool:
    """Return whether a measure's cells have a sentence."""
    return any(places_of(sentence, cell) for cell in cells)


def places_of(sentence: str, cell: str) -> list[tuple[int, int]]:
    """Return where a sentence stands in a cell, be it that its last mark is another at the end of a line."""
    stem = sentence.rstrip(MARKS) or sentence
    found, start = [], cell.find(stem)
    while start >= 0:
        end = end_at(start, sentence, stem, cell)
        if end:
            found.append((start, end))
        start = cell.find(stem, end or start + 1)
    return found


def end_at(start: int, sentence: str, stem: str, cell: str) -> int:
    """Return where a sentence ends whose stem stands somewhere in a cell; 0 where it is part of another sentence."""
    before = cell[start - 1 : start]
    if before and not before.isspace() and before not in BEGINNING:
        return 0
    if cell.startswith(sentence, start):
        return start + len(sentence)
    end = start + len(stem)
    end += cell[end : end + 1] in tuple(MARKS)
    return end if not cell[end : end + 1].strip() else 0


def remnants_in(table: Table, by_measure: Mapping[Cells, Sequence[Rewording]]) -> Iterator[Remnant]:
    """Yield the old words that remain in a table, row by row, each place once."""
    heads = [column.title for column in table.columns]
    for cells in table.rows:
        repeating = {head: cell for head, cell in zip(heads, cells, strict=True) if head in REPEATING}
        found = (one for known in by_measure.get(cells[:2], ()) for one in remaining(known, repeating))
        for row, head, words in dict.fromkeys(found):
            yield Remnant(row, f"附件第{cells[0]}项{quoted(cells[1])}的“{head}”栏", words)


def remaining(one: Rewording, repeating: Mapping[str, str]) -> Iterator[tuple[DocumentBlock, str, str]]:
    """Yield each cell, by its head, that has a sentence which the text exchanged, or a figure that it has no more."""
    kept = figures(one.after)
    shown = {head: figures(cell) for head, cell in repeating.items()}
    for before, after in one.exchanged:
        now = set(sentences(after))
        gone = [sentence for sentence in sentences(before) if sentence not in now]
        lost = [figure for figure in figures(before) if figure not in kept]
        for head, cell in repeating.items():
            whole = [sentence for sentence in gone if places_of(sentence, cell)]
            parts = [figure for figure in lost if figure in shown[head]]
            yield from ((one.row, head, words) for words in whole or parts)
