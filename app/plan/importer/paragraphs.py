"""Paragraphs from damaged lines: what a page or line break split is joined again.

Whether a line continues the one before is asked of SEAM_RULES in order; the first that has an answer decides.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from app.plan.importer.duties import is_duty_text, is_ended
from app.plan.importer.lost_breaks import names_chapter
from app.plan.importer.numbering import NumberMark, mark_of
from app.plan.importer.sentences import (
    SENTENCE_STOPS,
    Span,
    cannot_begin,
    has_open_pair,
    is_terminated,
)
from app.plan.importer.source_text import TextLine
from app.plan.importer.unnumbered_heads import LONGEST_OWN_LINE_HEAD

LONGEST_HEADING = 60  # characters
_LONGEST_PARAGRAPH = 10_000  # characters; a longer one goes on as a paragraph of its own
_LONGEST_FRAGMENT = 40  # characters; what follows a heading and is longer is text
_SURE = 4.0  # the score from which on the end of a heading is certain
_OVERRULES = 2.0
_FRAGMENT_ENDS = 3.0
_MOSTLY = 0.9  # share of the lines
_JOINS = "和及与"
_LABEL = re.compile(r"[\u4e00-\u9fff](?:\s*[\u4e00-\u9fff]){1,5}\s*[：:](?=.)")


@dataclass(frozen=True)
class LinePatterns:
    """How this document is written.

    `pairs` are the two-character sequences that occur in it, `indents` tells whether paragraphs begin with
    two spaces, `is_parted` whether a blank line stands between any two, `heading_lengths` the usual length of a
    heading by rank, `run_in_ranks` the ranks whose numbered paragraphs are mostly sentences and not bare headings.
    """

    pairs: frozenset[str]
    indents: bool
    is_parted: bool
    heading_lengths: dict[int, float]
    run_in_ranks: frozenset[int]


@dataclass
class PlanParagraph:
    """A paragraph as it was written: its text, where bold marks stood, the line that it began on.

    `mark` is its number where that counts, `pieces` are the places in `text` at which a line of the source begins,
    each with its place in the source.
    """

    text: str
    line: int
    marks: list[int] = field(default_factory=list)
    depth: int = 0
    own_line: bool = False
    mark: NumberMark | None = None
    pieces: list[Span] = field(default_factory=list)
    is_row: bool = False

    def append_line(self, line: TextLine) -> None:
        self.marks += [len(self.text) + place for place in line.marks]
        pieces = line.pieces or ((0, line.start),)
        self.pieces += [(len(self.text) + offset, start) for offset, start in pieces]
        self.text += line.text

    def source_place(self, place: int) -> int:
        """Where a character of the paragraph stands in the source."""
        offset, start = next(piece for piece in reversed(self.pieces) if piece[0] <= place)
        return start + place - offset


@dataclass(frozen=True)
class SeamQuestion:
    """What is uncertain about the seam above `line`, under the heading or text `place`."""

    message: str
    line: TextLine
    place: str


@dataclass(frozen=True)
class _LineSeam:
    """The place between what has been read of a paragraph and the next line."""

    before: PlanParagraph
    line: TextLine
    after: TextLine | None
    patterns: LinePatterns
    mark: NumberMark | None
    mark_after: bool
    standing_alone: bool
    line_stands_alone: bool

    @property
    def is_heading(self) -> bool:
        """Whether what stands before is a numbered heading, not a numbered sentence."""
        text = self.before.text
        mark = self.before.mark
        return (
            mark is not None
            and len(text) <= LONGEST_HEADING
            and not any(stop in text for stop in SENTENCE_STOPS)
        )

    @property
    def has_ended(self) -> bool:
        return is_ended(self.before.text)

    @property
    def is_fragment(self) -> bool:
        """Whether the line is a short piece without an end, which could belong to either side."""
        text = self.line.text
        return len(text) <= _LONGEST_FRAGMENT and not is_ended(text)


def _judge_length(seam: _LineSeam) -> bool | None:
    return False if len(seam.before.text) > _LONGEST_PARAGRAPH else None


def _judge_markdown(seam: _LineSeam) -> bool | None:
    return False if seam.before.depth or seam.line.depth else None


def _judge_table_row(seam: _LineSeam) -> bool | None:
    return False if seam.before.is_row or seam.line.is_row else None


def _judge_punctuation(seam: _LineSeam) -> bool | None:
    return True if cannot_begin(seam.line.text) else None


def _judge_lone_number(seam: _LineSeam) -> bool | None:
    mark = seam.before.mark
    return True if mark and len(mark.printed) == len(seam.before.text) else None


def _judge_next_number(seam: _LineSeam) -> bool | None:
    if seam.mark is not None:
        return False
    whole = seam.is_heading or seam.has_ended or seam.standing_alone
    return None if mark_of(seam.line.text) is None else not whole


def _judge_open_quote(seam: _LineSeam) -> bool | None:
    return True if has_open_pair(seam.before.text) and not seam.has_ended else None


def _judge_blank_line(seam: _LineSeam) -> bool | None:
    return False if seam.patterns.is_parted and seam.line.after_blank else None


def _judge_departments(seam: _LineSeam) -> bool | None:
    if is_duty_text(seam.line.text):
        return False
    return seam.before.text.endswith(("、", "，", "：", ":")) if is_duty_text(seam.before.text) else None


def _judge_label(seam: _LineSeam) -> bool | None:
    """What a field of a measure is called (组长：…) begins a line of its own."""
    return False if seam.is_heading and _LABEL.match(seam.line.text) else None


def _judge_standing_alone(seam: _LineSeam) -> bool | None:
    if seam.standing_alone:
        return False
    own_head = seam.line_stands_alone and not (seam.is_heading and heading_score(seam) > _OVERRULES)
    return False if own_head else None


def _judge_ending(seam: _LineSeam) -> bool | None:
    if not seam.has_ended:
        return None
    if seam.before.text.endswith(("；", ";")):
        return seam.before.mark is None
    return (
        seam.patterns.indents
        and not seam.line.indented
        and not seam.line.after_blank
        and not seam.is_heading
        and not seam.line.is_wholly_bold
    )


def _judge_heading(seam: _LineSeam) -> bool | None:
    if not seam.is_heading:
        return None
    if names_chapter(seam.before.text) and seam.line.text[0] not in _JOINS:
        return False
    return seam.before.text.endswith(("，", "、")) or heading_score(seam) > 0


SEAM_RULES: tuple[Callable[[_LineSeam], bool | None], ...] = (
    _judge_length,
    _judge_markdown,
    _judge_table_row,
    _judge_punctuation,
    _judge_lone_number,
    _judge_next_number,
    _judge_open_quote,
    _judge_blank_line,
    _judge_departments,
    _judge_label,
    _judge_standing_alone,
    _judge_ending,
    _judge_heading,
)


def heading_score(seam: _LineSeam) -> float:
    """How much speaks for the line to continue a heading (above 0) and not to begin its text (below)."""
    return -1.0 + sum(weigh(seam) for weigh in (_by_size, _by_place, _by_pairs, _by_siblings, _by_indent))


def _by_size(seam: _LineSeam) -> float:
    long = -3.0 if len(seam.line.text) > _LONGEST_FRAGMENT else 0.0
    inside = seam.line.text[:-1]
    return long - (2.0 if any(stop in inside for stop in SENTENCE_STOPS) else 0.0)


def _by_place(seam: _LineSeam) -> float:
    """A page ends after a full line, so a short fragment is an end; before a heading it can be nothing else."""
    breaks_off = seam.after is None and len(seam.line.text) > LONGEST_OWN_LINE_HEAD
    if not seam.is_fragment or breaks_off:
        return 0.0
    headed = seam.after is None or seam.after.depth or seam.mark_after
    return 2 * _FRAGMENT_ENDS if headed else _FRAGMENT_ENDS


def _by_pairs(seam: _LineSeam) -> float:
    """Two characters that the break parted stand together elsewhere in the plan."""
    score = 1.5 if seam.before.text[-1:] + seam.line.text[:1] in seam.patterns.pairs else 0.0
    if seam.is_fragment and seam.after and not seam.mark_after:
        score -= 1.5 if seam.line.text[-1:] + seam.after.text[:1] in seam.patterns.pairs else 0.0
    return score


def _by_siblings(seam: _LineSeam) -> float:
    """Headings of one level are about equally long, and end alike."""
    rank = seam.before.mark.rank if seam.before.mark else 0
    if not seam.is_fragment:
        return 2.0 if rank in seam.patterns.run_in_ranks else -2.0
    usual = seam.patterns.heading_lengths.get(rank, 0.0)
    without = abs(len(seam.before.text) - usual)
    joined = abs(len(seam.before.text) + len(seam.line.text) - usual)
    return 1.5 if joined < without else -1.5


def _by_indent(seam: _LineSeam) -> float:
    if not seam.patterns.indents:
        return 0.0
    return -3.0 if seam.line.indented else 3.0


def join_lines(
    lines: Sequence[TextLine], numbers: Mapping[int, NumberMark], alone: Container[int]
) -> tuple[list[PlanParagraph], list[Span], list[SeamQuestion]]:
    """Return the paragraphs that `lines` were before they were broken, and what is uncertain about them.

    `numbers` are the numbers that count, by the line that they begin, `alone` the lines that are heads without one.
    The spans say of each line in which paragraph it is, and where there.
    """
    patterns = patterns_of_lines(lines, numbers)
    paragraphs: list[PlanParagraph] = []
    places: list[Span] = []
    questions: list[SeamQuestion] = []
    for place, line in enumerate(lines):
        seam = _seam_at(place, lines, patterns, numbers, alone, paragraphs)
        if seam is not None:
            questions += _questions_about(seam)
        if seam is not None and _continues_paragraph(seam):
            places.append((len(paragraphs) - 1, len(seam.before.text)))
            seam.before.append_line(line)
        else:
            places.append((len(paragraphs), 0))
            paragraphs.append(_begin_paragraph(line, numbers.get(place), place in alone))
    return paragraphs, places, questions


def _begin_paragraph(line: TextLine, mark: NumberMark | None, alone: bool) -> PlanParagraph:
    pieces = list(line.pieces) or [(0, line.start)]
    return PlanParagraph(
        line.text, line.number, list(line.marks), line.depth, alone, mark, pieces, line.is_row
    )


def _seam_at(
    place: int,
    lines: Sequence[TextLine],
    patterns: LinePatterns,
    numbers: Mapping[int, NumberMark],
    alone: Container[int],
    paragraphs: Sequence[PlanParagraph],
) -> _LineSeam | None:
    if not paragraphs:
        return None
    after = lines[place + 1] if place + 1 < len(lines) else None
    before = paragraphs[-1]
    return _LineSeam(
        before,
        lines[place],
        after,
        patterns,
        numbers.get(place),
        place + 1 in numbers,
        before.own_line,
        place in alone,
    )


def _continues_paragraph(seam: _LineSeam) -> bool:
    answers = (rule(seam) for rule in SEAM_RULES)
    return next((answer for answer in answers if answer is not None), True)


def _questions_about(seam: _LineSeam) -> list[SeamQuestion]:
    """A fragment after a heading is uncertain, and so is a sentence that breaks off before a number."""
    text = seam.line.text
    if _is_uncertain_fragment(seam):
        return [SeamQuestion(f"标题与下一行“{text}”的分界不确定，请核对。", seam.line, seam.before.text)]
    if _breaks_off(seam):
        return [
            SeamQuestion(f"前一段“…{seam.before.text[-12:]}”没有结束就换了段，请核对。", seam.line, text[:20])
        ]
    return []


def _is_uncertain_fragment(seam: _LineSeam) -> bool:
    line = seam.line
    if False in (_judge_blank_line(seam), _judge_label(seam)):
        return False
    plain = not (line.depth or seam.mark or cannot_begin(line.text) or is_duty_text(line.text))
    uncertain = seam.is_heading and seam.is_fragment and not seam.line_stands_alone
    return uncertain and plain and abs(heading_score(seam)) < _SURE


def _breaks_off(seam: _LineSeam) -> bool:
    whole = (
        seam.patterns.is_parted
        or seam.is_heading
        or seam.standing_alone
        or seam.has_ended
        or bool(seam.before.depth)
    )
    return seam.mark is not None and not (whole or is_duty_text(seam.before.text))


def patterns_of_lines(lines: Sequence[TextLine], numbers: Mapping[int, NumberMark]) -> LinePatterns:
    """Return the patterns of the document that `lines` make up."""
    by_rank = _texts_by_rank(lines, numbers)
    bare = {rank: [text for text in texts if _is_bare_heading(text)] for rank, texts in by_rank.items()}
    return LinePatterns(
        pairs=frozenset(pair for line in lines for pair in _character_pairs(line.text)),
        indents=_is_majority(line.indented for line in lines if len(line.text) > LONGEST_OWN_LINE_HEAD),
        is_parted=_are_parted(lines),
        heading_lengths={rank: median(map(len, texts)) for rank, texts in bare.items() if texts},
        run_in_ranks=frozenset(rank for rank, texts in by_rank.items() if 2 * len(bare[rank]) < len(texts)),
    )


def _are_parted(lines: Sequence[TextLine]) -> bool:
    """Whether a blank line stands above nearly every line, and lines that are long are whole paragraphs."""
    parted = sum(line.after_blank for line in lines[1:])
    long = [line for line in lines if len(line.text) > LONGEST_OWN_LINE_HEAD]
    whole = sum(is_ended(line.text) for line in long)
    return parted >= _MOSTLY * (len(lines) - 1) > 0 and whole >= _MOSTLY * len(long)


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
