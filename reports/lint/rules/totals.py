"""Counts of one whole: shares of it, parts that make it up, the base of a statistic, the last row of a table."""

import re
from collections.abc import Iterator

from reports.lint.counts import NUMBER
from reports.lint.finding import PassageKind
from reports.lint.passages import TextPassage
from reports.lint.registration import ACCURACY, WARNING, document_rule, passage_rule
from reports.lint.rules.figures import rounds_to
from reports.lint.subject import HANZI, LintSubject, RuleHit, hit_at, hit_of_whole
from reports.model import Table

UNITS = "项家户个名人处件台条"
BASE = re.compile(rf"(?<![\d.])(\d{{1,9}})([{UNITS}])[{HANZI}]{{0,6}}中，")
# 12项，占30%, of a base that the sentence begins with; 43项，占45项的95.6% brings its own.
SHARE = re.compile(
    rf"(?<![\d.])(?P<part>\d{{1,9}})(?P<unit>[{UNITS}])，占(?:(?:全部|总数)的?)?"
    rf"(?:(?P<whole>\d{{1,9}})(?P=unit)[{HANZI}]{{0,6}}?的)?(?P<share>{NUMBER})%"
)
# 从亮灯情况看 divides again what the sentence before divided.
DIVIDED_AGAIN = re.compile(rf"从[{HANZI}]{{2,8}}看，")
# What is in one of two is not in the other.
EXCLUSIVE = (
    "户籍:外来|本地:外来|男:女|城镇:农村|城市:农村|国有:民营|公办:民办|"
    "合格:不合格|满意:不满意|线上:线下|已:未|本市:外省|新建:改建|在职:退休"
)
TWO_SHARES = re.compile(
    "|".join(
        rf"{one}[^，。；：%\d]{{0,8}}占(?:比)?(?:为)?{NUMBER}%[，、和]{other}[^，。；：%\d]{{0,8}}占(?:比)?(?:为)?{NUMBER}%"
        for pair in EXCLUSIVE.split("|")
        for one, other in (pair.split(":"), pair.split(":")[::-1])
    )
)
PERCENT = re.compile(rf"(?<![\d.])({NUMBER})%")
# 共28部，明细如下： above a table whose total is 27.
SUMMED_UP = re.compile(
    r"(?:共计?|合计|总计|累计)[^，。；\d]{0,12}(?P<count>\d{1,9})(?P<unit>[^\d，。；：、]{1,3})"
)
POINTING_DOWN = re.compile("如下[：。]?$|见下表|如下表|见表|明细|情况如下")
SENTENCE = re.compile(r"[^。\n]+")
TOTALS = ("合计", "总计", "共计")
WHOLE_NUMBER = re.compile(r"\d{1,9}")
# 这43项 says again what stands elsewhere.
COUNT = re.compile(r"(?<![\d.这])(\d{1,9})项")
PART = re.compile(r"(?<![\d.这占])(\d{1,9})项")
WHOLE = re.compile(
    rf"(?<![\d.])(?P<of>\d{{1,9}})项[{HANZI}]{{0,6}}(?:中，|，其中)|共(?:有)?(?P<all>\d{{1,9}})项[{HANZI}]{{0,6}}，"
    rf"|占(?:全部|总数)?(?P<shared>\d{{1,9}})项[{HANZI}]{{0,6}}?的"
)
STATED_BASE = re.compile(r"以(?:这|上述|以上)(\d{1,9})项[^，。；\d]{0,6}为基数")
# Each thing is in one of these, and whatever goes well is 正常推进 or 绿灯; what has not reached its pace is behind.
STATES = re.compile(r"(已完成|正常推进|滞后|未启动|暂停|取消)(?:的)?(?:有)?(\d{1,9})项")
LIGHTS = re.compile(r"(绿灯|黄灯|红灯|灰灯)(?:的)?(?:有)?(\d{1,9})项")
PACES = re.compile(
    r"(达到(?:(?:或者?|、|和|及)超过)?|超过(?=序时进度)|落后)于?(?:序时进度)?(?:的)?(?:有)?(\d{1,9})项"
)
FORECASTS = re.compile(r"(有困难但能完成|能够完成|不能完成)(?:的)?(?:有)?(\d{1,9})项")
USUAL = ("正常推进", "绿灯", "落后", "能够完成")
# What is done and what is not yet: 核实43项, 待核实2项.
ACTIONS = ("核实", "采用", "审核", "完成", "报送", "启动", "开工", "整改", "办结", "验收", "落实", "销号")
PLANNED = r"(?:计划|应当?|拟|须|需要?|预计|力争|确保|要求)[^，。；\d]{0,8}"
ACTION = re.compile(
    rf"(?P<planned>{PLANNED})?(?P<open>(?:待|[尚仍还]?未能?|尚待|没有|正在)[{HANZI}]{{0,2}}?)?"
    rf"(?P<action>{'|'.join(ACTIONS)})[了的]?有?(?P<count>\d{{1,9}})项"
)


