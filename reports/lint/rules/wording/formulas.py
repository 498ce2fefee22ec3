"""What is always said in the same words: formulas of several members, in their order (条例第二十条（四）: 表述准确)."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from reports.lint.passages import TextPassage
from reports.lint.phrases import phrase_hits
from reports.lint.registration import ACCURACY, WARNING, passage_rule
from reports.lint.subject import HANZI, RuleHit

TABLE = Path(__file__).with_name("formulas.csv")
BETWEEN = "、"
ANY_ORDER, MAY_LACK = "不定", "可缺"
MARK = "(?:[、，；]?(?:和|与|以及|及)|[、，；])"
JOINT = re.compile(MARK)
LISTED_BEFORE, LISTED_BEHIND = re.compile("[、和与]$"), re.compile("[、和与]")
OTHER_WORD = re.compile(f"{MARK}(?P<word>[{HANZI}“”]{{1,12}}?){MARK}")
LEAST_CUT = 4  # Where there are fewer, one without the others says nothing.


@dataclass(frozen=True)
class Formula:
    members: tuple[str, ...]
    kind: str
    pattern: re.Pattern[str]

    @property
    def words(self) -> str:
        return BETWEEN.join(self.members)


@lru_cache(maxsize=1)
def fixed_formulas() -> tuple[Formula, ...]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = [(tuple(row["提法"].split(BETWEEN)), row["次序"]) for row in csv.DictReader(file)]
    return tuple(
        Formula(members, kind, re.compile("|".join(map(re.escape, members)))) for members, kind in rows
    )


@passage_rule("fixed-formula", "固定提法", WARNING, ACCURACY)
def wrong_formulas(passage: TextPassage) -> Iterator[RuleHit]:
    """自治、法治、善治相结合; the other way round; one of four left out."""
    hits = list(phrase_hits("fixed-formula", passage))
    yield from hits
    for formula in fixed_formulas():
        if sum(member in passage.text for member in formula.members) < len(formula.members) - 1:
            continue
        for chain in _chains_of(formula, passage.text):
            wrong = _wrong_place(formula, chain, passage.text)
            if wrong and not any(hit.start < wrong[1] and wrong[0] < hit.end for hit in hits):
                reason = f"固定提法是“{formula.words}”，请核对。"
                yield RuleHit(reason, passage, *wrong)


def _chains_of(formula: Formula, text: str) -> Iterator[list[re.Match[str]]]:
    """The members of a formula that stand one behind the other, one other word among them at most."""
    chain: list[re.Match[str]] = []
    for match in formula.pattern.finditer(text):
        between = text[chain[-1].end() : match.start()] if chain else ""
        if chain and not (JOINT.fullmatch(between) or OTHER_WORD.fullmatch(between)):
            yield chain
            chain = []
        chain.append(match)
    if chain:
        yield chain


def _wrong_place(formula: Formula, chain: Sequence[re.Match[str]], text: str) -> tuple[int, int] | None:
    """Where a chain is not what the formula says, None where it is or may be something else."""
    size, order = len(formula.members), [formula.members.index(match[0]) for match in chain]
    start, end = chain[0].start(), chain[-1].end()
    gaps = [
        (one.end(), other.start(), number)
        for number, (one, other) in enumerate(pairwise(chain), start=1)
        if not JOINT.fullmatch(text, one.end(), other.start())
    ]
    if len(set(order)) < len(order):
        return None
    if len(order) == size:
        is_other_order = formula.kind != ANY_ORDER and order != list(range(size)) and not gaps
        return (start, end) if is_other_order else None
    missing = min(set(range(size)) - set(order))
    if order != [one for one in range(size) if one != missing]:
        return None
    if gaps:
        (one_end, other_start, number), *more = gaps
        other = OTHER_WORD.fullmatch(text, one_end, other_start)
        return other.span("word") if other and number == missing and not more else None
    before, after = LISTED_BEFORE.search(text[:start]), LISTED_BEHIND.match(text, end)
    length = len(formula.members[missing])
    if before and missing == 0 and not after:
        return max(0, before.start() - length), before.start()
    if after and missing == size - 1 and not before:
        return after.end(), min(len(text), after.end() + length)
    is_cut = size >= LEAST_CUT and formula.kind not in (ANY_ORDER, MAY_LACK) and not before and not after
    return (start, end) if is_cut else None
