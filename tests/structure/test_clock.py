"""Nothing asks for the time while it is imported: midnight may come before it is used."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.structure.project_files import ROOT, module_of, project_files

CLOCK = {"now", "today"}


def run_at_import(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what a node runs while its module is imported: of a function its decorators and default values."""
    yield node
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        parts: list[ast.AST] = [
            *node.decorator_list,
            *node.args.defaults,
            *filter(None, node.args.kw_defaults),
        ]
    else:
        parts = [] if isinstance(node, ast.Lambda) else [*ast.iter_child_nodes(node)]
    for part in parts:
        yield from run_at_import(part)


def asks_for_time(node: ast.AST) -> bool:
    called = node.func if isinstance(node, ast.Call) else None
    return (isinstance(called, ast.Name) and called.id in CLOCK) or (
        isinstance(called, ast.Attribute) and called.attr in CLOCK
    )


def test_nothing_asks_for_the_time_while_it_is_imported() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in project_files(".py", "app", "reports", "deploy", "tests", "benchmarks")
        for node in run_at_import(module_of(path))
        if isinstance(node, ast.Call) and asks_for_time(node)
    ]
    assert found == []
