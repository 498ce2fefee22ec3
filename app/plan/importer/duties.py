"""Statements of who is responsible for a measure: （A牵头，B、C配合）, （责任单位：A、B）, 牵头单位：A；配合单位：B.

A statement is in brackets, after a label at the end of a paragraph, or on a line of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache, reduce
from typing import NamedTuple

from app.plan.importer.duty_names import (
    LONGEST_NAME,
    NameList,
    cut_names,
    each_once,
    holds_organs_only,
    looks_like_organ,
    split_list,
)
from app.plan.importer.sentences import CLOSERS, OPENERS, bracket_pairs, is_terminated
from app.plan.importer.traditional import as_printed, simplified_text

LONGEST_STATEMENT = 1_000  # characters; longer text says more than who does it and by when
LONGEST_LINE_OF_VERBS = 120
SHORT_NAME = 6
KEPT_TEXTS = 4_096  # each step of reading asks about the same paragraphs again


class _Role(Enum):
    LEAD = "lead"
    RESPONSIBLE = "responsible"
    SUPPORT = "support"
    LEADER = "leader"
    DEADLINE = "deadline"
    OTHER = "other"


class _Group(NamedTuple):
    """The content of one label or verb: names, and their role."""

    role: _Role
    text: str


class _Passage(NamedTuple):
    start: int
    end: int
    groups: list[_Group]


@dataclass(frozen=True)
class DutyStatement:
    """One statement of duties: its `start` and `end` in the text, and the names as printed.

    Those under 责任单位 or before 负责 count as leads if nobody has 牵头, otherwise as supports.
    words: terms that name no particular department (各居民区, 等部门), for a person to resolve.
    """

    start: int
    end: int
    leads: tuple[str, ...] = ()
    supports: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    leaders: tuple[str, ...] = ()
    deadline: str = ""


def _spaced(words: str) -> str:
    """Return a pattern for words that also matches the spaces of justified print between characters."""
    return "(?:" + "|".join(r"\s*+".join(word) for word in words.split("|")) + ")"


_UNIT = _spaced("单位|部门|科室|处室|股室|办公室|主体")
_LABELS = {
    _Role.LEADER: _spaced("责任领导|分管领导|牵头领导|包联领导|联系领导|责任人员|责任人"),
    _Role.DEADLINE: _spaced("完成时限|完成时间|完成期限|时限要求|时间节点|办结时限|时限"),
    _Role.OTHER: _spaced("适用范围"),
    _Role.LEAD: rf"{_spaced('牵头|主办|主责')}(?:\s*+责\s*+任)?\s*+{_UNIT}|{_spaced('牵头|主办')}",
    _Role.SUPPORT: (
        rf"{_spaced('配合|协同|协办|协助|参与|参加|会办|指导|支撑|支持')}(?:\s*+责\s*+任)?\s*+{_UNIT}|{_spaced('配合|协同|协办|协助|参与')}"
    ),
    _Role.RESPONSIBLE: (
        rf"(?:主\s*+要\s*+)?{_spaced('责任|负责|承办|实施|落实|完成')}(?:\s*+责\s*+任)?\s*+{_UNIT}|{_spaced('责任分工|职责分工|任务分工')}"
    ),
}
_LABEL = re.compile(
    r"(?:(?P<bracket>[【\[〔]\s*+)|(?<!\w))(?:[省市区县镇]级)?(?:"
    + "|".join(f"(?P<{role.name}>{words})" for role, words in _LABELS.items())
    + rf")(?:\s*+[及和、/]\s*+{_spaced('配合|协办|协同|责任')}\s*+{_UNIT})?"
    + r"(?(bracket)\s*+[】\]〕][\s*：:]*+"
    + r"|\s*+(?:[（(][^（）()]{1,10}[）)])?[\s*]*+[：:][\s*]*+)"
)
_VERBS = {
    _Role.LEAD: "牵头(?:负责|组织|落实|实施|推进|抓总){0,2}|主办|主责|为(?:牵头|主办|主责)(?:单位|部门)",
    _Role.SUPPORT: (
        "(?:配合|协助|协办|协同|参与|参加|指导|支持)(?:落实|实施|推进|做好)?|为(?:配合|协办|参与)(?:单位|部门)"
    ),
    _Role.RESPONSIBLE: "(?:组织|负责|承办)?(?:落实|实施|完成)|(?:组织)?推进|总?负责|负总责|承办",
}
_VERB = re.compile(
    "(?:" + "|".join(f"(?P<{role.name}>{words})" for role, words in _VERBS.items()) + ")[。.]?$"
)
_HOW = re.compile(
    "(?:按照?各?自?(?:职责|职能|分工){1,3}|依职责|分别|共同|具体|统筹|督促|联合|结合各?自?实际|抓好|做好|按要求|主动)$"
)
_NOTE = re.compile(
    "下同$|第一位|列首位|列第一|排名第一|^除.*外|第一(?:个)?(?:责任)?单位[为是]|不再(?:[做作一进]|单独|另行|重复).{0,6}$"
)
_NOTE_BEHIND = re.compile(r"[（(]([^（）()]+)[）)]$")  # a name may stand before it
_NOTE_ON_ALL = re.compile("(?:^|[。，,；;])(?:以下|未列)")
_SAYS_OF_ALL = re.compile("不再|下同|除外|负责|落实")
_FIRST_LEADS = re.compile(
    "(?:(?:列|排|位)[^，。；、]{0,4}(?:第一|首)|第一个?(?:责任)?单位[为是])[^，。；]{0,8}(?:牵头|汇总|主办)"
)
_ROLE_BEHIND = re.compile(
    r"(?P<name>.+)[（(〔\[](?:(?P<LEAD>牵头|主办|主责)|(?P<SUPPORT>配合|协办|协助))(?:单位|部门)?[）)〕\]]"
)
_TIME = re.compile(
    r"(?:\d{4}年)?(?:\d{1,2}月|年|第?[一二三四1-4]季度).{0,3}?[底前末初]{0,2}(?:完成|启动|取得.{1,6})?|.{1,20}前完成|(?:长期|持续|全年|常年)(?:坚持|推进|实施)?"
)
_BY_THEN = re.compile("[前底末]|完成|坚持|推进")
_BY_WHOM = re.compile("[，；。](由[^，。；、]{2,24}(?:牵头|负责)[^。；]{0,120})。?$")  # after the work
_HINT = re.compile(rf"负|牵|[：:]|配|参|指导|落实|主办|协办|承办|[{re.escape(CLOSERS)}]")
_LAYOUT = re.compile(r"[\s*#。．.；;，,]*")


@lru_cache(maxsize=KEPT_TEXTS)
def find_duties(text: str, *, first_leads: bool = False) -> tuple[DutyStatement, ...]:
    """Find all statements of duties in `text`, in order and not nested.

    first_leads: the first name leads if nobody is named as lead (列第一位的为牵头单位，下同).
    """
    plain = simplified_text(text)
    if not _HINT.search(plain):
        return ()
    found: list[_Passage] = list(_in_brackets(plain))
    found += _apart(_after_labels(plain), found)
    found += _apart(_lines_of_verbs(plain), found)
    statements = (_statement(plain, passage, first_leads) for passage in sorted(found))
    return tuple(statements if plain == text else (_printed_statement(one, text) for one in statements))


def _printed_statement(found: DutyStatement, text: str) -> DutyStatement:
    """Return a statement with its names as the text prints them."""
    within = text[found.start : found.end]
    leads, supports, words, leaders = (
        tuple(as_printed(name, within) for name in names)
        for names in (found.leads, found.supports, found.words, found.leaders)
    )
    return replace(found, leads=leads, supports=supports, words=words, leaders=leaders)


def find_bracketed_duty(text: str) -> DutyStatement | None:
    """Return the first bracket in `text` that states who is responsible."""
    return next((each for each in find_duties(text) if text[each.start] in OPENERS), None)


def says_first_leads(text: str) -> bool:
    """Return whether the text says once for all its statements that the first name leads."""
    return bool(_FIRST_LEADS.search(simplified_text(text)))


def is_duty_text(text: str) -> bool:
    """Return whether a text holds nothing but statements of duties, persons or deadlines."""
    if len(text) > LONGEST_STATEMENT:
        return False
    place, statements = 0, find_duties(text)
    for each in statements:
        if not _LAYOUT.fullmatch(text, place, each.start):
            return False
        place = each.end
    return bool(statements) and bool(_LAYOUT.fullmatch(text, place))


def ends_with_duty(text: str) -> bool:
    """Return whether `text` ends with a statement of duties, which needs no full stop."""
    tail = text[-LONGEST_STATEMENT:].rstrip()
    statements = find_duties(tail)
    return bool(statements) and statements[-1].end == len(tail)


def is_ended(text: str) -> bool:
    """Return whether `text` ends like a sentence, or with a statement of duties."""
    return is_terminated(text) or ends_with_duty(text)


def _in_brackets(text: str) -> Iterator[_Passage]:
    end_before = 0
    for start, end in bracket_pairs(text):
        if start < end_before or end - start > LONGEST_STATEMENT or _LABEL.match(text, start):
            continue
        content = text[start + 1 : end - 1]
        groups = _read_groups(content)
        if not groups and (_stands_after_sentence(text, start, end) or says_first_leads(content)):
            groups = _read_bare_list(content)
        if groups:
            yield _Passage(start, end, groups)
            end_before = end


def _stands_after_sentence(text: str, start: int, end: int) -> bool:
    """Return whether a bracket ends a paragraph after a whole sentence, or is a list on a line of its own."""
    before, after = text[max(start - 10, 0) : start].rstrip(" *"), text[end : end + 10].lstrip(" *")
    if after and after[0] not in "。\n":
        return False
    if before.rstrip().endswith(("。", "！", "；", ";")):
        return True
    return (not before or before.endswith("\n")) and "、" in text[start:end]


def _after_labels(text: str) -> Iterator[_Passage]:
    end_before = 0
    for label in _LABEL.finditer(text):
        start = label.start()
        if start < end_before:
            continue
        end = _end_of_values(text, label.end())
        groups = _read_groups(text[start:end])
        if groups and _is_list_of_names(groups):
            yield _Passage(start, end, groups)
            end_before = end


def _end_of_values(text: str, place: int) -> int:
    """Return where the list after a label ends: at a stop or line end without a further label."""
    depth = 0
    start = place
    while place < min(len(text), start + LONGEST_STATEMENT):
        sign = text[place]
        depth += (sign in OPENERS) - (sign in CLOSERS)
        if depth < 0 or (sign in "。\n" and not _goes_on(text, start, place)):
            break
        place += 1
    return start + len(text[start:place].rstrip())


def _goes_on(text: str, start: int, stop: int) -> bool:
    """Return whether a list of names continues after the stop or line end at `stop`."""
    rest = text[stop : stop + LONGEST_STATEMENT]
    if _LABEL.match(rest, len(rest) - len(rest.lstrip("。* \t\n\u3000"))):
        return True
    before = text[start:stop].rstrip(" *")
    following = re.split("[。\n]", rest[1:])[0].strip()
    if text[stop] == "。":
        return holds_organs_only(following)
    if before.endswith(("、", "，", ",")):
        return bool(following)
    return before.endswith(("：", ":")) and holds_organs_only(following)


def _is_list_of_names(groups: list[_Group]) -> bool:
    """Return whether the text after a label can be names: most pieces end like names or are short."""
    pieces = [piece for group in groups if group.role in _VERBS for piece in split_list(group.text)]
    likely = sum(len(piece) <= SHORT_NAME or looks_like_organ(piece) for piece in pieces)
    return (2 * likely > len(pieces) or not pieces) and all(
        len(group.text) <= LONGEST_NAME or group.role in _VERBS for group in groups
    )


def _lines_of_verbs(text: str) -> Iterator[_Passage]:
    for line in re.finditer(r"[^\n]+", text):
        by_whom = _BY_WHOM.search(line[0])
        words = by_whom[1] if by_whom else line[0].strip("-—–·•● \t\u3000").rstrip("。")
        if len(words) > LONGEST_LINE_OF_VERBS or "。" in words:
            continue
        if groups := _read_verbs(words.removeprefix("由")):
            start = line.start() + line[0].index(words)
            yield _Passage(start, start + len(words), groups)


def _apart(passages: Iterable[_Passage], found: list[_Passage]) -> list[_Passage]:
    """Return the passages that do not touch any found before."""
    taken = sorted((each.start, each.end) for each in found)
    apart = []
    for each in passages:
        next_one = bisect_left(taken, (each.end, 0))
        if not next_one or taken[next_one - 1][1] <= each.start:
            apart.append(each)
    return apart


def _read_groups(content: str) -> list[_Group]:
    """Return the content of a bracket or labelled passage; empty if it is no statement of duties."""
    labels = list(_LABEL.finditer(content))
    if not labels:
        return _read_verbs(content)
    head = content[: labels[0].start()]
    groups = _read_verbs(head) or _read_times(head)
    if not groups and not _LAYOUT.fullmatch(head):
        return []
    ends = [*(label.start() for label in labels[1:]), len(content)]
    for label, end in zip(labels, ends, strict=True):
        role = _Role[str(label.lastgroup)]
        groups += _read_value(role, content[label.end() : end].strip(" \t\n，,；;。、"))
    return groups


def _read_value(role: _Role, value: str) -> list[_Group]:
    if role in (_Role.LEADER, _Role.DEADLINE, _Role.OTHER):
        return [_Group(role, value)]
    return [_Group(found or role, names) for found, names in _cut_at_verbs(value)] or [_Group(role, "")]


def _read_verbs(content: str) -> list[_Group]:
    """Return the names before 牵头, 配合 and 负责; empty if other words precede these."""
    cut = list(_cut_at_verbs(content))
    named = [names for role, names in cut if role is not _Role.DEADLINE]
    if not named or not all(map(holds_organs_only, named)):
        return []
    if any(role in _VERBS for role, _ in cut):
        return [_Group(role or _Role.SUPPORT, names) for role, names in cut]
    if any(role is _Role.DEADLINE and _BY_THEN.search(time) for role, time in cut):
        return [_Group(role or _Role.RESPONSIBLE, names) for role, names in cut]
    return []


def _read_times(content: str) -> list[_Group]:
    """Return the deadlines in `content`; empty if it contains anything else."""
    times = [_Group(_Role.DEADLINE, time) for role, time in _cut_at_verbs(content) if role is _Role.DEADLINE]
    return times if len(times) == len(_pieces(content)) else []


def _read_bare_list(content: str) -> list[_Group]:
    names = "、".join(_pieces(content))
    return [_Group(_Role.RESPONSIBLE, names)] if holds_organs_only(names) else []


def _pieces(content: str) -> list[str]:
    """Return the pieces of a list without notes on it (下同, 列第一位的为牵头单位, 以下均需各镇落实)."""
    note = _NOTE_ON_ALL.search(content)
    if note and _SAYS_OF_ALL.search(content, note.end()):
        content = content[: note.start()]
    pieces = map(_without_note, split_list(content.replace("。", "，")))
    return [piece for piece in pieces if piece and not _NOTE.search(piece)]


def _without_note(piece: str) -> str:
    """Return a name without the note in brackets after it (生态环境分局（列第一位的为牵头单位，下同）)."""
    found = _NOTE_BEHIND.search(piece)
    is_note = found is not None and any(_NOTE.search(words) for words in re.split("[，,；;]", found[1]))
    return piece[: found.start()] if found and is_note else piece


def _cut_at_verbs(content: str) -> Iterator[tuple[_Role | None, str]]:
    """Cut a list at its verbs: yield each role with the names before it; None if no verb follows."""
    waiting: list[str] = []
    for piece in _pieces(content):
        if _TIME.fullmatch(piece):
            yield _Role.DEADLINE, piece
        elif behind := _ROLE_BEHIND.fullmatch(piece):
            if waiting:
                yield None, "、".join(waiting)
            yield _Role[str(behind.lastgroup)], behind["name"]
            waiting = []
        elif verb := _VERB.search(piece):
            name = piece[: verb.start()]
            while how := _HOW.search(name):
                name = name[: how.start()]
            yield _Role[str(verb.lastgroup)], "、".join([*waiting, name])
            waiting = []
        else:
            waiting.append(piece)
    if waiting:
        yield None, "、".join(waiting)


def _statement(text: str, passage: _Passage, first_leads: bool) -> DutyStatement:
    leads, responsible, supports = (
        _names_of(passage.groups, role) for role in (_Role.LEAD, _Role.RESPONSIBLE, _Role.SUPPORT)
    )
    if leads.names:
        supports = _merge(responsible, supports)
    elif first_leads or says_first_leads(text[passage.start : passage.end]):
        leads, supports = NameList(responsible.names[:1]), _merge(responsible, supports)
    else:
        leads = _merge(leads, responsible)
    return DutyStatement(
        start=passage.start,
        end=passage.end,
        leads=leads.names,
        supports=tuple(name for name in supports.names if name not in leads.names),
        words=each_once((leads.words, supports.words)),
        leaders=each_once(split_list(each.text) for each in passage.groups if each.role is _Role.LEADER),
        deadline="；".join(each.text for each in passage.groups if each.role is _Role.DEADLINE and each.text),
    )


def _names_of(groups: list[_Group], role: _Role) -> NameList:
    return reduce(_merge, (cut_names(group.text) for group in groups if group.role is role), NameList())


def _merge(some: NameList, others: NameList) -> NameList:
    return NameList(each_once((some.names, others.names)), each_once((some.words, others.words)))
