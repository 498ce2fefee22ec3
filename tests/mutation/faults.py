"""Small faults that a test should notice: every place in a module where one can be planted."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

TURNED: dict[type[ast.AST], tuple[type[ast.AST], ...]] = {
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.And: (ast.Or,),
    ast.Or: (ast.And,),
    ast.BitAnd: (ast.BitOr,),
    ast.BitOr: (ast.BitAnd,),
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
}
# What says how something is built, or how wide a column is, and not what it does: no test should say it again.
SILENT_KEYWORDS = frozenset({"strict", "frozen", "slots", "order", "width"})
SILENT_CALLS = frozenset({"logger"})


@dataclass(frozen=True)
class Fault:
    """A fault at a place. `where` holds the function and the words of the code, which outlive a moved line."""

    node: ast.AST
    replacement: ast.AST
    line: int
    where: str
    what: str

    @property
    def key(self) -> str:
        return f"{self.where}: {self.what}"


def faults_of(tree: ast.Module) -> list[Fault]:
    """Every fault that can be planted in a module, in the order of its text."""
    return list(FaultFinder().faults_in(tree, ""))


def plant_fault(tree: ast.Module, number: int) -> ast.Module:
    fault = faults_of(tree)[number]
    planted = Planter(fault).visit(tree)
    assert isinstance(planted, ast.Module)
    return ast.fix_missing_locations(planted)


class Planter(ast.NodeTransformer):
    def __init__(self, fault: Fault) -> None:
        self.fault = fault

    def visit(self, node: ast.AST) -> ast.AST:
        if node is self.fault.node:
            return ast.copy_location(self.fault.replacement, node)
        return self.generic_visit(node)


class FaultFinder:
    def faults_in(self, node: ast.AST, where: str) -> Iterator[Fault]:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            where = f"{where}.{node.name}".strip(".")
        for replacement in replacements(node):
            what = f"{first_line(node)} → {first_line(replacement)}"
            yield Fault(node, replacement, getattr(node, "lineno", 0), where, what)
        for child in parts_of(node):
            yield from self.faults_in(child, where)


def parts_of(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of a node that do something: no annotations, decorators, docstrings, imports or lines of a log."""
    if isinstance(node, ast.FunctionDef):
        yield from (*node.args.defaults, *(one for one in node.args.kw_defaults if one), *node.body)
    elif isinstance(node, ast.ClassDef):
        yield from node.body
    elif isinstance(node, ast.AnnAssign):
        yield from [node.value] if node.value else []
    elif isinstance(node, ast.keyword) and node.arg in SILENT_KEYWORDS:
        return
    elif isinstance(node, ast.Raise):
        yield from []
    elif not (is_docstring(node) or is_silent_call(node)):
        yield from ast.iter_child_nodes(node)


def is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def is_silent_call(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and first_line(node).partition(".")[0] in SILENT_CALLS


def replacements(node: ast.AST) -> Iterator[ast.AST]:
    yield from turned_operators(node)
    yield from changed_values(node)
    yield from changed_statements(node)


def turned_operators(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Compare):
        for place, operator in enumerate(node.ops):
            for turned in TURNED.get(type(operator), ()):
                changed = deepcopy(node)
                changed.ops[place] = turned()  # type: ignore[call-overload]
                yield changed
    elif isinstance(node, ast.BoolOp | ast.BinOp):
        for turned in TURNED.get(type(node.op), ()):
            changed = deepcopy(node)
            changed.op = turned()
            yield changed


def changed_values(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        yield from (ast.Constant(node.value + 1), ast.Constant(node.value - 1))
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node.operand
    elif isinstance(node, ast.IfExp | ast.If | ast.While) and not isinstance(
        node.test, ast.Compare | ast.UnaryOp
    ):
        changed = deepcopy(node)
        changed.test = ast.UnaryOp(ast.Not(), changed.test)
        yield changed
    elif isinstance(node, ast.comprehension):
        for place, test in enumerate(node.ifs):
            if not isinstance(test, ast.Compare | ast.UnaryOp):
                changed = deepcopy(node)
                changed.ifs[place] = ast.UnaryOp(ast.Not(), changed.ifs[place])
                yield changed


def changed_statements(node: ast.AST) -> Iterator[ast.AST]:
    is_call = isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and not is_silent_call(node)
    if is_call or isinstance(node, ast.Raise | ast.AugAssign | ast.Continue | ast.Break):
        yield ast.Pass()
    elif isinstance(node, ast.Return) and node.value and not is_nothing(node.value):
        yield ast.Return(ast.Constant(None))


def is_nothing(node: ast.AST) -> bool:
    """Whether a value stands for None where it is asked for: a predicate's False does."""
    return isinstance(node, ast.Constant) and (node.value is None or node.value is False)


def first_line(node: ast.AST) -> str:
    if isinstance(node, ast.comprehension):
        return " ".join(ast.unparse(test) for test in node.ifs)
    return ast.unparse(node).splitlines()[0]
