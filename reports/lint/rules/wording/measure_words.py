"""Measure words that do not go with the noun that they count: 电梯9座, 3位……犯罪嫌疑人 (条例第二十条（四）)."""

import csv
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from reports.lint.passages import TextPassage, sentence_start
from reports.lint.phrases import phrase_hits
from reports.lint.registration import ACCURACY, WARNING, passage_rule
from reports.lint.subject import HANZI, RuleHit

TABLE = Path(__file__).with_name("measure_words.csv")
# Measure words that go with some nouns only; those of amounts such as 批 and 吨 go with nearly all, and so does 个.
PARTICULAR = "颗艘名位家户所座栋幢间件条张块台部辆架盏棵株根支只头顶床把本册篇起宗具幅项份笔场"
# What the head of a phrase is followed by; a noun before anything else may be of a longer one, or no head at all.
END = (
    rf"(?=[，。；、：）！]|$|[和与及并]|已|均|未|正在|进行|参加|参与|完成|签订|纳入|列入|予以|给予|获得|存在|报名|加入|到场|落户|入驻|开展|得到"
    rf"|被|将|上门|等(?![级待候于])|共[{HANZI}]{{0,2}}\d)"
)
NUMBER = (
    r"(?:(?<![\d.第])\d[\d.]*[万亿]?[余多]?"
    r"|(?<![第其十百千两二三四五六七八九])(?:两|[三四五六七八九]|十几|几十)[余多]?)"
)
# 社区家庭医生5名: how many words may stand between a measure word and its noun.
REACH = 16
COUNTED = re.compile(rf"[\d十两三四五六七八九几万亿余多][{PARTICULAR}个](?=[，。；、）]|[和与及])")
# 三个小区共25栋: counted before already.
COUNTED_BEFORE = re.compile(r"[\d两三四五六七八九十][个所家处座条]$")
# What these count stands before them.
OBJECTS = "颗艘座栋幢辆架盏棵株头只顶床把幅间"
ADDED = "共|累计|约|各|达|近|逾|超过"


@lru_cache(maxsize=1)
def measure_words() -> tuple[
    re.Pattern[str], re.Pattern[str], re.Pattern[str], dict[str, frozenset[str]], frozenset[str]
]:
    """Patterns for a noun behind its number, for one before it and for any noun, what each is counted with, and the
    nouns behind which something else may be counted: 签订责任书26家.
    """
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = [(row["名词"].split("、"), row) for row in csv.DictReader(file)]
    known = {
        noun: frozenset([*row["量词"].split("、"), *("个" if not row["不用“个”"] else "")])
        for names, row in rows
        for noun in names
    }
    counted = _longest_first(noun for names, _ in rows for noun in names)
    nouns = _longest_first(known)
    behind = rf"{NUMBER}(?P<word>[{PARTICULAR}])(?P<between>[{HANZI}“”]{{0,{REACH}}}?)(?P<noun>{nouns}){END}"
    before = rf"(?P<noun>{counted})(?:{ADDED})?{NUMBER}(?P<word>[{PARTICULAR}个])(?=[，。；、）]|[和与及])"
    behind_only = frozenset(noun for names, row in rows for noun in names if row["只在后面"])
    return re.compile(behind), re.compile(before), re.compile(nouns), known, behind_only


def _longest_first(nouns: Iterable[str]) -> str:
    return "|".join(sorted(nouns, key=lambda noun: (-len(noun), noun)))


@passage_rule("measure-word", "量词", WARNING, ACCURACY, is_certain=False)
def wrong_measure_words(passage: TextPassage) -> Iterator[RuleHit]:
    """更新电梯9座; 抓获3位盗窃的犯罪嫌疑人."""
    yield from phrase_hits("measure-word", passage)
    behind, before, nouns, known, behind_only = measure_words()
    for match in behind.finditer(passage.text):
        others = nouns.findall(match["between"])
        acted = re.search(
            "[已未均将需装为成]|组建|配[建备有]|[捐修][建复补筑]|清淤|疏浚|治理|存在|发现|同意|反对|要求|申请|希望|愿意|选择|拒绝|支持|购买|支援|帮扶|派驻",
            match["between"],
        )
        is_of_another = acted or _is_counted_again(passage.text, match)
        if not is_of_another and not any(match["word"] in known[noun] for noun in (match["noun"], *others)):
            yield _hit(passage, match, known)
    for match in before.finditer(passage.text) if COUNTED.search(passage.text) else ():
        is_of_another = match["noun"] in behind_only and match["word"] not in OBJECTS
        is_counted = COUNTED_BEFORE.search(passage.text[: match.start("noun")])
        is_of_another = is_of_another or is_counted or _is_counted_again(passage.text, match)
        if match["word"] not in known[match["noun"]] and not is_of_another:
            yield _hit(passage, match, known)


def _is_counted_again(text: str, match: re.Match[str]) -> bool:
    """居民楼320栋，已加装电梯48栋; 居民楼312栋，已有234栋配建充电设施; but not 在12个村新装路灯186个."""
    before = text[sentence_start(text, match.start()) : match.start()]
    return re.search(rf"(?<![\d在为给向于])\d+{match['word']}", before) is not None


def _hit(passage: TextPassage, match: re.Match[str], known: dict[str, frozenset[str]]) -> RuleHit:
    right = [word for word in known[match["noun"]] if word in PARTICULAR]
    usual = f"，一般用“{right[0]}”" if len(right) == 1 else ""
    reason = f"量词“{match['word']}”与“{match['noun']}”不搭配{usual}，请核对。"
    return RuleHit(reason, passage, *match.span("word"))
