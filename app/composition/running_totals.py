"""Cumulative counts (累计, 今年以来, 前三季度): what a later quarter sums up is not repeated for an earlier one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from app.composition.phrases import says_little
from app.periods.rules import Quarter

MARKS = "、，：；。！？"  # from the weakest to the strongest
CLAUSE = re.compile(f"([{MARKS}]?)([^{MARKS}]+)")
NUMBER = re.compile(r"\d+(?:\.\d+)?")
COUNT = re.compile(r"\A(?P<thing>\D*)(?P<number>\d+(?:\.\d+)?)(?P<unit>[%‰一-鿿]\D*)")
# 上半年 in a text of the third quarter does not include the third quarter's results.
SPANS = {1: "一季度", 2: "上半年", 3: "前三季度", 4: "全年"}
SO_FAR = r"今年以来|年初以来|截至|至(?=1?\d月)"
FROM_JANUARY = r"1月?[至—~-]1?\d月"
SUM = re.compile("累计|总计")
OTHER_TIME = re.compile(
    r"(?<!前)[一二三四]季度|下半年|本季|当季|\d月?[-—~至]\d|(?<![至\d])\d{1,2}月|[当本]月|近.年|历年|\d{4}年|[去上]年(?!以来)|同比"
)
INTENDED = re.compile("计划|目标|任务|指标|拟|将|力争|预计|确保|下一步|剩余|其余|未")
# Words that may be present or missing without changing what is counted.
LIGHT_WORDS = re.compile(
    rf"{FROM_JANUARY}|{SO_FAR}|前三季度|第?[一二三四]季度|上半年|全年|本季度?|\d{{1,2}}月[底末份]?|目前|今年|累计|总计|其中|已经|已|共计|共|举办|开展|组织|完成|计划"
)
# The time and the topic that a clause names: both also apply to the next clause.
WHEN = re.compile(
    rf"{FROM_JANUARY}|(?:截至|至)?\d{{1,2}}月[底末份]?|截至目前|今年以来|年初以来|上半年|前三季度|全年|第?[一二三四]季度"
)
TOPIC = re.compile(rf"(?:{WHEN.pattern})?((?:“[^”]*”)+)")
# Clauses that refer to the one before; clauses that only introduce the one after.
REFERS_BACK = re.compile(
    "[其均都并且共占还也又为使让该这此率较比另]|全部|分别|平均|涉及|同比|环比|[当现]场|会[上后中]|及时|同时|以及|剩余"
    r"|\d+(?:\.\d+)?[一-鿿]{0,3}\Z|.*(?:率|满意度|%|‰)"
)
LEADS_ON = re.compile(
    "[为对在以]|围绕|坚持|根据|按照|紧扣|聚焦|立足|通过|结合|针对|利用|依托|随着|由于|联合|会同"
    r"|.*(?:方面|期间|[时后中上下前]|以来)\Z"
)
ENCLOSED = re.compile("“[^“”]*+”|（[^（）]*+）")


class Clause(NamedTuple):
    """A clause with the punctuation before it.

    counted: the thing counted and its unit; both empty if it counts nothing.
    is_so_far: whether its number counts from the beginning of the year.
    """

    mark: str
    words: str
    counted: tuple[str, str]
    number: float | None
    is_so_far: bool

    @property
    def is_rate(self) -> bool:
        return self.counted[1].startswith(("%", "‰"))


class RunningTotals:
    """The cumulative figures of later quarters: the latest number of each thing, and all clauses."""

    def __init__(self) -> None:
        self.totals: dict[tuple[str, str], tuple[Quarter, float]] = {}
        self.clauses: set[str] = set()

    def add(self, sentence: str, quarter: Quarter) -> None:
        """Add a sentence of a later quarter."""
        for one in clauses_of(sentence, quarter):
            self.clauses.add(one.words)
            if one.is_so_far and one.number is not None:
                total = quarter, one.number
                self.totals[one.counted] = max(total, self.totals.get(one.counted, total))

    def rest_of(self, sentence: str, quarter: Quarter) -> str:
        """Return what an earlier quarter's sentence adds to that; all of it if nothing can be left out."""
        clauses = list(clauses_of(sentence, quarter))
        summed_up: list[bool] = []
        for one in clauses:
            goes_along = any(summed_up[-1:]) and one.is_rate and one.counted in self.totals
            summed_up.append(goes_along or self.sum_up(one))
        if all(is_out or self.has_no_news(one) for one, is_out in zip(clauses, summed_up, strict=True)):
            return "" if any(summed_up) else sentence
        return sentence_without(sentence, clauses, summed_up) or sentence

    def sum_up(self, clause: Clause) -> bool:
        """Return whether a later quarter counts the same; an earlier cumulative number is always out of date."""
        if clause.number is None or clause.is_rate or clause.counted not in self.totals:
            return False
        return clause.is_so_far or clause.number <= self.totals[clause.counted][1]

    def has_no_news(self, clause: Clause) -> bool:
        return clause.words in self.clauses or (says_little(clause.words) and not NUMBER.search(clause.words))


