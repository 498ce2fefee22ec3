"""Titles of laws, regulations and rules of the Party held against those in force (条例第二十条（四）: 引文准确)."""

import csv
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from rapidfuzz import fuzz, process
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
# What a body makes itself may be called nearly as what the state has made.
OWN_WORK = re.compile(
    "(?:制定|制订|印发|出台|起草|草拟|拟定|修订|修改|完善|审议|讨论|研究)了?[^。；，]{0,6}$"
)
# 原《信访条例》废止后: named as what it was.
NO_LONGER = re.compile("(?:[原旧曾前与]|废止了?|[代取替][代替]|简称|[当时]时的)$")
ENDED = re.compile("(?:同时)?废止|[已自被在于]|相比|不同|的修订|时期")
YEAR = re.compile(r"((?:19|20)\d\d)年")
# The least likeness of a law's title, and the least length of others': those of a place may be like the state's.
ALIKE_LAW, LEAST_SHORTENED, LEAST_TITLE, LEAST_STEM, LEAST_SHUFFLED, MOST_DIFFERING = 67, 3, 8, 7, 5, 2


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
            former = former_laws().get(name)
            if former and (NO_LONGER.search(before) or ENDED.match(behind) or _is_older(before, former)):
                continue
            meant = [former.present] if former else _titles_meant(name, before)
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


def _titles_meant(name: str, before: str) -> list[str]:
    """The titles that a name is like, but is not."""
    if LAW.search(name):
        return _laws_meant(name)
    kind = KIND.search(name)
    return _regulations_meant(name, kind[0]) if kind and not OWN_WORK.search(before) else []


def _laws_meant(name: str) -> list[str]:
    """The laws whose titles have the same characters, all of them and more, or nearly the same."""
    as_regulation = name.removesuffix("法") + "条例"
    same = _shuffled(name) or [as_regulation] * (as_regulation in laws_in_force())
    if same:
        return same
    laws = _by_kind("法")
    found = process.extract(name, laws, scorer=LCSseq.similarity, score_cutoff=len(name), limit=None)
    fuller = sorted(one for one, *_ in found if len(name) >= LEAST_SHORTENED)
    begun_alike = sorted((one for one in fuller if one[0] == name[0]), key=len)
    nearest = process.extractOne(name, laws, scorer=fuzz.ratio, score_cutoff=ALIKE_LAW)
    return begun_alike[:1] or fuller or ([nearest[0]] if nearest else [])


def _regulations_meant(name: str, kind: str) -> list[str]:
    """The regulations that differ in the order of their characters, in their kind, or in one or two of them."""
    stem = name.removesuffix(kind)
    of_other_kind = _by_stem().get(stem, []) if len(stem) >= LEAST_STEM else []
    titles = _by_kind(kind)
    found = process.extract(
        name, titles, scorer=Levenshtein.distance, score_cutoff=MOST_DIFFERING, limit=None
    )
    near = [one for one, *_ in found if _is_slip_of(name, one, kind)]
    return sorted({*_shuffled(name), *of_other_kind, *near})


def _is_slip_of(name: str, right: str, kind: str) -> bool:
    """Whether a title so near may not be of another: 《城市生活垃圾分类管理办法》 may be a city's own."""
    is_longer = kind != "条例" and LCSseq.similarity(name, right) == len(right)
    is_long = min(len(name), len(right)) >= LEAST_TITLE
    return is_long and not is_longer and name[0] == right[0]


def _shuffled(name: str) -> list[str]:
    """The titles that have the characters of a name in another order."""
    return _by_characters().get("".join(sorted(name)), []) if len(name) >= LEAST_SHUFFLED else []


@cache
def _by_kind(kind: str) -> list[str]:
    return [
        one for one in sorted(laws_in_force()) if one.endswith(kind) and (kind != "法" or LAW.search(one))
    ]


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
