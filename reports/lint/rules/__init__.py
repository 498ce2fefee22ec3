"""Every rule of the lint: those that the modules below this folder register, found by looking through them."""

from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from pkgutil import walk_packages

from reports.lint.finding import LintRule
from reports.lint.registration import RegisteredRule


def _registered_rules() -> Iterator[RegisteredRule]:
    yield from import_module(f"{__name__}.wrong_phrases").PHRASE_RULES
    yield from _rules_below(__name__, __path__)


def _rules_below(package: str, path: Iterable[str]) -> Iterator[RegisteredRule]:
    for module in walk_packages(path, f"{package}."):
        members = vars(import_module(module.name)).values()
        yield from (member for member in members if isinstance(member, RegisteredRule))


@cache
def all_rules() -> tuple[RegisteredRule, ...]:
    """Return the rules; their patterns take a quarter of a second to make, which no start of a program waits for."""
    return tuple(_registered_rules())


@cache
def figure_rules() -> frozenset[LintRule]:
    """Return the rules of figures: two of them that point at the same ones have found the same mistake."""
    package = import_module(f"{__name__}.figures")
    return frozenset(one.rule for one in _rules_below(package.__name__, package.__path__))
