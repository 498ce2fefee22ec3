"""Printed names of departments and the departments of the organisation that they mean.

A name matches by its full or short name, or by either without what plans leave out or put before it (城东街道, 区, and
办公室 for 办). What is only alike is proposed, and a person decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Generic

from rapidfuzz import fuzz

from app.org.rules import N
from app.plan.importer.duty_names import is_word_for_several

LEAST_LIKENESS = 60  # of 100; of two names of four characters, more than half of each
MOST_PROPOSALS = 3

_BRACKETED = re.compile(r"[（(][^（）()]*[）)]")
_BEFORE = re.compile(
    r"^(?:中共)?(?:[^街]{1,6}街道|街道|[本县镇]|市(?![场政民容])|区(?!域)|乡(?!村))(?:党工委|办事处)?(?=.{2})"
)
_ENDS = (("办公室", "办"), ("委员会", "委"), ("服务中心", "中心"), ("管理中心", "中心"))
_ALL_OF_THEM = re.compile("^(?:各|全体|所有)")


class MatchKind(Enum):
    """What a printed name was found to be."""

    MATCHED = "matched"
    AMBIGUOUS = "ambiguous"
    PROPOSED = "proposed"
    UNKNOWN = "unknown"
    GROUP = "group"
    WORDS = "words"


@dataclass(frozen=True)
class NameMatch(Generic[N]):
    """A printed name, and the departments that it means or may mean, the likeliest first; or its group."""

    name: str
    kind: MatchKind
    units: tuple[N, ...] = ()
    group: str = ""


def match_names(
    names: Iterable[str], units: Sequence[N], groups: Sequence[str] = ()
) -> dict[str, NameMatch[N]]:
    """Match each name once, in the order of the names; units stand in their official order."""
    return {name: _match_name(name, units, groups) for name in names}


def plain_name(name: str) -> str:
    """A name without brackets, without the district or sub-district before it, and with 办 for 办公室."""
    plain = "".join(_BRACKETED.sub("", name).split())
    plain = _BEFORE.sub("", plain)
    for long, short in _ENDS:
        if plain.endswith(long) and len(plain) > len(long):
            plain = plain.removesuffix(long) + short
    return plain


def _match_name(name: str, units: Sequence[N], groups: Sequence[str]) -> NameMatch[N]:
    exact = [unit for unit in units if name in (unit.name, unit.short_name)]
    if exact:
        return _found(name, exact)
    if group := _group_named(name, groups):
        return NameMatch(name, MatchKind.GROUP, group=group)
    plain = plain_name(name)
    same = [unit for unit in units if plain in (plain_name(unit.name), plain_name(unit.short_name))]
    if same:
        return _found(name, same)
    if is_word_for_several(name):
        return NameMatch(name, MatchKind.WORDS)
    alike = _units_alike(name, units)
    return NameMatch(name, MatchKind.PROPOSED if alike else MatchKind.UNKNOWN, alike)


def _found(name: str, units: list[N]) -> NameMatch[N]:
    return NameMatch(name, MatchKind.MATCHED if len(units) == 1 else MatchKind.AMBIGUOUS, tuple(units))


def _group_named(name: str, groups: Sequence[str]) -> str:
    """The group that a name means: 各居民区, 全体居民区 and 各居民区（社区） are one."""
    if name in groups:
        return name
    if not _ALL_OF_THEM.match(name):
        return ""
    core = _core_of_group(name)
    return next((group for group in groups if _core_of_group(group) == core), "")


def _core_of_group(name: str) -> str:
    return _ALL_OF_THEM.sub("", _BRACKETED.sub("", name))


def _units_alike(name: str, units: Sequence[N]) -> tuple[N, ...]:
    """The units whose names are alike enough, the likeliest first, those equally alike in their own order."""
    scored = [(_likeness(name, unit), unit) for unit in units]
    alike = [(score, unit) for score, unit in scored if score >= LEAST_LIKENESS]
    return tuple(unit for _, unit in sorted(alike, key=lambda one: -one[0])[:MOST_PROPOSALS])


def _likeness(name: str, unit: N) -> float:
    """How alike the names are, as printed or plain, whichever are more alike."""
    own = (unit.name, unit.short_name)
    plain = plain_name(name)
    return max(
        *(fuzz.ratio(name, each) for each in own), *(fuzz.ratio(plain, plain_name(each)) for each in own)
    )
