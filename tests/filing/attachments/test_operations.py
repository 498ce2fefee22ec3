"""Attaching and removing: checked, recorded, whole or not at all."""

from __future__ import annotations

import errno
import io
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import IO

import pytest

from app.audit.models import Event
from app.audit.queries import events_of_subject, verify_chain
from app.authority.actor import SAMPLE_LOADER, SYSTEM
from app.base.clock import clock_stopped_at, now
from app.base.errors import (
    BadInput,
    IllegalTransition,
    NotAllowed,
    NotFound,
)
from app.filing.attachments import operations, queries, upkeep
from app.filing.attachments.models import Attachment
from app.filing.core import operations as filings
from app.filing.core.life_cycle import FilingState
from app.periods.models import Period
from app.periods.operations import close_period, unlock_department
from app.uploads.inspection import SentFile
from app.uploads.rules import KEPT_AFTER_REMOVAL, FileKind, FileQuota
from app.uploads.store import FileStore
from tests.databases import on_both
from tests.filing.pages import brought_to
from tests.uploads.files import (
    PROGRAM,
    QUOTA,
    pdf,
    picture,
    stored_hashes,
    upload,
)
from tests.world import THRESHOLDS, World, full_content

CLOSED_STATES = [FilingState.SUBMITTED, FilingState.SIGNED_OFF, FilingState.ACCEPTED]


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(str(tmp_path / "attachments"))


def attach(
    world: World,
    store: FileStore,
    *uploads: SentFile,
    who: str = "filer",
    quota: FileQuota = QUOTA,
    measure: int = 1,
) -> list[Attachment]:
    filing = world.filing(measure)
    added = operations.add_attachments(filing, uploads, by=world.users[who], quota=quota, store=store)
    return added.kept


def attached(world: World, measure: int = 1) -> list[str]:
    return [attachment.name for attachment in queries.attachments_of(world.filing(measure))]


def test_files_are_attached_and_every_one_is_on_record(world: World, store: FileStore) -> None:
    kept = attach(world, store, upload(pdf(), "走访记录.pdf"), upload(picture(), "现场.png"))
    first = queries.attachments_of(world.filing(1))[0]
    assert (first.name, first.kind, first.size, first.uploaded_by) == (
        "走访记录.pdf",
        FileKind.PDF,
        len(pdf()),
        "某部门填报员",
    )
    assert sorted(stored_hashes(store)) == sorted(attachment.sha256 for attachment in kept)
    (event,) = events_of_subject(first)
    assert (event.action, event.summary) == ("attach_file", "走访记录.pdf，经发办：夯实招商基础（2026Q3）")
    assert event.detail == {"filing": world.filing(1).id, "sha256": first.sha256, "bytes": first.size}
    assert verify_chain() is None


def test_a_colleague_who_is_writing_is_not_made_stale(world: World, store: FileStore) -> None:
    read_at = world.filing(1).version
    attach(world, store, upload(pdf()), who="head")
    filings.save_filing(
        world.filing(1), full_content(), by=world.users["filer"], version=read_at, thresholds=THRESHOLDS
    )
    assert attached(world) == ["证明.pdf"]


def test_those_that_can_be_taken_are_and_every_other_is_named(world: World, store: FileStore) -> None:
    sent = [upload(PROGRAM, "假.pdf"), upload(pdf()), upload(pdf(), "同.pdf"), upload(picture(), "现场.png")]
    added = operations.add_attachments(
        world.filing(1), sent, by=world.users["filer"], quota=QUOTA, store=store
    )
    assert [one.name for one in added.kept] == attached(world) == ["证明.pdf", "现场.png"]
    assert [problem.partition("：")[0] for problem in added.problems] == ["“假.pdf”", "“同.pdf”"]
    assert len(stored_hashes(store)) == 2


def test_nothing_is_kept_where_none_can_be_taken(world: World, store: FileStore) -> None:
    with pytest.raises(BadInput) as refused:
        attach(world, store, upload(PROGRAM, "假.pdf"), upload(b"", "空.png"))
    assert [problem[:4] for problem in refused.value.problems] == ["“假.p", "“空.p"]
    assert (
        attached(world),
        stored_hashes(store),
        Event.select().where(Event.action == "attach_file").count(),
    ) == (
        [],
        [],
        0,
    )


