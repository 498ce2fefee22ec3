"""Every operation × everybody who could act: who may not is refused by the operation itself, and changes nothing."""

from __future__ import annotations

import ast
import hashlib
from pathlib import Path

import pytest
from flask import Flask

from app.base.database import database
from app.base.errors import DomainError, NotAllowed
from app.maintenance.all_tables import TABLES
from tests.authority.business_calls import BUSINESS_CALLS
from tests.authority.document_calls import DOCUMENT_CALLS
from tests.authority.plan_calls import PLAN_CALLS
from tests.authority.server_calls import SERVER_CALLS
from tests.authority.subjects import OperationCall, Subjects
from tests.structure.authority import graph_of_app, modules_of_app
from tests.structure.project_files import module_of
from tests.world import World

CALLS = BUSINESS_CALLS | DOCUMENT_CALLS | PLAN_CALLS | SERVER_CALLS
SIGNS = "FHfhOLSCAPWD-"
BATCHES = ("submit_filings", "sign_off_filings", "accept_filings", "send_back_filings", "mark_not_needed")


def database_digest() -> str:
    rows = hashlib.sha256()
    for table in TABLES:
        rows.update(repr(list(table.select().order_by(table.id).tuples())).encode())
    return rows.hexdigest()


def refusals(call: OperationCall, subjects: Subjects, signs: str = SIGNS) -> str:
    """Return the signs of those whom an operation refuses; nobody changes anything."""
    refused = ""
    for sign in signs:
        with database.atomic() as attempt:
            try:
                if not call.is_heavy or sign not in call.may:
                    call.call(subjects, subjects.actor(sign))
            except NotAllowed:
                refused += sign
            except DomainError:
                pass  # allowed, and refused for another reason: the rows are not in the state that it asks for
            finally:
                attempt.rollback()
    return refused


def test_who_may_not_is_refused_by_the_operation(app: Flask, world: World, tmp_path: Path) -> None:
    with app.app_context():
        subjects = Subjects.of_world(app, world, tmp_path)
        found = {name: refusals(call, subjects) for name, call in CALLS.items()}
    assert found == {
        name: "".join(sign for sign in SIGNS if sign not in call.may) for name, call in CALLS.items()
    }


def try_as_everybody_else(call: OperationCall, subjects: Subjects) -> None:
    for sign in SIGNS:
        if sign not in call.may:
            with pytest.raises(NotAllowed):
                call.call(subjects, subjects.actor(sign))


def test_who_is_refused_has_changed_nothing(app: Flask, world: World, tmp_path: Path) -> None:
    with app.app_context():
        subjects = Subjects.of_world(app, world, tmp_path)
        before = database_digest()
        for call in CALLS.values():
            try_as_everybody_else(call, subjects)
        assert database_digest() == before


@pytest.mark.parametrize("databases", ["postgres"], indirect=True)
def test_every_operation_asks_what_postgresql_understands(app: Flask, world: World, tmp_path: Path) -> None:
    """For the first who may: with this, what rests on rules alone is tested on SQLite only."""
    with app.app_context():
        subjects = Subjects.of_world(app, world, tmp_path)
        before = database_digest()
        assert [name for name, call in CALLS.items() if refusals(call, subjects, call.may[:1])] == []
        assert database_digest() == before


def test_every_operation_is_called() -> None:
    """What asks, is used from elsewhere and takes `by`, in any module but the commands and the sample."""
    graph, asking = graph_of_app(), set[str]()
    for module, path in modules_of_app().items():
        for node in module_of(path).body:
            if isinstance(node, ast.FunctionDef) and any(one.arg == "by" for one in node.args.kwonlyargs):
                asking.add(f"{module}:{node.name}")
    used = {used for each in graph.functions.values() for _, used in each.uses if own(used) != own(each.key)}
    expected = {
        key.removeprefix("app.")
        for key in asking & used
        if (key in graph.asked or key.endswith(BATCHES)) and not key.startswith("app.wiring")
    }
    assert expected == set(CALLS)


def own(key: str) -> str:
    return key.partition(":")[0]
