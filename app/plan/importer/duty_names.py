"""Cutting printed lists into names of departments, and matching these with the organisation.

"区发展改革委、财政局等部门，各镇（街道）" gives the names 区发展改革委 and 财政局, and the words 等部门 and
各镇（街道）, which a person must resolve.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Generic, NamedTuple

from rapidfuzz import fuzz

from app.org.rules import N

_NONE = frozenset({"无", "—", "-", "－", "——"})
LONGEST_NAME = 40  # characters; longer text is a sentence
_LONGEST_WITHOUT_END = 12  # characters; a longer piece cannot share the ending of another name

_SEPARATORS = frozenset("、，,；;/／|｜﹑､")
_OPENERS = frozenset("（(【[〔《“")
_CLOSERS = frozenset("）)】]〕》”")
_MARKS = re.compile(r"[*#\n\r‘’'`]+")
_IN_BRACKETS = r"(?:[（(][^（）()]*[）)])?"

_ORGAN_END = re.compile(
    r"(?:局|委|办|部|厅|署|院|会|团|队|站|所|中心|处|室|组|科|股|政府|镇|乡|街道|区|县|市|州|盟|旗|(?<!农)村|公司|集团|银行|分行|支行|学校"
    rf"|大学|妇联|残联|科协|侨联|文联|工商联|共青团中央|部门|单位|企业|机构|海关|社|党支部|机关|平台|专班|台|馆|庭){_IN_BRACKETS}$"
)
_SHARED_END = re.compile(
    r"(?<=.)(?:部门|单位|(?:人民)?政府|街道办事处|办事处|管委会|居民区|居委会|村委会|社区|街道|镇|乡|村|派出所|中队|分局)$"
)
_PLACE_END = re.compile("[区县市镇乡旗州村道]$")
_OF_A_PLACE = re.compile(
    r"(?<=[区县市镇乡旗州村道])(?:(?:人民)?政府|办事处|管委会|党委|党工委|居委会|村委会)$"
)
_JOINT = re.compile("以及|会同|及|和|与")
_CAN_BE_JOINED = re.compile("(?:[^会]|委员会|协会|联合会|商会|管委会|居委会|工会|党工委|等)$")
_BEFORE_A_NAME = re.compile("^(?:由|并|会同|以及|和(?![谐平美睦])|[及与])+")
_SEVERAL = (
    "部门|单位|科室|处室|街镇|镇街|乡镇|街道|社区|居民区|企业|机构|委办局|方面|地区|区县|县区|园区|力量|成员"
)
_AND_OTHERS = re.compile(rf"等(?:[^等、]{{0,8}}?(?:{_SEVERAL})(?:[和及与]?(?:{_SEVERAL}))*)?$")
_SEVERAL_END = re.compile(
    rf"(?:{_SEVERAL}|[级街方家户校园部办室局委厅院站所队会司心府处区县市镇乡村])(?:{_IN_BRACKETS})$"
)
_NOBODY = re.compile(
    rf"^(?:.{{0,4}}?(?:各|有关|相关)|其[他它]|全体|所有|涉及|属地|对口|本(?:部门|单位)|[县区市乡镇街][（(][^（）()、]{{1,3}}、[^（）()]{{1,6}}[）)]|(?:{_SEVERAL}|责任|职能)+$|.{{0,6}}(?:主管部门|职能部门|成员单位|责任单位|事业单位)$)"
)
_MORE_OF_THEM = re.compile(
    rf"(?:(?:县级市|功能区|开发区|中心|站所|[县市区州旗镇乡村]|{_SEVERAL}){_IN_BRACKETS}"
    r"(?:(?:人民)?政府|办事处|党委|党工委|管委会|居委会|村委会)?|(?:人民)?政府|办事处)"
)
_CLEAN = re.compile(
    r"[^\s、，,；;。：:！？!?/／|（）()【】\[\]〔〕]+(?:[（(][^（）()、，,；;。：:\s]+[）)][^\s、，,；;。：:！？!?/／|（）()【】\[\]〔〕]*)?"
)


class NameList(NamedTuple):
    """The names in a list in printed order without repetition, and the words that name no particular department."""

    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


def each_once(lists: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for names in lists for name in names))


def cut_names(text: str) -> NameList:
    """Cut a printed list into names and words; what cannot be a name (a sentence, a stray bracket) becomes a word."""
    pieces = (part for piece in split_list(text) for part in _split_joint(piece))
    names: list[str] = []
    words: list[str] = []
    for piece in _share_ends(_join_words([_BEFORE_A_NAME.sub("", piece) for piece in pieces])):
        others = _AND_OTHERS.search(piece)
        name = piece[: others.start()] if others else piece
        if name and name not in _NONE:
            (names if is_clean_name(name) and not _NOBODY.match(name) else words).append(name)
        if others:
            words.append(others[0])
    return NameList(tuple(dict.fromkeys(names)), tuple(dict.fromkeys(words)))


def is_clean_name(name: str) -> bool:
    """Return whether `name` is exactly one name; a bracket at its end belongs to it (交通委（道运局）)."""
    return len(name) <= LONGEST_NAME and bool(_CLEAN.fullmatch(name))


def looks_like_organ(name: str) -> bool:
    """Return whether a name ends like a department's name, or means several departments."""
    return len(name) >= 2 and bool(
        _ORGAN_END.search(name) or is_word_for_several(name) or _AND_OTHERS.search(name)
    )


def holds_organs_only(text: str) -> bool:
    """Return whether a printed list only holds departments or words for them."""
    found = cut_names(text)
    return (
        any(found) and all(map(is_word_for_several, found.words)) and all(map(looks_like_organ, found.names))
    )


