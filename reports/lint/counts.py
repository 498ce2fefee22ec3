"""The counts of a sentence (12个, 1.5万份), each with the words around it that say what is counted."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from reports.numbering import chinese_number

NUMBER = r"\d+(?:\.\d+)?"
# No more of a sentence than a reader would hold together.
# 共1.5万份。其中，…… goes on with the same whole.
SENTENCE = re.compile(
    r"[^。！？\n]{1,400}(?:。(?=其中|具体|资金来源|按[^，。；]{1,10}[分看]|从[^，。；]{1,10}看)[^。！？\n]{1,240})?"
)
NEAR = 60
CAPITALS = r"[壹贰貳叁肆伍陆柒捌玖拾佰仟][零壹贰貳叁肆伍陆柒捌玖两拾佰仟万亿元圆角分整正]{2,40}"
ROUNDED = "四舍五入"
# 部分单位同时存在多项问题: the parts may be more than the whole.
OVERLAPPING = re.compile(
    "同时(?:存在|涉及|有|具[有备]|属于|享受|患)|交叉|重复(?:统计|计算|计入|登记)|多选|一[户人家]多|[多两二三][项类种]问题|兼有|并存|去重"
)
MOST_ADDED = 8
SCALES = {"": 1, "万": 10_000, "亿": 100_000_000}
UNIT = (
    "平方米|立方米|人次|家次|件次|户次|场次|批次|辆次|台次|公里|公斤|千克|个工作日|"
    "个(?!百分点)|[项家户名人处件台条批场类起套栋幢辆间座份篇元吨亩米盏株棵块点册箱袋瓶顶床双笔宗例天剂眼艘枚]|所(?![在有以属需得谓辖长做作])|对(?=[，。、；夫新])|车(?=[，。、；]|$)|支(?![出付持撑部行])|根(?![据本治源])|次(?!日|年|月|要|序|第|元)|部(?![门分署委])|只(?![有要是能])|张(?!贴)|组(?![织建成长])|门(?![诊店户口类面])|期(?![间末限初])"
)
COUNT, FIGURE = (
    re.compile(
        rf"(?<![\d.第每])(?<!\d[,，])(?P<number>{NUMBER})(?P<about>[余多]?)(?P<scale>[万亿]?)(?P<more>[余多]?)(?P<unit>{unit})(?P<behind>左右|上下|及?以[上下内])?"
    )
    for unit in (
        UNIT,
        rf"个?百分点|[%％]|小时|分钟|公顷|(?![年月日时点号届级倍番]){UNIT}|(?![年月日时点号届级倍番])[㐀-䶿一-鿿]",
    )
)
INEXACT = re.compile(r"(?<![签预节合制契履])约$|[近超逾过]$|(?<![下送传])达$|大约$|将近$|超过$|不到$|至少$")
LIMIT = re.compile("(?:[高低多少大小]于|[超满]过?|不足)$")
CLAUSE_MARKS = re.compile("[，；：（）]")
MARKS = re.compile("[，；：（）、]")
# Some write half-width marks in Chinese text.
FULL_WIDTH = str.maketrans(",;:()", "，；：（）")
# 每个镇（街道）配备43名: another name for what stands before it.
ASIDE = re.compile("（[一-鿿、]{1,8}）")
# 甲办、乙办各1项, 其余5个部门各1项: as many times that.
EACH = re.compile(
    r"(?:(?<!\d)(?P<number>\d{1,9})[个家名户][^\d，；：（）、]{0,8}|(?P<names>[^\d，；：（）]{0,60}、[^\d，；：（）、]{0,20}))各$"
)
PEOPLE = {"名": "人", "位": "人"}
SAME_UNITS = {**PEOPLE, "％": "%", "百分点": "个百分点"}
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"
NUMERAL_VALUES = {
    **{chinese_number(number): number for number in range(1, 100)},
    **{mark: number for number, mark in enumerate(CIRCLED, start=1)},
    "两": 2,
}


def small_number(words: str) -> int:
    """The value of a number up to 99 in figures, in hanzi or in a circle; 0 for anything else."""
    return int(words) if words.isdecimal() else NUMERAL_VALUES.get(words, 0)


@dataclass(frozen=True, slots=True)
class Count:
    """A count with its place in the sentence.

    clause: the words before it in its clause. behind: the words after it up to the next mark. since: the words between
    the last count and it. label: the part of `since` after its last mark.
    is_limit: whether it only bounds what others count: 10万元及以下的2个村.
    """

    value: float
    written: str
    unit: str
    scale: str
    start: int
    end: int
    clause: str
    since: str
    behind: str
    is_exact: bool
    is_limit: bool = False

    @property
    def label(self) -> str:
        return MARKS.split(self.since)[-1]

    @property
    def step(self) -> float:
        """The value of the last digit written: 0.1 for 1.5, 1000 for 1.5万."""
        return SCALES[self.scale] * 0.1 ** len(self.written.partition(".")[2])

    @property
    def precision(self) -> float:
        """Half a step, and a little more for rounding errors."""
        return 0.5001 * self.step

    def agrees_with(self, value: float) -> bool:
        return abs(self.value - value) <= self.precision

    def in_words(self, value: float) -> str:
        """A value written with the scale of this count, without unit."""
        return f"{value / SCALES[self.scale]:.10g}{self.scale}"


def counts_of(text: str, start: int, end: int, pattern: re.Pattern[str] = COUNT) -> list[Count]:
    """The counts of a sentence in order; with the pattern FIGURE also percentages and all other units."""
    found: list[Count] = []
    last = start
    for match in pattern.finditer(text, start, end):
        near = max(start, match.start() - NEAR)
        lead = ASIDE.sub("", text[near : match.start()].translate(FULL_WIDTH))
        clause = CLAUSE_MARKS.split(lead)[-1]
        since = text[max(last, near) : match.start()].translate(FULL_WIDTH)
        behind = MARKS.split(
            text[match.end() : min(end, match.end() + NEAR)].translate(FULL_WIDTH), maxsplit=1
        )[0]
        exact = not (match["about"] or match["more"] or match["behind"] or INEXACT.search(clause))
        value = (
            float(match["number"])
            * SCALES[match["scale"]]
            * times_named(text[max(start, match.start() - 2 * NEAR) : match.start()])
        )
        unit = SAME_UNITS.get(match["unit"], match["unit"])
        found.append(
            Count(
                value,
                match["number"],
                unit,
                match["scale"],
                *match.span(),
                clause,
                since,
                behind,
                is_exact=exact,
                is_limit=bool(LIMIT.search(clause) or "以" in (match["behind"] or "")),
            )
        )
        last = match.end()
    return found


def times_named(words: str) -> int:
    """Return by how much a count after these words is multiplied: 甲办、乙办各 is 2."""
    found = EACH.search(words) if words.endswith("各") else None
    if found is None:
        return 1
    return int(found["number"]) if found["number"] else found["names"].count("、") + 1


def counts_before(counts: Sequence[Count], place: int) -> list[Count]:
    return [one for one in counts if one.end <= place]


def sentences_with_counts(text: str) -> Iterator[tuple[re.Match[str], list[Count]]]:
    """The sentences with two or more counts to compare; none if the text says that figures are rounded."""
    if ROUNDED in text:
        return
    for sentence in SENTENCE.finditer(text):
        counts = counts_of(text, *sentence.span())
        if len(counts) > 1 and not OVERLAPPING.search(sentence[0]):
            yield sentence, counts


def is_sum_of_some(whole: Count, counts: Sequence[Count]) -> bool:
    """Whether a count is the sum of two or more of some others, whatever their units."""
    known = counts[:MOST_ADDED]
    return any(
        whole.agrees_with(sum(one.value for one in taken))
        for size in range(2, len(known) + 1)
        for taken in combinations(known, size)
    )


def sentence_pairs(text: str) -> Iterator[tuple[str, list[Count], list[Count]]]:
    """Each two adjacent sentences that both have counts, as one text, with the counts of each."""
    before: list[Count] = []
    start = end = -1
    for sentence in SENTENCE.finditer(text):
        counts = counts_of(text, *sentence.span())
        if before and counts and sentence.start() == end + 1 and text[end] == "。":
            yield text[start : sentence.end()], before, counts
        before, start, end = counts, sentence.start(), sentence.end()