@passage_rule("share", "百分比不符", WARNING, ACCURACY, holding="占")
def wrong_shares(passage: TextPassage) -> Iterator[RuleHit]:
    """45项中，……12项，占30%; 43项，占45项的97.8%: a share that does not come out of its two numbers."""
    for sentence, bases in _sentences_with_wholes(passage, BASE):
        for share in SHARE.finditer(passage.text, *sentence.span()):
            whole = int(share["whole"] or _base_of_share(share, bases))
            part, unit = int(share["part"]), share["unit"]
            if whole and not rounds_to(100 * part / whole, share["share"]):
                right = f"{100 * part / whole:.1f}%"
                reason = f"{whole}{unit}中的{part}{unit}应占{right}，请核对两个数和百分数。"
                yield hit_at(passage, share, reason)


def _sentences_with_wholes(
    passage: TextPassage, pattern: re.Pattern[str]
) -> Iterator[tuple[re.Match[str], list[re.Match[str]]]]:
    """The sentences of a text, each with its wholes: those of the one before where it only divides them again."""
    wholes: list[re.Match[str]] = []
    for sentence in SENTENCE.finditer(passage.text):
        own = list(pattern.finditer(passage.text, *sentence.span()))
        if own or not DIVIDED_AGAIN.match(sentence[0]):
            wholes = own
        yield sentence, wholes


def _base_of_share(share: re.Match[str], bases: list[re.Match[str]]) -> str:
    """The one base of a sentence that a share in it is of; 0 where it is not certain."""
    match bases:
        case [base] if base.end() <= share.start() and base[2] == share["unit"]:
            return base[1]
    return "0"


@passage_rule("stated-base", "统计基数不符", WARNING, ACCURACY, holding="基")
def stated_bases(passage: TextPassage) -> Iterator[RuleHit]:
    """43项，占45项的95.6%，……以这44项为基数: a base that is none of the parts before it, nor all of them together."""
    for sentence in SENTENCE.finditer(passage.text):
        match = STATED_BASE.search(passage.text, *sentence.span())
        if match:
            before = [int(count) for count in PART.findall(passage.text, sentence.start(), match.start())]
            if before and int(match[1]) not in (*before, sum(before)):
                yield hit_at(
                    passage, match, f"前面的项数是{'、'.join(map(str, before))}，不是{match[1]}，请核对基数。"
                )


@document_rule("total", "合计不符", WARNING, ACCURACY)
def wrong_totals(subject: LintSubject) -> Iterator[RuleHit]:
    """A figure in a last row 合计 that is not the sum of those above it."""
    for passage in subject.passages_of_kind(PassageKind.CELL):
        table = subject.block_of(passage)
        if (
            not isinstance(table, Table)
            or passage.place.row != len(table.rows) - 1
            or passage.place.column is None
        ):
            continue
        figures = [row[passage.place.column].strip() for row in table.rows]
        if (
            table.rows[-1][0].strip() in TOTALS
            and len(figures) > 2
            and all(map(WHOLE_NUMBER.fullmatch, figures))
        ):
            *parts, stated = map(int, figures)
            if sum(parts) != stated:
                reason = f"这一列各行相加是{sum(parts)}，合计写的是{stated}，请核对。"
                yield hit_of_whole(passage, reason)


