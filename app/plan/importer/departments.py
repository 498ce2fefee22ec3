"""Responsible departments as plans print them: （责任单位：办公室、经发办）, 牵头单位：…；配合单位：…."""

from __future__ import annotations

import re

_ROLE = "责任|牵头|配合|协同|协办|主办|承办|参与|参加|实施|落实|完成|协助|主责"
_LABEL = rf"(?:主要)?(?:{_ROLE})(?:责任)?(?:单位|部门|科室|处室|股室|办公室|办|主体)及?(?:[（(][^）)]{{1,10}}[）)])?"
_LABELLED = re.compile(rf"(?P<label>{_LABEL})\s*[：:]\s*(?P<names>[^；;。）)】\]]+)")
_OTHER_DUTY = "责任人|责任领导|分管领导|牵头领导|包联领导|联系领导|完成时限|完成时间|时限要求|时间节点|时限"
_LINE = re.compile(rf"[（(【\[]?\s*(?:{_LABEL}|{_OTHER_DUTY})\s*[：:].*")
_BRACKETED = re.compile(
    rf"[（(【\[]\s*(?:(?:{_LABEL}|{_OTHER_DUTY})\s*[：:][^（）()【】\[\]]*(?:[（(][^（）()]*[）)][^（）()【】\[\]]*)*"
    r"|(?:[^（）()【】\[\]：:。]|[（(][^（）()：:。]*[）)]){2,60}?(?:按职责分工负责|分别负责|负责|牵头|配合))[）)】\]]"
)
_CLAUSE_MARK = re.compile("[，；;,]")
_DUTY = re.compile("按职责分工负责|分别负责|负责|牵头|配合")
_LONGEST_LINE = 1_000  # characters; what is longer says more than who does it by when
_SEPARATORS = re.compile(r"[、，,；;/\s]+")
_PERSON_OR_TIME = re.compile(rf"(?:{_OTHER_DUTY})\s*[：:].*")


def is_department_line(text: str) -> bool:
    """Whether a line holds nothing but responsible departments, persons or due times."""
    return len(text) <= _LONGEST_LINE and bool(_LINE.fullmatch(text) or _BRACKETED.fullmatch(text))


def ends_with_departments(text: str) -> bool:
    """Whether the last thing in `text` is a statement of departments, which needs no full stop after it."""
    last = re.split("[。；]", text[-_LONGEST_LINE:])[-1]
    return is_department_line(last) or any(each.end() == len(last) for each in _BRACKETED.finditer(last))


def find_mention(text: str) -> re.Match[str] | None:
    """The first bracket in `text` that names responsible departments."""
    return _BRACKETED.search(text)


def departments_named_in(text: str) -> tuple[str, ...]:
    """The departments that `text` names as responsible, in the order of printing, each once."""
    names: list[str] = []
    if is_department_line(text):
        names += _department_names(text)
    else:
        for mention in _BRACKETED.finditer(text):
            names += _department_names(mention[0])
    return tuple(dict.fromkeys(names))


def _department_names(mention: str) -> list[str]:
    inner = mention.strip().strip("（()）【】[]。")
    labelled = [found["names"] for found in _LABELLED.finditer(mention)]
    groups = labelled or [name for clause in _CLAUSE_MARK.split(inner) for name in _DUTY.split(clause)[:-1]]
    pieces = (piece for group in groups for piece in _SEPARATORS.split(_PERSON_OR_TIME.sub("", group)))
    return [name for name in (piece.strip("（()） ") for piece in pieces) if name]
