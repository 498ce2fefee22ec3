"""A limit stands in one place: one name has one number, and pages read it from there."""

from __future__ import annotations

import ast
import re
from collections import defaultdict

from tests.structure.project_files import ROOT, module_of, project_files
from tests.structure.templates import COMMENT

# A number that a rule sets, as a page would say it: 最长 30 天, 第 5、8、10 个工作日, 最多 40 万字.
RULE_IN_WORDS = re.compile(r"\d+ ?万?(?:天|个工作日|个月|小时|分钟|字|页|MB|次|条|日起)")
NUMBERED = re.compile(r"\b(?:maxlength|limit)=\"?\d")
LIMIT = re.compile(r"[A-Z_]+_(?:LENGTH|CEILING)")


def test_a_name_of_a_limit_stands_for_one_number() -> None:
    places = defaultdict(list)
    for path in project_files(".py", "app"):
        for node in module_of(path).body:
            if isinstance(node, ast.Assign):
                for name in (
                    one.id for target in node.targets for one in ast.walk(target) if isinstance(one, ast.Name)
                ):
                    if LIMIT.fullmatch(name):
                        places[name].append(str(path.relative_to(ROOT)))
    assert len(places) > 30
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


def test_pages_take_the_numbers_of_rules_from_the_rules() -> None:
    pages = {
        path.relative_to(ROOT): path.read_text(encoding="utf-8")
        for path in project_files(".html", "templates")
    }
    assert pages
    found = {str(name): RULE_IN_WORDS.findall(COMMENT.sub("", text)) for name, text in pages.items()}
    assert {name: numbers for name, numbers in found.items() if numbers} == {}


def test_pages_take_the_lengths_of_fields_from_the_fields() -> None:
    """A `maxlength` or `limit` that is a number is one that the form does not know."""
    pages = {
        path.relative_to(ROOT): path.read_text(encoding="utf-8")
        for path in project_files(".html", "templates")
    }
    assert [str(name) for name, text in pages.items() if NUMBERED.search(text)] == []
