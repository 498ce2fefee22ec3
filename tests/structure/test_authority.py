"""Nothing is written in app/ before somebody has asked the policy whether it may be."""

from __future__ import annotations

import ast

import pytest

from app.authority.permits import OwnerPermit
from app.authority.policy import PERMITS, Action
from tests.structure.authority import REQUIRE, CallGraph, Function, graph_of_app, modules_of_app, name_of
from tests.structure.project_files import nodes_of

# What may write without asking, and why.
EXEMPT = {
    "app.access.login.operations:log_in": "nobody is logged in yet: the password is asked for instead",
    "app.access.login.manager:note_visit": "the log-in that is being looked up is all that it changes",
    "app.access.guards:note_refusal": "it writes down that somebody was refused",
    "app.base.rate_limits:count_request": "it counts what was asked for, allowed or not",
    "app.base.sent_forms:remember_form": "it stands in the transaction of what the form asks for",
    "app.base.database:SqliteFile": "what all writing stands on",
    "app.base.database:PostgresServer": "what all writing stands on",
    "app.base.database:wait_for_turn": "what all writing stands on",
    "app.base.statements:PreparedStatement": "it takes queries alone, which read",
    "app.maintenance.health.operations:record_lock_wait": "it notes how long others waited for their turn",
    "app.maintenance.backup.verification:verify_backup": "it fills a database of its own, which it throws away",
}


@pytest.fixture
def graph() -> CallGraph:
    found = graph_of_app()
    found.exempt = frozenset(EXEMPT)
    return found


def test_nobody_writes_before_the_policy_was_asked(graph: CallGraph) -> None:
    assert graph.unguarded_ways() == []


def test_every_exemption_is_needed(graph: CallGraph) -> None:
    assert set(EXEMPT) <= set(graph.functions)
    for name in EXEMPT:
        graph.exempt = frozenset(EXEMPT) - {name}
        assert any(name in way for way in graph.unguarded_ways()), f"{name} is exempt for nothing"


def guarded_views(graph: CallGraph) -> list[Function]:
    return [function for function in graph.functions.values() if function.is_view and function.guard]


def test_views_and_what_they_call_ask_for_the_same_action(graph: CallGraph) -> None:
    """An action that is looked up (`READING[state]`) is asked of the document itself, by view and operation alike."""
    own = {action.name for action in Action if any(isinstance(one, OwnerPermit) for one in PERMITS[action])}
    narrower = {
        "app.filing.department.views:submit_typed": {"WRITE_FILING"},
        "app.directives.pages.views:show_directive": {"RECEIVE_DIRECTIVE"},
        "app.directives.pages.views:show_for_filing": {"RECEIVE_DIRECTIVE"},
        "app.directives.pages.reply_views:submit_typed_reply": {
            "WRITE_REPLY",
            "SIGN_REPLY",
            "REPLY_TO_DIRECTIVE",
        },
        "app.directives.pages.reply_views:sign_typed_reply": {"REPLY_TO_DIRECTIVE"},
        "app.filing.department.sign_off_views:sign_off_submitted": {"CORRECT_FILING"},
    }  # what is handed in is saved first, what is corrected is signed then, what is opened is received
    differing = {
        view.key: sorted(behind)
        for view in guarded_views(graph)
        if (behind := graph.actions_behind(view.key) - {view.guard, ""} - narrower.get(view.key, set()))
        and not (view.guard == "signed_in" and behind <= own)
    }
    assert differing == {}
    assert len(guarded_views(graph)) > 60


def test_every_operation_says_who_acts_in_the_same_way() -> None:
    """`by`, by keyword, an Actor, without a default: nobody acts as somebody because he was forgotten."""
    wrong = []
    for module, path in modules_of_app().items():
        for node in nodes_of(path):
            if isinstance(node, ast.FunctionDef):
                given = {one.arg for one in (*node.args.args, *node.args.posonlyargs)}
                defaults = dict(
                    zip((one.arg for one in node.args.kwonlyargs), node.args.kw_defaults, strict=True)
                )
                types = {
                    one.arg: ast.unparse(one.annotation) for one in node.args.kwonlyargs if one.annotation
                }
                calls = (call for call in ast.walk(node) if isinstance(call, ast.Call) and call.args)
                asks = any((name_of(call.func), name_of(call.args[0])) == ("require", "by") for call in calls)
                if asks and ("by" in given or defaults.get("by") or types.get("by") != "Actor"):
                    wrong.append(f"{module}:{node.name}")
    assert wrong == []


SAMPLE = """
from app.authority.policy import Action, require
from app.base.database import transaction
from app.sample.signals import row_changed

bp = object()

@transaction
def rename_row(row, *, by):
    require(by, Action.EDIT_CALENDAR)
    write_row(row)
    row_changed.send(row)

def write_row(row):
    row.save()

@row_changed.connect
def on_row_changed(row):
    Row.create(row=row)

def rename_rows(rows, *, by):
    for row in rows:
        rename_row(row, by=by)

@bp.post("/rows")
@allowed(Action.EDIT_CALENDAR)
def rename_from_form():
    rename_rows([], by=None)
"""


def planted(addition: str) -> list[str]:
    return CallGraph({"app.sample.operations": ast.parse(SAMPLE + addition)}).unguarded_ways()


def test_an_operation_that_asks_covers_its_steps_and_listeners() -> None:
    assert planted("") == []


@pytest.mark.parametrize(
    ("addition", "way"),
    [
        ("def delete_row(row):\n    row.delete_instance()", "delete_row"),
        ("def set_rows():\n    Row.update(a=1).execute()", "set_rows"),
        ("def add_row():\n    Row.create(a=1)", "add_row"),
        ("def touch_row(row, *, by):\n    row.save()\n    require(by, Action.EDIT_CALENDAR)", "touch_row"),
        (
            "def perhaps(row, *, by):\n    if row:\n        require(by, Action.EDIT_CALENDAR)\n    Row.create(a=1)",
            "perhaps",
        ),
        (
            "def later(row, *, by):\n    ask = lambda: require(by, Action.EDIT_CALENDAR)\n    Row.create(a=1)",
            "later",
        ),
        ('@bp.post("/write")\ndef write_from_form():\n    write_row(None)', "write_from_form → write_row"),
        (
            '@bp.post("/guarded")\ndef guarded_view():\n    require(1, Action.EDIT_CALENDAR)\n    write_row(None)',
            "guarded_view → write_row",
        ),
        ("TABLE = {1: write_row}\ndef by_table():\n    TABLE[1](None)", "by_table → TABLE → write_row"),
        (
            "def send_change(row):\n    row_changed.send(row)",
            "send_change → row_changed.send → on_row_changed",
        ),
    ],
)
def test_an_operation_that_does_not_ask_is_found(addition: str, way: str) -> None:
    found = planted(addition)
    assert [
        one.replace("app.sample.operations:", "").replace("app.sample.signals:", "") for one in found
    ] == [way]


def test_the_policy_is_asked_where_the_checker_looks_for_it(graph: CallGraph) -> None:
    assert REQUIRE in graph.functions
    assert len(graph.asked) > 80
