"""Where bytes lie: whole or not at all, once, and wherever the URL points."""

from __future__ import annotations

import errno
import hashlib
import io
import os
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from app.base.clock import now
from app.base.errors import BadInput, NotFound
from app.uploads.store import FileStore
from tests.uploads.files import stored_hashes


def hashed(content: bytes) -> tuple[io.BytesIO, str]:
    return io.BytesIO(content), hashlib.sha256(content).hexdigest()


def files_in(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


@pytest.fixture(params=["folder", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> FileStore:
    """A store in a folder whose name needs care, and one behind a URL."""
    return FileStore(
        f"memory://{uuid4().hex}/附件" if request.param == "memory" else str(tmp_path / "附 件#1")
    )


def test_what_is_put_comes_back_and_is_listed(store: FileStore) -> None:
    file, sha256 = hashed("证明".encode() * 200_000)
    assert (store.holds_file(sha256), stored_hashes(store)) == (False, [])
    store.put_file(file, sha256)
    assert store.holds_file(sha256)
    assert stored_hashes(store) == [sha256]
    assert store.digest_of_stored(sha256) == sha256
    with store.open_file(sha256) as stored:
        assert stored.read() == file.getvalue()
    assert abs(store.written_at(sha256) - now()) < timedelta(minutes=1)


def test_what_is_there_is_never_written_again_but_counts_as_new(tmp_path: Path) -> None:
    store = FileStore(str(tmp_path))
    file, sha256 = hashed(b"first")
    store.put_file(file, sha256)
    os.utime(store.place_of_file(sha256), (0, 0))
    store.put_file(io.BytesIO(b"other"), sha256)
    assert store.digest_of_stored(sha256) == sha256
    assert abs(store.written_at(sha256) - now()) < timedelta(minutes=1)


def test_a_disk_keeps_the_whole_file_before_it_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda handle: kept.append(os.fstat(handle).st_size))
    FileStore(str(tmp_path)).put_file(*hashed(b"content"))
    assert kept == [len(b"content")]


def test_what_is_dropped_is_gone_and_can_come_again(store: FileStore) -> None:
    file, sha256 = hashed(b"first")
    store.put_file(file, sha256)
    store.delete_file(sha256)
    assert not store.holds_file(sha256)
    with pytest.raises(FileNotFoundError):
        store.open_file(sha256)
    with pytest.raises(NotFound, match="请联系系统管理员从备份恢复"):
        store.open_kept(sha256)
    store.put_file(file, sha256)
    assert store.digest_of_stored(sha256) == sha256


class Failing(io.BytesIO):
    """Gives some bytes, then the error of a full disk."""

    pieces = 1

    def read(self, size: int | None = -1) -> bytes:
        if not self.pieces:
            raise OSError(errno.ENOSPC, "No space left on device")
        self.pieces -= 1
        return super().read(10)


def test_a_failure_leaves_nothing(tmp_path: Path) -> None:
    store = FileStore(str(tmp_path))
    _, sha256 = hashed(b"x" * 100)
    with pytest.raises(OSError, match="No space left"):
        store.put_file(Failing(b"x" * 100), sha256)
    assert files_in(tmp_path) == []
    assert not store.holds_file(sha256)


def test_what_was_begun_and_never_finished_is_dropped_when_it_is_old(store: FileStore) -> None:
    place = f"{store.root}/incoming/left-behind"
    store.files.makedirs(f"{store.root}/incoming", exist_ok=True)
    store.files.pipe_file(place, b"half")
    assert stored_hashes(store) == []
    store.delete_unfinished(before=store.changed_at(place))
    assert store.files.exists(place)
    store.delete_unfinished(before=now() + timedelta(hours=1))
    assert not store.files.exists(place)


def test_files_lie_under_their_hash_alone(tmp_path: Path) -> None:
    file, sha256 = hashed(b"content")
    FileStore(str(tmp_path)).put_file(file, sha256)
    assert files_in(tmp_path) == [f"{sha256[:2]}/{sha256}"]


def test_what_no_hash_leads_to_is_listed_without_one(store: FileStore) -> None:
    file, sha256 = hashed(b"content")
    store.put_file(file, sha256)
    strange = [f"{store.root}/00/notes.txt", f"{store.root}/other/{sha256}"]
    for place in strange:
        store.files.makedirs(place.rpartition("/")[0], exist_ok=True)
        store.files.pipe_file(place, b"x")
    found = [(name, place.removeprefix(store.root)) for name, place in store.stored_places()]
    assert sorted(found) == [
        ("", "/00/notes.txt"),
        ("", f"/other/{sha256}"),
        (sha256, f"/{sha256[:2]}/{sha256}"),
    ]


def test_no_store_goes_by_what_it_listed_before(store: FileStore) -> None:
    assert store.files.storage_options["use_listings_cache"] is False


@pytest.mark.parametrize("url", ["nowhere://a/b", "s3://bucket/folder"])
def test_a_store_that_cannot_be_reached_is_explained(url: str) -> None:
    with pytest.raises(BadInput, match="ATTACHMENTS_URL"):
        FileStore(url)
