"""Figures: shares that must come out, sums that must add up, percentage points, units, double approximations."""

import re
from collections.abc import Iterator

from reports.lint.finding import Kind
from reports.lint.passages import Passage
from reports.lint.subject import HANZI, Hit, Subject, at
from reports.model import Table

NUMBER = r"\d+(?:\.\d+)?"
MISNAMED_POINTS = re.compile(r"(?<=\d)(?:个?[%％]点(?![位击亮评])|个[%％]|个百分比(?!例))")
GAP_IN_PERCENT = re.compile(
    rf"(?:落后|滞后|超过|超出|低于|高于|快于|慢于|领先)于?序时进度({NUMBER})[%％]|序时进度差距(?:为)?({NUMBER})[%％]"
)
PERCENT = re.compile(r"[%％]")
LESS_BY_TIMES = re.compile(rf"(?:下降|降低|减少|缩小|压缩|缩短)了?(?:近|约)?{NUMBER}倍")
UNITS = rf"[{HANZI}]{{0,3}}?"
APPROXIMATE = re.compile(
    rf"(?P<first>大约|(?<![预节合制契])约|将近|近)(?P<number>{NUMBER}[多余]?[万亿]?{UNITS})(?P<second>左右|上下)"
    rf"|(?P<near>近|(?<![预节合制契])约)(?P<many>{NUMBER}[万亿]?)(?P<odd>余)"
    rf"|(?P<over>超过|超|逾)(?P<most>{NUMBER}[万亿]?{UNITS})(?P<least>以上)"
)
WRONG_UNITS = {
    "m2": "平方米",
    "M2": "平方米",
    "M²": "平方米",
    "m3": "立方米",
    "M3": "立方米",
    "KM": "km",
    "Km": "km",
    "KG": "kg",
    "Kg": "kg",
    "MM": "mm",
    "CM": "cm",
    "KW": "kW",
    "Kw": "kW",
    "kw": "kW",
    "KWH": "kW·h",
    "kwh": "kW·h",
    "公分": "厘米",
}
UNIT = re.compile(rf"(?<=\d)(?:{'|'.join(sorted(WRONG_UNITS, key=len, reverse=True))})(?![A-Za-z0-9²³])")
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


def misnamed_points(passage: Passage) -> Iterator[Hit]:
    """5%点, 5个百分比: percentage points by another name."""
    for match in MISNAMED_POINTS.finditer(passage.text):
        yield at(passage, match, "百分数之差用“个百分点”，请改正。", "个百分点")


def gaps_in_percent(passage: Passage) -> Iterator[Hit]:
    """落后序时进度5%: the difference of two shares is in percentage points."""
    for match in GAP_IN_PERCENT.finditer(passage.text):
        right = PERCENT.sub("个百分点", match[0])
        yield at(passage, match, f"与序时进度的差距是百分点，请改为“{right}”。", right)


def less_by_times(passage: Passage) -> Iterator[Hit]:
    """下降2倍: nothing can become less by more than all of it."""
    for match in LESS_BY_TIMES.finditer(passage.text):
        yield at(passage, match, "减少、下降不能用“倍”，请改用百分数或者分数。")


def double_approximations(passage: Passage) -> Iterator[Hit]:
    """约30户左右, 近30余家, 超过30人以上."""
    for match in APPROXIMATE.finditer(passage.text):
        words = [word for word in match.groups() if word]
        right = words[0] + words[1]
        reason = f"“{words[0]}”和“{words[2]}”重复，请只用一个，如“{right}”。"
        yield at(passage, match, reason, right)


def wrong_units(passage: Passage) -> Iterator[Hit]:
    """m2 and KG: units of GB 3100 by their symbol or their Chinese name."""
    for match in UNIT.finditer(passage.text):
        right = WRONG_UNITS[match[0]]
        yield at(passage, match, f"计量单位“{match[0]}”的写法不规范，请改为“{right}”。", right)


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