def is_word_for_several(name: str) -> bool:
    """Return whether a name means several departments without naming any (各居民区, 相关部门, 等单位)."""
    return bool(_AND_OTHERS.match(name) or (_NOBODY.match(name) and _SEVERAL_END.search(name)))


def split_list(text: str) -> list[str]:
    """Split a list at the separators outside brackets; at spaces only if there are no other separators."""
    text = _MARKS.sub("", text)
    places = separator_places(text)
    if not places:
        return text.split()
    bounds = zip([0, *(place + 1 for place in places)], [*places, len(text)], strict=True)
    pieces = (re.sub(r"\s", "", text[start:end]) for start, end in bounds)
    return [piece for piece in pieces if piece]


def separator_places(text: str) -> list[int]:
    """Return the places of the separators in `text` that are outside brackets."""
    places, depth = [], 0
    for place, sign in enumerate(text):
        if sign in _OPENERS:
            depth += 1
        elif sign in _CLOSERS:
            depth = max(depth - 1, 0)
        elif sign in _SEPARATORS and not depth:
            places.append(place)
    return places


def _split_joint(piece: str) -> list[str]:
    """Split two names joined by 和 or 及; 住房和城乡建设局 stays whole, because its first half is no name."""
    for joint in _JOINT.finditer(piece):
        before, after = piece[: joint.start()], piece[joint.end() :]
        if not (_CAN_BE_JOINED.search(before) and looks_like_organ(before) and looks_like_organ(after)):
            continue
        if not (_NOBODY.match(before) and _MORE_OF_THEM.fullmatch(after)):
            return [before, *_split_joint(after)]
    return [piece]


def _join_words(pieces: list[str]) -> list[str]:
    """Keep 各区、县级市政府 and 各镇、街道 together."""
    joined: list[str] = []
    for piece in filter(None, pieces):
        if joined and _NOBODY.match(joined[-1]) and "各" in joined[-1] and _MORE_OF_THEM.fullmatch(piece):
            joined[-1] = f"{joined[-1]}、{piece}"
        else:
            joined.append(piece)
    return joined


def _share_ends(pieces: list[str]) -> list[str]:
    """Complete shared endings: 发展改革 of 发展改革、财政部门, and 天河区 of 天河区、南沙区人民政府."""
    shared = ""
    whole: list[str] = []
    for piece in reversed(pieces):
        ends_place = bool(_PLACE_END.search(piece))
        lacks_end = ends_place if _OF_A_PLACE.search(f"区{shared}") else not _ORGAN_END.search(piece)
        is_short = len(piece) <= _LONGEST_WITHOUT_END
        if shared and lacks_end and is_short and not _NOBODY.match(piece):
            whole.append(piece + shared)
            continue
        whole.append(piece)
        end = _OF_A_PLACE.search(piece) or _SHARED_END.search(_AND_OTHERS.sub("", piece))
        shared = end[0] if end and not _NOBODY.match(piece) else ""
    return whole[::-1]


LEAST_NAME_LIKENESS = 60  # of 100; for two names of four characters, more than half must agree
MOST_PROPOSALS = 3

_BRACKETED = re.compile(r"[（(][^（）()]*[）)]")
_BEFORE = re.compile(
    r"^(?:中共)?(?:[^街]{1,6}街道|街道|[本县镇]|市(?![场政民容])|区(?!域)|乡(?!村))(?:党工委|办事处)?(?=.{2})"
)
_ENDS = (("办公室", "办"), ("委员会", "委"), ("服务中心", "中心"), ("管理中心", "中心"))
_ALL_OF_THEM = re.compile("^(?:各|全体|所有)")


class MatchKind(Enum):
    """The result of matching a printed name."""

    MATCHED = "matched"
    AMBIGUOUS = "ambiguous"
    PROPOSED = "proposed"
    UNKNOWN = "unknown"
    GROUP = "group"
    WORDS = "words"


@dataclass(frozen=True)
class NameMatch(Generic[N]):
    """A printed name with the departments that it means or may mean, the likeliest first; or with its group."""

    name: str
    kind: MatchKind
    units: tuple[N, ...] = ()
    group: str = ""


def match_names(
    names: Iterable[str], units: Sequence[N], groups: Sequence[str] = ()
) -> dict[str, NameMatch[N]]:
    """Match each name once, in the order of the names; units are in their official order."""
    return {name: _match_name(name, units, groups) for name in names}


def plain_name(name: str) -> str:
    """Return a name without brackets and without the district before it, with 办 for 办公室."""
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
    """Return the group that a name means: 各居民区, 全体居民区 and 各居民区（社区） are the same."""
    if name in groups:
        return name
    if not _ALL_OF_THEM.match(name):
        return ""
    core = _core_of_group(name)
    return next((group for group in groups if _core_of_group(group) == core), "")


def _core_of_group(name: str) -> str:
    return _ALL_OF_THEM.sub("", _BRACKETED.sub("", name))


def _units_alike(name: str, units: Sequence[N]) -> tuple[N, ...]:
    """Return the units with similar names, the likeliest first; equally similar ones in their own order."""
    scored = [(_likeness(name, unit), unit) for unit in units]
    alike = [(score, unit) for score, unit in scored if score >= LEAST_NAME_LIKENESS]
    return tuple(unit for _, unit in sorted(alike, key=lambda one: -one[0])[:MOST_PROPOSALS])


def _likeness(name: str, unit: N) -> float:
    """Return how similar the names are, as printed or as plain names, whichever is more."""
    own = (unit.name, unit.short_name)
    plain = plain_name(name)
    return max(
        *(fuzz.ratio(name, each) for each in own), *(fuzz.ratio(plain, plain_name(each)) for each in own)
    )
