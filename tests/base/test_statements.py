"""Prepared queries: whatever pages ask of them, they do what peewee does with the same query built again."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import pytest
from flask import Flask
from peewee import Model, ModelSelect

from app.base.clock import clock_stopped_at, today
from app.base.database import database
from app.base.statements import (
    AwaitedValue,
    PreparedQuery,
    PreparedStatement,
    padded_values,
    prepared,
    shape_of,
    values_in_order,
    with_placeholders,
)
from app.directives.core.models import Directive
from app.directives.core.related_rows import all_subjects
from app.directives.core.subjects import DirectiveSubject
from app.filing.core.models import Filing
from app.org.models import Department
from app.periods.models import Period
from app.plan.core.models import PlanItem
from tests.clients import HTMX, log_in
from tests.databases import on_both
from tests.directives.writing import written_directive
from tests.filing.pages import typed
from tests.world import World

# A moment at which nothing here happens.
ELSEWHEN = datetime(2001, 2, 3, 4, 5)


def prepared_in_app() -> dict[str, PreparedQuery[..., Any]]:
    """Return every prepared query of the application by its name."""
    modules = [module for name, module in sys.modules.items() if name.startswith("app.")]
    found = (value for module in modules for value in vars(module).values())
    return {f"{one.__module__}.{one.__name__}": one for one in found if isinstance(one, PreparedQuery)}


def everything_in(row: Any) -> object:
    """Return all that a row holds, with what is joined to it."""
    if not isinstance(row, Model):
        return row
    inside: dict[str, Any] = vars(row)
    joined = {name: everything_in(value) for name, value in inside["__rel__"].items()}
    others = {name: everything_in(value) for name, value in inside.items() if not name.startswith("__")}
    return type(row), inside["__data__"], joined, others


def compare_with_peewee(query: PreparedQuery[..., Any], arguments: Sequence[Any]) -> list[Any]:
    """Return the rows of a prepared query; SQL, values and rows must be those of the query built with the arguments."""
    rows = query(*arguments)
    given = [padded_values(one) if isinstance(one, list | tuple) else one for one in arguments]
    statement = query.statements[(type(database.obj), *map(shape_of, given))]
    values = [*values_in_order(given)]
    bound = [one.bind(values) if isinstance(one, AwaitedValue) else one for one in statement.parameters]
    plain = query.build(*given)
    assert (statement.sql, bound) == plain.sql()
    assert [everything_in(row) for row in rows] == [everything_in(row) for row in plain]
    with clock_stopped_at(ELSEWHEN):
        at_another_time = PreparedStatement(query.build(*with_placeholders(given)))
    assert at_another_time.parameters == statement.parameters
    return rows


@on_both
def test_every_prepared_query_does_what_peewee_does(
    app: Flask, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    met, run = set(), PreparedQuery.__call__

    def compare(query: PreparedQuery[..., Any], *arguments: Any) -> Any:
        with monkeypatch.context() as unpatched:
            unpatched.setattr(PreparedQuery, "__call__", run)
            met.add(f"{query.__module__}.{query.__name__}")
            return compare_with_peewee(query, arguments)

    written_directive(world)
    monkeypatch.setattr(PreparedQuery, "__call__", compare)
    for who in ("filer", "head", "office", "leader"):
        browser = log_in(app, world, who)
        for path in (
            "/filings",
            "/filings?period=2026Q3",
            f"/filings/{world.filing(1).id}",
            "/",
            "/plan",
            "/overview",
            "/review",
            "/directives",
            f"/measures/{world.measures[0].id}",
            f"/measures/{world.measures[0].id}/directives/new",
            f"/review/{world.filing(1).id}",
        ):
            assert browser.get(path).status_code in (200, 403, 303)
        if who == "filer":
            for words in ("已走访企业32家。", "改写过的进展。"):
                written = typed(world.filing(1), progress=words)
                saved = browser.post(f"/filings/{world.filing(1).id}", data=written, headers=HTMX)
                assert saved.status_code == 200
            browser.post(f"/filings/{world.filing(1).id}/submit", data=typed(world.filing(1)))
    Period.update(closed_at=ELSEWHEN).execute()
    assert log_in(app, world, "office").get(f"/filings/{world.filing(1).id}").status_code == 200
    assert sorted(prepared_in_app().keys() - met) == []


@prepared
def subjects_of(directive_id: int | None) -> ModelSelect[DirectiveSubject]:
    return all_subjects().where(DirectiveSubject.directive == directive_id)


@on_both
def test_what_an_outer_join_does_not_find_is_none_as_peewee_has_it(world: World) -> None:
    directive: Directive = written_directive(world)
    DirectiveSubject.create(directive=directive, department=world.departments["城管办"])
    DirectiveSubject.create(directive=directive, measure=world.measures[1], filing=world.filing(2))
    rows = compare_with_peewee(subjects_of, [directive.id])
    assert len(rows) == 3
    assert {row.filing and row.filing.period.number for row in rows} == {None, 3}
    assert compare_with_peewee(subjects_of, [None]) == []


@prepared
def departments_among(ids: Sequence[int]) -> ModelSelect[Department]:
    return Department.select().where(Department.id.in_(ids)).order_by(Department.id)


@on_both
def test_lists_of_any_length_share_few_statements(world: World) -> None:
    ids = sorted(one.id for one in world.departments.values())
    for count in range(len(ids) + 1):
        assert [row.id for row in departments_among(ids[:count])] == ids[:count]
    assert len(departments_among.statements) <= 2 * len(f"{len(ids):b}") + 4  # of both databases


@prepared
def items_looked_at(day: date) -> ModelSelect[PlanItem]:
    return PlanItem.select().where(PlanItem.in_force_from <= day if day else PlanItem.id)


@prepared
def filings_compared(state: str) -> ModelSelect[Filing]:
    return Filing.select().where(Filing.state == ("draft" if state == "draft" else state))


def test_no_prepared_query_can_look_at_a_value(world: World) -> None:
    with pytest.raises(TypeError, match="look at the values"):
        items_looked_at(today())
    with pytest.raises(TypeError, match="look at the values"):
        filings_compared("draft")
    with pytest.raises(TypeError, match="by their places"):
        departments_among(ids=[1])
