"""Titles of laws, regulations and rules of the Party held against those in force (条例第二十条（四）: 引文准确)."""

import csv
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import LCSseq, Levenshtein

from reports.lint.passages import text_before
from reports.lint.registration import ACCURACY, WARNING, document_rule
from reports.lint.subject import HANZI, LintSubject, RuleHit

IN_FORCE = Path(__file__).with_name("laws.txt")
FORMER = Path(__file__).with_name("former_laws.csv")
STATE = "中华人民共和国"
TITLE = re.compile(
    rf"《(?:{STATE})?(?P<name>[^《》〈〉\n]{{2,50}}?)(?:（[^（）]{{1,12}}）)?》"
    rf"|(?<!《){STATE}(?P<bare>[{HANZI}]{{1,30}}?法)(?![律规院庭官治定人制学典法])"
)
SHORT_TITLE = re.compile(r"简称[为：]?《([^》\n]{2,20})》")
LAW = re.compile("(?<![办方做书用说看执司立普手疗兵算语工作])(?<!工作)法$")
KIND = re.compile("(?:条例|规定|办法|准则|细则|规则|法)$")
# What a body or a place makes itself may be called nearly as what the state has made.
OWN_WORK = re.compile(
    "(?:(?:制定|制订|印发|出台|起草|草拟|拟定|修订|修改|完善|审议|讨论|研究)了?[^。；，]{0,6}|[省市区县州盟旗]的?)$"
)
# 国务院《物业管理办法》, 《高层民用建筑消防安全管理条例》（应急管理部令第5号）: of the state.
MAKER = re.compile("(?:国务院|全国人大(?:常委会)?)$")
ORDER = re.compile("（(?:国务院|[^（）]{2,14}[部局会])令")
WITHIN_TITLE = re.compile("《[^》\n]*$")
# 原《信访条例》: named as what it was.
NO_LONGER = re.compile("(?:[原旧曾前与]|[代取替][代替]|简称|[当时]时的)$")
ENDED = re.compile("[已自被在于]|相比|不同|的修订|时期")
YEAR = re.compile(r"((?:19|20)\d\d)年")
# What many titles have: 城市养犬管理条例 is not 城市道路管理条例.
COMMON_WORDS = re.compile(
    "中国共产党|工作|管理|城市|暂行|实施|监督|保护|保障|促进|安全|防治|条例|规定|办法|准则|法$"
)
# The least lengths of titles in which a slip is told from another title: those of a place may be like the state's.
LEAST_LAW, LEAST_TITLE, LEAST_STEM, LEAST_SHUFFLED, OWN_OF_LAW, OWN_OF_OTHERS = 5, 8, 7, 5, 4, 5
LEAST_SHORTENED, LEAST_REWORDED, MOST_CLIPPED, MOST_DIFFERING = 2, 6, 2, 2


class FormerLaw(NamedTuple):
    """A title that is no longer in force: what is instead, and since which day."""

    present: str
    since: str


@cache
def laws_in_force() -> frozenset[str]:
    return frozenset(IN_FORCE.read_text(encoding="utf-8").split())


@cache
def former_laws() -> dict[str, FormerLaw]:
    with FORMER.open(encoding="utf-8", newline="") as file:
        return {row["曾用"]: FormerLaw(row["现行"], row["施行"]) for row in csv.DictReader(file)}


@document_rule("law-title", "法律法规的名称", WARNING, ACCURACY, is_certain=False)
def wrong_titles_of_laws(subject: LintSubject) -> Iterator[RuleHit]:
    """《生产安全法》, 《国有土地上房屋拆迁与补偿条例》, and 《信访条例》, which is no longer in force."""
    short = {name for one in subject.passages for name in SHORT_TITLE.findall(one.text)}
    for passage in subject.passages:
        for match in TITLE.finditer(passage.text):
            group = "name" if match["name"] else "bare"
            name, start = match[group], match.start(group)
            is_known = name in laws_in_force() or name in short
            if is_known or (group == "bare" and passage.text.startswith(tuple(laws_in_force()), start)):
                continue
            before, behind = text_before(passage.text, match.start()), passage.text[match.end() :]
            if (
                WITHIN_TITLE.search(before)
                or "废止" in f"{before.rpartition('。')[2]}{behind.partition('。')[0]}"
            ):
                continue
            former = former_laws().get(name)
            if former and (NO_LONGER.search(before) or ENDED.match(behind) or _is_older(before, former)):
                continue
            is_national = STATE in match[0] or bool(MAKER.search(before) or ORDER.match(behind))
            meant = [former.present] if former else _titles_meant(name, before, is_national=is_national)
            if not meant:
                continue
            right = meant[0] if len(meant) == 1 else None
            reason = (
                f"没有《{name}》，应为《{right}》，请核对名称。" if right else f"没有《{name}》，请核对名称。"
            )
            if former:
                reason = f"《{name}》已经废止，现行的是《{right}》（{former.since}起），请核对。"
            yield RuleHit(reason, passage, start, start + len(name), right)


