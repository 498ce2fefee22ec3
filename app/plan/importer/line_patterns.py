"""What the lines of one document have in common: evidence for repairing single places in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from app.plan.importer.lines import StrippedLine
from app.plan.importer.numbering import BULLET_RANK, mark_of
from app.plan.importer.sentences import SENTENCE_STOPS, is_terminated

LONGEST_HEADING = 60  # characters
LONGEST_OWN_LINE_HEAD = 26
_FEWEST_OWN_LINE_HEADS = 3


@dataclass(frozen=True)
class LinePatterns:
    """How this document is written.

    `pairs` are the two-character sequences that occur in it, `indents` tells whether paragraphs begin with
    two spaces, `bold_lines` whether bold heads stand on their own lines, `own_line_heads` whether unmarked
    ones do, `heading_lengths` the usual length of a heading by rank, `run_in_ranks` the ranks whose numbered
    paragraphs are mostly sentences and not bare headings.
    """

    pairs: frozenset[str]
    indents: bool
    bold_lines: bool
    own_line_heads: bool
    heading_lengths: dict[int, float]
    run_in_ranks: frozenset[int]


def patterns_of_lines(lines: Sequence[StrippedLine]) -> LinePatterns:
    """Return the patterns of the document that `lines` make up."""
    by_rank = _texts_by_rank(lines)
    bare = {rank: [text for text in texts if _is_bare_heading(text)] for rank, texts in by_rank.items()}
    return LinePatterns(
        pairs=frozenset(pair for line in lines for pair in _character_pairs(line.text)),
        indents=_is_majority(line.indented for line in lines if len(line.text) > LONGEST_OWN_LINE_HEAD),
        bold_lines=_is_majority(
            line.is_wholly_bold for line in lines if line.marks and mark_of(line.text) is None
        ),
        own_line_heads=_writes_own_line_heads(lines),
        heading_lengths={rank: median(map(len, texts)) for rank, texts in bare.items() if texts},
        run_in_ranks=frozenset(rank for rank, texts in by_rank.items() if 2 * len(bare[rank]) < len(texts)),
    )


def is_own_line_head(before: StrippedLine | None, line: StrippedLine, after: StrippedLine | None) -> bool:
    """Whether a line looks like a head without mark or number, standing alone above its text."""
    return (
        len(line.text) <= LONGEST_OWN_LINE_HEAD
        and not is_terminated(line.text)
        and mark_of(line.text) is None
        and not {"，", "；", "："}.intersection(line.text)
        and (before is None or is_terminated(before.text) or mark_of(before.text) is not None)
        and after is not None
        and (len(after.text) > LONGEST_OWN_LINE_HEAD or is_terminated(after.text))
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


def _texts_by_rank(lines: Sequence[StrippedLine]) -> dict[int, list[str]]:
    by_rank: dict[int, list[str]] = defaultdict(list)
    for line in lines:
        mark = mark_of(line.text)
        if mark:
            by_rank[mark.rank].append(line.text)
    return by_rank


def _writes_own_line_heads(lines: Sequence[StrippedLine]) -> bool:
    neighbours = zip([None, *lines], lines, [*lines[1:], None], strict=False)
    found = sum(is_own_line_head(*three) for three in neighbours)
    marks = (mark_of(line.text) for line in lines)
    headings = sum(mark is not None and mark.rank < BULLET_RANK for mark in marks)
    return found >= max(_FEWEST_OWN_LINE_HEADS, headings / 3)
