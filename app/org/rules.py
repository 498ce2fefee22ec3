"""Kinds of departments, and how written names are matched to departments."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from app.base.days import DayRange
from app.base.errors import BadInput
from app.base.labels import LabelledEnum

# 发文机关代字: hanzi alone. Year and sequence come from the register, and 号 ends the number.
ISSUER_WORD = re.compile(r"[一-鿿]{1,12}(?<!号)\Z")
WORD_HINT = "代字只写 12 个以内的汉字，不写括号、数字和“号”。"
LAST_POSITION = 9999
# 负责范围: what a leader answers for.
OVERALL_CHARGE, DIVIDED_CHARGE = "全面", "分管"
NAME_LENGTH, SHORT_NAME_LENGTH, POST_LENGTH, PERSON_LENGTH = 64, 32, 64, 32
NO_ISSUER = "还没有登记发文机关。请先登记发文机关和代字：flask org issuer 机关全称 代字 --superior 上级机关。"


class DepartmentKind(LabelledEnum):
    OFFICE = "office", "办公室"
    TEAM = "team", "执法队"
    CENTRE = "centre", "中心"
    NEIGHBOURHOOD = "neighbourhood", "居民区"


@dataclass(frozen=True)
class ImportOutcome:
    """The result of an import: the number of rows, what else they changed, and departments not in the table."""

    count: int
    changes: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()


def require_day(day: date, label: str, *, last: date) -> None:
    """Raise BadInput for an unreasonable day."""
    if problem := DayRange(date(2000, 1, 1), last).problem_of_day(day, label):
        raise BadInput(problem)


class NamedUnit(Protocol):
    name: str
    short_name: str


N = TypeVar("N", bound=NamedUnit)


def by_every_name(things: Iterable[N]) -> dict[str, N]:
    """Return a look-up by full and by short name."""
    look_up: dict[str, N] = {}
    for thing in things:
        look_up[thing.name] = thing
        look_up[thing.short_name] = thing
    return look_up
