"""All rules of the lint, collected from the modules in this package."""

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
    """Return all rules; compiling their patterns takes a quarter of a second, so it is not done at start."""
    return tuple(_registered_rules())


@cache
def figure_rules() -> frozenset[LintRule]:
    """Return the rules about figures: when several of them report the same place, they report the same mistake."""
    package = import_module(f"{__name__}.figures")
    return frozenset(one.rule for one in _rules_below(package.__name__, package.__path__))
