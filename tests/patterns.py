"""Every regular expression of app/ and reports/, and texts made of what it repeats: where one tries everything twice,
such a text takes the square of its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from re import _constants as codes  # type: ignore[attr-defined]  # as sre_constants, which is going
from re import _parser as parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any

import app
import reports
from reports.lint.phrases import phrases_by_rule

ROOT = Path(__file__).resolve().parent.parent
REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)
# For whatever a class of characters leaves out.
OTHERS = "国a1 ，-（\n中"
OF_CATEGORY = {
    codes.CATEGORY_DIGIT: "1",
    codes.CATEGORY_SPACE: " ",
    codes.CATEGORY_WORD: "a",
    codes.CATEGORY_NOT_DIGIT: "国",
    codes.CATEGORY_NOT_SPACE: "国",
    codes.CATEGORY_NOT_WORD: "，",
}
ALTERNATIVES = 2


# Starts an application of its own when it is imported, which asks for a database.
STARTING = "app.wiring.worker"


def modules() -> Iterator[ModuleType]:
    """Yield every module but that."""
    for package in (app, reports):
        for found in walk_packages(package.__path__, f"{package.__name__}."):
            if found.name != STARTING:
                yield import_module(found.name)


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """Return each pattern by its module and name; of several in one table each by a number."""
    found: dict[re.Pattern[str], str] = {}
    values = {
        f"{module.__name__}.{name}": value for module in modules() for name, value in vars(module).items()
    }
    values[f"{phrases_by_rule.__module__}.{phrases_by_rule.__name__}"] = phrases_by_rule()
    for place, value in values.items():
        for number, pattern in enumerate(within(value)):
            if isinstance(pattern.pattern, str):
                found.setdefault(pattern, f"{place}[{number}]" if number else place)
    return {place: pattern for pattern, place in found.items()}


def within(value: object, depth: int = 4) -> Iterator[re.Pattern[Any]]:
    """Yield the patterns in a value: in tuples, in the fields of our own classes, in what functions are made of."""
    if type(value) is re.Pattern:
        yield value
    parts: list[object] = []
    if depth and type(value) in (tuple, list, set, frozenset):
        parts = [*value]  # type: ignore[misc]
    elif depth and type(value) is dict:
        parts = [*value.keys(), *value.values()]
    elif depth and type(value).__module__.startswith(("app.", "reports.")):
        parts = [*getattr(value, "__dict__", {}).values()]
    elif depth and getattr(type(value), "__name__", "") == "function":
        cells = getattr(value, "__closure__", None) or ()
        parts = [cell.cell_contents for cell in cells if cell.cell_contents is not value]
    for part in parts:
        yield from within(part, depth - 1)


@cache
def uses_of_names() -> dict[str, set[str]]:
    """Return what all the code asks of each name: `NAME.match` and the like."""
    files = [*(ROOT / "app").rglob("*.py"), *(ROOT / "reports").rglob("*.py")]
    found: dict[str, set[str]] = {}
    for file in files:
        for name, use in re.findall(r"\b(\w+)(?=\.(\w+))", file.read_text()):
            found.setdefault(name, set()).add(use)
    return found


def is_anchored(place: str) -> bool:
    """Whether a pattern is only ever asked whether a text begins with it, or is it."""
    name = re.sub(r"\[\d+\]$", "", place).rpartition(".")[2]
    uses = uses_of_names().get(name, set())
    return bool(uses) and uses <= {"match", "fullmatch"}


def hostile_to(pattern: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """Yield what to begin with and what to go on with: each thing that a pattern repeats, and all before it as well."""
    tree = parser.parse(pattern.pattern, pattern.flags)
    found = set(repeats(tree, ""))
    whole = sample(tree)
    yield from sorted((head, unit) for head, unit in {*found, ("", whole)} if unit)


def repeats(tree: Any, before: str) -> Iterator[tuple[str, str]]:
    for operation, argument in tree:
        if operation in REPEATS:
            yield from (("", before + sample(argument[2])), ("", before))
            for alternative in range(ALTERNATIVES):
                unit = sample(argument[2], alternative)
                yield from ((before, unit), ("", unit))
        for part in parts_of(operation, argument):
            yield from repeats(part, before)
        before += sample([(operation, argument)])


def parts_of(operation: Any, argument: Any) -> list[Any]:
    """Return what a part of a pattern is made of in its turn."""
    if operation in REPEATS:
        return [argument[2]]
    if operation is codes.SUBPATTERN:
        return [argument[3]]
    if operation is codes.ATOMIC_GROUP:
        return [argument]
    if operation in (codes.ASSERT, codes.ASSERT_NOT):
        return [argument[1]]
    return list(argument[1]) if operation is codes.BRANCH else []


def sample(tree: Any, alternative: int = 0) -> str:
    """Return a text that a part of a pattern takes; backward references and what stands around it aside."""
    return "".join(sample_of(operation, argument, alternative) for operation, argument in tree)


def sample_of(operation: Any, argument: Any, alternative: int) -> str:
    if operation is codes.LITERAL:
        return chr(argument)
    if operation in (codes.ANY, codes.NOT_LITERAL):
        return "国"
    if operation is codes.IN:
        return member(argument, alternative)
    if operation in REPEATS:
        return sample(argument[2], alternative) * max(1, argument[0])
    if operation is codes.SUBPATTERN:
        return sample(argument[3], alternative)
    if operation is codes.ATOMIC_GROUP:
        return sample(argument, alternative)
    if operation is codes.BRANCH:
        return sample(argument[1][alternative % len(argument[1])], alternative)
    return ""


def member(items: Any, alternative: int) -> str:
    """Return a character of a class."""
    found = [one for one in map(first_of, items) if one]
    if items[0][0] is not codes.NEGATE:
        return found[-1 - alternative % len(found)]
    return next(one for one in OTHERS if one not in found)


def first_of(item: Any) -> str:
    kind, argument = item
    if kind is codes.LITERAL:
        return chr(argument)
    if kind is codes.RANGE:
        return chr(argument[0])
    return OF_CATEGORY.get(argument, "") if kind is codes.CATEGORY else ""
