"""Paragraphs from damaged lines: what a page or line break split is joined again.

Whether a line continues the one before is asked of SEAM_RULES in order; the first that has an answer decides.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from app.plan.importer.departments import ends_with_departments, is_department_line
from app.plan.importer.habits import (
    LONGEST_HEADING,
    Habits,
    habits_of,
    is_own_line_head,
)
from app.plan.importer.lines import Line
from app.plan.importer.numbering import BULLET_RANK, Mark, mark_of
from app.plan.importer.sentences import (
    SENTENCE_STOPS,
    cannot_begin,
    is_open,
    is_terminated,
)
from app.plan.importer.tree import Doubt

_LONGEST_PARAGRAPH = 10_000  # characters; a longer one goes on as a paragraph of its own
_LONGEST_FRAGMENT = 40  # characters; what follows a heading and is longer is text
_SURE = 4.0
_OVERRULES = 2.0
_FRAGMENT_ENDS = 3.0


@dataclass
class Paragraph:
    """A paragraph as it was written: its text, where bold marks stood, the line that it began on."""

    text: str
    line: int
    marks: list[int] = field(default_factory=list)
    depth: int = 0
    own_line: bool = False

    @property
    def mark(self) -> Mark | None:
        """The number that the paragraph begins with."""
        return mark_of(self.text)

    def extend(self, line: Line) -> None:
        """Join the next line to this paragraph."""
        self.marks += [len(self.text) + place for place in line.marks]
        self.text += line.text


@dataclass
class _Numbers:
    """The last number met at each rank: tells whether a further one is next in turn."""

    last: dict[int, int] = field(default_factory=dict)

    def fits(self, mark: Mark) -> bool:
        return mark.rank < BULLET_RANK and mark.ordinal in (1, self.last.get(mark.rank, 0) + 1)

    def count(self, mark: Mark | None) -> None:
        if mark:
            self.last[mark.rank] = mark.ordinal


@dataclass(frozen=True)
class _Seam:
    """The place between what has been read of a paragraph and the next line."""

    before: Paragraph
    line: Line
    after: Line | None
    habits: Habits
    numbers: _Numbers
    standing_alone: bool
    line_stands_alone: bool

    @property
    def is_heading(self) -> bool:
        """Whether what stands before is a numbered heading, not a numbered sentence."""
        text = self.before.text
        mark = self.before.mark
        return (
            mark is not None
            and mark.rank < BULLET_RANK
            and len(text) <= LONGEST_HEADING
            and not any(stop in text for stop in SENTENCE_STOPS)
        )

    @property
    def has_ended(self) -> bool:
        """Whether what stands before has come to the end of a sentence."""
        return is_terminated(self.before.text) or ends_with_departments(self.before.text)

    @property
    def is_fragment(self) -> bool:
        """Whether the line is a short piece without an end, which could belong to either side."""
        return len(self.line.text) <= _LONGEST_FRAGMENT and not is_terminated(self.line.text)


def _too_long(seam: _Seam) -> bool | None:
    return False if len(seam.before.text) > _LONGEST_PARAGRAPH else None


def _markdown(seam: _Seam) -> bool | None:
    return False if seam.before.depth or seam.line.depth else None


def _table_row(seam: _Seam) -> bool | None:
    return False if seam.before.text.startswith("|") or seam.line.text.startswith("|") else None


def _punctuation(seam: _Seam) -> bool | None:
    return True if cannot_begin(seam.line.text) else None


def _number_alone(seam: _Seam) -> bool | None:
    mark = seam.before.mark
    return True if mark and len(mark.printed) == len(seam.before.text) else None


def _next_number(seam: _Seam) -> bool | None:
    mark = mark_of(seam.line.text)
    if mark is None:
        return None
    return not (seam.is_heading or seam.has_ended or seam.numbers.fits(mark))


def _open_quote(seam: _Seam) -> bool | None:
    return True if is_open(seam.before.text) and not seam.has_ended else None


def _departments(seam: _Seam) -> bool | None:
    if is_department_line(seam.line.text):
        return False
    return seam.before.text.endswith(("、", "，")) if is_department_line(seam.before.text) else None


def _alone(seam: _Seam) -> bool | None:
    if seam.standing_alone:
        return False
    own_head = seam.line_stands_alone and not (seam.is_heading and heading_score(seam) > _OVERRULES)
    return False if own_head else None


def _ended(seam: _Seam) -> bool | None:
    if not seam.has_ended:
        return None
    if seam.before.text.endswith(("；", ";")):
        return seam.before.mark is None
    return (
        seam.habits.indents and not seam.line.indented and not seam.is_heading and not seam.line.wholly_bold
    )


def _heading(seam: _Seam) -> bool | None:
    if not seam.is_heading:
        return None
    return seam.before.text.endswith(("，", "、")) or heading_score(seam) > 0


def _sentence(seam: _Seam) -> bool | None:
    return True


SEAM_RULES: tuple[Callable[[_Seam], bool | None], ...] = (
    _too_long,
    _markdown,
    _table_row,
    _punctuation,
    _number_alone,
    _next_number,
    _open_quote,
    _departments,
    _alone,
    _ended,
    _heading,
    _sentence,
)


def heading_score(seam: _Seam) -> float:
    """How much speaks for the line to continue a heading (above 0) and not to begin its text (below)."""
    return -1.0 + sum(weigh(seam) for weigh in (_by_size, _by_place, _by_pairs, _by_siblings, _by_indent))


def _by_size(seam: _Seam) -> float:
    long = -3.0 if len(seam.line.text) > _LONGEST_FRAGMENT else 0.0
    inside = seam.line.text[:-1]
    return long - (2.0 if any(stop in inside for stop in SENTENCE_STOPS) else 0.0)


def _by_place(seam: _Seam) -> float:
    """A page ends after a full line, so a short fragment is an end; before a heading it can be nothing else."""
    if not seam.is_fragment:
        return 0.0
    headed = seam.after is None or seam.after.depth or mark_of(seam.after.text)
    return 2 * _FRAGMENT_ENDS if headed else _FRAGMENT_ENDS


def _by_pairs(seam: _Seam) -> float:
    """Two characters that the break parted stand together elsewhere in the plan."""
    score = 1.5 if seam.before.text[-1:] + seam.line.text[:1] in seam.habits.pairs else 0.0
    if seam.is_fragment and seam.after and not mark_of(seam.after.text):
        score -= 1.5 if seam.line.text[-1:] + seam.after.text[:1] in seam.habits.pairs else 0.0
    return score


def _by_siblings(seam: _Seam) -> float:
    """Headings of one level are about equally long, and end alike."""
    rank = seam.before.mark.rank if seam.before.mark else 0
    if not seam.is_fragment:
        return 2.0 if rank in seam.habits.run_in_ranks else -2.0
    usual = seam.habits.heading_lengths.get(rank, 0.0)
    without = abs(len(seam.before.text) - usual)
    joined = abs(len(seam.before.text) + len(seam.line.text) - usual)
    return 1.5 if joined < without else -1.5


def _by_indent(seam: _Seam) -> float:
    if not seam.habits.indents:
        return 0.0
    return -3.0 if seam.line.indented else 3.0


def join_lines(lines: Sequence[Line]) -> tuple[list[Paragraph], list[Doubt]]:
    """Return the paragraphs that `lines` were before they were broken, and what is doubtful about them."""
    habits, numbers = habits_of(lines), _Numbers()
    paragraphs: list[Paragraph] = []
    doubts: list[Doubt] = []
    alone = False
    for place, line in enumerate(lines):
        before = lines[place - 1] if place else None
        after = lines[place + 1] if place + 1 < len(lines) else None
        next_alone = _stands_alone(habits, before, line, after)
        seam = _Seam(paragraphs[-1], line, after, habits, numbers, alone, next_alone) if paragraphs else None
        if seam and _continues(seam):
            doubts += _doubts_about(seam)
            seam.before.extend(line)
        else:
            doubts += _doubts_about(seam) if seam else []
            alone = next_alone
            numbers.count(mark_of(line.text))
            paragraphs.append(Paragraph(line.text, line.number, list(line.marks), line.depth, alone))
    return paragraphs, doubts


def _continues(seam: _Seam) -> bool:
    answers = (rule(seam) for rule in SEAM_RULES)
    return next((answer for answer in answers if answer is not None), True)


def _stands_alone(habits: Habits, before: Line | None, line: Line, after: Line | None) -> bool:
    bold_head = habits.bold_lines and line.wholly_bold and mark_of(line.text) is None
    return bold_head or (habits.own_line_heads and is_own_line_head(before, line, after))


def _doubts_about(seam: _Seam) -> list[Doubt]:
    """A fragment after a heading is doubtful, and so is a sentence that breaks off before a number."""
    text, number = seam.line.text, seam.line.number
    if _is_doubtful_fragment(seam):
        return [Doubt(seam.before.text, f"标题与下一行“{text}”的分界不确定，请核对。", number)]
    if _breaks_off(seam):
        return [Doubt(text[:20], f"前一段“…{seam.before.text[-12:]}”没有结束就换了段，请核对。", number)]
    return []


def _is_doubtful_fragment(seam: _Seam) -> bool:
    line = seam.line
    plain = not (line.depth or mark_of(line.text) or cannot_begin(line.text) or is_department_line(line.text))
    doubtful = seam.is_heading and seam.is_fragment and not seam.line_stands_alone
    return doubtful and plain and abs(heading_score(seam)) < _SURE


def _breaks_off(seam: _Seam) -> bool:
    whole = seam.is_heading or seam.standing_alone or seam.has_ended or bool(seam.before.depth)
    return mark_of(seam.line.text) is not None and not (whole or is_department_line(seam.before.text))
