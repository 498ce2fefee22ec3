"""The text under a lowest heading as a row of sentences, with the signs that may mark one as a head."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from app.plan.importer.duties import find_bracketed_duty, is_duty_text
from app.plan.importer.paragraphs import PlanParagraph
from app.plan.importer.sentences import (
    CLAUSE_STOPS,
    SENTENCE_STOPS,
    Span,
    cut_clauses,
    text_spans,
    without_punctuation,
)

LONGEST_BOLD_HEAD = 45  # characters


@dataclass(frozen=True)
class BodySentence:
    """One sentence of a body.

    `paragraph` is the place of its paragraph in the body, `start` its own place in there,
    `bold` the length of a bold run at its start (0 for none), `own_line` whether it stands alone on a line without
    an end, `line` the line that it is on.
    """

    text: str
    paragraph: int
    opens_paragraph: bool
    line: int
    bold: int
    own_line: bool
    start: int = 0

    @cached_property
    def clauses(self) -> list[str]:
        return cut_clauses(self.text)

    @cached_property
    def core(self) -> str:
        """The sentence without space and final punctuation."""
        return without_punctuation(self.text.strip())


@dataclass(frozen=True)
class TextBody:
    """The sentences under the heading `place`."""

    place: str
    sentences: tuple[BodySentence, ...]


def body_of(place: str, paragraphs: Sequence[PlanParagraph]) -> TextBody:
    """Cut the paragraphs under a heading into sentences."""
    return TextBody(place, tuple(_cut_sentences(paragraphs)))


def _cut_sentences(paragraphs: Sequence[PlanParagraph]) -> Iterator[BodySentence]:
    for place, paragraph in enumerate(paragraphs):
        bold = bold_runs(paragraph.text, paragraph.marks)
        for start, end in _sentence_spans(paragraph.text):
            yield BodySentence(
                text=paragraph.text[start:end],
                paragraph=place,
                opens_paragraph=start == 0,
                line=paragraph.line,
                bold=min(bold.get(start, 0), end - start),
                own_line=paragraph.own_line,
                start=start,
            )


def _sentence_spans(text: str) -> Iterator[Span]:
    """The sentences of a paragraph; departments in brackets at the start of one are cut off it."""
    if is_duty_text(text):
        yield 0, len(text)
        return
    for start, end in text_spans(text, SENTENCE_STOPS):
        duty = find_bracketed_duty(text[start:end])
        inside = start + duty.end if duty and duty.start == 0 else end
        yield start, inside
        if inside < end:
            yield inside, end


def bold_runs(text: str, marks: Sequence[int]) -> dict[int, int]:
    """Pair the bold marks and return the length of each bold run by its start.

    A mark may have lost its partner, so two marks make a pair only when what they enclose could be a head:
    short, and without a sentence ending inside.
    """
    runs: dict[int, int] = {}
    place = 0
    while place + 1 < len(marks):
        start, end = marks[place], marks[place + 1]
        if _could_be_head(text[start:end]):
            runs[start] = end - start
            place += 2
        else:
            place += 1
    return runs


def _could_be_head(text: str) -> bool:
    inside = text.strip()[:-1]
    return (
        0 < len(text.strip()) <= LONGEST_BOLD_HEAD
        and text[0] not in CLAUSE_STOPS
        and not any(stop in inside for stop in SENTENCE_STOPS)
    )
