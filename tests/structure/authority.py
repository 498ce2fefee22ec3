"""Who is asked before anything is written: read off the source, function by function.

A function *writes* where it saves, creates, updates or deletes rows, runs SQL or records an event. It *asks* where it
calls `require`, or a function that does, on every way through it; what stands behind that line is guarded. What
others write is guarded as well if everybody who calls them has asked before: so the steps inside of an operation need
not ask again, and a new caller that forgets to is found.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from tests.structure.project_files import ROOT, module_of, project_files

REQUIRE = "app.authority.policy:require"
RECORD = "app.audit.operations:record_event"
WRITING = frozenset(
    {"save_as_next", "delete_instance", "get_or_create", "bulk_create", "execute", "execute_sql"}
)
CREATING = frozenset({"create", "save"})  # also methods of others: those of rows take values by name only
ROUTES = frozenset({"get", "post", "route", "command"})
NEVER = 10**9


@dataclass
class Function:
    """A function, a class or a value of a module, by ``module:name``."""

    key: str
    is_view: bool = False
    guard: str = ""
    writes: list[int] = field(default_factory=list)
    uses: list[tuple[int, str]] = field(default_factory=list)
    calls_always: list[tuple[int, str]] = field(default_factory=list)
    actions: list[tuple[int, str]] = field(default_factory=list)


class ModuleReader(ast.NodeVisitor):
    """Reads the functions of a module, and what each writes and uses."""

    def __init__(self, module: str, tree: ast.Module) -> None:
        self.module = module
        self.names: dict[str, str] = {}
        self.listeners: list[tuple[str, str]] = []
        self.functions: list[Function] = []
        self.loose = Function(f"{module}:")  # what stands there outside of any function
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module:
                self.names |= {each.asname or each.name: f"{node.module}:{each.name}" for each in node.names}
        own = [node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
        values = [name.id for node in tree.body for name in targets_of(node)]
        self.names |= {name: f"{module}:{name}" for name in (*own, *values)}
        for node in tree.body:
            self.read_definition(node)
        self.functions.append(self.loose)

    def read_definition(self, node: ast.stmt) -> None:
        if isinstance(node, ast.ClassDef) and any(name_of(base) == "BaseTable" for base in node.bases):
            return
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            self.functions.append(self.read_function(f"{self.module}:{node.name}", node))
        elif not isinstance(node, ast.ImportFrom | ast.Import):
            values = [Function(f"{self.module}:{name.id}") for name in targets_of(node)]
            self.functions += values
            for function in values or [self.loose]:
                self.read_body(function, [node])

    def read_function(self, key: str, node: ast.FunctionDef | ast.ClassDef) -> Function:
        function = Function(key)
        for mark in node.decorator_list:
            called = mark.func if isinstance(mark, ast.Call) else mark
            if isinstance(called, ast.Attribute) and called.attr in ROUTES:
                function.is_view = True
            if isinstance(called, ast.Attribute) and called.attr == "connect":
                self.listeners.append((self.resolve(called.value), key))
            if isinstance(mark, ast.Call) and name_of(called) == "allowed":
                function.guard = action_of(mark.args[0])
            elif name_of(called) == "signed_in":
                function.guard = "signed_in"
        return self.read_body(function, node.body)

    def read_body(self, function: Function, body: list[ast.stmt]) -> Function:
        for statement in body:
            read = {id(call) for call in calls_that_read(statement)}
            for node in ast.walk(statement):
                if isinstance(node, ast.Call) and id(node) not in read and self.is_write(node):
                    function.writes.append(node.lineno)
                if isinstance(node, ast.Name | ast.Attribute) and (used := self.resolve(node)):
                    function.uses.append((node.lineno, used))
                if isinstance(node, ast.Call) and self.resolve(node.func) == REQUIRE:
                    function.actions.append((node.lineno, action_of(node.args[1])))
        for call in calls_on_every_way(body):
            if called := self.resolve(call.func):
                function.calls_always.append((call.lineno, called))
        return function

    def is_write(self, call: ast.Call) -> bool:
        if self.resolve(call.func) == RECORD:
            return True
        if not isinstance(call.func, ast.Attribute):
            return False
        return call.func.attr in WRITING or (call.func.attr in CREATING and not call.args)

    def resolve(self, node: ast.expr) -> str:
        """Return what a name stands for, as ``module:name``; ``signal.send`` stands for the signal's listeners."""
        if isinstance(node, ast.Name):
            return self.names.get(node.id, "")
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name | ast.Attribute):
            if node.attr == "send" and (signal := self.resolve(node.value)):
                return f"{signal}.send"
            if holder := self.resolve(node.value):
                return f"{holder.replace(':', '.')}:{node.attr}"
        return ""


def targets_of(node: ast.stmt) -> Iterator[ast.Name]:
    if isinstance(node, ast.Assign | ast.AnnAssign):
        for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
            yield from (name for name in ast.walk(target) if isinstance(name, ast.Name))


