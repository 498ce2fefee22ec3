"""The database as it is opened: durable, and on a disk whose locks can be trusted."""

from __future__ import annotations

from pathlib import Path
from threading import Event, Thread
from typing import Any, NamedTuple

import pytest
from flask import Flask
from peewee import JOIN, Case, Context, fn

from app.base.database import close_database, database, named_rows
from app.base.files.filesystem import NETWORK_TYPES, file_system_of, refuse_network
from app.org.models import Department
from app.org.rules import DepartmentKind
from app.plan.core.models import PlanItem
from tests.databases import on_both
from tests.structure.project_files import ROOT, project_files
from tests.world import World

MOUNTS = """/dev/sda1 / ext4 rw 0 0
server:/share /srv/share nfs4 rw 0 0
/dev/sdb1 /srv/share/local ext4 rw 0 0
//server/disk /mnt/my\\040disk cifs rw 0 0
"""


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 10_000)],
)
def test_every_sqlite_connection_is_durable_and_strict(app: Flask, pragma: str, value: object) -> None:
    database.close()
    database.connect()
    assert database.execute_sql(f"PRAGMA {pragma}").fetchone()[0] == value


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/srv/work-plan", "ext4"),
        ("/srv/share/instance", "nfs4"),
        ("/srv/share/local/instance", "ext4"),
        ("/mnt/my disk/instance", "cifs"),
    ],
)
def test_the_innermost_mount_decides_on_the_file_system(path: str, kind: str) -> None:
    assert file_system_of(Path(path), MOUNTS) == kind


def test_a_network_disk_is_refused_with_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"server:/x {tmp_path} nfs rw 0 0\n")
    monkeypatch.setattr("app.base.files.filesystem.MOUNTS", mounts)
    assert "nfs" in NETWORK_TYPES
    with pytest.raises(OSError, match="INSTANCE_DIR"):
        refuse_network(tmp_path / "instance")


def test_an_end_leaves_the_connection_that_another_thread_uses(app: Flask) -> None:
    """Closed under the hands of a thread that is at a statement, SQLite takes the whole process down."""
    opened, ended = Event(), Event()
    answers: list[tuple[int]] = []

    def work() -> None:
        with database.connection_context():
            opened.set()
            ended.wait(5)
            answers.append(database.execute_sql("SELECT 1").fetchone())

    thread = Thread(target=work)
    thread.start()
    assert opened.wait(5)
    close_database()
    ended.set()
    thread.join(5)
    assert answers == [(1,)]


class OrderedDepartment(NamedTuple):
    id: int
    group: str
    of: int


@on_both
def test_rows_go_by_the_names_of_their_columns(world: World) -> None:
    first = world.departments["经发办"]
    columns = Department.position.alias("of"), Department.short_name.alias("group"), Department.id
    found = named_rows(Department.select(*columns).where(Department.id == first.id), OrderedDepartment)
    assert found == [OrderedDepartment(first.id, first.short_name, first.position)]


def test_no_query_hands_its_rows_out_by_position() -> None:
    by_position = [path for path in project_files(".py", "app") if ".tuples()" in path.read_text("utf-8")]
    assert [str(path.relative_to(ROOT)) for path in by_position] == []


def written_plainly(query: Any) -> tuple[str, list[Any]]:
    """Return a statement as peewee's own classes write it."""
    return Context(**database.obj.get_context_options()).sql(query).query()


@on_both
def test_a_statement_is_written_as_peewee_writes_it(world: World) -> None:
    parent, lead = PlanItem.alias(), Department.alias("lead")
    led = PlanItem.select(PlanItem.id).join(Department, on=(Department.id == PlanItem.leader))
    statements = [
        PlanItem.select(PlanItem, parent).join(parent, on=(PlanItem.parent == parent.id)),
        PlanItem.select(fn.COUNT(PlanItem.id)).where(PlanItem.id.in_(led) & (PlanItem.title != "")),
        Department.select(Department, lead.name.alias("of")).join(lead, JOIN.LEFT_OUTER, on=True),
        Department.select().where(fn.EXISTS(led.where(PlanItem.position == Department.position))),
        Department.select(Case(None, ((Department.position > 1, Department.name),), "")).order_by(
            Department.position.desc()
        ),
        Department.update(position=Department.position + 1).where(Department.name == "经发办"),
        Department.insert(name="综合办", short_name="综合", kind=DepartmentKind.OFFICE, position=9),
        Department.insert({Department.name: "综合办", "short_name": fn.LOWER("综合"), Department.kind: None}),
        Department.insert(),
        PlanItem.insert(parent=PlanItem(id=3), leader=None, title="走访"),
        Department.insert_many([("综合办", 9)], fields=[Department.name, Department.position]),
        Department.delete().where(Department.position > 9),
        Department.delete().where(
            Department.id.in_(PlanItem.select(PlanItem.leader).where(PlanItem.id.in_(led)))
        ),
        Department.select().where(Department.id.not_in(led | led) & Department.name.in_([])),
    ]
    for statement in statements:
        assert database.obj.get_sql_context().sql(statement).query() == written_plainly(statement)
