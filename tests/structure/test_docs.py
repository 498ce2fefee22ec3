"""The documents for those who take over say what is so: files, names, addresses, tables and commands are there."""

from __future__ import annotations

import ast
import builtins
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import click
import pytest
from flask import Flask
from jinja2 import Environment, nodes

from app.maintenance.all_tables import TABLES
from app.wiring.cli import register_commands
from tests.structure.project_files import ROOT, module_of, nodes_of, project_files
from tests.structure.templates import COMMENT
from tests.structure.test_names import PRIVATE_WORDS
from tests.web.access_table import ROUTES

DOCS = project_files(".md", "docs")
GUIDES = [path for path in DOCS if path.parent.name == "docs"]
DECISIONS = [path for path in DOCS if path.parent.name == "decisions" and path.name != "README.md"]
CODE = re.compile(r"`([^`\n]+)`")
PLACE = re.compile(r"(?:app|reports|templates|tests|static|migrations|plans|deploy|benchmarks|docs)/[\w./-]*")
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
SHELL = re.compile(r"```sh\n(.*?)```", re.DOTALL)
GOAL = re.compile(r"^([a-z-]+):", re.MULTILINE)


def code_in(path: Path) -> list[str]:
    return CODE.findall(path.read_text(encoding="utf-8"))


@cache
def names_in(path: Path) -> frozenset[str]:
    """Return what a module defines at its top, and the members of its classes as Class.member."""
    return frozenset(defined_names(module_of(path).body))


def defined_names(body: list[ast.stmt], prefix: str = "") -> Iterator[str]:
    for node in body:
        match node:
            case ast.FunctionDef(name=name):
                yield prefix + name
            case ast.ClassDef(name=name, body=members):
                yield prefix + name
                yield from defined_names(members, f"{name}.")
            case ast.Assign(targets=targets):
                yield from (prefix + target.id for target in targets if isinstance(target, ast.Name))
            case ast.AnnAssign(target=ast.Name(id=name)):
                yield prefix + name


@cache
def all_names() -> frozenset[str]:
    return frozenset[str]().union(*(names_in(path) for path in project_files(".py", "app", "reports")))


def obstacle_to(place: str) -> str:
    """Return what is wrong with a place that a document names, `folder/file.py:Class.member` or `folder/`."""
    name, _, symbol = place.partition(":")
    if not (ROOT / name).exists():
        return f"{name} is not there"
    return f"{name} has no {symbol}" if symbol and symbol not in names_in(ROOT / name) else ""


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_every_place_and_link_is_there(path: Path) -> None:
    places = [text for text in code_in(path) if PLACE.fullmatch(text.partition(":")[0])]
    assert [problem for place in places if (problem := obstacle_to(place))] == []
    links = LINK.findall(path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


@pytest.mark.parametrize(
    ("place", "problem"),
    [
        ("app/filing/core/operations.py:accept_filing", ""),
        ("app/filing/core/content.py:FilingContent.as_json", ""),
        ("app/filing/core/operations.py:keep", "app/filing/core/operations.py has no keep"),
        ("app/documents/", "app/documents/ is not there"),
    ],
)
def test_what_is_not_there_is_found(place: str, problem: str) -> None:
    assert obstacle_to(place) == problem


def test_the_drawing_shows_every_feature_in_the_order_of_the_contract() -> None:
    """From top to bottom and within a row from right to left, as one may import from the other."""
    drawing = ElementTree.parse(ROOT / "docs/架构.svg").getroot()
    boxes = [one for one in drawing if one.get("font-weight") == "bold" and one.text != "reports/"]
    shown = sorted(boxes, key=lambda one: (int(one.get("y", 0)), -int(one.get("x", 0))))
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
        "contracts"
    ][0]
    assert [one.text for one in shown] == contract["layers"]


