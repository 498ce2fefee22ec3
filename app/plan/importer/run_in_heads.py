"""Heads inside the text under a lowest heading: each sentence is a candidate.

Named features speak for or against a candidate, and from a threshold on it is a head. Bold type is strong evidence,
its absence is none. Sections often hold equally many measures; one that does not is questioned.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from app.plan.importer.duties import find_bracketed_duty, is_duty_text
from app.plan.importer.paragraphs import PlanParagraph
from app.plan.importer.plan_draft import PlanWarning
from app.plan.importer.sentences import (
    CLAUSE_STOPS,
    SENTENCE_STOPS,
    Span,
    cut_clauses,
    is_couplet,
    text_spans,
    without_punctuation,
)

LONGEST_BOLD_HEAD = 45  # characters
HEAD_THRESHOLD = 3.0
_LONGEST_BRIEF = 24  # characters
_ENUMERATES = re.compile(
    r"[一二三四五六七八九十]{1,2}[是要]|[首其再]次?[先次]?[，,]|同时|此外|另外|其中|并|确保|力争|即"
)
_QUANTITY = re.compile(
    r"\d\s*余?(?:个|家|项|次|场|户|人|名|万|亿|元|％|%|平方|公里|亩|吨|台|套|处|批|期|件|条|座)"
)
_ROUTINE = re.compile(r"(?:认真|扎实|切实|继续)?(?:落实|做好|抓好|完成|开展|配合|协助|承办|办理|组织).*工作")
_LONGEST_CLAUSE_HEAD = 15  # characters
_SHORTEST_ELABORATION = 8
_FEWEST_SECTIONS = 3
_MOST_SECTIONS = 0.7  # share of the sections that must agree for their count to be used
_LEADING_VERB = 2  # characters


@dataclass(frozen=True)
class BodySentence:
    """One sentence of a body.

    paragraph: its paragraph's place in the body. start: its place in the paragraph.
    bold: the length of a bold run at its start, 0 for none.
    own_line: whether it is alone on a line without an end. line: the line that it is on.
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
        """Return the sentence without spaces and final punctuation."""
        return without_punctuation(self.text.strip())


@dataclass(frozen=True)
class TextBody:
    """The sentences under a heading, which `place` names."""

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
    """Yield the sentences of a paragraph; departments in brackets at the start of one are separated."""
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

    A mark may have lost its partner, so two marks only form a pair if the text between could be a head: short, and
    without the end of a sentence.
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


@dataclass(frozen=True)
class HeadStyle:
    """How a plan writes its heads: `run_in` before their text, `at_paragraphs` only where a paragraph starts."""

    run_in: bool
    at_paragraphs: bool


@dataclass(frozen=True)
class HeadCandidate:
    """A sentence with what the features need to know about its surroundings."""

    sentence: BodySentence
    following: BodySentence | None
    opens_body: bool
    style: HeadStyle


@dataclass(frozen=True)
class HeadFeature:
    """A named piece of evidence and its weight."""

    name: str
    weight: float
    holds: Callable[[HeadCandidate], bool]


@dataclass(frozen=True)
class MeasureHead:
    """A sentence that is or begins with a head: its place in the body, and where the head ends."""

    place: int
    end: int


def is_brief(sentence: BodySentence) -> bool:
    """Return whether a sentence is one short clause or two short similar ones, and does not announce a list."""
    core = sentence.core
    if not core or is_duty_text(core) or sentence.text.rstrip().endswith(("：", ":")):
        return False
    return len(core) <= _LONGEST_BRIEF if len(sentence.clauses) == 1 else is_couplet(sentence.text.strip())


