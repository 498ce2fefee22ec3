"""A file near its ceiling is two ideas: these tests say where."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
from grimp import build_graph

from tests.structure.project_files import ROOT, nodes_of, project_files

FILE_LINES = 400
FUNCTION_LINES = 40
TEMPLATE_LINES = 120
FEATURE_MODULES = 15
DOCSTRING_SHARE = 0.12
# Modules of less than 60 lines that only one other imports: they belong into that one, unless they cross a layer.
SMALL_MODULE_LINES, MOST_SMALL_MODULES = 60, 20

CODE = ("wsgi.py", "app", "reports", "deploy", "tests", "benchmarks")


def too_long(paths: list[Path], ceiling: int) -> list[str]:
    counts = ((path, len(path.read_text(encoding="utf-8").splitlines())) for path in paths)
    return [f"{path.relative_to(ROOT)}: {count} lines" for path, count in counts if count > ceiling]


def long_functions(nodes: Iterable[ast.AST]) -> list[str]:
    """Return name and length of the functions over the ceiling, docstring and signature counted, decorators not."""
    found = [node for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    lengths = [(node.name, (node.end_lineno or node.lineno) - node.lineno + 1) for node in found]
    return [f"{name}: {length} lines" for name, length in lengths if length > FUNCTION_LINES]


def test_python_files_are_short() -> None:
    files = project_files(".py", *CODE, "migrations")
    assert files
    assert too_long(files, FILE_LINES) == []


def test_templates_are_short() -> None:
    files = project_files(".html", "templates", "reports")
    assert files
    assert too_long(files, TEMPLATE_LINES) == []


def test_a_large_feature_has_parts() -> None:
    modules = (path for path in project_files(".py", "app") if path.name != "__init__.py")
    counts = Counter(path.parent.name for path in modules if path.parent.parent == ROOT / "app")
    assert counts
    assert {feature: count for feature, count in counts.items() if count > FEATURE_MODULES} == {}


@pytest.mark.parametrize("folder", CODE)
def test_functions_are_short(folder: str) -> None:
    paths = project_files(".py", folder)
    offenders = {str(path.relative_to(ROOT)): long_functions(nodes_of(path)) for path in paths}
    assert {path: names for path, names in offenders.items() if names} == {}


@pytest.mark.parametrize(("statements", "expected"), [(39, []), (40, ["build: 41 lines"])])
def test_a_function_over_the_ceiling_is_named(statements: int, expected: list[str]) -> None:
    source = "def build():\n" + "    step()\n" * statements
    assert long_functions(ast.walk(ast.parse(source))) == expected


def docstring_lines(path: Path) -> int:
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    nodes = (node for node in nodes_of(path) if isinstance(node, documented) and ast.get_docstring(node))
    return sum((node.body[0].end_lineno or 0) - node.body[0].lineno + 1 for node in nodes)


def test_docstrings_are_few() -> None:
    paths = project_files(".py", "app", "reports")
    lines = sum(len(path.read_text(encoding="utf-8").splitlines()) for path in paths)
    assert 0 < sum(map(docstring_lines, paths)) / lines <= DOCSTRING_SHARE


def test_few_small_modules_have_one_importer() -> None:
    graph = build_graph("app", "reports", cache_dir=None)
    small = [
        dotted_name(path)
        for path in project_files(".py", "app", "reports")
        if path.name != "__init__.py"
        and len(path.read_text(encoding="utf-8").splitlines()) < SMALL_MODULE_LINES
    ]
    used_once = [one for one in small if len(graph.find_modules_that_directly_import(one)) == 1]
    assert 0 < len(used_once) <= MOST_SMALL_MODULES, used_once


def dotted_name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)