@on_both
def test_the_same_content_is_attached_once_and_stored_once(world: World, store: FileStore) -> None:
    attach(world, store, upload(pdf(), "一.pdf"))
    with pytest.raises(BadInput) as refused:
        attach(world, store, upload(pdf(), "二.pdf"))
    assert "内容相同" in refused.value.problems[0]
    attach(world, store, upload(pdf(), "他项.pdf"), measure=2)
    assert (attached(world), attached(world, 2), len(stored_hashes(store))) == (
        ["一.pdf"],
        ["他项.pdf"],
        1,
    )


@pytest.mark.parametrize(
    ("quota", "words"),
    [
        (FileQuota(file_bytes=1_000, files=2, total_bytes=3_000), "最多 2 个文件，加上这次就有 3 个"),
        (FileQuota(file_bytes=1_000, files=9, total_bytes=2 * len(pdf()) + 9), "总共不超过"),
    ],
)
def test_a_filing_takes_only_so_much(world: World, store: FileStore, quota: FileQuota, words: str) -> None:
    attach(world, store, upload(pdf("一")), quota=quota)
    with pytest.raises(BadInput) as refused:
        attach(world, store, upload(pdf("二")), upload(pdf("三")), quota=quota)
    assert words in refused.value.problems[0]
    attach(world, store, upload(pdf("二")), quota=quota)
    assert len(attached(world)) == 2


def test_what_is_removed_makes_room_and_stays_on_record(world: World, store: FileStore) -> None:
    one = FileQuota(file_bytes=1_000, files=1, total_bytes=1_000)
    (gone,) = attach(world, store, upload(pdf("一"), "一.pdf"), quota=one)
    operations.remove_attachment(gone, by=world.users["head"])
    attach(world, store, upload(pdf("二"), "二.pdf"), quota=one)
    assert attached(world) == ["二.pdf"]
    row = Attachment.get_by_id(gone.id)
    assert (row.removed_by, row.removed_at is None) == ("某部门负责人", False)
    assert [event.action for event in events_of_subject(gone)] == ["attach_file", "remove_attachment"]
    assert queries.find_attachment(gone.id) is None


@on_both
def test_what_is_removed_takes_room_until_it_is_gone_from_the_store(world: World, store: FileStore) -> None:
    quota = FileQuota(file_bytes=1_000, files=2, total_bytes=2 * len(pdf("一")))
    for text in ("一", "二"):
        (gone,) = attach(world, store, upload(pdf(text)), quota=quota)
        operations.remove_attachment(gone, by=world.users["filer"])
    with pytest.raises(BadInput) as refused:
        attach(world, store, upload(pdf("三")), quota=quota)
    assert "其中已移除的 1 KB 还占着空间" in refused.value.problems[0]
    attach(world, store, upload(pdf("二")), quota=quota)  # takes no more room than it does already
    with clock_stopped_at(now() + KEPT_AFTER_REMOVAL + timedelta(hours=1)):
        assert upkeep.delete_unneeded(store, by=SYSTEM) == 1
    attach(world, store, upload(pdf("三")), quota=quota)
    assert len(attached(world)) == 2


def test_nothing_is_removed_twice(world: World, store: FileStore) -> None:
    (gone,) = attach(world, store, upload(pdf()))
    operations.remove_attachment(gone, by=world.users["filer"])
    with pytest.raises(NotFound, match="已经移除"):
        operations.remove_attachment(gone, by=world.users["head"])
    assert Attachment.get_by_id(gone.id).removed_by == "某部门填报员"
    assert len(events_of_subject(gone)) == 2


@pytest.mark.parametrize("who", ["filer:城管办", "head:一居", "office", "leader", "system_admin", "auditor"])
def test_only_the_own_department_attaches_and_removes(world: World, store: FileStore, who: str) -> None:
    (kept,) = attach(world, store, upload(pdf()))
    with pytest.raises(NotAllowed):
        attach(world, store, upload(picture(), "图.png"), who=who)
    with pytest.raises(NotAllowed):
        operations.remove_attachment(kept, by=world.users[who])
    assert attached(world) == ["证明.pdf"]


@pytest.mark.parametrize("state", CLOSED_STATES)
def test_what_is_handed_in_stays_as_it_was(world: World, store: FileStore, state: FilingState) -> None:
    (kept,) = attach(world, store, upload(pdf()))
    refuse_everything(brought_to(state, world).state.label, world, store, kept)


def test_a_closed_quarter_stays_as_it_was(world: World, store: FileStore) -> None:
    (kept,) = attach(world, store, upload(pdf()))
    close_period(world.period, by=SAMPLE_LOADER)
    refuse_everything("已关闭", world, store, kept)


