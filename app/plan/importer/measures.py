"""Measures from the text under a lowest heading, and from numbered items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.plan.importer.bodies import TextBody
from app.plan.importer.commitments import commitments_of
from app.plan.importer.departments import departments_named_in, find_mention, is_department_line
from app.plan.importer.heads import MeasureHead
from app.plan.importer.outline import OutlineNode
from app.plan.importer.plan_draft import CommitmentDraft, MeasureDraft
from app.plan.importer.sentences import cut_clauses, without_punctuation

Departments = tuple[str, ...]
_LONGEST_TITLE = 30  # characters


@dataclass(frozen=True)
class BodyContents:
    """What a body holds: the text before its first measure, and its measures."""

    text: str
    measures: tuple[MeasureDraft, ...]


def divide_body(body: TextBody, heads: Sequence[MeasureHead]) -> BodyContents:
    """Divide a body at its heads, or, where it has none, into its paragraphs."""
    if not heads:
        return _divide_by_paragraphs(body)
    text = _join_sentences(body, 0, 0, heads[0].place)
    above = departments_named_in(text) if is_department_line(text) else ()
    ends = [head.place for head in heads[1:]] + [len(body.sentences)]
    measures = tuple(
        _headed_measure(str(number), body, head, end, above)
        for number, (head, end) in enumerate(zip(heads, ends, strict=True), start=1)
    )
    return BodyContents(text, measures)


def measure_from_item(node: OutlineNode, count: int) -> MeasureDraft:
    """Make a measure of a numbered item with all that stands under it."""
    number = node.mark.number or str(count)
    text = "\n".join(paragraph.text.strip() for paragraph in node.all_paragraphs())
    printed, wording = node.mark.printed, node.heading[len(node.mark.printed) :]
    if node.sentence or (not _without_department_line(text) and len(wording) > _LONGEST_TITLE):
        return measure_from_sentence(number, wording, text, printed)
    return MeasureDraft(number, node.title, text, node.heading, _commitments_under_head(wording, text))


def measure_from_sentence(number: str, sentence: str, text: str = "", printed: str = "") -> MeasureDraft:
    """Make a measure of a text without head: the first clause is its title, and part of its first commitment."""
    first = cut_clauses(sentence)[0] if sentence else ""
    rest = sentence[len(first) :]
    text = "\n".join(piece for piece in (rest, text) if piece)
    whole = first + text if rest else f"{first}\n{text}"
    return MeasureDraft(number, without_punctuation(first), text, printed + first, commitments_of(whole))


def _commitments_under_head(heading: str, text: str, above: Departments = ()) -> tuple[CommitmentDraft, ...]:
    """The commitments of a measure with a head; where nothing elaborates the head, it is the commitment."""
    return commitments_of(text if _without_department_line(text) else f"{heading}\n{text}", above)


def _divide_by_paragraphs(body: TextBody) -> BodyContents:
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
    intro = _count_introductions(paragraphs)
    text = "\n".join(paragraphs[:intro])
    measures = (measure_from_sentence(str(n), each) for n, each in enumerate(paragraphs[intro:], start=1))
    return BodyContents(text, tuple(measures))


def _count_introductions(paragraphs: Sequence[str]) -> int:
    """How many paragraphs at the start only announce what follows."""
    count = 0
    while count + 1 < len(paragraphs) and (
        paragraphs[count].endswith(("：", ":")) or is_department_line(paragraphs[count])
    ):
        count += 1
    return count


def _headed_measure(
    number: str, body: TextBody, head: MeasureHead, end: int, above: Departments
) -> MeasureDraft:
    sentence = body.sentences[head.place]
    heading = sentence.text[: head.end]
    mention = find_mention(heading)
    cut = mention.start() if mention and mention.start() else head.end
    text = _join_sentences(body, head.place, cut, end)
    heading = heading[:cut]
    return MeasureDraft(
        number, without_punctuation(heading), text, heading, _commitments_under_head(heading, text, above)
    )


def _join_sentences(body: TextBody, start: int, cut: int, end: int) -> str:
    """The sentences from `start` to `end` without the first `cut` characters; paragraphs on lines of their own."""
    text = ""
    for place in range(start, end):
        sentence = body.sentences[place]
        piece = sentence.text[cut:] if place == start else sentence.text
        text += "\n" + piece if text and sentence.opens_paragraph else piece
    return text.strip()


def _without_department_line(text: str) -> str:
    """`text` without what only names departments."""
    return "" if is_department_line(text.strip()) else text.strip()
