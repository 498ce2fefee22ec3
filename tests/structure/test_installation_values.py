"""What belongs to one installation stands in its settings and tables, not in the program."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.structure.project_files import ROOT, module_of, nodes_of, project_files

# The sub-district of the sample, its words and its district.
SAMPLE_NAMES = re.compile(r"华街|华阳|长宁|[Hh]uayang|[Cc]hangning")
OF_THE_SAMPLE = ("plans", "app/wiring/demo", "tests", "docs")


def is_of_the_sample(path: Path) -> bool:
    return any(path.is_relative_to(ROOT / folder) for folder in OF_THE_SAMPLE)


def test_no_program_names_the_samples_sub_district() -> None:
    kinds = (
        ".py",
        ".html",
        ".js",
        ".mjs",
        ".css",
        ".svg",
        ".sh",
        ".toml",
        ".service",
        ".md",
        "Makefile",
        "Procfile",
    )
    files = [path for kind in kinds for path in project_files(kind) if not is_of_the_sample(path)]
    assert len(files) > 500
    named = {
        f"{path.relative_to(ROOT)}:{number}"
        for path in files
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if SAMPLE_NAMES.search(line)
    }
    assert named == set()


# Names of Flask's that stand for what belongs to one request.
OF_A_REQUEST = {"request", "g", "session"}
CHANGING = {
    *("add", "append", "clear", "discard", "extend", "initialize", "insert", "pop", "remove", "set"),
    *("setdefault", "update"),
}
# What of a whole process may be changed once its modules are loaded, and why.
OF_THE_PROCESS = {
    "app/base/clock.py: _stopped_at.set": "a ContextVar: the time that a block of a test or of the sample stands at",
    "app/base/database.py: database.initialize": "peewee's proxy: models are bound to it before any database is open",
    "app/maintenance/database/sqlite_file.py: database.initialize": "peewee's proxy, put back after a backup was tried",
    "app/access/passwords/strength.py: os.environ.setdefault": "read by pypinyin, which is loaded on first use",
    "app/base/tables/sheet_parsing.py: sys.modules.setdefault": "in the process that reads one file",
    "app/drafting/jobs/operations.py: HELD_LEASES.add": "what this process works at, until it is stopped",
    "app/drafting/jobs/operations.py: HELD_LEASES.discard": "the same",
}


def changes_of_globals(path: Path) -> set[str]:
    """Return what functions of a module change of things that stand at the top of a module, its own or another."""
    shared, found = names_at_the_top(path) - OF_A_REQUEST, set[str]()
    for function in (node for node in nodes_of(path) if isinstance(node, ast.FunctionDef)):
        known = shared - local_names(function)
        for node in ast.walk(function):
            if isinstance(node, ast.Global):
                found |= {f"global {name}" for name in node.names}
            found |= {ast.unparse(one) for one in changed_by(node) if root_of(one) in known}
    return {f"{path.relative_to(ROOT)}: {one}" for one in found}


def names_at_the_top(path: Path) -> set[str]:
    """Return the names of variables and of what is imported; classes, as peewee's tables, are none of them."""
    assigned = (node for node in module_of(path).body if isinstance(node, ast.Assign | ast.AnnAssign))
    found = set().union(*map(stored_names, assigned))
    imports = (node for node in nodes_of(path) if isinstance(node, ast.Import | ast.ImportFrom))
    found |= {(one.asname or one.name).partition(".")[0] for node in imports for one in node.names}
    return {name for name in found if name.isupper() or not name[:1].isupper()}


def local_names(function: ast.FunctionDef) -> set[str]:
    return stored_names(function) | {one.arg for one in ast.walk(function) if isinstance(one, ast.arg)}


def stored_names(node: ast.AST) -> set[str]:
    names = (one for one in ast.walk(node) if isinstance(one, ast.Name))
    return {one.id for one in names if isinstance(one.ctx, ast.Store)}


def changed_by(node: ast.AST) -> list[ast.expr]:
    """Return the attributes and items that a statement sets, and what a call changes by its name."""
    match node:
        case ast.Assign(targets=targets) | ast.Delete(targets=targets):
            parts = [one for target in targets for one in ast.walk(target)]
            return [one for one in parts if isinstance(one, ast.Attribute | ast.Subscript)]
        case ast.AugAssign(target=target) | ast.AnnAssign(target=target):
            return [] if isinstance(target, ast.Name) else [target]
        case ast.Call(func=ast.Attribute(attr=name) as called) if name in CHANGING:
            return [called]
        case ast.Call(func=ast.Name(id="setattr"), args=[changed, *_]):
            return [changed]
    return []


def root_of(expression: ast.expr) -> str:
    """Return the name that an attribute or item is reached from; nothing for what a call returns."""
    while isinstance(expression, ast.Attribute | ast.Subscript):
        expression = expression.value
    return expression.id if isinstance(expression, ast.Name) else ""


def test_no_function_changes_what_stands_for_the_whole_process() -> None:
    """The settings of the application that was made last must not become those of every other."""
    changed = set().union(*map(changes_of_globals, project_files(".py", "app", "reports", "wsgi.py")))
    assert changed == set(OF_THE_PROCESS)


@pytest.mark.parametrize(
    "source",
    [
        "def f():\n    global limit\n    limit = 1",
        "def init_app(app):\n    in_force.limit = app.limit",
        "def init_app(app):\n    LIMITS['a'] = app.limit",
        "def init_app(app):\n    LIMITS.update(a=1)",
        "from app import x\ndef init_app(app):\n    x.limit, y = 1, 2",
        "def init_app(app):\n    from app import x\n    setattr(x, 'limit', 1)",
    ],
)
def test_a_change_of_a_module_global_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str
) -> None:
    monkeypatch.setattr(f"{__name__}.ROOT", tmp_path)
    (tmp_path / "module.py").write_text(f"in_force, LIMITS = Limits(), {{}}\n{source}")
    assert changes_of_globals(tmp_path / "module.py")


def classes_that_change() -> set[str]:
    """Return our classes with a method, beside the making of one, that sets what an object of theirs holds."""
    nodes = (node for path in project_files(".py", "app", "reports") for node in nodes_of(path))
    classes = (node for node in nodes if isinstance(node, ast.ClassDef))
    return {one.name for one in classes if any(map(sets_own_attributes, one.body))}


def sets_own_attributes(member: ast.stmt) -> bool:
    if not isinstance(member, ast.FunctionDef) or member.name == "__init__":
        return False
    return any(root_of(one) == "self" for node in ast.walk(member) for one in changed_by(node))


def test_no_object_that_changes_stands_for_the_whole_process() -> None:
    changing, found = classes_that_change(), set()
    for path in project_files(".py", "app", "reports"):
        for node in module_of(path).body:
            if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Call):
                made = ast.unparse(node.value.func)
                found |= {f"{path.relative_to(ROOT)}: {made}"} if made in changing else set()
    assert "KeyFolder" in changing
    assert found == {"app/wiring/worker.py: RenderPool"}  # where the worker is put together