def test_a_department_for_which_it_is_unlocked_can_amend(world: World, store: FileStore) -> None:
    close_period(world.period, by=SAMPLE_LOADER)
    period, department = Period.get_by_id(world.period.id), world.departments["经发办"]
    until = now() + timedelta(hours=1)
    unlock_department(period, department, until=until, reason="补交照片。", by=world.users["office"])
    attach(world, store, upload(pdf()))
    with clock_stopped_at(until), pytest.raises(IllegalTransition, match="已关闭"):
        attach(world, store, upload(picture(), "图.png"))
    assert attached(world) == ["证明.pdf"]


def refuse_everything(words: str, world: World, store: FileStore, kept: Attachment) -> None:
    with pytest.raises(IllegalTransition, match=words):
        attach(world, store, upload(picture(), "图.png"))
    with pytest.raises(IllegalTransition, match=words):
        operations.remove_attachment(queries.find_attachment(kept.id) or kept, by=world.users["filer"])
    assert (attached(world), len(stored_hashes(store))) == (["证明.pdf"], 1)


def test_a_returned_filing_can_be_amended(world: World, store: FileStore) -> None:
    (first,) = attach(world, store, upload(pdf()))
    brought_to(FilingState.RETURNED, world)
    operations.remove_attachment(first, by=world.users["filer"])
    attach(world, store, upload(picture(), "图.png"))
    assert attached(world) == ["图.png"]


class Submitting(FileStore):
    """While a file is being stored, the head submits the filing."""

    world: World

    def put_file(self, file: IO[bytes], sha256: str) -> None:
        filing = self.world.filing(1)
        if filing.state is FilingState.DRAFT:
            filings.save_and_submit(
                filing,
                full_content(),
                by=self.world.users["head"],
                version=filing.version,
                thresholds=THRESHOLDS,
            )
        super().put_file(file, sha256)


def test_what_was_submitted_meanwhile_takes_no_file(world: World, tmp_path: Path) -> None:
    store = Submitting(str(tmp_path / "attachments"))
    store.world = world
    with pytest.raises(IllegalTransition, match="待审签"):
        attach(world, store, upload(pdf()))
    assert attached(world) == []


class Full(FileStore):
    """A disk that takes one file and no more."""

    def write_file(self, file: IO[bytes], place: str) -> None:
        if stored_hashes(self):
            raise OSError(errno.ENOSPC, "No space left on device")
        super().write_file(file, place)


@on_both
def test_a_full_disk_attaches_nothing(world: World, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No space left"):
        attach(world, Full(str(tmp_path / "attachments")), upload(pdf()), upload(picture(), "图.png"))
    assert (attached(world), Event.select().where(Event.action == "attach_file").count()) == ([], 0)


def test_attaching_without_a_file_is_refused(world: World, store: FileStore) -> None:
    nothing: Sequence[SentFile] = ()
    with pytest.raises(BadInput, match="没有选择文件"):
        attach(world, store, *nothing)


def test_a_file_is_handed_out_as_it_came_and_every_time_is_on_record(world: World, store: FileStore) -> None:
    (kept,) = attach(world, store, upload(pdf()))
    with pytest.raises(NotAllowed):
        operations.open_attachment(kept, by=world.users["leader"], store=store)
    kept.filing = brought_to(FilingState.SUBMITTED, world)
    for who in ("office", "leader"):
        with operations.open_attachment(kept, by=world.users[who], store=store) as file:
            assert file.read() == pdf()
    assert [event.person for event in events_of_subject(kept)[1:]] == ["某街道办公室", "某街道领导"]


def test_a_lost_file_is_explained_and_not_recorded_as_handed_out(world: World, store: FileStore) -> None:
    (kept,) = attach(world, store, upload(pdf()))
    store.delete_file(kept.sha256)
    with pytest.raises(NotFound, match="从备份恢复"):
        operations.open_attachment(kept, by=world.users["office"], store=store)
    assert [event.action for event in events_of_subject(kept)] == ["attach_file"]


def test_a_file_is_read_from_its_start_whatever_was_read_before(world: World, store: FileStore) -> None:
    file = io.BytesIO(pdf())
    file.seek(7)
    (kept,) = attach(world, store, SentFile("证明.pdf", file))
    assert store.digest_of_stored(kept.sha256) == kept.sha256
