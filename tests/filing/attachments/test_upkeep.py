"""The store in order: one flipped byte is found, what nobody needs goes, what anybody needs stays."""

from __future__ import annotations

import io
import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO

import pytest
from click.testing import Result
from flask import Flask

from app.audit.models import Event
from app.authority.actor import SYSTEM
from app.base.clock import clock_stopped_at, now
from app.filing.attachments import operations, queries, upkeep
from app.filing.attachments.models import Attachment
from app.filing.core.life_cycle import FilingState
from app.uploads.current_store import current_store
from app.uploads.rules import KEPT_AFTER_REMOVAL, SETTLED_AFTER
from app.uploads.store import INCOMING, FileStore
from tests.databases import on_both
from tests.filing.pages import brought_to
from tests.uploads.files import QUOTA, pdf, stored_hashes, upload
from tests.world import World

SOON, LATER = SETTLED_AFTER * 2, KEPT_AFTER_REMOVAL + SETTLED_AFTER
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


@pytest.fixture
def store(app: Flask) -> FileStore:
    with app.app_context():
        return current_store()


def attach(world: World, store: FileStore, text: str) -> Attachment:
    uploads = [upload(pdf(text), f"{text}.pdf")]
    return operations.add_attachments(
        world.filing(1), uploads, by=world.users["filer"], quota=QUOTA, store=store
    ).kept[0]


def sweep_after(store: FileStore, time: timedelta) -> int:
    with clock_stopped_at(now() + time):
        return upkeep.delete_unneeded(store, by=SYSTEM)


def run(app: Flask, command: str) -> Result:
    return app.test_cli_runner().invoke(args=["attachments", command])


def place(store: FileStore, attachment: Attachment) -> Path:
    return Path(store.place_of_file(attachment.sha256))


