"""Every template that is named exists, every template, block and macro is used by somebody, and what is rendered
without the rest of its template needs nothing of it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest
from jinja2 import Environment, meta, nodes

from tests.structure.project_files import ROOT, nodes_of, project_files

FOLDER = ROOT / "templates"
RENDERING = ("page_or_fragment", "render_template")
ENVIRONMENT = Environment(autoescape=True)
BASE = "base.html"


@cache
def parsed_templates() -> dict[str, nodes.Template]:
    files = project_files(".html", "templates")
    found = {
        str(path.relative_to(FOLDER)): ENVIRONMENT.parse(path.read_text(encoding="utf-8")) for path in files
    }
    # Jinja looks names up for a template of which it knows every filter.
    ENVIRONMENT.filters |= {one.name: str for tree in found.values() for one in tree.find_all(nodes.Filter)}
    return found


def names_in_code(path: Path) -> Iterator[str]:
    for node in nodes_of(path):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.endswith(".html"):
            yield node.value


def named_templates() -> set[str]:
    in_templates = {
        name
        for tree in parsed_templates().values()
        for name in meta.find_referenced_templates(tree)
        if name is not None
    }
    in_code = {name for path in project_files(".py", "app") for name in names_in_code(path)}
    return in_templates | {name for name in in_code if not name.startswith(".")}


@cache
def used_names(tree: nodes.Template) -> set[str]:
    """Return the names that a template reads; importing a macro is not yet using it."""
    return {node.name for node in tree.find_all(nodes.Name) if node.ctx == "load"}


def unused_imports(tree: nodes.Template) -> set[str]:
    return names_given(tree.find_all(nodes.FromImport)) - used_names(tree)


def imported_macros() -> set[tuple[str, str]]:
    return {
        (node.template.value, name[0] if isinstance(name, tuple) else name)
        for tree in parsed_templates().values()
        for node in tree.find_all(nodes.FromImport)
        if isinstance(node.template, nodes.Const)
        for name in node.names
    } | set(macros_of_files())


def macros_of_files() -> Iterator[tuple[str, str]]:
    """Yield the macros that are called by the name of their file: `macros.tag()` after `{% import … as macros %}`."""
    files = {
        node.target: node.template.value
        for tree in parsed_templates().values()
        for node in tree.find_all(nodes.Import)
        if isinstance(node.template, nodes.Const)
    }
    for tree in parsed_templates().values():
        for node in tree.find_all(nodes.Getattr):
            if isinstance(node.node, nodes.Name) and node.node.name in files:
                yield files[node.node.name], node.attr


def test_every_named_template_exists_and_every_template_is_named() -> None:
    assert named_templates() - parsed_templates().keys() == set()
    assert parsed_templates().keys() - named_templates() == set()


def test_every_macro_is_used() -> None:
    imported = imported_macros()
    macros = {
        (name, macro.name)
        for name, tree in parsed_templates().items()
        for macro in tree.find_all(nodes.Macro)
    }
    assert {
        (name, macro)
        for name, macro in macros - imported
        if macro not in used_names(parsed_templates()[name])
    } == set()
    constants = {
        (name, node.target.name)
        for name, tree in parsed_templates().items()
        for node in tree.find_all(nodes.Assign)
        if isinstance(node.target, nodes.Name)
    }
    assert imported - macros - constants == set()


@cache
def with_included(name: str) -> set[str]:
    """Return a template, and those that it includes or extends."""
    found, waiting = set[str](), [name]
    while waiting:
        current = waiting.pop()
        if current in parsed_templates() and current not in found:
            found.add(current)
            waiting += filter(None, meta.find_referenced_templates(parsed_templates()[current]))
    return found


def names_used_in(*templates: str) -> set[str]:
    return {
        name
        for one in templates
        for part in with_included(one)
        for name in used_names(parsed_templates()[part])
    }


def names_given(found: Iterable[nodes.Node]) -> set[str]:
    """Return the names that parts of a template import, define or set."""
    names: set[str] = set()
    for node in found:
        match node:
            case nodes.FromImport():
                names |= {name[1] if isinstance(name, tuple) else name for name in node.names}
            case nodes.Import():
                names.add(node.target)
            case nodes.Macro():
                names.add(node.name)
            case nodes.Assign(target=target) | nodes.AssignBlock(target=target):
                written = [target] if isinstance(target, nodes.Name) else target.find_all(nodes.Name)
                names |= {one.name for one in written}
    return names


def variables_set_in(tree: nodes.Template) -> set[str]:
    return names_given(tree.find_all((nodes.Assign, nodes.AssignBlock)))


def calls_in(path: Path, *functions: str) -> Iterator[ast.Call]:
    for node in nodes_of(path):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in functions:
            yield node


def texts_in(node: ast.AST) -> list[str]:
    constants = (one.value for one in ast.walk(node) if isinstance(one, ast.Constant))
    return [value for value in constants if isinstance(value, str)]


def contexts_in_code(path: Path) -> Iterator[tuple[list[str], str]]:
    """Yield the templates that a call renders, with each name that it hands them."""
    for call in calls_in(path, *RENDERING):
        templates = [name for name in texts_in(call) if name.endswith(".html")]
        yield from ((templates, keyword.arg) for keyword in call.keywords if templates and keyword.arg)


def own_blocks(page: str) -> set[str]:
    """Return the blocks of a page that are not those of every page."""
    return blocks_of(parsed_templates()[page]).keys() - blocks_of(parsed_templates()[BASE]).keys()


def blocks_of(tree: nodes.Node) -> dict[str, nodes.Block]:
    return {block.name: block for block in tree.find_all(nodes.Block)}


def texts_chosen(node: ast.AST) -> set[str]:
    """Return the texts between which an expression chooses, without those by which it does."""
    if isinstance(node, ast.IfExp):
        return texts_chosen(node.body) | texts_chosen(node.orelse)
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


def fragments_in_code(path: Path) -> Iterator[tuple[str, str]]:
    """Yield page and block of what htmx is answered with; where a variable names the block, it may be any."""
    for call in calls_in(path, "page_or_fragment"):
        page, *fragments = call.args
        for name in texts_chosen(page):
            named = texts_chosen(fragments[0]) or own_blocks(name) if fragments else {"content"}
            yield from ((name, block) for block in named)


def named_fragments() -> set[tuple[str, str]]:
    return {pair for path in project_files(".py", "app") for pair in fragments_in_code(path)}


def run_around(node: nodes.Node, block: nodes.Block) -> Iterator[nodes.Node]:
    """Yield what is run before a block when a whole page is: not what stands in it, nor in the blocks beside it."""
    for child in node.iter_child_nodes():
        if not isinstance(child, nodes.Block) or any(one is block for one in child.find_all(nodes.Block)):
            yield child
            yield from run_around(child, block)


def alone(block: nodes.Block) -> nodes.Template:
    tree = nodes.Template(block.body)
    tree.set_environment(ENVIRONMENT)
    return tree


@cache
def names_read_in(tree: nodes.Template) -> set[str]:
    """Return the names that a template, with what it includes, takes from outside of it."""
    included = (
        parsed_templates()[name]
        for name in meta.find_referenced_templates(tree)
        if name in parsed_templates()
    )
    read_there = {name for one in included for name in names_read_in(one)}
    return meta.find_undeclared_variables(tree) | (read_there - names_given(tree.find_all(nodes.Node)))


def borrowed_names(tree: nodes.Template, fragment: str) -> set[str]:
    """Return what a block that is rendered alone, or a block in it, takes from its template, which is not run then."""
    rendered = blocks_of(tree)[fragment]
    return {
        name
        for block in (rendered, *rendered.find_all(nodes.Block))
        for name in names_read_in(alone(block))
        if name in names_given(run_around(tree, block))
    }


def unshown_blocks(name: str) -> set[str]:
    """Return the blocks of a page that stand in none of it, nor of what it extends."""
    blocks = parsed_templates()[name].find_all(nodes.Block)
    inner = {one.name for block in blocks for one in block.find_all(nodes.Block)}
    extended = {block for one in with_included(name) - {name} for block in blocks_of(parsed_templates()[one])}
    return blocks_of(parsed_templates()[name]).keys() - inner - extended


def test_every_fragment_is_a_block_and_every_block_is_shown() -> None:
    named = named_fragments()
    assert {
        (page, block) for page, block in named if block not in blocks_of(parsed_templates()[page])
    } == set()
    pages = {name for name, tree in parsed_templates().items() if tree.find(nodes.Extends)}
    assert {(page, block) for page in pages for block in unshown_blocks(page)} - named == set()


def test_what_is_rendered_alone_borrows_no_name() -> None:
    borrowed = {
        (page, block): borrowed_names(parsed_templates()[page], block) for page, block in named_fragments()
    }
    assert borrowed
    assert {place: names for place, names in borrowed.items() if names} == {}


@pytest.mark.parametrize(
    ("source", "borrowed"),
    [
        ('{% from "m.html" import a %}{% block part %}{{ a() }}{% endblock %}', {"a"}),
        ("{% set a = 1 %}{% block part %}{{ a }}{% endblock %}", {"a"}),
        ("{% macro a() %}{% endmacro %}{% block part %}{% call a() %}{% endcall %}{% endblock %}", {"a"}),
        (
            '{% block content %}{% import "m.html" as a %}{% block part %}{{ a.b }}{% endblock %}{% endblock %}',
            {"a"},
        ),
        ("{% set a = 1 %}{% block part %}{% block inner %}{{ a }}{% endblock %}{% endblock %}", {"a"}),
        ("{% block part %}{% set a = 1 %}{% block inner %}{{ a }}{% endblock %}{% endblock %}", {"a"}),
        ('{% set form = 1 %}{% block part %}{% include "access/_form.html" %}{% endblock %}', {"form"}),
        (
            '{% set form = 1 %}{% block part %}{% set form = 2 %}{% include "access/_form.html" %}{% endblock %}',
            set(),
        ),
        (
            '{% from "m.html" import a %}{% block part %}{% from "m.html" import a %}{{ a() }}{% endblock %}',
            set(),
        ),
        ("{% block other %}{% set a = 1 %}{% endblock %}{% block part %}{{ a }}{% endblock %}", set()),
        ("{% set a = 1 %}{% block part %}{% for a in b %}{{ a }}{% endfor %}{% endblock %}", set()),
    ],
)
def test_a_borrowed_name_is_found(source: str, borrowed: set[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(parsed_templates(), "access/_form.html", ENVIRONMENT.parse("{{ form.errors }}"))
    assert borrowed_names(ENVIRONMENT.parse(source), "part") == borrowed


def test_every_variable_of_a_template_is_used() -> None:
    imported = {name for _, name in imported_macros()}
    unused = {
        name: variables_set_in(tree) - names_used_in(name) - imported
        for name, tree in parsed_templates().items()
    }
    assert {name: names for name, names in unused.items() if names} == {}


def test_every_argument_of_a_macro_is_used() -> None:
    unused = {
        (name, macro.name, argument.name)
        for name, tree in parsed_templates().items()
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
    unused = {name: unused_imports(tree) for name, tree in parsed_templates().items()}
    assert {name: names for name, names in unused.items() if names} == {}
