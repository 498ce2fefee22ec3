"""The schema: up from nothing equals the models, and every step can be taken back, on both databases."""

from __future__ import annotations

import pytest
from flask import Flask
from playhouse.schema_diff import diff_models

from app.base.database import database, migration_runner
from app.maintenance.all_tables import TABLES
from tests.databases import on_both


@on_both
def test_the_migrations_lead_to_the_models(app: Flask) -> None:
    difference = diff_models(database.obj, list(TABLES))
    assert not difference, str(difference)


@on_both
def test_every_migration_can_be_taken_back(app: Flask) -> None:
    names = [step.name for step in migration_runner().migrations()]
    assert migration_runner().down(names[0]) == names[::-1]
    assert set(database.obj.get_tables()) == {"schema_migration"}
    assert migration_runner().up() == names


@pytest.mark.parametrize("table", TABLES)
def test_every_table_is_in_some_migration(app: Flask, table: type) -> None:
    assert table.table_exists()
