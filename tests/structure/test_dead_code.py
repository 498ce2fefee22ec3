"""Nothing stands here that nobody uses: code, test helpers, fixtures, templates and their macros.

vulture finds the names that are defined and never used. It is told what it cannot see: the names that templates use and
the fixtures that tests ask for. What only tests use counts as unused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fnmatch import filter as filter_names
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

import pytest
from jinja2 import Environment, nodes
from vulture import Vulture
from vulture.core import Item

from app.authority.policy import Action
from tests.structure.project_files import ROOT, project_files

PROGRAM = ("app", "reports", "wsgi.py")
TOOLS = ("deploy", "benchmarks")
ASKED_FIXTURE = re.compile(r'usefixtures\("(\w+)"\)')
ARGUMENT = 100  # how sure vulture is that an argument is not used
# As code names it, and as templates ask for it.
ACTION = re.compile(r'\bAction\.([A-Z_]+)\b|\bcan\("(\w+)"')
TEMPLATE_FOLDERS = ("templates", "reports/templates", "reports/styles")

# What carries one of these is handed to a library, which calls it.
REGISTERING = [
    *("@bp.*", "@app.*", "@*.command", "@*.connect", "@*.connect_via", "@*.register*", "@*.user_loader"),
    *("@*.unauthorized_handler", "@huey.*", "@event.*", "@rule", "@invariant", "@initialize"),
    *("@document_rule", "@passage_rule"),
]

EXCEPTIONS = {
    "peewee reads or calls it": "Meta indexes constraints legacy_table_names db_value",
    "Flask-Login calls it": "get_id",
    "WTForms reads or calls it": "validate_* pre_validate _value widget field_flags",
    "Flask reads it": "url_rule_class jinja_environment jinja_options",
    "Jinja reads or calls it": "code_generator_class",
    "click reads or calls it": "context_class command_class write_heading get_short_help_str",
    "WeasyPrint calls it": "fetch subset reactivate deactivate _ua_stylesheets all_children",
    "WeasyPrint reads it": "first_line_direction base_url wrapper_element",
    "huey calls it": "serialize deserialize",
    "logging calls it": "handleError",
    "pytest reads or calls it": "pytestmark pytest_* teardown",
    "the standard library calls it": "handle_*tag handle_data on_* daemon_threads readinto get_code timeout",
    "a column that is written for the record": "signed_off_* removed_by requested_by imported_at import_warnings",
    "a column that is read with its row": "previous_hash",
    "a setting that the Makefile asks for": "front",
    "a setting that is found by the name that a limit has": "*_limit",
    "imported so that it hears signals": "LISTENERS",
}
PATTERNS = [pattern for patterns in EXCEPTIONS.values() for pattern in patterns.split()]


@cache
def parsed_templates() -> dict[Path, nodes.Template]:
    environment = Environment()  # nothing is rendered
    paths = [
        path for suffix in (".html", ".svg", ".css") for path in project_files(suffix, *TEMPLATE_FOLDERS)
    ]
    return {path: environment.parse(path.read_text(encoding="utf-8")) for path in paths}


def names_in_templates() -> set[str]:
    found = set()
    for template in parsed_templates().values():
        found |= {node.attr for node in template.find_all(nodes.Getattr)}
        found |= {node.name for node in template.find_all((nodes.Name, nodes.Filter, nodes.Test))}
    return found


def vulture_over(paths: Iterable[Path]) -> Vulture:
    vulture = Vulture(ignore_decorators=REGISTERING)
    vulture.scavenge([*map(str, paths)])
    return vulture


def unused_items(vulture: Vulture) -> list[Item]:
    return [item for item in vulture.get_unused_code(min_confidence=60) if not is_read_unseen(item)]


def is_excepted(item: Item) -> bool:
    return any(fnmatchcase(item.name, pattern) for pattern in PATTERNS)


def is_read_unseen(item: Item) -> bool:
    """Say whether it is an attribute of a library's object (`sheet.freeze_panes = "A2"`), or one of all globals()."""
    source = item.filename.read_text(encoding="utf-8")
    if item.typ == "attribute":
        return f"self.{item.name}" not in source.splitlines()[item.first_lineno - 1]
    return item.typ == "variable" and "globals()" in source