HEAD_FEATURES = (
    HeadFeature("bold", 4.0, lambda it: it.sentence.bold > 0),
    HeadFeature("stands on its own line", 4.0, lambda it: it.sentence.own_line),
    HeadFeature("brief", 2.0, lambda it: is_brief(it.sentence)),
    HeadFeature(
        "too long", -6.0, lambda it: len(it.sentence.core) > LONGEST_BOLD_HEAD and not it.sentence.bold
    ),
    HeadFeature("opens the section", 1.0, lambda it: it.opens_body),
    HeadFeature("opens a paragraph", 0.5, lambda it: it.sentence.opens_paragraph),
    HeadFeature("elaborated by what follows", 1.0, lambda it: _is_elaborated(it.following)),
    HeadFeature("followed by nothing or by a head", -5.0, lambda it: _ends_here(it.following)),
    HeadFeature("followed by another brief sentence", -1.0, lambda it: _is_plain_brief(it.following)),
    HeadFeature("enumerates", -5.0, lambda it: bool(_ENUMERATES.match(it.sentence.core))),
    HeadFeature("states a quantity", -2.0, lambda it: bool(_QUANTITY.search(it.sentence.core))),
    HeadFeature("states a routine duty", -1.5, lambda it: bool(_ROUTINE.fullmatch(it.sentence.core))),
    HeadFeature("the plan writes no such heads", -2.5, lambda it: not it.style.run_in),
    HeadFeature("off the plan's place for heads", -2.0, lambda it: _is_off_place(it)),
)


def score_candidate(candidate: HeadCandidate) -> float:
    return sum(feature.weight for feature in HEAD_FEATURES if feature.holds(candidate))


def score_sentences(body: TextBody, style: HeadStyle) -> list[MeasureHead]:
    """Return the heads of a body."""
    heads: list[MeasureHead] = []
    for place, sentence in enumerate(body.sentences):
        if _leads_in_bold(sentence):
            heads.append(MeasureHead(place, _lead_end(sentence)))
            continue
        following = body.sentences[place + 1] if place + 1 < len(body.sentences) else None
        if score_candidate(HeadCandidate(sentence, following, place == 0, style)) >= HEAD_THRESHOLD:
            heads.append(MeasureHead(place, len(sentence.text)))
    return heads


def heads_by_turns(body: TextBody) -> list[BodySentence]:
    """Return the heads of a body in which brief sentences and texts alternate several times; empty otherwise."""
    heads, texts = body.sentences[::2], body.sentences[1::2]
    by_turns = len(texts) == len(heads) > 1 and all(map(is_brief, heads)) and not is_brief(texts[0])
    return [one for one in heads if by_turns]


def style_of(bodies: Sequence[TextBody]) -> HeadStyle:
    """Return how a plan writes its heads, judged from all its bodies."""
    filled = [body.sentences for body in bodies if body.sentences]
    opened_briefly = sum(len(sentences) > 1 and _looks_like_head(sentences[0]) for sentences in filled)
    later = [each for body in bodies for each in body.sentences[1:] if each.opens_paragraph]
    inner = [each for body in bodies for each in body.sentences[1:] if not each.opens_paragraph]
    brief_later = sum(map(_looks_like_head, later))
    at_paragraphs = (
        2 * brief_later > len(later)
        and brief_later >= sum(map(is_brief, inner))
        and not any(sentence.bold for sentence in inner)
    )
    return HeadStyle(bool(filled) and 2 * opened_briefly >= len(filled), at_paragraphs)


def _looks_like_head(sentence: BodySentence) -> bool:
    if _ENUMERATES.match(sentence.core):
        return False
    return sentence.bold > 0 or sentence.own_line or is_brief(sentence)


def _leads_in_bold(sentence: BodySentence) -> bool:
    """Return whether a longer sentence begins with a head in bold type (**聚焦便民需求，**完善…)."""
    if not sentence.bold or is_brief(sentence) or _ENUMERATES.match(sentence.core):
        return False
    return _lead_end(sentence) < len(sentence.text)


def _lead_end(sentence: BodySentence) -> int:
    """Return where a bold head at the start of a long sentence ends: at the first clause end after the bold."""
    end = 0
    for clause in sentence.clauses:
        end += len(clause)
        if end >= sentence.bold:
            break
    return end if end <= LONGEST_BOLD_HEAD else sentence.bold


def _is_elaborated(following: BodySentence | None) -> bool:
    return following is not None and not is_brief(following) and not _ends_here(following)


def _ends_here(following: BodySentence | None) -> bool:
    return following is None or following.bold > 0 or following.own_line or is_duty_text(following.text)


