"""Measures from the text under a lowest heading, and from numbered items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.plan.importer.bodies import Body
from app.plan.importer.commitments import commitments_of
from app.plan.importer.departments import departments_in, find_mention, is_department_line
from app.plan.importer.heads import Head
from app.plan.importer.outline import Node
from app.plan.importer.sentences import bare, clauses
from app.plan.importer.tree import CommitmentDraft, MeasureDraft

Departments = tuple[str, ...]
_LONGEST_TITLE = 30  # characters


@dataclass(frozen=True)
class Contents:
    """What a body holds: the text before its first measure, and its measures."""

    text: str
    measures: tuple[MeasureDraft, ...]


def contents_of(body: Body, heads: Sequence[Head]) -> Contents:
    """Divide a body at its heads, or, where it has none, into its paragraphs."""
    if not heads:
        return _by_paragraphs(body)
    text = _joined(body, 0, 0, heads[0].place)
    above = departments_in(text) if is_department_line(text) else ()
    ends = [head.place for head in heads[1:]] + [len(body.sentences)]
    measures = tuple(
        _headed(str(number), body, head, end, above)
        for number, (head, end) in enumerate(zip(heads, ends, strict=True), start=1)
    )
    return Contents(text, measures)


def measure_from_item(node: Node, count: int) -> MeasureDraft:
    """Make a measure of a numbered item with all that stands under it."""
    number = node.mark.number or str(count)
    text = "\n".join(paragraph.text.strip() for paragraph in node.paragraphs())
    printed, wording = node.mark.printed, node.heading[len(node.mark.printed) :]
    if node.sentence or (not _tasks(text) and len(wording) > _LONGEST_TITLE):
        return measure_from_sentence(number, wording, text, printed)
    return MeasureDraft(number, node.title, text, _commitments(wording, text), node.heading)


def measure_from_sentence(number: str, sentence: str, text: str = "", printed: str = "") -> MeasureDraft:
    """Make a measure of a text without head: the first clause is its title, and part of its first commitment."""
    first = clauses(sentence)[0] if sentence else ""
    rest = sentence[len(first) :]
    text = "\n".join(piece for piece in (rest, text) if piece)
    whole = first + text if rest else f"{first}\n{text}"
    return MeasureDraft(number, bare(first), text, commitments_of(whole), printed + first)


def _commitments(heading: str, text: str, above: Departments = ()) -> tuple[CommitmentDraft, ...]:
    """The commitments of a measure with a head; where nothing elaborates the head, it is the commitment."""
    return commitments_of(text if _tasks(text) else f"{heading}\n{text}", above)


def _by_paragraphs(body: Body) -> Contents:
    """One measure for each paragraph; what announces a list, or names departments, is none."""
    gathered: list[list[str]] = []
    for sentence in body.sentences:
        if sentence.opens_paragraph and not (is_department_line(sentence.text) and gathered):
            gathered.append([sentence.text])
        elif is_department_line(sentence.text) and sentence.opens_paragraph:
            gathered[-1] += ("\n", sentence.text)
        else:
            gathered[-1].append(sentence.text)
    paragraphs = ["".join(pieces) for pieces in gathered]
    intro = _introduction(paragraphs)
    text = "\n".join(paragraphs[:intro])
    measures = (measure_from_sentence(str(n), each) for n, each in enumerate(paragraphs[intro:], start=1))
    return Contents(text, tuple(measures))


def _introduction(paragraphs: Sequence[str]) -> int:
    """How many paragraphs at the start only announce what follows."""
    count = 0
    while count + 1 < len(paragraphs) and (
        paragraphs[count].endswith(("：", ":")) or is_department_line(paragraphs[count])
    ):
        count += 1
    return count


def _headed(number: str, body: Body, head: Head, end: int, above: Departments) -> MeasureDraft:
    sentence = body.sentences[head.place]
    heading = sentence.text[: head.end]
    mention = find_mention(heading)
    cut = mention.start() if mention and mention.start() else head.end
    text = _joined(body, head.place, cut, end)
    heading = heading[:cut]
    return MeasureDraft(number, bare(heading), text, _commitments(heading, text, above), heading)


def _joined(body: Body, start: int, cut: int, end: int) -> str:
    """The sentences from `start` to `end` without the first `cut` characters; paragraphs on lines of their own."""
    text = ""
    for place in range(start, end):
        sentence = body.sentences[place]
        piece = sentence.text[cut:] if place == start else sentence.text
        text += "\n" + piece if text and sentence.opens_paragraph else piece
    return text.strip()


def _tasks(text: str) -> str:
    """`text` without what only names departments."""
    return "" if is_department_line(text.strip()) else text.strip()
