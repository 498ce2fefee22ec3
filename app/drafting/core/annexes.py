"""What was reworded in the text is reworded in the tables behind it that repeat it: a document says one thing once.

A sentence is exchanged where it stands once in its measure's row and no other block still says it. Old words that
remain are named with their place: no document contradicts itself unnoticed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.composition.chapters.measures_annex import REPEATING
from app.composition.chapters.progress import reports_of
from app.composition.facts import DocumentFacts
from app.composition.wording import quoted_title
from app.drafting.core.models import DocumentBlock
from app.drafting.core.rewordings import (
    MOST_SENTENCES,
    BlockRewording,
    figures,
    rewording_of,
    split_sentences,
)
from reports.model import Annex, Block, Table

Cells = tuple[str, ...]
# What a line may end with: as a paragraph of its own it ends with a full stop.
MARKS = "。；，、："
# What a sentence begins behind: another sentence, a line, the quarter that it is about.
BEGINNING = "。！？”’）》："


@dataclass(frozen=True)
class OutdatedCell:
    """Old words that still stand in an annex, in which place, though a block of the text says something else."""

    row: DocumentBlock
    place: str
    words: str


@dataclass(frozen=True)
class AgreedAnnexes:
    """Annexes with the words that the text has now, and what of the old words remains in them."""

    annexes: tuple[Annex, ...]
    outdated_cells: tuple[OutdatedCell, ...]


def agree_annexes(
    annexes: Iterable[Annex], rows: Iterable[DocumentBlock], facts: DocumentFacts
) -> AgreedAnnexes:
    """Return annexes in which the text's words are repeated as they are now; what was left out stays in them."""
    known = list(filter(None, map(rewording_of, rows)))
    by_measure: dict[Cells, list[BlockRewording]] = {}
    for measure in facts.measures:
        filings = {report.filing for report in reports_of(measure)}
        found = [one for one in known if one.row.filing_id in filings]
        by_measure[str(measure.number), measure.title] = found
    agreed = tuple(
        replace(annex, blocks=tuple(reworded_table(block, by_measure) for block in annex.blocks))
        for annex in annexes
    )
    tables = [block for annex in agreed for block in annex.blocks if isinstance(block, Table)]
    return AgreedAnnexes(
        agreed, tuple(one for table in tables for one in outdated_in_table(table, by_measure))
    )


def reworded_table(block: Block, by_measure: Mapping[Cells, Sequence[BlockRewording]]) -> Block:
    """Return a block with those rows exchanged that repeat what was reworded."""
    if not isinstance(block, Table):
        return block
    return replace(block, rows=tuple(reworded_cells(row, by_measure.get(row[:2], ())) for row in block.rows))


def reworded_cells(cells: Cells, known: Sequence[BlockRewording]) -> Cells:
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


def is_disputed(before: str, after: str, others: Iterable[BlockRewording]) -> bool:
    """Return whether another block of the measure had the same words, and not the same was made of them."""
    return any(before in other.before and after not in other.after for other in others)


def exchanged_lines(cells: Cells, one: BlockRewording) -> Cells:
    """Return cells with new words where a block's own are one whole cell, or one quarter's lines of it.

    Not where a sentence was added that a cell has already: an abridged text was given more of its filing.
    """
    places = [f"\n{cell}\n".count(f"\n{one.before}\n") for cell in cells]
    if one.before == one.after or sum(places) != 1 or len(one.added) > MOST_SENTENCES:
        return cells
    if any(has_sentence(added, cells) for added in one.added):
        return cells
    return tuple(f"\n{cell}\n".replace(f"\n{one.before}\n", f"\n{one.after}\n")[1:-1] for cell in cells)


def exchanged_sentence(cells: Cells, before: str, after: str) -> Cells:
    """Return cells with a sentence in place of another that stands once in them; else the cells as they are."""
    found = [(number, place) for number, cell in enumerate(cells) for place in places_of(before, cell)]
    new = "".join(one for one in split_sentences(after) if not has_sentence(one, cells))
    if len(found) != 1 or not new:
        return cells
    number, place = found[0]
    cell, (start, end) = cells[number], place
    mark = cell[start:end].removeprefix(before.rstrip(MARKS))
    new = new if before.endswith(mark) else new.rstrip(MARKS) + mark
    exchanged = cell[:start] + new + cell[end:]
    return (*cells[:number], exchanged, *cells[number + 1 :])


def has_sentence(sentence: str, cells: Cells) -> bool:
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


def outdated_in_table(
    table: Table, by_measure: Mapping[Cells, Sequence[BlockRewording]]
) -> Iterator[OutdatedCell]:
    """Yield the old words that remain in a table, row by row, each place once."""
    heads = [column.title for column in table.columns]
    for cells in table.rows:
        repeating = {head: cell for head, cell in zip(heads, cells, strict=True) if head in REPEATING}
        found = (one for known in by_measure.get(cells[:2], ()) for one in outdated_cells(known, repeating))
        for row, head, words in dict.fromkeys(found):
            yield OutdatedCell(row, f"附件第{cells[0]}项{quoted_title(cells[1])}的“{head}”栏", words)


def outdated_cells(
    one: BlockRewording, repeating: Mapping[str, str]
) -> Iterator[tuple[DocumentBlock, str, str]]:
    """Yield each cell, by its head, that has a sentence which the text exchanged, or a figure that it has no more."""
    kept = figures(one.after)
    shown = {head: figures(cell) for head, cell in repeating.items()}
    for before, after in one.exchanged:
        now = set(split_sentences(after))
        gone = [sentence for sentence in split_sentences(before) if sentence not in now]
        lost = [figure for figure in figures(before) if figure not in kept]
        for head, cell in repeating.items():
            whole = [sentence for sentence in gone if places_of(sentence, cell)]
            parts = [figure for figure in lost if figure in shown[head]]
            yield from ((one.row, head, words) for words in whole or parts)
