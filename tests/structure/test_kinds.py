"""What a kind of document or a masthead is stands in one place: nothing else asks which one it has before it."""

from __future__ import annotations

import ast
import re
from collections import Counter
from typing import get_args

from app.composition.kinds import KINDS
from app.composition.phrases import PROBLEMS_CHAPTER
from app.composition.rules import DocumentKind
from reports.docx.head import WORD_HEADS
from reports.model import AnyMasthead
from tests.structure.project_files import ROOT, nodes_of, project_files

# The kinds' own modules, and the sample, which has a document of some of them made.
NAMING_KINDS = ("app/composition/kinds/", "app/wiring/cli/demo.py", "app/wiring/demo/")
MEMBER = re.compile(r"\bDocumentKind\.[A-Z]")
MASTHEAD = re.compile(rf"\b({'|'.join(one.__name__ for one in get_args(AnyMasthead))})\b")
ASKED_MASTHEAD = re.compile(r"isinstance\([^\n]*Masthead|\bcase \w*Masthead\(")
COMPARED_KIND = re.compile(r"\bkind(?:\.value|\.name|\.label)?\s*(?:[!=]=|(?:not )?in)\s*[^%}]*")


def test_every_kind_has_a_module_of_its_own() -> None:
    modules = {one.SPEC.kind: one.__name__.rpartition(".")[2] for one in KINDS}  # type: ignore[attr-defined]  # they are modules
    assert modules == {kind: kind.value for kind in DocumentKind}


def test_nothing_but_its_module_names_a_kind() -> None:
    named = [
        str(path.relative_to(ROOT))
        for path in project_files(".py", "app", "reports")
        if MEMBER.search(path.read_text(encoding="utf-8"))
    ]
    assert [path for path in named if not path.startswith(NAMING_KINDS)] == []


def test_no_template_asks_for_a_kind_by_name() -> None:
    literals = {f'"{word}"' for kind in DocumentKind for word in (kind.value, kind.name, kind.label)}
    found = [
        (str(path.relative_to(ROOT)), match[0].strip())
        for path in project_files(".html", "templates", "reports")
        for match in COMPARED_KIND.finditer(path.read_text(encoding="utf-8").replace("'", '"'))
        if any(literal in match[0] for literal in literals)
    ]
    assert found == []


def test_no_renderer_and_no_rule_asks_which_masthead_it_has() -> None:
    sources = {
        str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
        for path in project_files(".py", "app", "reports")
    }
    naming = [
        path
        for path, text in sources.items()
        if path.startswith("reports/") and not path.startswith("reports/model/") and MASTHEAD.search(text)
    ]
    asking = [path for path, text in sources.items() if ASKED_MASTHEAD.search(text)]
    assert (naming, asking) == ([], [])


def test_every_masthead_has_its_template_and_its_head_in_word() -> None:
    templates = {one.template for one in get_args(AnyMasthead)}
    assert set(WORD_HEADS) == templates
    for template in templates:
        assert (ROOT / f"reports/templates/masthead/{template}.html").is_file()


def test_a_rule_of_the_lint_is_made_by_its_decorator_alone() -> None:
    made = [
        str(path.relative_to(ROOT))
        for path in project_files(".py", "app", "reports")
        if re.search(r"\b(?:LintRule|RegisteredRule)\(", path.read_text(encoding="utf-8"))
    ]
    assert made == ["reports/lint/registration.py"]


def test_a_heading_is_written_once_and_quoted_by_its_name() -> None:
    nodes = [node for path in project_files(".py", "app/composition") for node in nodes_of(path)]
    headings = [
        node.args[1].value
        for node in nodes
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Heading"
        if isinstance(node.args[1], ast.Constant)
    ]
    assert headings
    assert [heading for heading, count in Counter(headings).items() if count > 1] == []
    words = [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    assert [
        text for text in words for heading in {*headings, PROBLEMS_CHAPTER} if f"“{heading}”" in text
    ] == []
