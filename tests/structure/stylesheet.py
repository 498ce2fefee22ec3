"""Reads a style sheet with the eyes of Chromium 78, the oldest that offices run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import tinycss2
from tinycss2.ast import AtRule, Declaration, FunctionBlock, Node, QualifiedRule

GAPS = {"gap", "row-gap", "column-gap"}
NEWER_PROPERTIES = {
    "aspect-ratio",
    "inset",
    "inset-inline",
    "inset-block",
    "content-visibility",
    "accent-color",
}
NEWER_FUNCTIONS = {"where", "is", "has", "min", "max", "clamp", "color-mix", "env"}
NESTING = {"media", "supports"}


def beyond_chromium_78(source: str) -> list[str]:
    """Return what in `source` that browser would ignore, each with its selector."""
    rules = tinycss2.parse_stylesheet(source, skip_comments=True, skip_whitespace=True)
    return [f"{_selector(rule)}: {finding}" for rule in _style_rules(rules) for finding in _findings(rule)]


def _style_rules(rules: Iterable[Node]) -> Iterator[QualifiedRule]:
    for rule in rules:
        if isinstance(rule, QualifiedRule):
            yield rule
        elif isinstance(rule, AtRule) and rule.at_keyword in NESTING and rule.content is not None:
            inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            yield from _style_rules(inner)


def _findings(rule: QualifiedRule) -> list[str]:
    declared = {item.name: item for item in _declarations(rule)}
    values = [token for item in declared.values() for token in item.value]
    is_grid = "display" in declared and "grid" in tinycss2.serialize(declared["display"].value)
    flex_gaps = set() if is_grid else GAPS & declared.keys()
    return [*_functions([*rule.prelude, *values]), *sorted(NEWER_PROPERTIES & declared.keys() | flex_gaps)]


def _declarations(rule: QualifiedRule) -> list[Declaration]:
    items = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
    return [item for item in items if isinstance(item, Declaration)]


def _functions(tokens: Iterable[Node]) -> Iterator[str]:
    for token in tokens:
        if isinstance(token, FunctionBlock):
            if token.lower_name in NEWER_FUNCTIONS:
                yield f"{token.name}()"
            yield from _functions(token.arguments)


def _selector(rule: QualifiedRule) -> str:
    return str(tinycss2.serialize(rule.prelude)).strip()