def is_fixture_or_its_use(item: Item, arguments: set[str]) -> bool:
    """Say whether it is a fixture that a test takes or that needs no asking, or an argument, which may be one."""
    if item.typ == "function":
        line = item.filename.read_text(encoding="utf-8").splitlines()[item.first_lineno - 1]
        return line.startswith("@pytest.fixture") and (item.name in arguments or "autouse=True" in line)
    return item.typ == "variable" and item.confidence == ARGUMENT


@pytest.fixture(scope="module")
def unused() -> list[Item]:
    """First the program by itself, then the tests beside it: what only tests use is not used."""
    vulture = vulture_over(project_files(".py", *PROGRAM, *TOOLS))
    vulture.used_names |= names_in_templates()
    found = [item for item in unused_items(vulture) if item.filename.name != "gunicorn.conf.py"]

    tests = project_files(".py", "tests")
    vulture.scavenge([*map(str, tests)])
    arguments = {item.name for item in vulture.defined_vars}
    arguments |= {name for path in tests for name in ASKED_FIXTURE.findall(path.read_text(encoding="utf-8"))}
    items = [item for item in unused_items(vulture) if item.filename.resolve() in tests]
    return found + [item for item in items if not is_fixture_or_its_use(item, arguments)]


def test_nothing_is_unused(unused: list[Item]) -> None:
    assert [item.get_report() for item in unused if not is_excepted(item)] == []


def test_each_exception_is_needed(unused: list[Item]) -> None:
    names = [item.name for item in unused]
    assert [pattern for pattern in PATTERNS if not filter_names(names, pattern)] == []


def test_no_template_is_unused() -> None:
    paths = [*project_files(".py", *PROGRAM), *parsed_templates()]
    sources = {path: path.read_text(encoding="utf-8") for path in paths}
    unused = []
    for path in parsed_templates():
        name = str(path.relative_to(ROOT)).removeprefix("reports/").partition("/")[2]
        forms = (f'"{name}"', f'"{name.rpartition("/")[0]}/" ~')
        if not any(form in text for form in forms for other, text in sources.items() if other != path):
            unused.append(name)
    assert unused == []


def test_no_macro_is_unused() -> None:
    templates = parsed_templates()
    calls = [call.node for template in templates.values() for call in template.find_all(nodes.Call)]
    called = {node.name for node in calls if isinstance(node, nodes.Name)}
    called |= {node.attr for node in calls if isinstance(node, nodes.Getattr)}
    defined = {
        (macro.name, path.name) for path, tree in templates.items() for macro in tree.find_all(nodes.Macro)
    }
    assert [macro for macro in sorted(defined) if macro[0] not in called] == []


def test_every_action_is_asked_or_recorded() -> None:
    """That a table permits an action is no use of it."""
    sources = project_files(".py", "app") + project_files(".html", "templates")
    words = {
        word
        for path in sources
        if path.name != "policy.py"
        for pair in ACTION.findall(path.read_text(encoding="utf-8"))
        for word in pair
    }
    assert [action.name for action in Action if not {action.name, action.value} & words] == []


@pytest.mark.parametrize(
    ("code", "unused"),
    [
        ("def f(): pass", ["f"]),
        ("def f(): pass\nf()", []),
        ("class A:\n    @property\n    def b(self): pass\nA", ["b"]),
        ("class A:\n    c = 1\nA", ["c"]),
        ("class A:\n    def d(self): self.e = 1\nA().d()", ["e"]),
        ("def f(): return 1\n    print(2)", []),
        ("@bp.get('/')\ndef show(): pass", []),
        ("sheet.freeze_panes = 'A2'", []),
        ("from os import path", ["path"]),
    ],
)
def test_unused_names_are_found(code: str, unused: list[str], tmp_path: Path) -> None:
    (path := tmp_path / "code.py").write_text(code, encoding="utf-8")
    assert [item.name for item in unused_items(vulture_over([path]))] == unused