def calls_that_read(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the calls whose rows are fetched: SQL that reads."""
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and name_of(call.func) in ("fetchone", "fetchall"):
            yield from ast.iter_child_nodes(call.func)


def name_of(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def action_of(node: ast.expr) -> str:
    """Return the member of Action that is written there, or nothing where it is looked up."""
    is_member = isinstance(node, ast.Attribute) and name_of(node.value) == "Action"
    return node.attr if is_member and isinstance(node, ast.Attribute) else ""


def calls_on_every_way(body: Iterable[ast.stmt]) -> Iterator[ast.Call]:
    """Yield the calls that no branch, loop or inner function leaves out."""
    for statement in body:
        match statement:
            case ast.With():
                yield from calls_in([item.context_expr for item in statement.items])
                yield from calls_on_every_way(statement.body)
            case ast.Try():
                yield from calls_on_every_way(statement.body)
            case ast.If() | ast.While():
                yield from calls_in([statement.test])
            case ast.For():
                yield from calls_in([statement.iter])
            case ast.FunctionDef() | ast.ClassDef():
                continue
            case _:
                yield from calls_in([statement])
        if isinstance(statement, ast.Return | ast.Raise):
            return


def calls_in(nodes: Iterable[ast.AST]) -> Iterator[ast.Call]:
    for node in nodes:
        if isinstance(
            node, ast.Lambda | ast.IfExp | ast.BoolOp | ast.comprehension | ast.ListComp | ast.GeneratorExp
        ):
            continue
        if isinstance(node, ast.Call):
            yield node
        yield from calls_in(ast.iter_child_nodes(node))


class CallGraph:
    """All functions of some modules, who uses whom, and where each has asked."""

    def __init__(self, modules: Mapping[str, ast.Module], exempt: Iterable[str] = ()) -> None:
        """Read modules by name; what is `exempt` may write without asking."""
        readers = [ModuleReader(module, tree) for module, tree in modules.items()]
        self.exempt = frozenset(exempt)
        self.functions = {each.key: each for reader in readers for each in reader.functions}
        heard = [pair for reader in readers for pair in reader.listeners]
        for signal, _ in heard:
            listeners = [(1, listener) for sent, listener in heard if sent == signal]
            self.functions[f"{signal}.send"] = Function(f"{signal}.send", uses=listeners)
        self.asked: dict[str, int] = {}
        while found := dict(self.newly_asking()):
            self.asked |= found

    def newly_asking(self) -> Iterator[tuple[str, int]]:
        for key, function in self.functions.items():
            lines = [
                line for line, called in function.calls_always if called == REQUIRE or called in self.asked
            ]
            if lines and not function.is_view and self.asked.get(key, NEVER) > min(lines):
                yield key, min(lines)

    def unguarded_uses(self, function: Function) -> set[str]:
        """Return what a function uses before it has asked."""
        return {used for line, used in function.uses if line < self.asked.get(function.key, NEVER)} - {
            function.key
        }

    def writes_first(self, function: Function) -> bool:
        return any(line < self.asked.get(function.key, NEVER) for line in function.writes)

    def unguarded_ways(self) -> list[str]:
        """Return, for each function that writes, the shortest way to it on which nobody asks."""
        users: dict[str, set[str]] = {}
        for function in self.functions.values():
            for used in self.unguarded_uses(function) - self.exempt:
                users.setdefault(used, set()).add(function.key)
        used_at_all = {used for each in self.functions.values() for _, used in each.uses if used != each.key}
        ways = []
        for key, function in self.functions.items():
            if key not in self.exempt and self.writes_first(function):
                ways += self.way_to(key, users, used_at_all)
        return sorted(ways)

    def way_to(self, key: str, users: Mapping[str, set[str]], used_at_all: set[str]) -> list[str]:
        """Return the way to a function from one that nobody calls, or a view; nothing where all have asked."""
        ways, seen = [(key,)], {key}
        for way in ways:
            first = self.functions[way[0]]
            if first.is_view or first.key not in used_at_all:
                return [" → ".join(way)]
            following = sorted(users.get(first.key, set()) - seen - self.exempt)
            seen |= set(following)
            ways += [(user, *way) for user in following]
        return []

    def actions_behind(self, key: str) -> set[str]:
        """Return what is asked first on the ways that lead on from a function; nothing for an action looked up."""
        found, seen, open_keys = set(), {key}, [key]
        while open_keys:
            function = self.functions[open_keys.pop()]
            found |= {action for line, action in function.actions}
            for used in {used for line, used in function.uses if line <= self.asked.get(function.key, NEVER)}:
                if used in self.functions and used not in seen and not function.actions:
                    seen.add(used)
                    open_keys.append(used)
        return found


def modules_of_app() -> dict[str, Path]:
    """Return the files of app/ by the names that they are imported by."""
    paths = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in project_files(".py", "app")
    }
    return {name.removesuffix(".__init__"): path for name, path in paths.items()}


@cache
def graph_of_app() -> CallGraph:
    """Return the graph of app/, read once."""
    return CallGraph({name: module_of(path) for name, path in modules_of_app().items()})
