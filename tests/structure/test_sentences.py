"""Sentences that are shown to people: none decides what the program does, and each quotes the title of a measure whose
own quotation marks become single.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.structure.project_files import ROOT, nodes_of, project_files

# What people wrote into a table is compared with the names that it was offered under.
OF_TABLES = {"app/base/labels.py: member.label", "app/filing/workbook/reading.py: column.label"}


def is_shown(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and (
        node.attr in ("sentence", "label") or node.attr.endswith("_words")
    )


def sentences_compared(nodes: Iterable[ast.AST]) -> set[str]:
    """Return the labels and sentences that are compared with something."""
    compared = [node for node in nodes if isinstance(node, ast.Compare)]
    sides = [side for node in compared for side in (node.left, *node.comparators)]
    parts = [part for side in sides for part in (side.elts if isinstance(side, ast.Tuple) else [side])]
    return {ast.unparse(part) for part in parts if is_shown(part)}


def compared_in(path: Path) -> set[str]:
    return {f"{path.relative_to(ROOT)}: {found}" for found in sentences_compared(nodes_of(path))}


def test_no_decision_hangs_on_a_sentence() -> None:
    found = set().union(*map(compared_in, project_files(".py", "app")))
    assert found - OF_TABLES == set()
    assert found >= OF_TABLES


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("if refusal.sentence == REFUSED: pass", {"refusal.sentence"}),
        ("gap = report.gap_words if report.gap_words != '持平' else ''", {"report.gap_words"}),
        ("'旧' in problem.sentence", {"problem.sentence"}),
        ("kind in (one.label, two.label)", {"one.label", "two.label"}),
        ("kind is Kind.ONE and one.label", set()),
    ],
)
def test_a_comparison_with_a_sentence_is_found(code: str, found: set[str]) -> None:
    assert sentences_compared(ast.walk(ast.parse(code))) == found


# {measure.title} or {{ measure.title }} between quotation marks of the sentence.
QUOTED_MEASURE = re.compile(r"“\{\{?[^{}]*measure\.title ?\}\}?”")


def test_the_titles_of_measures_are_quoted_in_one_way() -> None:
    assert QUOTED_MEASURE.findall("第 1 项“{row.measure.title}”，“{{ measure.title }}”") != []
    files = (*project_files(".py", "app"), *project_files(".html", "templates"))
    found = {path.relative_to(ROOT): QUOTED_MEASURE.findall(path.read_text("utf-8")) for path in files}
    assert {str(path): quoted for path, quoted in found.items() if quoted} == {}