def test_one_flipped_byte_is_found(world: World, store: FileStore) -> None:
    spoilt, _, lost = (attach(world, store, text) for text in ("一", "二", "三"))
    assert list(upkeep.verify_store(store)) == []
    content = bytearray(place(store, spoilt).read_bytes())
    content[len(content) // 2] ^= 1
    place(store, spoilt).write_bytes(content)
    store.delete_file(lost.sha256)
    found = {fault.sha256: fault.sentence for fault in upkeep.verify_store(store)}
    assert found.keys() == {spoilt.sha256, lost.sha256}
    assert "“一.pdf”的内容与上传时不同" in found[spoilt.sha256]
    assert "“三.pdf”不在存储里" in found[lost.sha256]


def test_what_this_database_knows_nothing_of_stays_for_good(world: World, store: FileStore) -> None:
    """As where a database is new, or older than the store."""
    attach(world, store, "一")
    unknown = attach(world, store, "二")
    Attachment.delete().where(Attachment.id == unknown.id).execute()
    foreign = Path(store.root) / "说明.txt"
    foreign.write_text("别的文件")
    before = files_in(store)
    assert sweep_after(store, LATER * 12) == 0
    assert files_in(store) == before
    assert upkeep.unknown_files(store) == sorted([store.place_of_file(unknown.sha256), str(foreign)])


def test_an_empty_database_beside_a_full_store_deletes_nothing(world: World, store: FileStore) -> None:
    for text in ("一", "二"):
        operations.remove_attachment(attach(world, store, text), by=world.users["filer"])
    Attachment.delete().execute()
    before = files_in(store)
    assert sweep_after(store, LATER * 12) == 0
    assert files_in(store) == before


@on_both
def test_what_another_database_attached_again_lately_stays(world: World, store: FileStore) -> None:
    removed = attach(world, store, "一")
    operations.remove_attachment(removed, by=world.users["filer"])
    long_ago = now() - LATER * 2
    Attachment.update(uploaded_at=long_ago, removed_at=long_ago).execute()
    written = long_ago.timestamp()
    os.utime(place(store, removed), (written, written))
    store.put_file(io.BytesIO(pdf("一")), removed.sha256)
    assert upkeep.delete_unneeded(store, by=SYSTEM) == 0
    assert sweep_after(store, LATER) == 1


def files_in(store: FileStore) -> list[Path]:
    return sorted(path for path in Path(store.root).rglob("*") if path.is_file())


@on_both
def test_a_removed_draft_file_goes_after_a_time_of_grace(world: World, store: FileStore) -> None:
    removed = attach(world, store, "一")
    operations.remove_attachment(removed, by=world.users["filer"])
    assert sweep_after(store, SOON) == 0
    assert sweep_after(store, LATER) == 1
    assert Attachment.get_by_id(removed.id).swept_at is not None
    event = Event.select().order_by(Event.id.desc()).get()
    assert (event.action, event.detail) == ("sweep_attachments", {"sha256": [removed.sha256]})
    assert sweep_after(store, LATER) == 0
    assert list(upkeep.verify_store(store)) != []
    with clock_stopped_at(now() + LATER):
        assert list(upkeep.verify_store(store)) == []
    assert attach(world, store, "一").sha256 in stored_hashes(store)


def test_a_file_is_settled_once_its_time_of_grace_is_over_or_it_is_not_there(store: FileStore) -> None:
    file = upload(pdf()).file
    store.put_file(file, "0" * 64)
    over = store.written_at("0" * 64) + KEPT_AFTER_REMOVAL
    for moment, is_settled in ((over, False), (over + timedelta(microseconds=1), True)):
        with clock_stopped_at(moment):
            assert upkeep.is_settled_file(store, "0" * 64) is is_settled
    assert upkeep.is_settled_file(store, "1" * 64) is True


def test_what_was_handed_in_once_stays_for_good(world: World, store: FileStore) -> None:
    handed_in = attach(world, store, "一")
    brought_to(FilingState.RETURNED, world)
    operations.remove_attachment(handed_in, by=world.users["filer"])
    after_hand_in = attach(world, store, "二")
    operations.remove_attachment(after_hand_in, by=world.users["filer"])
    assert sweep_after(store, LATER) == 1
    assert stored_hashes(store) == [handed_in.sha256]


@pytest.mark.parametrize(("age", "left"), [(DAY - MINUTE, 1), (DAY + MINUTE, 0)])
def test_what_was_never_finished_goes_after_a_day(
    world: World, store: FileStore, age: timedelta, left: int
) -> None:
    attach(world, store, "一")
    begun = Path(store.root) / INCOMING / "begun"
    begun.parent.mkdir(exist_ok=True)
    begun.write_bytes(b"half")
    with clock_stopped_at(now() + age):
        upkeep.delete_unneeded(store, by=SYSTEM)
    assert len(list(begun.parent.iterdir())) == left


def test_content_that_another_filing_needs_stays(world: World, store: FileStore) -> None:
    removed = attach(world, store, "一")
    uploads = [upload(pdf("一"), "一.pdf")]
    operations.add_attachments(world.filing(2), uploads, by=world.users["head"], quota=QUOTA, store=store)
    operations.remove_attachment(removed, by=world.users["filer"])
    assert sweep_after(store, LATER) == 0
    assert stored_hashes(store) == [removed.sha256]


class Hurried(FileStore):
    """A store in which the same content is attached again just before the sweep deletes it."""

    world: World

    def written_at(self, sha256: str) -> datetime:
        found = super().written_at(sha256)
        if not queries.attachments_of(self.world.filing(1)):
            attach(self.world, FileStore(self.root), "一")
        return found


def test_what_is_attached_again_at_the_last_moment_stays(world: World, store: FileStore) -> None:
    removed = attach(world, store, "一")
    operations.remove_attachment(removed, by=world.users["filer"])
    hurried = Hurried(store.root)
    hurried.world = world
    assert sweep_after(hurried, LATER) == 0
    assert stored_hashes(store) == [removed.sha256]


class Swept(FileStore):
    """Once a file has been found or written, a sweep takes it: the first time only."""

    has_swept = False

    def put_file(self, file: IO[bytes], sha256: str) -> None:
        super().put_file(file, sha256)
        if not self.has_swept:
            self.has_swept = True
            self.delete_file(sha256)


def test_an_upload_whose_old_file_was_just_swept_writes_it_again(world: World, store: FileStore) -> None:
    kept = attach(world, Swept(store.root), "一")
    assert store.digest_of_stored(kept.sha256) == kept.sha256


def test_the_command_line_verifies(app: Flask, world: World, store: FileStore) -> None:
    kept = attach(world, store, "一")
    assert run(app, "verify").output == "共 1 个文件，与上传时一致。\n"
    place(store, kept).write_bytes(b"%PDF-other")
    result = run(app, "verify")
    assert result.exit_code == 1
    assert "“一.pdf”的内容与上传时不同" in result.stderr


def test_the_command_line_lists_what_nobody_knows(app: Flask, world: World, store: FileStore) -> None:
    unknown = attach(world, store, "一")
    Attachment.delete().execute()
    result = run(app, "verify")
    assert result.exit_code == 0
    assert "存储里有 1 个文件在数据库里没有记录，可能属于别的数据库，不会自动删除" in result.output
    assert store.place_of_file(unknown.sha256) in result.output


def test_the_command_line_sweeps(app: Flask, world: World, store: FileStore) -> None:
    operations.remove_attachment(attach(world, store, "一"), by=world.users["filer"])
    assert run(app, "sweep").output == "已清理 0 个文件。\n"
    with clock_stopped_at(now() + LATER):
        assert run(app, "sweep").output == "已清理 1 个文件。\n"
    assert stored_hashes(store) == []