def _is_older(before: str, former: FormerLaw) -> bool:
    """Whether the text speaks of a year in which the title was in force."""
    return any(int(year) < int(former.since[:4]) for year in YEAR.findall(before))


def _titles_meant(name: str, before: str, *, is_national: bool) -> list[str]:
    """The titles that a name is a slip of: one that merely is not in the table is like none of them."""
    kind = KIND.search(name)
    is_law = LAW.search(name)
    if not is_law and (not kind or OWN_WORK.search(before)):
        return []
    stem = KIND.sub("", name)
    of_other_kind = [
        one
        for one in _by_stem().get(stem, [])
        if is_national or (len(stem) >= LEAST_STEM and _is_of_state(one))
    ]
    near = process.extract(
        name, _titles(), scorer=Levenshtein.distance, score_cutoff=MOST_DIFFERING, limit=None
    )
    slips = [one for one, *_ in near if KIND.sub("", one) != stem and _is_slip_of(name, one, is_national)]
    meant = sorted({*_shuffled(name), *of_other_kind, *slips})
    return meant or (_clipped(name, is_national=is_national) if is_law else [])


def _is_slip_of(name: str, right: str, is_national: bool) -> bool:
    """Whether a title has one other character, or another word where it has words of its own besides, or where it is
    called a law of the state's: 中华人民共和国安全生产管理法.
    """
    changed = [one for one in Levenshtein.opcodes(name, right) if one.tag != "equal"]
    if len(changed) != 1:
        return False
    [one] = changed
    if not one.src_start:  # 财政预算法, 复议法
        return is_national and one.tag != "replace"
    size = max(one.src_end - one.src_start, one.dest_end - one.dest_start)
    if size == 1:
        return min(len(name), len(right)) >= (LEAST_LAW if LAW.search(right) else LEAST_TITLE)
    if is_national and LAW.search(right) and one.tag != "replace":
        return True
    own = len(COMMON_WORDS.sub("", f"{right[: one.dest_start]}-{right[one.dest_end :]}")) - 1
    least = OWN_OF_LAW if LAW.search(right) else OWN_OF_OTHERS if _is_of_state(right) else len(right)
    return own >= least


def _is_of_state(title: str) -> bool:
    """Whether nobody else makes one of the kind: a place has a 条例 of what is a law, and a 办法 of a ministry's."""
    return title.endswith("条例") or "党" in title


def _clipped(name: str, *, is_national: bool) -> list[str]:
    """The law that begins alike and has a few characters more: 《民诉法》; of a law of the state's one may be another,
    as 老年人保护法 for 老年人权益保障法. Others, as 《代表法》, are in use.
    """
    same = len(name) - (is_national and len(name) >= LEAST_REWORDED)
    if len(name) <= LEAST_SHORTENED:
        return []
    found = process.extract(name, _titles(), scorer=LCSseq.similarity, score_cutoff=same, limit=None)
    begun = name[: len(name) - same + 1]
    fuller = [one for one, *_ in found if one.startswith(begun) and LAW.search(one)]
    return [one for one in sorted(fuller, key=len) if 0 < len(one) - len(name) <= MOST_CLIPPED][:1]


def _shuffled(name: str) -> list[str]:
    """The titles that have the characters of a name in another order."""
    return _by_characters().get("".join(sorted(name)), []) if len(name) >= LEAST_SHUFFLED else []


@cache
def _titles() -> list[str]:
    return sorted(laws_in_force())


@cache
def _by_characters() -> Mapping[str, list[str]]:
    return _grouped(lambda title: "".join(sorted(title)))


@cache
def _by_stem() -> Mapping[str, list[str]]:
    return _grouped(lambda title: KIND.sub("", title))


def _grouped(key: Callable[[str], str]) -> Mapping[str, list[str]]:
    groups = defaultdict[str, list[str]](list)
    for title in sorted(laws_in_force()):
        groups[key(title)].append(title)
    return groups
