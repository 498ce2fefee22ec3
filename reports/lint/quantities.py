"""The counts of a whole text in reading order, each with its sentence and what is said about it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from reports.lint.counts import COUNT, FULL_WIDTH, SENTENCE, Count, counts_of
from reports.lint.finding import PassageKind
from reports.lint.passages import TextPassage

READ_KINDS = (PassageKind.TITLE, PassageKind.HEAD, PassageKind.HEADING, PassageKind.TEXT)
# Words beside a count that hold it against another, give it to each, or say what is wanted.
COMPARED = re.compile(
    "同比|环比|(?<![评占])比(?![赛武选例重])|较(?![差好大小高低重轻强弱])|[去上]年同期|净(?:增|减)"
    "|(?:增加|增长|提高|提升|上升|下降|减少|降低|多|少)(?:了|近|约)?$"
)
EACH = re.compile("每|[人户日月天年期场次套平亩栋家个村处站组班]均(?!为|已)|亩产|单产")
WANTED = re.compile("计划|目标|任务|预计|力争|确保|争取|拟|将|规划|到20\\d\\d年")
PLACE = re.compile(
    "全[国省市区县镇乡村街]|[^，。；、的和在对由从向同据各本该我全\\d]{1,3}(?:省(?!级|委)|市(?![场政级民容委])|(?<![小片民社园校辖])区(?![级委政域划分别])"
    "|县(?![级委政])|镇(?![级政])|乡(?![级政村镇])|(?<![政范农乡])村(?![民级居])|街道(?!办)|社区(?![的工服治文党]))"
)
# 比上年 names no year that others are of.
YEAR = re.compile("(?<![比较与和同])(?:20\\d\\d年|[去上今明本前次]年)")
TIMES = re.compile(
    r"(?:20\d\d|[去上今明本前])年(?:度)?[底末初]?|\d{1,2}月(?:\d{1,2}日|[份底末初])?|[一二三四上]个?季度|[上下]半年"
)
# What says nothing of what is counted.
NO_NAME = re.compile(
    rf"{TIMES.pattern}|第?[首一二三][轮次]|[上本此][轮次]|同期|截[至止]|累计|目前|期[末初]|[末底初]|上[期季月]|(?:现|共|实|原|尚|仍|还|已|存)?有|结[转余存]|账[面户]|专户|余额|库存|存量|剩余|余下|剩下|其余|未|达到?|[升降增减提][至到高]|为|是|共计?|总|新增?|又|再|已经?|其中|全部|本"
)
PAIR, NEAR = 2, 8


@dataclass(frozen=True)
class TextQuantity:
    """A count with the number of its sentence and the words of the sentence before it.

    year: the year named last before it.
    """

    passage: TextPassage
    count: Count
    sentence: int
    lead: str
    year: str

    @property
    def value(self) -> float:
        return self.count.value

    @property
    def unit(self) -> str:
        return self.count.unit

    @property
    def in_words(self) -> str:
        return f"{self.count.written}{self.count.scale}{self.unit}"

    @cached_property
    def is_part(self) -> bool:
        """Whether it is in a list of parts: 36个，其中8个已竣工."""
        return "其中" in re.split("[；。]", self.lead)[-1]

    @cached_property
    def is_beside(self) -> bool:
        """Whether it is a difference or an average rather than an amount."""
        clause = self.count.clause
        return bool(COMPARED.search(clause) or EACH.search(self.count.label))

    @property
    def is_wanted(self) -> bool:
        return bool(
            WANTED.search(self.count.clause) or re.match("的[^，。]{0,4}(?:目标|任务)", self.count.behind)
        )

    @cached_property
    def times(self) -> frozenset[str]:
        return frozenset(TIMES.findall(self.lead))

    @cached_property
    def places(self) -> frozenset[str]:
        return frozenset(PLACE.findall(self.lead))

    @cached_property
    def named(self) -> frozenset[str]:
        """The pairs of characters in its label, without words that do not name what is counted."""
        return pairs_of(self.count.label)

    @cached_property
    def named_around(self) -> frozenset[str]:
        return self.named | pairs_of(self.count.behind[:NEAR])

    def may_be_of(self, others: Iterable["TextQuantity"]) -> bool:
        """Whether it can count the same thing as `others`: it shares words with one of them, or one has no words."""
        around = [one.named_around for one in others]
        return not self.named or not all(around) or any(self.named & one for one in around)


def pairs_of(words: str) -> frozenset[str]:
    return frozenset(one[at : at + PAIR] for one in NO_NAME.split(words) for at in range(len(one) - 1))


def quantities_of(
    passages: Iterable[TextPassage],
    read_kinds: Sequence[PassageKind] = READ_KINDS,
    pattern: re.Pattern[str] = COUNT,
) -> tuple[TextQuantity, ...]:
    found: list[TextQuantity] = []
    sentences, year = 0, ""
    for passage in passages:
        for sentence in SENTENCE.finditer(passage.text) if passage.kind in read_kinds else ():
            sentences += 1
            start, end = sentence.span()
            for one in counts_of(passage.text, start, end, pattern):
                lead = passage.text[start : one.start].translate(FULL_WIDTH)
                found.append(TextQuantity(passage, one, sentences, lead, (YEAR.findall(lead) or [year])[-1]))
            year = (YEAR.findall(sentence[0]) or [year])[-1]
    return tuple(found)


def by_unit(quantities: Iterable[TextQuantity]) -> Sequence[list[TextQuantity]]:
    """The quantities grouped by unit."""
    alike: defaultdict[str, list[TextQuantity]] = defaultdict(list)
    for one in quantities:
        alike[one.unit].append(one)
    return tuple(alike.values())
