"""Finding the heads of measures: each sentence is a candidate, named features speak for or against it.

Bold type is strong evidence, its absence is none. A candidate at or above THRESHOLD is a head; one within
MARGIN below it becomes a head only when the plan's own count of measures per section asks for one more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.plan.importer.bodies import LONGEST_BOLD_HEAD, Body, Sentence
from app.plan.importer.departments import is_department_line

THRESHOLD = 3.0
MARGIN = 1.5
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
class Style:
    """How a plan writes its heads: `run_in` at the start of its text at all, `at_paragraphs` only there."""

    run_in: bool
    at_paragraphs: bool


@dataclass(frozen=True)
class Candidate:
    """A sentence with what the features need to know about its surroundings."""

    sentence: Sentence
    following: Sentence | None
    opens_body: bool
    style: Style


@dataclass(frozen=True)
class Feature:
    """One named piece of evidence and its weight."""

    name: str
    weight: float
    holds: Callable[[Candidate], bool]


@dataclass(frozen=True)
class Head:
    """A sentence found to be a head, or to begin with one: its place in the body, and where the head ends."""

    place: int
    end: int
    score: float


def is_brief(sentence: Sentence) -> bool:
    """Whether a sentence is one short clause, or two short clauses of equal build."""
    core = sentence.core
    if not core or is_department_line(core):
        return False
    lengths = [len(clause) for clause in sentence.clauses]
    if len(lengths) == 1:
        return len(core) <= _LONGEST_BRIEF
    couplet = len(lengths) == 2 and abs(lengths[0] - lengths[1]) <= 1
    return couplet and len(core) <= _LONGEST_COUPLET and not re.search(r"\d", core)


FEATURES = (
    Feature("bold", 4.0, lambda it: it.sentence.bold > 0),
    Feature("stands on its own line", 4.0, lambda it: it.sentence.own_line),
    Feature("brief", 2.0, lambda it: is_brief(it.sentence)),
    Feature("too long", -6.0, lambda it: len(it.sentence.core) > LONGEST_BOLD_HEAD and not it.sentence.bold),
    Feature("opens the section", 1.0, lambda it: it.opens_body),
    Feature("opens a paragraph", 0.5, lambda it: it.sentence.opens_paragraph),
    Feature("elaborated by what follows", 1.0, lambda it: _is_elaborated(it.following)),
    Feature("followed by nothing or by a head", -5.0, lambda it: _ends_here(it.following)),
    Feature("followed by another brief sentence", -1.0, lambda it: _is_plain_brief(it.following)),
    Feature("enumerates", -5.0, lambda it: bool(_ENUMERATES.match(it.sentence.core))),
    Feature("states a quantity", -2.0, lambda it: bool(_QUANTITY.search(it.sentence.core))),
    Feature("states a routine duty", -1.5, lambda it: bool(_ROUTINE.fullmatch(it.sentence.core))),
    Feature("the plan writes no such heads", -2.5, lambda it: not it.style.run_in),
    Feature("off the plan's place for heads", -2.0, lambda it: _is_off_place(it)),
)


def score(candidate: Candidate) -> float:
    """Sum of the weights of the features that hold."""
    return sum(feature.weight for feature in FEATURES if feature.holds(candidate))


def find_heads(body: Body, style: Style) -> tuple[list[Head], list[Head]]:
    """Return the heads of a body, and the candidates that fell just short."""
    heads: list[Head] = []
    near: list[Head] = []
    for place, sentence in enumerate(body.sentences):
        if _leads_in_bold(sentence):
            heads.append(Head(place, _lead_end(sentence), THRESHOLD + MARGIN))
            continue
        following = body.sentences[place + 1] if place + 1 < len(body.sentences) else None
        value = score(Candidate(sentence, following, place == 0, style))
        head = Head(place, len(sentence.text), value)
        if value >= THRESHOLD:
            heads.append(head)
        elif value >= THRESHOLD - MARGIN and is_brief(sentence):
            near.append(head)
    return heads, near


def style_of(bodies: Sequence[Body]) -> Style:
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
    return Style(bool(filled) and 2 * opened_briefly >= len(filled), at_paragraphs)


def _looks_like_head(sentence: Sentence) -> bool:
    if _ENUMERATES.match(sentence.core):
        return False
    return sentence.bold > 0 or sentence.own_line or is_brief(sentence)


def _leads_in_bold(sentence: Sentence) -> bool:
    """Whether a longer sentence begins with a head in bold type (**聚焦便民需求，**完善…)."""
    if not sentence.bold or is_brief(sentence) or _ENUMERATES.match(sentence.core):
        return False
    return _lead_end(sentence) < len(sentence.text)


def _lead_end(sentence: Sentence) -> int:
    """Where a bold head at the start of a long sentence ends: at the first clause end at or after the bold."""
    end = 0
    for clause in sentence.clauses:
        end += len(clause)
        if end >= sentence.bold:
            break
    return end if end <= LONGEST_BOLD_HEAD else sentence.bold


def _is_elaborated(following: Sentence | None) -> bool:
    return following is not None and not is_brief(following) and not _ends_here(following)


def _ends_here(following: Sentence | None) -> bool:
    return following is None or following.bold > 0 or following.own_line or is_department_line(following.text)


def _is_plain_brief(following: Sentence | None) -> bool:
    return not _ends_here(following) and following is not None and is_brief(following)


def _is_off_place(it: Candidate) -> bool:
    return it.style.at_paragraphs and not it.sentence.opens_paragraph and not it.sentence.bold