def sentence_without(sentence: str, clauses: Sequence[Clause], left_out: Sequence[bool]) -> str:
    """Return a sentence without some of its clauses; empty if the rest makes no sense without them."""
    words = mark = ""
    gap: list[Clause] = []
    last: Clause | None = None
    for clause, is_out in zip(clauses, left_out, strict=True):
        mark = max(mark, clause.mark, key=f" {MARKS}".find)
        if is_out:
            gap.append(clause)
            continue
        if gap and (is_left_incomplete(last, gap, mark) or refers_back(clause)):
            return ""
        words += (mark if words else "") + time_and_topic_before(gap, clause.words) + clause.words
        last, gap, mark = clause, [], ""
    encloses = any(not set(MARKS).isdisjoint(one) for one in ENCLOSED.findall(sentence))
    if encloses or (gap and is_left_incomplete(last, gap, "。")):
        return ""
    return words + sentence[len(sentence.rstrip(MARKS)) :]


def is_left_incomplete(clause: Clause | None, gap: Sequence[Clause], mark: str) -> bool:
    """Return whether a clause is incomplete without the one left out after it, such as the end of a list."""
    if clause is None:
        return False
    is_end = MARKS.index(mark) > MARKS.index("：")
    return (gap[0].mark == "、" and clause.number is None) or (
        is_end and (gap[0].mark == "：" or bool(LEADS_ON.match(clause.words)))
    )


def refers_back(clause: Clause) -> bool:
    words = clause.words
    return clause.mark == "、" or any(map(REFERS_BACK.match, (words, LIGHT_WORDS.sub("", words))))


def time_and_topic_before(gap: Sequence[Clause], words: str) -> str:
    """Return the time and topic named by the clauses left out before these words, unless these name their own."""
    whens = [found[0] for one in gap for found in WHEN.finditer(one.words)]
    topics = [found[1] for one in gap if (found := TOPIC.match(one.words))]
    names_time = WHEN.search(words) or OTHER_TIME.search(words)
    when = "" if names_time or not whens else re.sub(r"\A(?=\d+月[底末])", "至", whens[-1])
    return when + ("" if not topics or TOPIC.match(words) else topics[-1])


def clauses_of(sentence: str, quarter: Quarter) -> Iterator[Clause]:
    """Yield the clauses of a sentence.

    A time applies until another one is named; 累计 applies only to its own list. A clause that names no thing
    (至9月底已举办21场) counts the thing that the previous one named.
    """
    so_far = re.compile(f"{SO_FAR}|{SPANS[quarter.number]}|1月?[至—~-]{3 * quarter.number}月")
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
            yield Clause(mark, words, ("", ""), None, is_sum)
            continue
        thing = found["thing"] or thing
        number = None if INTENDED.search(words) or not thing else float(found["number"])
        yield Clause(mark, words, (thing, found["unit"]), number, is_sum)
