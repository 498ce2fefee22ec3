"""The file store: each file under the SHA-256 of its content, complete or not at all."""

from __future__ import annotations

import hashlib
import io
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from typing import IO, cast
from uuid import uuid4

from fsspec.core import url_to_fs

from app.base.clock import ZONE
from app.base.errors import BadInput, NotFound

HASH = re.compile(r"[0-9a-f]{64}")
INCOMING = "incoming"
LOST = "存储里找不到这个文件，暂时不能下载。请联系系统管理员从备份恢复。"


class FileStore:
    """Content-addressed files in a folder, or at any URL that fsspec can reach.

    A file is written under a temporary name and then moved, so that a file named by a hash is complete; it never
    changes.
    """

    def __init__(self, url: str) -> None:
        """Open the store at `url`: a path, or a URL such as ``s3://bucket/folder``. Raises BadInput if this
        installation cannot reach it.
        """
        try:
            # Other processes write too: what was listed a minute ago says nothing.
            self.files, root = url_to_fs(url, use_listings_cache=False)
        except (ImportError, ValueError) as error:
            raise BadInput(
                f"打不开附件存储“{url}”：{error}。请核对 ATTACHMENTS_URL，并装好相应的 fsspec 组件。"
            ) from None
        self.root = root.rstrip("/")

    def place_of_file(self, sha256: str) -> str:
        """Return the place of a file; 256 folders keep each of them short."""
        return f"{self.root}/{sha256[:2]}/{sha256}"

    def holds_file(self, sha256: str) -> bool:
        return bool(self.files.exists(self.place_of_file(sha256)))

    def put_file(self, file: IO[bytes], sha256: str) -> None:
        """Store a file whose content has that hash, unless it is there. Raises OSError, leaving nothing behind.

        An existing file counts as written now, if the store can record that, so that a sweep leaves it alone.
        """
        if self.holds_file(sha256):
            with suppress(NotImplementedError):
                self.files.touch(self.place_of_file(sha256), truncate=False)
            return
        passing = f"{self.root}/{INCOMING}/{uuid4().hex}"
        for place in (passing, self.place_of_file(sha256)):
            self.files.makedirs(place.rpartition("/")[0], exist_ok=True)
        try:
            self.write_file(file, passing)
            self.files.mv(passing, self.place_of_file(sha256))
        except BaseException:
            with suppress(OSError):
                self.files.rm_file(passing)
            raise

    def write_file(self, file: IO[bytes], place: str) -> None:
        """Copy a file in pieces, flushed to a local disk before its row is written."""
        file.seek(0)
        with self.files.open(place, "wb") as target:
            shutil.copyfileobj(file, target)
            target.flush()
            with suppress(AttributeError, io.UnsupportedOperation):
                os.fsync(target.fileno())

    def open_file(self, sha256: str) -> IO[bytes]:
        """Open a file for reading. Raises FileNotFoundError."""
        return cast(IO[bytes], self.files.open(self.place_of_file(sha256), "rb"))

    def open_kept(self, sha256: str) -> IO[bytes]:
        """Open a file that a row refers to. Raises NotFound with what to do if it is missing."""
        try:
            return self.open_file(sha256)
        except FileNotFoundError:
            raise NotFound(LOST) from None

    def digest_of_stored(self, sha256: str) -> str:
        """Return the hash of a file's present content. Raises FileNotFoundError."""
        with self.open_file(sha256) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]  # any readable file will do

    def stored_places(self) -> Iterator[tuple[str, str]]:
        """Yield hash and place of every complete file; "" for one with another name."""
        for place in self.files.find(self.root):
            folder, _, name = place.removeprefix(f"{self.root}/").rpartition("/")
            if folder != INCOMING:
                yield name if HASH.fullmatch(name) and folder == name[:2] else "", place

    def written_at(self, sha256: str) -> datetime:
        """Return when a file was written, in China Standard Time."""
        return self.changed_at(self.place_of_file(sha256))

    def changed_at(self, place: str) -> datetime:
        changed: datetime = self.files.modified(place)
        return changed.astimezone(ZONE).replace(tzinfo=None)

    def delete_file(self, sha256: str) -> None:
        self.files.rm_file(self.place_of_file(sha256))

    def delete_unfinished(self, *, before: datetime) -> None:
        """Delete temporary files begun before a moment."""
        for place in self.files.find(f"{self.root}/{INCOMING}"):
            if self.changed_at(place) < before:
                self.files.rm_file(place)
