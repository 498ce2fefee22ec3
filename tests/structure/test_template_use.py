"""Every template that is named exists, and every template and macro is used by somebody."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, meta, nodes

from tests.structure.project_files import ROOT, project_files

FOLDER = ROOT / "templates"
RENDERING = ("page_or_fragment", "render_template")
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


def with_included(name: str) -> set[str]:
    """Return a template, and those that it includes or extends."""
    found, waiting = set[str](), [name]
    while waiting:
        current = waiting.pop()
        if current in PARSED and current not in found:
            found.add(current)
            waiting += filter(None, meta.find_referenced_templates(PARSED[current]))
    return found


def names_used_in(*templates: str) -> set[str]:
    return {name for one in templates for part in with_included(one) for name in used_names(PARSED[part])}


def variables_set_in(tree: nodes.Template) -> set[str]:
    targets = (node.target for node in tree.find_all((nodes.Assign, nodes.AssignBlock)))
    return {
        name.name
        for target in targets
        for name in ([target] if isinstance(target, nodes.Name) else target.find_all(nodes.Name))
    }


def contexts_in_code(path: Path) -> Iterator[tuple[list[str], str]]:
    """Yield the templates that a call renders, with each name that it hands them."""
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in RENDERING:
            constants = [node.value for node in ast.walk(call) if isinstance(node, ast.Constant)]
            templates = [name for name in constants if isinstance(name, str) and name.endswith(".html")]
            yield from ((templates, keyword.arg) for keyword in call.keywords if templates and keyword.arg)


def test_every_variable_of_a_template_is_used() -> None:
    imported = {name for _, name in imported_macros()}
    unused = {name: variables_set_in(tree) - names_used_in(name) - imported for name, tree in PARSED.items()}
    assert {name: names for name, names in unused.items() if names} == {}


def test_every_argument_of_a_macro_is_used() -> None:
    unused = {
        (name, macro.name, argument.name)
        for name, tree in PARSED.items()
        for macro in tree.find_all(nodes.Macro)
        for argument in macro.args
        if argument.name not in {one.name for one in macro.find_all(nodes.Name) if one.ctx == "load"}
    }
    assert unused == set()


def test_views_hand_templates_nothing_that_they_do_not_use() -> None:
    unused = [
        (path.name, name)
        for path in project_files(".py", "app")
        for templates, name in contexts_in_code(path)
        if name != "status" and name not in names_used_in(*templates)
    ]
    assert unused == []


def test_every_import_is_used() -> None:
    unused = {name: unused_imports(tree) for name, tree in PARSED.items()}
    assert {name: names for name, names in unused.items() if names} == {}
