"""Paragraphs from damaged lines: joining what a page or line break split.

Whether a line continues the one before is decided by SEAM_RULES in order; the first rule with an answer counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from app.plan.importer.duties import is_duty_text, is_ended
from app.plan.importer.numbering import NumberMark, mark_of
from app.plan.importer.sentences import (
    SENTENCE_STOPS,
    Span,
    cannot_begin,
    has_open_pair,
    says_work,
)
from app.plan.importer.source_text import TextLine
from app.plan.importer.unnumbered_heads import LONGEST_OWN_LINE_HEAD, opens_with_head

LONGEST_HEADING = 60  # characters
_LONGEST_PARAGRAPH = 10_000  # characters; a longer one is split into paragraphs
_LONGEST_FRAGMENT = 40  # characters; longer text after a heading is no part of it
_MOSTLY = 0.9  # share of the lines
_ENDS_NOTHING = tuple("和及与、，")
_GOES_ON = re.compile("[及与]|和(?![谐平美睦])")
_TORN_WORD = re.compile("(?![无略])[\u4e00-\u9fff]{1,2}")
_LABEL = re.compile(r"[\u4e00-\u9fff](?:\s*[\u4e00-\u9fff]){1,5}\s*[：:](?=.)")


class LineHabits(NamedTuple):
    """How this document is written.

    indents: paragraphs are indented by two spaces. is_parted: blank lines separate paragraphs.
    is_whole: long lines are whole paragraphs.
    """

    indents: bool
    is_parted: bool
    is_whole: bool


@dataclass
class PlanParagraph:
    """A paragraph: its text, the places of bold marks, and the line that it began on.

    mark: its number, if that counts. pieces: the places in `text` where a line of the source begins, each with its
    place in the source. ends_torn: its last line is only a word.
    """

    text: str
    line: int
    marks: list[int] = field(default_factory=list)
    depth: int = 0
    own_line: bool = False
    mark: NumberMark | None = None
    pieces: list[Span] = field(default_factory=list)
    is_row: bool = False
    ends_torn: bool = False

    def append_line(self, line: TextLine) -> None:
        self.marks += [len(self.text) + place for place in line.marks]
        pieces = line.pieces or ((0, line.start),)
        self.pieces += [(len(self.text) + offset, start) for offset, start in pieces]
        self.text += line.text
        self.ends_torn = bool(_TORN_WORD.fullmatch(line.text))

    def source_place(self, place: int) -> int:
        """Return the place in the source of a character of the paragraph."""
        offset, start = next(piece for piece in reversed(self.pieces) if piece[0] <= place)
        return start + place - offset


@dataclass(frozen=True)
class SeamQuestion:
    """What is uncertain about the seam above `line`; `place` is the heading or text above it."""

    message: str
    line: TextLine
    place: str


@dataclass(frozen=True)
class _LineSeam:
    """The seam between a paragraph as read so far and the next line."""

    before: PlanParagraph
    line: TextLine
    habits: LineHabits
    mark: NumberMark | None
    line_stands_alone: bool

    @property
    def is_heading(self) -> bool:
        """Return whether the text before is a numbered heading, not a numbered sentence."""
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
        """Return whether the line is a short piece without an end, which could belong to either side."""
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
    whole = seam.is_heading or seam.has_ended or seam.before.own_line
    return None if mark_of(seam.line.text) is None else not whole


def _judge_open_quote(seam: _LineSeam) -> bool | None:
    return True if has_open_pair(seam.before.text) and not seam.has_ended else None


def _judge_blank_line(seam: _LineSeam) -> bool | None:
    return False if seam.habits.is_parted and seam.line.after_blank else None


def _judge_departments(seam: _LineSeam) -> bool | None:
    if is_duty_text(seam.line.text):
        return False
    return seam.before.text.endswith(("、", "，", "：", ":")) if is_duty_text(seam.before.text) else None


def _judge_fields(seam: _LineSeam) -> bool | None:
    """Fields of a measure (任务名称：… 工作内容：…) begin their own lines."""
    return False if _LABEL.match(seam.before.text) and _LABEL.match(seam.line.text) else None


def _judge_standing_alone(seam: _LineSeam) -> bool | None:
    return False if seam.before.own_line or seam.line_stands_alone else None


def _judge_ending(seam: _LineSeam) -> bool | None:
    if not seam.has_ended:
        return None
    if seam.before.text.endswith(("；", ";")):
        return seam.before.mark is None
    return (
        seam.habits.indents
        and not seam.line.indented
        and not seam.line.after_blank
        and not seam.is_heading
        and not seam.line.is_wholly_bold
    )


def _judge_lost_end(seam: _LineSeam) -> bool | None:
    """If lines are whole paragraphs, one without a full stop still ends before a line that begins with a head."""
    begins = opens_with_head(seam.line) and says_work(seam.line.text)
    goes_on = seam.is_heading or seam.before.text.endswith(_ENDS_NOTHING)
    return False if seam.habits.is_whole and begins and not goes_on else None


def _judge_heading(seam: _LineSeam) -> bool | None:
    """A heading continues if it is incomplete, or was torn at a link by a web page (民主 / 法制 / 建设)."""
    if not seam.is_heading:
        return None
    goes_on = seam.is_fragment and bool(_GOES_ON.match(seam.line.text))
    is_torn = seam.before.ends_torn or bool(_TORN_WORD.fullmatch(seam.line.text))
    return goes_on or is_torn or seam.before.text.endswith(_ENDS_NOTHING)


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
    _judge_fields,
    _judge_standing_alone,
    _judge_ending,
    _judge_lost_end,
    _judge_heading,
)


def join_lines(
    lines: Sequence[TextLine], numbers: Mapping[int, NumberMark], alone: Container[int]
) -> tuple[list[PlanParagraph], list[Span], list[SeamQuestion]]:
    """Return the original paragraphs of broken `lines`, and what is uncertain about them.

    numbers: the numbers that count, by line. alone: the lines that are heads without a number.
    The spans give the paragraph of each line and the place in it.
    """
    habits = LineHabits(_are_indented(lines), _are_parted(lines), _are_whole(lines))
    paragraphs: list[PlanParagraph] = []
    places: list[Span] = []
    questions: list[SeamQuestion] = []
    for place, line in enumerate(lines):
        if paragraphs:
            seam = _LineSeam(paragraphs[-1], line, habits, numbers.get(place), place in alone)
            questions += _questions_about(seam)
            if _continues_paragraph(seam):
                places.append((len(paragraphs) - 1, len(seam.before.text)))
                seam.before.append_line(line)
                continue
        places.append((len(paragraphs), 0))
        paragraphs.append(_begin_paragraph(line, numbers.get(place), place in alone))
    return paragraphs, places, questions


def _begin_paragraph(line: TextLine, mark: NumberMark | None, alone: bool) -> PlanParagraph:
    pieces = list(line.pieces) or [(0, line.start)]
    return PlanParagraph(
        line.text, line.number, list(line.marks), line.depth, alone, mark, pieces, line.is_row
    )


def _continues_paragraph(seam: _LineSeam) -> bool:
    answers = (rule(seam) for rule in SEAM_RULES)
    return next((answer for answer in answers if answer is not None), True)


def _questions_about(seam: _LineSeam) -> list[SeamQuestion]:
    """Return questions about a fragment after a heading, and a sentence that is cut off before a number."""
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
    if seam.line_stands_alone or _LABEL.match(line.text):
        return False
    if _judge_lone_number(seam) or _judge_blank_line(seam) is False:
        return False
    plain = not (line.depth or seam.mark or cannot_begin(line.text) or is_duty_text(line.text))
    return plain and seam.is_heading and seam.is_fragment


def _breaks_off(seam: _LineSeam) -> bool:
    whole = (
        seam.habits.is_parted
        or seam.is_heading
        or seam.before.own_line
        or seam.has_ended
        or bool(seam.before.depth)
    )
    return seam.mark is not None and not (whole or is_duty_text(seam.before.text))


def _are_parted(lines: Sequence[TextLine]) -> bool:
    """Return whether nearly every line is preceded by a blank line, and long lines are whole paragraphs."""
    parted = sum(line.after_blank for line in lines[1:])
    return parted >= _MOSTLY * (len(lines) - 1) > 0 and _are_whole(lines)


def _are_whole(lines: Sequence[TextLine]) -> bool:
    """Return whether long lines are whole paragraphs."""
    long = [line for line in lines if len(line.text) > LONGEST_OWN_LINE_HEAD]
    return sum(is_ended(line.text) for line in long) >= _MOSTLY * len(long)


def _are_indented(lines: Sequence[TextLine]) -> bool:
    """Return whether paragraphs are indented by two spaces."""
    long = [line.indented for line in lines if len(line.text) > LONGEST_OWN_LINE_HEAD]
    return 2 * sum(long) > len(long)
