"""What the lines of one document have in common: evidence for repairing single places in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from app.plan.importer.lines import TextLine
from app.plan.importer.numbering import NumberMark
from app.plan.importer.sentences import SENTENCE_STOPS, is_terminated

LONGEST_HEADING = 60  # characters
LONGEST_OWN_LINE_HEAD = 26


@dataclass(frozen=True)
class LinePatterns:
    """How this document is written.

    `pairs` are the two-character sequences that occur in it, `indents` tells whether paragraphs begin with
    two spaces, `heading_lengths` the usual length of a heading by rank, `run_in_ranks` the ranks whose numbered
    paragraphs are mostly sentences and not bare headings.
    """

    pairs: frozenset[str]
    indents: bool
    heading_lengths: dict[int, float]
    run_in_ranks: frozenset[int]


def patterns_of_lines(lines: Sequence[TextLine], numbers: Mapping[int, NumberMark]) -> LinePatterns:
    """Return the patterns of the document that `lines` make up."""
    by_rank = _texts_by_rank(lines, numbers)
    bare = {rank: [text for text in texts if _is_bare_heading(text)] for rank, texts in by_rank.items()}
    return LinePatterns(
        pairs=frozenset(pair for line in lines for pair in _character_pairs(line.text)),
        indents=_is_majority(line.indented for line in lines if len(line.text) > LONGEST_OWN_LINE_HEAD),
        heading_lengths={rank: median(map(len, texts)) for rank, texts in bare.items() if texts},
        run_in_ranks=frozenset(rank for rank, texts in by_rank.items() if 2 * len(bare[rank]) < len(texts)),
    )


def _character_pairs(text: str) -> Iterable[str]:
    return (text[place : place + 2] for place in range(len(text) - 1))


def _is_majority(answers: Iterable[bool]) -> bool:
    counted = list(answers)
    return 2 * sum(counted) > len(counted)


def _is_bare_heading(text: str) -> bool:
    return (
        len(text) <= LONGEST_HEADING
        and not is_terminated(text)
        and not any(stop in text for stop in SENTENCE_STOPS)
    )


def _texts_by_rank(lines: Sequence[TextLine], numbers: Mapping[int, NumberMark]) -> dict[int, list[str]]:
    by_rank: dict[int, list[str]] = defaultdict(list)
    for place, mark in numbers.items():
        by_rank[mark.rank].append(lines[place].text)
    return by_rank