def rows_of_glossary() -> list[list[str]]:
    lines = (ROOT / "docs/术语.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    return rows[1:]


def test_the_glossary_names_code_addresses_and_tables_that_are_there() -> None:
    rules = {re.sub(r"<[^>]+>", "<id>", route.rule) for route in ROUTES}
    tables = {table._meta.table_name for table in TABLES}
    wrong: list[str] = []
    for _, names, place, addresses, table_names in rows_of_glossary():
        wrong += [name for name in CODE.findall(names) if name not in all_names()]
        wrong += [problem for name in CODE.findall(place) if (problem := obstacle_to(name))]
        wrong += [address for address in CODE.findall(addresses) if address not in rules]
        wrong += [name for name in CODE.findall(table_names) if name not in tables]
    assert wrong == []


def test_every_table_has_its_word_in_the_glossary() -> None:
    named = {name for row in rows_of_glossary() for name in CODE.findall(row[4])}
    assert {table._meta.table_name for table in TABLES} - named == set()


def test_every_folder_has_its_line_in_the_plan_of_the_code() -> None:
    named = set(code_in(ROOT / "docs/架构.md"))
    folders = [path for path in sorted((ROOT / "app").iterdir()) if (path / "__init__.py").exists()]
    assert [f"app/{path.name}/" for path in folders if f"app/{path.name}/" not in named] == []


def commands_in(path: Path) -> Iterator[list[str]]:
    """Yield every command of a document's examples and sentences, word by word."""
    text = path.read_text(encoding="utf-8")
    lines = [line for block in SHELL.findall(text) for line in block.splitlines()]
    lines += [code for code in CODE.findall(text) if code.startswith(("flask ", "make ", "systemctl "))]
    for line in lines:
        for command in line.split("&&"):
            if words := shlex.split(command, comments=True):
                yield words


def obstacle_to_command(words: list[str], root: click.Group) -> str:
    program, *arguments = words
    if program == "make":
        goals = {*GOAL.findall((ROOT / "Makefile").read_text(encoding="utf-8"))}
        wanted = [word for word in arguments if "=" not in word and not word.startswith(".")]
        return f"no goal: {words}" if set(wanted) - goals else ""
    if program == "systemctl":
        units = [word for word in arguments if word.startswith("work-plan")]
        return "".join(one for one in units if not (ROOT / f"deploy/systemd/{one}.service").exists())
    return obstacle_to_flask(arguments, root) if program == "flask" else ""


def obstacle_to_flask(arguments: list[str], command: click.Command) -> str:
    """Return what is wrong with a command of ours, its options included; its arguments are not looked at."""
    while isinstance(command, click.Group) and arguments and arguments[0] in command.commands:
        command, arguments = command.commands[arguments[0]], arguments[1:]
    if isinstance(command, click.Group):
        return f"no command: {arguments}" if arguments and not arguments[0].startswith("-") else ""
    options = {option for parameter in command.params for option in parameter.opts} | {"--help"}
    return "".join(word for word in arguments if word.startswith("--") and word.split("=")[0] not in options)


def test_every_command_of_the_guides_is_there() -> None:
    register_commands(app := Flask("commands"))
    assert isinstance(app.cli, click.Group)
    found = [words for path in (*GUIDES, ROOT / "README.md") for words in commands_in(path)]
    assert len(found) > 60
    assert [problem for words in found if (problem := obstacle_to_command(words, app.cli))] == []
    assert obstacle_to_command(["flask", "user", "rename", "zhang"], app.cli)
    assert obstacle_to_command(["flask", "user", "list", "--all"], app.cli)
    assert obstacle_to_command(["make", "house"], app.cli)


def test_every_sentence_that_is_explained_is_one_of_ours() -> None:
    text = (ROOT / "docs/运维.md").read_text(encoding="utf-8")
    table = text.partition("| 看到 |")[2].partition("\n\n")[0]
    seen = [line.split("|")[1].strip() for line in table.splitlines()[2:]]
    sources = [path.read_text(encoding="utf-8") for path in project_files(".py", "app", "reports")]
    assert len(seen) > 10
    assert [words for words in seen if not any(words in source for source in sources)] == []


def test_every_macro_of_the_guide_to_pages_is_there() -> None:
    environment = Environment()  # nothing is rendered
    text = (ROOT / "docs/界面.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(macros/[\w.]+)` \| (.+) \|$", text, re.MULTILINE)
    assert rows
    macros = set()
    for name, _ in rows:
        template = environment.parse((ROOT / "templates" / name).read_text(encoding="utf-8"))
        macros |= {macro.name for macro in template.find_all(nodes.Macro)}
    called = {name for _, described in rows for name in re.findall(r"(?<![\w.])([a-z_]+)\(", described)}
    assert called - macros == set()


def test_the_index_lists_every_decision_once_by_what_it_decides() -> None:
    links = LINK.findall((ROOT / "docs/decisions/README.md").read_text(encoding="utf-8"))
    assert sorted(links) == sorted(path.name for path in DECISIONS)
    for path in DECISIONS:
        assert not re.search(r"\d{4}", path.stem), "the day stands inside"
        assert not PRIVATE_WORDS & {*path.stem.split("-")}, path.name
        assert re.search(r"\b2026-\d\d-\d\d\b", path.read_text(encoding="utf-8")), f"{path.name}: when?"


NEW_RULE = """
from reports.lint.passages import TextPassage
from reports.lint.registration import WARNING, passage_rule
from reports.lint.subject import RuleHit, hit_at
import re

@passage_rule("nothing-to-add", "无内容", WARNING, "条例第二十条（四）", holding="略")
def left_out(passage):
    for match in re.finditer("（略）", passage.text):
        yield hit_at(passage, match, "请写明内容。")
"""
NEW_KIND = """
from dataclasses import replace
from app.composition.kinds import summary
from app.composition.kinds.summary import compose, title_lines
from app.composition.rules import DocumentKind

SPEC = replace(summary.SPEC, kind=DocumentKind.BRIEFING)
"""
SEEN = """
from app.composition.kinds import specs_by_group
from app.composition.rules import DocumentKind
assert DocumentKind.BRIEFING in {one.kind for specs in specs_by_group().values() for one in specs}
from reports.lint.rules import all_rules
assert "nothing-to-add" in {one.rule.id for one in all_rules()}
from app.authority.actor import Actor
from app.authority.policy import Action, PERMITS, is_allowed
from app.authority.roles import ADMINISTRATION, BUSINESS, Role
assert Role.ADVISER in BUSINESS and Role.ADVISER not in ADMINISTRATION
from app.access.models import Grant
assert Grant.role.db_value(Role.ADVISER) == "adviser"
from app.filing.core.content import FilingContent, content_from_json
written = FilingContent(to_settle="请区里协调用地。")
assert content_from_json(written.as_json()) == written
assert content_from_json({"progress": "旧的", "ticks": {}, "indicators": {}}).to_settle == ""
from app.filing.core.models import Filing
assert Filing(to_settle="一").labelled_texts["需协调事项"] == "一"
from app.filing.department.forms import TEXT_AREAS
assert "to_settle" in TEXT_AREAS
from app.filing.workbook.layout import ANSWERS
assert "to_settle" in {column.name for column in ANSWERS}
"""


def test_a_rule_a_kind_a_role_and_a_field_are_added_as_the_recipes_say(tmp_path: Path) -> None:
    """In a copy, by the files that docs/怎样改.md lists and no other."""
    for folder in ("app", "reports"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "reports/lint/rules/wording/left_out.py").write_text(NEW_RULE, encoding="utf-8")
    (tmp_path / "app/composition/kinds/briefing.py").write_text(NEW_KIND, encoding="utf-8")
    for name, old, new in (
        ("composition/rules", "    SUMMARY =", '    BRIEFING = "briefing", "专报"\n    SUMMARY ='),
        ("composition/kinds/__init__", "import (\n    circular", "import (\n    briefing,\n    circular"),
        (
            "composition/kinds/__init__",
            "    quarterly,\n    yearly,",
            "    briefing,\n    quarterly,\n    yearly,",
        ),
        ("authority/roles", "    SYSTEM_ADMIN =", '    ADVISER = "adviser", "督查员"\n    SYSTEM_ADMIN ='),
        ("authority/roles", "BUSINESS = frozenset({", "BUSINESS = frozenset({Role.ADVISER, "),
        ("filing/core/content", '下一步计划",\n', '下一步计划",\n    "to_settle": "需协调事项",\n'),
        ("filing/core/content", "    next_steps: str", '    to_settle: str = ""\n    next_steps: str'),
        ("filing/core/models", "    next_steps =", '    to_settle = TextField(default="")\n    next_steps ='),
    ):
        path = tmp_path / f"app/{name}.py"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    seen = subprocess.run(
        [sys.executable, "-c", SEEN], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert seen.returncode == 0, seen.stderr


RAISES = re.compile(r"\bRaises? (?:[^.]|\.\w)*")
EXCEPTION = re.compile(r"(?<=Raises )[A-Z]\w+|(?<=Raise )[A-Z]\w+|\b[A-Z][a-z]+[A-Z]\w+|\b[A-Z]\w+Error\b")
DECORATOR = re.compile(r"(?<![\w.%@-])@([a-z_]+)\b(?!\.\w|@)")
NO_EXCEPTIONS = {"WeasyPrint"}  # names that such a sentence may have besides


def test_what_a_docstring_says_is_raised_is_an_exception_of_the_program() -> None:
    paths = project_files(".py", "app", "reports", "deploy")
    known = {node.name for path in paths for node in nodes_of(path) if isinstance(node, ast.ClassDef)}
    unknown = []
    for path in paths:
        imported = {
            name.asname or name.name
            for node in nodes_of(path)
            if isinstance(node, ast.ImportFrom)
            for name in node.names
        }
        for node in nodes_of(path):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
                sentences = RAISES.findall(ast.get_docstring(node) or "")
                names = {name for one in sentences for name in EXCEPTION.findall(one)} - NO_EXCEPTIONS
                unknown += [
                    f"{path.relative_to(ROOT)}: {name}"
                    for name in names - known - imported
                    if not hasattr(builtins, name)
                ]
    assert known
    assert sorted(unknown) == []


def test_decorators_that_are_named_are_there() -> None:
    functions = {name for path in project_files(".py", "app", "reports") for name in names_in(path)} | {
        "property"
    }
    named = {
        (str(path.relative_to(ROOT)), name)
        for path in (*DOCS, *project_files(".html", "templates"))
        for part in (
            code_in(path) if path.suffix == ".md" else COMMENT.findall(path.read_text(encoding="utf-8"))
        )
        for name in DECORATOR.findall(part)
    }
    assert named
    assert sorted((path, name) for path, name in named if name not in functions) == []
