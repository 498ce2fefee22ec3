"""A limit stands in one place: one name has one number, and pages read it from there."""

from __future__ import annotations

import ast
import re
from collections import defaultdict

from tests.structure.project_files import ROOT, project_files

LIMIT = re.compile(r"[A-Z_]+_(?:LENGTH|CEILING)")


def test_a_name_of_a_limit_stands_for_one_number() -> None:
    places = defaultdict(list)
    for path in project_files(".py", "app"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.Assign):
                for name in (
                    one.id for target in node.targets for one in ast.walk(target) if isinstance(one, ast.Name)
                ):
                    if LIMIT.fullmatch(name):
                        places[name].append(str(path.relative_to(ROOT)))
    assert len(places) > 30
    assert {name: found for name, found in places.items() if len(found) > 1} == {}
