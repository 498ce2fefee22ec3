"""Every template that is named exists, and every template and macro is used by somebody."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, meta, nodes

from tests.structure.project_files import ROOT, project_files

FOLDER = ROOT / "templates"
ENVIRONMENT = Environment(autoescape=True)
PARSED = {
    str(path.relative_to(FOLDER)): ENVIRONMENT.parse(path.read_text(encoding="utf-8"))
    for path in project_files(".html", "templates")
}


def names_in_code(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.endswith(".html"):
            yield node.value


def named_templates() -> set[str]:
    in_templates = {
        name for tree in PARSED.values() for name in meta.find_referenced_templates(tree) if name is not None
    }
    in_code = {name for path in project_files(".py", "app") for name in names_in_code(path)}
    return in_templates | {name for name in in_code if not name.startswith(".")}


def used_names(tree: nodes.Template) -> set[str]:
    """Return the names that a template reads; importing a macro is not yet using it."""
    return {node.name for node in tree.find_all(nodes.Name) if node.ctx == "load"}


def unused_imports(tree: nodes.Template) -> set[str]:
    imported = {
        name[1] if isinstance(name, tuple) else name
        for node in tree.find_all(nodes.FromImport)
        for name in node.names
    }
    return imported - used_names(tree)


def imported_macros() -> set[tuple[str, str]]:
    return {
        (node.template.value, name[0] if isinstance(name, tuple) else name)
        for tree in PARSED.values()
        for node in tree.find_all(nodes.FromImport)
        if isinstance(node.template, nodes.Const)
        for name in node.names
    }


def test_every_named_template_exists_and_every_template_is_named() -> None:
    assert named_templates() - PARSED.keys() == set()
    assert PARSED.keys() - named_templates() == set()


def test_every_macro_is_used() -> None:
    imported = imported_macros()
    macros = {(name, macro.name) for name, tree in PARSED.items() for macro in tree.find_all(nodes.Macro)}
    assert {
        (name, macro) for name, macro in macros - imported if macro not in used_names(PARSED[name])
    } == set()
    constants = {
        (name, node.target.name)
        for name, tree in PARSED.items()
        for node in tree.find_all(nodes.Assign)
        if isinstance(node.target, nodes.Name)
    }
    assert imported - macros - constants == set()


def test_every_import_is_used() -> None:
    unused = {name: unused_imports(tree) for name, tree in PARSED.items()}
    assert {name: names for name, names in unused.items() if names} == {}
