"""How numbers are written (GB/T 15835-2011): in figures or in words, not in both; approximate ones in words."""

import re
from collections.abc import Iterator

from reports.lint.figures import NUMBER
from reports.lint.passages import TextPassage
from reports.lint.subject import RuleHit, hit_at

DIGITS = "零一二三四五六七八九"
COUNTED = "个名户家次天人件处张辆"
PERCENT_IN_WORDS = re.compile(f"百分之({NUMBER})")
POWERS = {"十": 10, "百": 100, "千": 1_000}
# 5千米 and 5千克 are units; 3百货 is none.
MIXED = re.compile(rf"(?<![\d.第])(\d{{1,3}})([十百千])(?=[多余]?(?:[{COUNTED}万元平吨]|公[里斤顷]))")
# What stands before a guess; 附件3、4 and 1、2号楼 are two.
GUESSING = "近约需要有了每达仅只共花用过"
APPROXIMATE_FIGURES = re.compile(rf"(?<=[{GUESSING}])([1-8])、([2-9])(?=[{COUNTED}])")
APPROXIMATE_WORDS = re.compile(
    rf"(?<=[{GUESSING}])([一二三四五六七八])、([二三四五六七八九])(?=[{COUNTED}](?![部别园]))"
)
BIG_YUAN = re.compile(r"(?<![\d.,，])([1-9]\d{1,6})0000元")
IN_TEN_THOUSANDS = re.compile(r"\d万元")


def percents_in_words(passage: TextPassage) -> Iterator[RuleHit]:
    """百分之30."""
    for match in PERCENT_IN_WORDS.finditer(passage.text):
        right = f"{match[1]}%"
        yield hit_at(passage, match, f"一个数不能兼用汉字和阿拉伯数字，请改为“{right}”。", right)


def mixed_numerals(passage: TextPassage) -> Iterator[RuleHit]:
    """3百户, 5千万元: beside figures only 万 and 亿 stand in words."""
    for match in MIXED.finditer(passage.text):
        right = str(int(match[1]) * POWERS[match[2]])
        reason = f"“{match[0]}”兼用阿拉伯数字和汉字，除“万”“亿”外不能这样写，请改为“{right}”。"
        yield hit_at(passage, match, reason, right)


def approximate_figures(passage: TextPassage) -> Iterator[RuleHit]:
    """3、4个 and 三、四个: a guess between two neighbours is written 三四个."""
    for match in APPROXIMATE_FIGURES.finditer(passage.text):
        first, second = int(match[1]), int(match[2])
        if second == first + 1:
            right = f"{DIGITS[first]}{DIGITS[second]}"
            yield hit_at(passage, match, f"概数用汉字数字，中间不加顿号，请改为“{right}”。", right)
    for match in APPROXIMATE_WORDS.finditer(passage.text):
        if DIGITS.index(match[2]) == DIGITS.index(match[1]) + 1:
            right = f"{match[1]}{match[2]}"
            yield hit_at(passage, match, f"表示概数的两个数字之间不加顿号，请改为“{right}”。", right)


def sums_in_yuan(passage: TextPassage) -> Iterator[RuleHit]:
    """1200000元 in a text that otherwise counts in 万元."""
    if IN_TEN_THOUSANDS.search(passage.text):
        for match in BIG_YUAN.finditer(passage.text):
            right = f"{match[1]}万元"
            yield hit_at(passage, match, f"同一段里金额的单位应当一致，请改为“{right}”。", right)
