"""Figures that must agree with each other: shares, totals, parts of a whole, growth, lists."""

import re
from collections.abc import Iterator

from reports.lint.figures import NUMBER
from reports.lint.finding import Kind
from reports.lint.passages import Passage
from reports.lint.subject import HANZI, Hit, Subject, at
from reports.model import Table

BASE = re.compile(rf"(?<![\d.])(\d+)([项家户个名人处件台条])[{HANZI}]{{0,6}}中，")
SHARE = re.compile(rf"(?<![\d.])(\d+)([项家户个名人处件台条])，占({NUMBER})%")
SENTENCE = re.compile(r"[^。\n]+")
ROUNDING = 0.5001
LISTED = re.compile(
    rf"(?P<names>(?:[^，。；：、\n\d]{{1,14}}、){{1,9}}[^，。；：、\n\d]{{1,14}}?)分别(?:为|是|达到?|完成)了?"
    rf"(?P<values>{NUMBER}[^，。；：、\n和与\d]{{0,8}}(?:[、和与]{NUMBER}[^，。；：、\n和与\d]{{0,8}})+)(?=[，。；\n]|$)"
)
JOINTS = re.compile(r"[和与及]")
BETWEEN = re.compile(r"[、和与]")
TOTALS = ("合计", "总计", "共计")
WHOLE_NUMBER = re.compile(r"\d+")
COUNT = re.compile(r"(?<![\d.])(\d+)项")
WHOLE = re.compile(rf"(?<![\d.])(\d+)项[{HANZI}]{{0,6}}(?:中，|，其中)|共(?:有)?(\d+)项[{HANZI}]{{0,6}}，")
# Each thing is in one of these, and whatever goes well is 正常推进 or 绿灯.
STATES = re.compile(r"(已完成|正常推进|滞后|未启动|暂停|取消)(?:的)?(?:有)?(\d+)项")
LIGHTS = re.compile(r"(绿灯|黄灯|红灯|灰灯)(?:的)?(?:有)?(\d+)项")
USUAL = ("正常推进", "绿灯")
MORE = "增加|增长|提高|提升|上升|扩大"
LESS = "减少|下降|降低|压缩|压减|缩短|缩小"
UNIT = r"(?:[%％]|[^\d，。；年月日%％]{0,4}?)"
GROWTH = re.compile(
    rf"(?:由|从)[^，。；\d]{{0,12}}(?P<first>{NUMBER})(?P<unit>{UNIT})(?:{MORE}|{LESS})(?:到|至|为)了?(?P<last>{NUMBER})(?P=unit)"
    rf"，(?:同比|环比|累计)?(?P<verb>{MORE}|{LESS})了?(?P<change>{NUMBER})(?P<as>[%％]|个百分点)"
)


def wrong_shares(passage: Passage) -> Iterator[Hit]:
    """45项中，……12项，占30%: a share that does not come out of its two numbers."""
    for sentence in SENTENCE.finditer(passage.text):
        bases = list(BASE.finditer(passage.text, sentence.start(), sentence.end()))
        if len(bases) != 1 or int(bases[0][1]) == 0:
            continue
        whole, unit = bases[0].groups()
        for share in SHARE.finditer(passage.text, bases[0].end(), sentence.end()):
            percent = 100 * int(share[1]) / int(whole)
            step = 0.1 ** len(share[3].partition(".")[2])
            if share[2] == unit and abs(percent - float(share[3])) > step * ROUNDING:
                reason = f"{whole}{unit}中的{share[1]}{unit}应占{percent:.1f}%，请核对两个数和百分数。"
                yield at(passage, share, reason)


def unequal_lists(passage: Passage) -> Iterator[Hit]:
    """A、B、C分别为1个、2个: as many values as names, whether 和 joins two of them or not."""
    if "分别" not in passage.text:
        return
    for match in LISTED.finditer(passage.text):
        names, values = match["names"].count("、") + 1, len(BETWEEN.findall(match["values"])) + 1
        if not names <= values <= names + len(JOINTS.findall(match["names"])):
            reason = f"“分别”前面是{names}项，后面是{values}个数，请核对是否一一对应。"
            yield at(passage, match, reason)


def wrong_totals(subject: Subject) -> Iterator[Hit]:
    """A figure in a last row 合计 that is not the sum of those above it."""
    for passage in subject.of_kind(Kind.CELL):
        table = subject.block(passage)
        if not isinstance(table, Table) or passage.row != len(table.rows) - 1 or passage.column is None:
            continue
        figures = [row[passage.column].strip() for row in table.rows]
        if (
            table.rows[-1][0].strip() in TOTALS
            and len(figures) > 2
            and all(map(WHOLE_NUMBER.fullmatch, figures))
        ):
            total = sum(map(int, figures[:-1]))
            if int(figures[-1]) != total:
                reason = f"这一列各行相加是{total}，合计写的是{figures[-1]}，请核对。"
                yield Hit(reason, passage, 0, len(passage.text))


def wrong_parts(passage: Passage) -> Iterator[Hit]:
    """45项中，已完成12项，正常推进30项，滞后6项: states, or lights, that do not make up the whole."""
    for sentence in SENTENCE.finditer(passage.text):
        wholes = list(WHOLE.finditer(passage.text, *sentence.span()))
        if len(wholes) != 1:
            continue
        whole = int(wholes[0][1] or wholes[0][2])
        for pattern in (STATES, LIGHTS):
            parts = list(pattern.finditer(passage.text, wholes[0].end(), sentence.end()))
            if _leave_a_gap(whole, parts, sentence[0]):
                added = sum(int(part[2]) for part in parts)
                reason = f"各项相加是{added}，与{whole}项不符，请核对。"
                yield Hit(reason, passage, parts[0].start(), parts[-1].end())


def _leave_a_gap(whole: int, parts: list[re.Match[str]], sentence: str) -> bool:
    """Whether parts that should make up a whole do not, and no other count of the sentence makes up for it."""
    names = [part[1] for part in parts]
    if len(names) < 2 or len(set(names)) < len(names) or not set(names) & set(USUAL):
        return False
    counts = [int(part[2]) for part in parts]
    others = [int(one) for one in COUNT.findall(sentence)]
    for count in (whole, *counts):
        if count in others:
            others.remove(count)
    added = sum(counts)
    return added not in (whole, *others) and whole - added not in (*others, sum(others))


def wrong_growth(passage: Passage) -> Iterator[Hit]:
    """由100家增加到120家，增长25%: a change that does not come out of its two figures."""
    for match in GROWTH.finditer(passage.text):
        first, last, change = (float(match[name]) for name in ("first", "last", "change"))
        step = ROUNDING * 0.1 ** len(match["change"].partition(".")[2])
        points, percent = abs(last - first), 100 * abs(last - first) / first if first else change
        of_shares, in_points = match["unit"] in ("%", "％"), match["as"] == "个百分点"
        wanted = points if in_points and of_shares else percent
        if in_points and not of_shares:
            yield at(passage, match, "百分点是两个百分数之差，这里应当用“%”，请核对。")
        elif abs(change - wanted) <= step:
            continue
        elif of_shares and not in_points and abs(change - points) <= step:
            yield at(passage, match, f"两个百分数之差应当写“{match['change']}个百分点”，请改正。")
        else:
            unit = "个百分点" if in_points else "%"
            yield at(passage, match, f"按前后两个数计算应为{wanted:.1f}{unit}，请核对。")
