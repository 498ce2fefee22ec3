"""What a sentence says in words of the figures that it lists: which is the most, which is the next."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from reports.lint.counts import FIGURE, NUMBER, counts_of
from reports.lint.passages import TextPassage
from reports.lint.quantities import PLACE, pairs_of
from reports.lint.registration import ACCURACY, ERROR, WARNING, passage_rule
from reports.lint.rules.figures.changes import sign_of_change
from reports.lint.subject import HANZI, RuleHit

RANK = re.compile(
    rf"(?<![\d.])(?P<all>\d{{1,3}})个[{HANZI}]{{2,6}}(?:的[{HANZI}]{{2,12}})?中[，]?[^。；\d]{{0,20}}?第(?P<rank>\d{{1,3}})(?:名|位|(?=[，。；]))"
)
FULL_MARKS = re.compile(
    rf"(?<![\d.])(?P<mark>{NUMBER})分(?=[^。；\d]{{0,12}}满分(?:为)?(?P<full>\d{{1,4}})分)"
)
VALUE_UNIT = rf"(?:[%％]|平方米|公里|人次|件次|[{HANZI}])"
VALUE = rf"(?<![\d.])(?P<number>-?{NUMBER})(?P<unit>[万亿]?{VALUE_UNIT})"
ONE_VALUE = re.compile(VALUE)
SENTENCE = re.compile(r"[^。！？\n]{1,400}")
# 河口镇91%、柳林镇95%: a name with its value; and 分别为6.1%、7.4%, with the names before.
NAMED_VALUE = re.compile(
    rf"(?P<name>(?<!\d)\d{{1,2}}月|[{HANZI}A-Za-z]{{2,10}}?)(?:为|是|达到?|有|得|占比?|完成|增长)?{VALUE}(?=[、，；和。]|$)"
)
TOP, BOTTOM, LAST = "高快多大好优长", "低慢少小差短", re.compile("末|最后|倒数")
MOST = re.compile(
    rf"(?P<before>(?:\d{{1,2}}月)?[{HANZI}]{{0,14}}?)最(?P<word>[{TOP}{BOTTOM}])(?P<behind>的?(?:是|为)?[{HANZI}]{{0,10}})"
    rf"|(?P<leads>[{HANZI}]{{2,12}}?)(?:位列|位居|居|排名?|列)(?:全[区街镇市县])?(?P<rank>第一|首位?|榜首|末位?|最后)"
    rf"|以(?P<main>[{HANZI}]{{2,8}}?)(?:为主|居多)"
)
MOST_WORD = re.compile(rf"最[{TOP}{BOTTOM}]|为主|居多|[列居排][全第首榜末最名]")
# A name, its value, the unit of that.
NamedValue: TypeAlias = tuple[str, float, str]
NO_NAME = re.compile("净[增减]|新增|注销|合计|其中$")
COMPARED = re.compile("[比较](?!例|重)|同期")
# Of these the quickest takes the least.
LENGTHS = re.compile("[天日时钟年月]")
FALLING = re.compile("下降|降低|减少|压减|回落|降幅|负")
# 由高到低依次为：甲（96.5分）、乙（94.2分）、丙（95.1分）; 最多的是噪声类（32件），其次是停车类（41件）.
RANKED = re.compile(
    r"[由从](?:(?P<up>低到高|少到多|小到大|慢到快)|高到低|多到少|大到小|快到慢|前到后)|前[二三四五六七八九十\d](?!个?(?:季度|年|月|天|周|期))[名位]?(?:的?(?:分别|依次)|[^，。；：\d]{0,8}(?:分别|依次)?)(?=为|是|：)"
)
MOST_IS = re.compile(
    rf"最[多高大好快]的?(?:是|为)?[^，。；\d]{{0,16}}(?P<number>{NUMBER})(?P<unit>{VALUE_UNIT})(?=[^。；\d]{{0,20}}[，；、])"
)
OTHERS_TOO = re.compile("历史|警戒|共|合计|总|[去上]年|同期|平均|全[区市]|目标|计划")
ITEM_REACH = 20
# How far behind its figures a claim may stand.
REACH = 70


@passage_rule("over-the-top", "超出名次、满分", ERROR, ACCURACY, holding="第满")
def over_the_top(passage: TextPassage) -> Iterator[RuleHit]:
    """10个街镇中排名第11; 得分102分（满分100分）."""
    for match in RANK.finditer(passage.text):
        if int(match["rank"]) > int(match["all"]):
            reason = f"一共{match['all']}个，不可能是第{match['rank']}，请核对。"
            yield RuleHit(reason, passage, *match.span())
    for match in FULL_MARKS.finditer(passage.text):
        if float(match["mark"]) > float(match["full"]):
            yield RuleHit(f"满分是{match['full']}分，请核对。", passage, *match.span())


@dataclass(frozen=True, slots=True)
class NamedValues:
    """The names with their values and units that a sentence lists, and where the list ends."""

    values: list[NamedValue]
    end: int
    of_places: bool = False

    @property
    def are_comparable(self) -> bool:
        names = {name for name, *_ in self.values if not NO_NAME.search(name)}
        return len(names) > 1 and not any(COMPARED.search(name) for name in names)


def _named_values(text: str) -> NamedValues | None:
    """The names right before their values, or before 分别."""
    found: list[re.Match[str]] = []
    for match in NAMED_VALUE.finditer(text):
        if found and (match["unit"] != found[-1]["unit"] or match.start() - found[-1].end() > 1):
            if len(found) > 1:
                break
            found = []
        found.append(match)
    if len(found) > 1:
        listed = [(one["name"], float(one["number"]), one["unit"]) for one in found]
        return NamedValues(listed, found[-1].end())
    return None


def _values_of_places(text: str) -> NamedValues | None:
    """在城关镇查处386起，在石桥镇查处412起: figures in one unit, each of a place that is named before it."""
    claim = MOST_WORD.search(text)
    figures = counts_of(text, 0, claim.start() if claim else len(text), FIGURE)
    found = [(place, one.value, one.unit) for one in figures for place in PLACE.findall(one.since)[-1:]]
    is_of_one_kind = len({unit for *_, unit in found}) == 1 and not any(map(sign_of_change, figures))
    if not is_of_one_kind or len({name for name, *_ in found}) < max(2, len(figures)):
        return None
    return NamedValues(found, figures[-1].end, of_places=True)


@passage_rule("most-of-all", "最高、最低与数字不符", WARNING, ACCURACY, holding="最主居列排由从前")
def wrong_superlatives(passage: TextPassage) -> Iterator[RuleHit]:
    """河口镇91%、柳林镇95%，河口镇进度最快."""
    yield from _wrong_orders(passage)
    for sentence in SENTENCE.finditer(passage.text) if MOST_WORD.search(passage.text) else ():
        if FALLING.search(sentence[0]):
            continue
        listed = (_named_values(sentence[0]), _values_of_places(sentence[0]))
        claims = (list(_wrong_claims(passage, sentence, one)) for one in listed if one and one.are_comparable)
        yield from next(filter(None, claims), [])


def _wrong_claims(passage: TextPassage, sentence: re.Match[str], listed: NamedValues) -> Iterator[RuleHit]:
    start = sentence.start() + listed.end
    for match in MOST.finditer(passage.text, start, min(start + REACH, sentence.end())):
        named = _named(listed.values, match)
        is_other = listed.of_places and named and not _is_of_listed(match, named[0], passage.text[:start])
        right = [] if is_other else right_ones(match, listed.values)
        for name, value, unit in right[:1]:
            reason = f"按前面的数应是{name}（{value:g}{unit}），请核对。"
            yield RuleHit(reason, passage, match.start(), match.end())


def right_ones(match: re.Match[str], values: Sequence[NamedValue]) -> list[NamedValue]:
    """Which of some names with their values are the most, where another one is said to be."""
    named = _named(values, match)
    upward = (match["word"] or TOP) in TOP and not LAST.match(match["rank"] or "")
    if named and match["word"] and match["word"] in "快慢" and LENGTHS.search(named[2]):
        upward = not upward
    most = (max if upward else min)((value for _, value, _ in values), default=0)
    return [one for one in values if named and named[1] != most == one[1]]


def _wrong_orders(passage: TextPassage) -> Iterator[RuleHit]:
    """A list that says that it goes down, or up, and does not."""
    for most in MOST_IS.finditer(passage.text):
        end = passage.text.find("。", most.end())
        others = ONE_VALUE.finditer(passage.text, most.end(), end if end > 0 else len(passage.text))
        alike = [one for one in others if one["unit"] == most["unit"]]
        more = next((one for one in alike if float(one["number"]) > float(most["number"])), None)
        if more and not OTHERS_TOO.search(passage.text[most.end() : more.start()]):
            reason = f"{more[0]}比{most['number']}{most['unit']}多，请核对。"
            yield RuleHit(reason, passage, most.start("number"), more.end())
    for sentence in SENTENCE.finditer(passage.text):
        for claim in RANKED.finditer(passage.text, *sentence.span()):
            sign = 1 if claim["up"] else -1
            for one, other in pairwise(_values_behind(passage.text, claim.end(), sentence.end())):
                if sign * (float(other["number"]) - float(one["number"])) < 0:
                    reason = f"“{claim[0]}”的次序与数字不符，请核对。"
                    yield RuleHit(reason, passage, one.start(), other.end())
                    break


def _values_behind(text: str, start: int, end: int) -> list[re.Match[str]]:
    """The values of one unit that follow each other closely."""
    found: list[re.Match[str]] = []
    for value in ONE_VALUE.finditer(text, start, end):
        begin = found[-1].end() if found else start
        is_near = value.start() - begin <= ITEM_REACH and not (found and "：" in text[begin : value.start()])
        if not is_near or value["unit"] in "名位个项" or (found and value["unit"] != found[0]["unit"]):
            break
        found.append(value)
    return found


def _named(listed: Sequence[NamedValue], claim: re.Match[str]) -> NamedValue | None:
    """The one of some names that a claim is about."""
    words = "".join(one or "" for one in claim.group("main", "leads", "before", "behind"))
    found = [one for one in listed if _short(one[0]) in words]
    return found.pop() if len(found) == 1 else None


def _is_of_listed(claim: re.Match[str], place: str, before: str) -> bool:
    """Whether a claim says of a place nothing but what the figures are of: 城关镇查处最多."""
    words = "".join(one or "" for one in claim.group("leads", "before", "behind"))
    return not (pairs := pairs_of(words.replace(place, ""))) or any(pair in before for pair in pairs)


def _short(name: str) -> str:
    """A name without what leads up to it: 分别为河口镇."""
    return re.sub(r"^.*(?:分别|其中|依次)(?:为|是)?", "", name)
