"""Counts of the year so far: what an earlier quarter says that a later one has summed up (累计, 今年以来, 前三季度)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from app.composition.phrases import says_little
from app.periods.rules import Quarter

CLAUSE = re.compile(r"([、，；。：！？]?)([^、，；。：！？]+)")
NUMBER = re.compile(r"\d+(?:\.\d+)?")
COUNT = re.compile(r"\A(?P<thing>\D*)(?P<number>\d+(?:\.\d+)?)(?P<unit>[一-鿿]\D*)")
# 上半年 in a text of the third quarter does not hold what the third quarter did.
SPANS = {1: "一季度", 2: "上半年", 3: "前三季度", 4: "全年"}
SO_FAR = r"今年以来|年初以来|截至|至(?=1?\d月)"
SUM = re.compile("累计|总计")
OTHER_TIME = re.compile(
    r"(?<!前)[一二三四]季度|下半年|本季|当季|\d月?[-—~至]\d|(?<![至\d])\d{1,2}月|[当本]月|近.年|历年|\d{4}年|[去上]年(?!以来)|同比"
)
INTENDED = re.compile("计划|目标|任务|指标|拟|将|力争|预计|确保|下一步|剩余|其余|未")
# What may stand or be missing beside the same thing.
LIGHT_WORDS = re.compile(
    rf"{SO_FAR}|前三季度|第?[一二三四]季度|上半年|全年|本季度?|\d{{1,2}}月[底末份]?|目前|今年|累计|总计|其中|已经|已|共计|共|举办|开展|组织|完成|计划"
)


class Clause(NamedTuple):
    """A clause; what it counts, in what unit, and how many of it; whether from the year's beginning."""

    words: str
    counted: tuple[str, str]
    number: float | None
    is_so_far: bool


class RunningTotals:
    """What later quarters say of the year up to then: the highest number of each thing, and their clauses."""

    def __init__(self) -> None:
        self.totals: dict[tuple[str, str], float] = {}
        self.clauses: set[str] = set()

    def add(self, sentence: str, quarter: Quarter) -> None:
        """Take in a sentence of a later quarter."""
        for one in clauses_of(sentence, quarter):
            self.clauses.add(one.words)
            if one.is_so_far and one.number is not None:
                self.totals[one.counted] = max(one.number, self.totals.get(one.counted, 0))

    def hold(self, sentence: str, quarter: Quarter) -> bool:
        """Return whether they hold all that a sentence of an earlier quarter says, a count of it among that."""
        clauses = list(clauses_of(sentence, quarter))
        return any(map(self.sum_up, clauses)) and all(
            self.sum_up(one)
            or one.words in self.clauses
            or (says_little(one.words) and not NUMBER.search(one.words))
            for one in clauses
        )

    def sum_up(self, clause: Clause) -> bool:
        return clause.number is not None and clause.number <= self.totals.get(clause.counted, -1)


def clauses_of(sentence: str, quarter: Quarter) -> Iterator[Clause]:
    """Yield a sentence's clauses.

    A time named holds until another one is; 累计 holds for its own list only. A clause that names nothing
    (至9月底已举办21场) is about what the one before it named.
    """
    so_far = re.compile(f"{SO_FAR}|{SPANS[quarter.number]}")
    holds_on = is_sum = False
    thing = ""
    for mark, words in CLAUSE.findall(sentence):
        if so_far.search(words):
            holds_on = True
        elif OTHER_TIME.search(words):
            holds_on = is_sum = False
        goes_on = is_sum and (mark == "、" or words.startswith("其中"))
        is_sum = holds_on or goes_on or bool(SUM.search(words) and not OTHER_TIME.search(words))
        found = COUNT.fullmatch(LIGHT_WORDS.sub("", words))
        if found is None:
            yield Clause(words, ("", ""), None, is_sum)
            continue
        thing = found["thing"] or thing
        number = None if INTENDED.search(words) or not thing else float(found["number"])
        yield Clause(words, (thing, found["unit"]), number, is_sum)
