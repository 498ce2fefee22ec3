"""Kinds of departments, and how a name written by a person finds its department."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

from app.base.labels import LabelledEnum


class DepartmentKind(LabelledEnum):
    OFFICE = "office", "办公室"
    TEAM = "team", "执法队"
    CENTRE = "centre", "中心"
    NEIGHBOURHOOD = "neighbourhood", "居民区"


class NamedUnit(Protocol):
    name: str
    short_name: str


N = TypeVar("N", bound=NamedUnit)


def by_every_name(things: Iterable[N]) -> dict[str, N]:
    """Return a look-up from full and short names to things: both are understood on import."""
    look_up: dict[str, N] = {}
    for thing in things:
        look_up[thing.name] = thing
        look_up[thing.short_name] = thing
    return look_up
