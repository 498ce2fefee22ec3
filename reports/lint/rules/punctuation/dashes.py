"""Dashes, connecting marks and ranges (GB/T 15834-2011, 4.10, 4.13; GB/T 15835-2011, 5.1.3)."""

import re
from collections.abc import Iterator

from reports.lint.finding import PassageKind
from reports.lint.passages import TextPassage
from reports.lint.phrases import phrase_hits
from reports.lint.registration import ACCURACY, DIGITS, PUNCTUATION, WARNING, passage_rule
from reports.lint.subject import CHINESE, RuleHit, hit_at

# Look-alikes: the en dash, the horizontal bar, the line of box drawings.
FOREIGN = "–―─"
FOREIGN_DASH = re.compile(
    rf"(?<=[{CHINESE}\d%])[{FOREIGN}]+(?=[{CHINESE}\d])|(?<=[{CHINESE}])—{{3,}}(?=[{CHINESE}])"
)
FIGURES_APART = re.compile(rf"(?<=[\d%])[{FOREIGN}](?=\d)")
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
    yield from phrase_hits("range-hyphen", passage)


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


@passage_rule("reversed-range", "起止颠倒", WARNING, ACCURACY, holding=DIGITS)
def reversed_ranges(passage: TextPassage) -> Iterator[RuleHit]:
    """9月30日至1日, 2027年至2026年: an end before its beginning."""
    for pattern in (YEARS, DAYS):
        for match in pattern.finditer(passage.text):
            if int(match["last"]) < int(match["first"]):
                yield hit_at(passage, match, f"“{match[0]}”的终点早于起点，请核对。")
