"""How numbers are written (GB/T 15835-2011): in figures or in words, not in both; approximate ones in words."""

import re
from collections.abc import Iterator

from reports.lint.passages import TextPassage
from reports.lint.registration import ACCURACY, DIGITS, NUMERAL_USE, WARNING, passage_rule
from reports.lint.rules.figures import NUMBER
from reports.lint.subject import RuleHit, hit_at

HANZI_DIGITS = "零一二三四五六七八九"
COUNTED = "个名户家次天人件处张辆"
PERCENT_IN_WORDS = re.compile(f"百分之({NUMBER})")
POWERS = {"十": 10, "百": 100, "千": 1_000}
# 5千米 and 5千克 are units; 3百货 is none.
MIXED = re.compile(rf"(?<![\d.第])(\d{{1,3}})([十百千])(?=[多余]?(?:[{COUNTED}万元平吨]|公[里斤顷]))")
# What stands before a guess; 附件3、4 and 1、2号楼 are two.
GUESSING = "近约需要有了每达仅只共花用过计"
APPROXIMATE_FIGURES = re.compile(rf"(?<=[{GUESSING}])([1-8])、([2-9])(?=[{COUNTED}])")
APPROXIMATE_WORDS = re.compile(
    rf"(?<=[{GUESSING}])([一二两三四五六七八])、([二三四五六七八九])(?=[{COUNTED}](?![部别园]))"
)
BIG_YUAN = re.compile(r"(?<![\d.,，])([1-9]\d{1,6})0000元")
IN_TEN_THOUSANDS = re.compile(r"\d万元")


@passage_rule("percent-in-words", "百分数的写法", WARNING, f"{NUMERAL_USE}，5.3", holding="百")
def percents_in_words(passage: TextPassage) -> Iterator[RuleHit]:
    """百分之30."""
    for match in PERCENT_IN_WORDS.finditer(passage.text):
        right = f"{match[1]}%"
        yield hit_at(passage, match, f"一个数不能兼用汉字和阿拉伯数字，请改为“{right}”。", right)


@passage_rule("mixed-numeral", "数字兼用两种写法", WARNING, f"{NUMERAL_USE}，5.3", holding=DIGITS)
def mixed_numerals(passage: TextPassage) -> Iterator[RuleHit]:
    """3百户, 5千万元: beside figures only 万 and 亿 stand in words."""
    for match in MIXED.finditer(passage.text):
        right = str(int(match[1]) * POWERS[match[2]])
        reason = f"“{match[0]}”兼用阿拉伯数字和汉字，除“万”“亿”外不能这样写，请改为“{right}”。"
        yield hit_at(passage, match, reason, right)


@passage_rule("approximate-number", "概数的写法", WARNING, f"{NUMERAL_USE}，4.2.2、5.2.1", holding="、")
def approximate_figures(passage: TextPassage) -> Iterator[RuleHit]:
    """3、4个 and 三、四个: a guess between two neighbours is written 三四个."""
    for match in APPROXIMATE_FIGURES.finditer(passage.text):
        first, second = int(match[1]), int(match[2])
        if second == first + 1:
            right = f"{HANZI_DIGITS[first]}{HANZI_DIGITS[second]}"
            yield hit_at(passage, match, f"概数用汉字数字，中间不加顿号，请改为“{right}”。", right)
    for match in APPROXIMATE_WORDS.finditer(passage.text):
        if HANZI_DIGITS.index(match[2]) == HANZI_DIGITS.index(match[1].replace("两", "二")) + 1:
            right = f"{match[1]}{match[2]}"
            yield hit_at(passage, match, f"表示概数的两个数字之间不加顿号，请改为“{right}”。", right)


@passage_rule("yuan", "元与万元", WARNING, ACCURACY, holding=DIGITS)
def sums_in_yuan(passage: TextPassage) -> Iterator[RuleHit]:
    """1200000元 in a text that otherwise counts in 万元."""
    if IN_TEN_THOUSANDS.search(passage.text):
        for match in BIG_YUAN.finditer(passage.text):
            right = f"{match[1]}万元"
            yield hit_at(passage, match, f"同一段里金额的单位应当一致，请改为“{right}”。", right)