@document_rule("table-total", "文字与表格不符", WARNING, ACCURACY)
def totals_beside_tables(subject: LintSubject) -> Iterator[RuleHit]:
    """共加装28部，明细如下 above a table with the total 27: none of its totals is what the text says."""
    for passage in subject.passages_of_kind(PassageKind.TEXT, PassageKind.CELL):
        below = _table_below(subject, passage)
        if below is None or not POINTING_DOWN.search(passage.text):
            continue
        totals = [cell.strip() for cell in below.rows[-1][1:] if WHOLE_NUMBER.fullmatch(cell.strip())]
        stated = list(SUMMED_UP.finditer(passage.text))
        if totals and stated and not any(match["count"] in totals for match in stated):
            reason = f"下面表格的合计是{'、'.join(totals)}，这里写的是{stated[-1]['count']}，请核对。"
            yield hit_at(passage, stated[-1], reason)


def _table_below(subject: LintSubject, passage: TextPassage) -> Table | None:
    """The table right below a paragraph that ends in a row of totals."""
    blocks, index = subject.blocks_around(passage), passage.place.block
    if index is None or index + 1 >= len(blocks):
        return None
    table = blocks[index + 1]
    is_summed = isinstance(table, Table) and bool(table.rows) and table.rows[-1][0].strip() in TOTALS
    return table if is_summed and isinstance(table, Table) else None


@passage_rule("two-shares", "占比相加超过100%", WARNING, ACCURACY, holding="占")
def shares_of_two(passage: TextPassage) -> Iterator[RuleHit]:
    """户籍人口占62%，外来人口占48%."""
    for match in TWO_SHARES.finditer(passage.text):
        added = sum(map(float, PERCENT.findall(match[0])))
        decimals = "." in match[0]
        if added > (100.15 if decimals else 101):
            yield hit_at(passage, match, f"两项占比相加是{added:g}%，超过100%，请核对。")


@passage_rule("parts-of-whole", "分项与总数不符", WARNING, ACCURACY, holding="项")
def wrong_parts(passage: TextPassage) -> Iterator[RuleHit]:
    """45项中，已完成12项，正常推进30项，滞后6项: parts that do not make up the whole."""
    for sentence, wholes in _sentences_with_wholes(passage, WHOLE):
        if not wholes:
            continue
        whole = _number_of_whole(wholes[0])
        start = sentence.start() if wholes[0]["shared"] else max(wholes[0].end(), sentence.start())
        # What stands behind another whole may be part of that one.
        end = next((one.end() for one in wholes if _number_of_whole(one) != whole), sentence.end())
        for parts in _divisions_of_whole(passage.text, start, sentence.end()):
            if parts[-1][0].end() > end:
                continue
            added = sum(count for _, count in parts)
            if _leave_a_gap(whole, [count for _, count in parts], sentence[0]):
                reason = f"各项相加是{added}，与{whole}项不符，请核对。"
                yield RuleHit(reason, passage, parts[0][0].start(), parts[-1][0].end())


def _number_of_whole(whole: re.Match[str]) -> int:
    return int(whole["of"] or whole["all"] or whole["shared"])


def _divisions_of_whole(text: str, start: int, end: int) -> Iterator[list[tuple[re.Match[str], int]]]:
    """The parts with their counts, for each way in which a sentence divides its whole."""
    for pattern in (STATES, LIGHTS, PACES, FORECASTS):
        parts = list(pattern.finditer(text, start, end))
        names = {part[1] for part in parts}
        if len(parts) == len(names) > 1 and names & set(USUAL):
            yield [(part, int(part[2])) for part in parts]
    actions = [one for one in ACTION.finditer(text, start, end) if not one["planned"]]
    for action in dict.fromkeys(one["action"] for one in actions):
        both = [one for one in actions if one["action"] == action]
        if len(both) == 2 and bool(both[0]["open"]) != bool(both[1]["open"]):
            yield [(one, int(one["count"])) for one in both]


def _leave_a_gap(whole: int, counts: list[int], sentence: str) -> bool:
    """Whether counts that should make up a whole do not, and no other count of the sentence makes up for it."""
    others = [int(one) for one in COUNT.findall(sentence)]
    for count in (whole, *counts):
        if count in others:
            others.remove(count)
    added = sum(counts)
    return added not in (whole, *others) and whole - added not in (*others, sum(others))
