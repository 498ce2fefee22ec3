"""Every rule of the lint: those that the modules below this folder register, found by looking through them."""

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pkgutil import walk_packages

from reports.lint.registration import RegisteredRule


def _registered_rules() -> Iterator[RegisteredRule]:
    yield from import_module(f"{__name__}.wrong_phrases").PHRASE_RULES
    for module in walk_packages(__path__, f"{__name__}."):
        members = vars(import_module(module.name)).values()
        yield from (member for member in members if isinstance(member, RegisteredRule))


@cache
def all_rules() -> tuple[RegisteredRule, ...]:
    """Return the rules; their patterns take a quarter of a second to make, which no start of a program waits for."""
    return tuple(_registered_rules())
