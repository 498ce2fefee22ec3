"""Dashes, connecting marks and ranges (GB/T 15834-2011, 4.10, 4.13; GB/T 15835-2011, 5.1.3)."""

import re
from collections.abc import Iterator

from reports.lint.counts import NUMBER
from reports.lint.finding import PassageKind
from reports.lint.passages import TextPassage
from reports.lint.registration import ACCURACY, DIGITS, NUMERAL_USE, PUNCTUATION, WARNING, passage_rule
from reports.lint.subject import CHINESE, HANZI, RuleHit, hit_at

# Look-alikes: the en dash, the horizontal bar, the line of box drawings.
FOREIGN = "–―─"
FOREIGN_DASH = re.compile(
    rf"(?<=[{CHINESE}\d%])[{FOREIGN}]+(?=[{CHINESE}\d])|(?<=[{CHINESE}])—{{3,}}(?=[{CHINESE}])"
)
FIGURES_APART = re.compile(rf"(?<=[\d%])[{FOREIGN}](?=\d)")
# The tilde of a keyboard, and what other scripts have for it.
FOREIGN_WAVE = re.compile(r"(?<=[\d%万亿元年月日时℃])[~∼〜](?=\d)")
RANGE = re.compile(
    rf"(?<![\d.第年月、—～~\-])(?P<first>{NUMBER})(?P<mark>[—～]|至|(?<=\d)-)(?P<last>{NUMBER})(?P<unit>[%％‰]|[万亿](?![{HANZI}]?级))"
)
YEARS = re.compile(r"(?<!\d)(?P<first>(?:19|20)\d\d)年?(?:[—～-]|至|到)(?P<last>(?:19|20)\d\d)年")
DAYS = re.compile(r"(?<!\d)\d{1,2}月(?P<first>\d{1,2})日?(?:[—～-]|至|到)(?P<last>\d{1,2})日")


# Where room is short, signs stand for words.
TABULAR = (PassageKind.CELL, PassageKind.LABEL, PassageKind.CAPTION)
# A hyphen between figures; 2026-09-05 and 021-12345678 are no ranges, 3-2号楼 is an address.
HYPHEN = re.compile(
    r"(?<![\dA-Za-z.\-/第号])(?P<first>\d{1,4}(?:\.\d+)?(?:[%％年月日时℃]|万元|亿元|元|米)?)[-－]{1,3}(?=\d{1,4}(?:\.\d+)?(?:[个人家户次天项件名岁元万亿年月日时%％℃吨亩米分周倍条处辆台]|小时|平方|公里|学年|厘米|毫米|千))"
    r"|(?<=第)(?P<ordinal>\d{1,4})[-－](?=\d{1,4}(?:[页章条款期届批周节项]|季度))"
    r"|(?P<weekday>(?:周|星期)[一二三四五六日天])[-－](?=(?:周|星期)[一二三四五六日天])"
    r"|(?P<period>[一二三四](?:季度)?)[-－](?=[二三四]季度)"
)
# 客运站-云台山: what is joined by a short line in Chinese text; 从7月1日—9月30日: 从 goes with 至.
HYPHEN_OF_WORDS = re.compile(
    rf"(?<=[{HANZI}])-(?=[{HANZI}]{{2,10}}(?:公交|专线|航线|高铁|铁路|列车|线路|区间|班车|班线|快线))"
)
FROM_DASH = re.compile(
    r"(?:从|自)(?:今年|去年)?(?:\d{4}年)?\d{1,2}(?:月(?:\d{1,2}日)?|日|时|点)(?:开始|起)?(?P<mark>[—～-])(?=\d)"
)
# 9:00-17:00.
HYPHEN_OF_HOURS = re.compile(r"(?<![\d.\-])(?P<first>\d{1,2}[:：]\d{2})[-－](?=\d{1,2}[:：]\d{2})")


@passage_rule("range-hyphen", "起止之间用短横线", WARNING, f"{PUNCTUATION}，4.13", holding="-－")
def hyphens_in_ranges(passage: TextPassage) -> Iterator[RuleHit]:
    """1-9月, 3-5个: what lies between two figures is marked by 至 in running text, by — in a table, or by ～."""
    mark = "—" if passage.kind in TABULAR else "至"
    for match in (*HYPHEN.finditer(passage.text), *HYPHEN_OF_HOURS.finditer(passage.text)):
        right = f"{match[0].rstrip('-－')}{mark}"
        reason = "起止之间不用短横线，请用一字线“—”、浪纹线“～”或者“至”。"
        yield hit_at(passage, match, reason, right)
    for match in HYPHEN_OF_WORDS.finditer(passage.text):
        yield hit_at(passage, match, "两个词之间的连接号用一字线“—”，请改正。", "—")


@passage_rule("from-dash", "“从”与“至”", WARNING, f"{NUMERAL_USE}，5.1.3", holding="从自")
def dashes_behind_from(passage: TextPassage) -> Iterator[RuleHit]:
    """从7月1日—9月30日: a word at the beginning wants a word between."""
    for match in FROM_DASH.finditer(passage.text):
        yield hit_at(passage, match, "前面有“从”“自”，起止之间用“至”，请改正。", f"{match[0][:-1]}至")


@passage_rule("dash-form", "破折号、连接号的写法", WARNING, f"{PUNCTUATION}，4.10、4.13", holding="–―─—")
def foreign_dashes(passage: TextPassage) -> Iterator[RuleHit]:
    """A dash of another script: ―― and ── for ——, – between figures for —; ——— is one too long."""
    for match in FOREIGN_DASH.finditer(passage.text):
        if FIGURES_APART.match(passage.text, match.start()):
            yield hit_at(passage, match, "起止之间用一字线“—”或者浪纹线“～”，请改正。", "—")
        elif len(match[0]) > 1:
            yield hit_at(passage, match, "破折号应当用“——”，请改正。", "——")
        else:
            yield hit_at(passage, match, f"中文里不用“{match[0]}”：破折号请用“——”，连接号请用“—”。")


@passage_rule("wave-form", "浪纹线的写法", WARNING, f"{PUNCTUATION}，4.13", holding="~∼〜")
def foreign_waves(passage: TextPassage) -> Iterator[RuleHit]:
    """5~10 with the tilde of a keyboard."""
    for match in FOREIGN_WAVE.finditer(passage.text):
        yield hit_at(passage, match, "数值起止之间用全角的浪纹线“～”，请改正。", "～")


@passage_rule("range-unit", "起止数值的单位", WARNING, f"{NUMERAL_USE}，5.1.3", holding=DIGITS)
def shared_units(passage: TextPassage) -> Iterator[RuleHit]:
    """13～17万元 and 15～30%: the first figure would stand for 13 yuan, or for fifteen times the whole."""
    for match in RANGE.finditer(passage.text):
        right = f"{match['first']}{match['unit']}{match['mark']}{match['last']}{match['unit']}"
        reason = f"“{match['unit']}”不能省略，前一个数会被读成{match['first']}，请改为“{right}”。"
        yield hit_at(passage, match, reason, right)


@passage_rule("reversed-range", "起止颠倒", WARNING, ACCURACY, holding=DIGITS)
def reversed_ranges(passage: TextPassage) -> Iterator[RuleHit]:
    """9月30日至1日, 2027年至2026年: an end before its beginning."""
    for pattern in (YEARS, DAYS):
        for match in pattern.finditer(passage.text):
            if int(match["last"]) < int(match["first"]):
                yield hit_at(passage, match, f"“{match[0]}”的终点早于起点，请核对。")
