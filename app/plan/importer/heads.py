"""Finding the heads of measures: each sentence is a candidate, named features speak for or against it.

Bold type is strong evidence, its absence is none. A candidate at or above THRESHOLD is a head; one within
MARGIN below it becomes a head only when the plan's own count of measures per section asks for one more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.plan.importer.bodies import LONGEST_BOLD_HEAD, BodySentence, TextBody
from app.plan.importer.duties import is_duty_text

HEAD_THRESHOLD = 3.0
HEAD_MARGIN = 1.5
_LONGEST_BRIEF = 24  # characters
_LONGEST_COUPLET = 26

_ENUMERATES = re.compile(
    r"[一二三四五六七八九十]{1,2}[是要]|[首其再]次?[先次]?[，,]|同时|此外|另外|其中|并|确保|力争|即"
)
_QUANTITY = re.compile(
    r"\d\s*余?(?:个|家|项|次|场|户|人|名|万|亿|元|％|%|平方|公里|亩|吨|台|套|处|批|期|件|条|座)"
)
_ROUTINE = re.compile(r"(?:认真|扎实|切实|继续)?(?:落实|做好|抓好|完成|开展|配合|协助|承办|办理|组织).*工作")


@dataclass(frozen=True)
class HeadStyle:
    """How a plan writes its heads: `run_in` at the start of its text at all, `at_paragraphs` only there."""

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
    """One named piece of evidence and its weight."""

    name: str
    weight: float
    holds: Callable[[HeadCandidate], bool]


@dataclass(frozen=True)
class MeasureHead:
    """A sentence found to be a head, or to begin with one: its place in the body, and where the head ends."""

    place: int
    end: int
    score: float


def is_brief(sentence: BodySentence) -> bool:
    """Whether a sentence is one short clause, or two short clauses of equal build."""
    core = sentence.core
    if not core or is_duty_text(core):
        return False
    lengths = [len(clause) for clause in sentence.clauses]
    if len(lengths) == 1:
        return len(core) <= _LONGEST_BRIEF
    couplet = len(lengths) == 2 and abs(lengths[0] - lengths[1]) <= 1
    return couplet and len(core) <= _LONGEST_COUPLET and not re.search(r"\d", core)


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


def find_heads(body: TextBody, style: HeadStyle) -> tuple[list[MeasureHead], list[MeasureHead]]:
    """Return the heads of a body, and the candidates that fell just short."""
    heads: list[MeasureHead] = []
    near: list[MeasureHead] = []
    for place, sentence in enumerate(body.sentences):
        if _leads_in_bold(sentence):
            heads.append(MeasureHead(place, _lead_end(sentence), HEAD_THRESHOLD + HEAD_MARGIN))
            continue
        following = body.sentences[place + 1] if place + 1 < len(body.sentences) else None
        value = score_candidate(HeadCandidate(sentence, following, place == 0, style))
        head = MeasureHead(place, len(sentence.text), value)
        if value >= HEAD_THRESHOLD:
            heads.append(head)
        elif value >= HEAD_THRESHOLD - HEAD_MARGIN and is_brief(sentence):
            near.append(head)
    return heads, near


def style_of(bodies: Sequence[TextBody]) -> HeadStyle:
    """Learn from all bodies of a plan how it writes its heads."""
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
    """Whether a longer sentence begins with a head in bold type (**聚焦便民需求，**完善…)."""
    if not sentence.bold or is_brief(sentence) or _ENUMERATES.match(sentence.core):
        return False
    return _lead_end(sentence) < len(sentence.text)


def _lead_end(sentence: BodySentence) -> int:
    """Where a bold head at the start of a long sentence ends: at the first clause end at or after the bold."""
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