def _is_plain_brief(following: BodySentence | None) -> bool:
    return not _ends_here(following) and following is not None and is_brief(following)


def _is_off_place(it: HeadCandidate) -> bool:
    return it.style.at_paragraphs and not it.sentence.opens_paragraph and not it.sentence.bold


@dataclass
class _BodyHeads:
    body: TextBody
    heads: list[MeasureHead]
    warnings: list[PlanWarning] = field(default_factory=list)

    def warn_about(self, head: MeasureHead, message: str) -> None:
        sentence = self.body.sentences[head.place]
        quoted = sentence.text[: head.end].strip()
        self.warnings.append(PlanWarning(self.body.place, message.format(quoted), sentence.line))


def heads_of_bodies(bodies: Sequence[TextBody]) -> list[tuple[list[MeasureHead], list[PlanWarning]]]:
    """Return the heads of each body and the warnings about them, in the order of the bodies."""
    style = style_of(bodies)
    findings = [_BodyHeads(body, score_sentences(body, style)) for body in bodies]
    usual = _usual_count(findings)
    for finding in findings:
        _complete_heads(finding, usual, style)
    return [(finding.heads, finding.warnings) for finding in findings]


def _usual_count(findings: Sequence[_BodyHeads]) -> int:
    """Return the number of measures that most sections have; 0 if they do not agree."""
    counts = Counter(len(finding.heads) for finding in findings if finding.heads)
    total = sum(counts.values())
    if total < _FEWEST_SECTIONS:
        return 0
    count, times = counts.most_common(1)[0]
    return count if count > 1 and times >= _MOST_SECTIONS * total else 0


def _complete_heads(finding: _BodyHeads, usual: int, style: HeadStyle) -> None:
    if style.run_in and not _opens_with_head(finding):
        _take_clause_heads(finding, usual)
    if style.run_in and finding.body.sentences and not finding.heads:
        _warn_of_missing_heads(finding, "没有找到举措标题，暂按自然段划分举措，请核对。")
    elif usual and len(finding.heads) not in (0, usual):
        found = len(finding.heads)
        _warn_of_missing_heads(finding, f"找到{found}项举措，而其他专项多为{usual}项，请核对。")


def _warn_of_missing_heads(finding: _BodyHeads, message: str) -> None:
    finding.warnings.append(PlanWarning(finding.body.place, message, finding.body.sentences[0].line))


def _opens_with_head(finding: _BodyHeads) -> bool:
    return any(head.place == 0 for head in finding.heads)


def _take_clause_heads(finding: _BodyHeads, usual: int) -> None:
    """If a first sentence is no head, take its first clause as one, and clauses that are built like it."""
    sentences = finding.body.sentences
    if not sentences or not _begins_with_clause_head(sentences[0], sentences[0]):
        return
    taken = {head.place for head in finding.heads}
    alike = [
        MeasureHead(place, len(sentence.clauses[0]))
        for place, sentence in enumerate(sentences)
        if place not in taken and _begins_with_clause_head(sentence, sentences[0])
    ]
    agrees = usual == len(alike) + len(finding.heads)
    wanted = len(alike) > 1 or (usual and agrees)
    if not wanted:
        return
    finding.heads = sorted([*finding.heads, *alike], key=lambda head: head.place)
    for head in alike if not agrees else ():
        finding.warn_about(head, "“{}”后面是逗号，暂按举措标题处理，请核对。")


def _begins_with_clause_head(sentence: BodySentence, pattern: BodySentence) -> bool:
    first = sentence.clauses[0]
    elaborated = len(sentence.text) - len(first) >= _SHORTEST_ELABORATION
    return elaborated and is_clause_head(first, pattern.clauses[0])


def is_clause_head(clause: str, pattern: str) -> bool:
    """Return whether a first clause can be a head built like the `pattern`."""
    alike = clause[:_LEADING_VERB] == pattern[:_LEADING_VERB] and abs(len(clause) - len(pattern)) <= 3
    return alike and clause.endswith("，") and 4 <= len(clause) - 1 <= _LONGEST_CLAUSE_HEAD
