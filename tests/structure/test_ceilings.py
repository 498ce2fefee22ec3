"""A file near its ceiling is two ideas: these tests say where."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

import pytest

from tests.structure.project_files import ROOT, project_files

FILE_LINES = 400
FUNCTION_LINES = 40
TEMPLATE_LINES = 120
FEATURE_MODULES = 15

CODE = ("wsgi.py", "app", "reports", "deploy", "tests", "benchmarks")


def too_long(paths: list[Path], ceiling: int) -> list[str]:
    counts = ((path, len(path.read_text(encoding="utf-8").splitlines())) for path in paths)
    return [f"{path.relative_to(ROOT)}: {count} lines" for path, count in counts if count > ceiling]


def long_functions(source: str) -> list[str]:
    """Return name and length of the functions over the ceiling, docstring and signature counted, decorators not."""
    nodes = ast.walk(ast.parse(source))
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
    sources = {
        path.relative_to(ROOT): path.read_text(encoding="utf-8") for path in project_files(".py", folder)
    }
    offenders = {str(path): long_functions(source) for path, source in sources.items()}
    assert {path: names for path, names in offenders.items() if names} == {}


@pytest.mark.parametrize(("statements", "expected"), [(39, []), (40, ["build: 41 lines"])])
def test_a_function_over_the_ceiling_is_named(statements: int, expected: list[str]) -> None:
    source = "def build():\n" + "    step()\n" * statements
    assert long_functions(source) == expected
