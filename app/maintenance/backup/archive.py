"""The backup file: a ZIP archive that lists the SHA-256 of every member and ends with its own SHA-256."""

from __future__ import annotations

import hashlib
import io
import json
import os
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self, cast
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from cattrs import BaseValidationError, structure, unstructure

from app.base.errors import BadInput
from app.maintenance.backup.rules import (
    BACKUP_FORMAT,
    FORMAT_VERSION,
    BackupManifest,
    BackupMember,
)

MANIFEST = "manifest.json"
ROWS = "rows.sqlite"
SETTINGS = "settings.json"
KEYS, ENCRYPTED_KEYS = "keys.json", "keys.encrypted.json"
ANCHORS = "anchors"
ATTACHMENTS = "attachments/"

CHUNK_BYTES = 1024**2
MANIFEST_BYTES = 64 * 1024**2  # 100,000 attachments take 16 MB of it
OWNER_ONLY = 0o600
DIGEST_LENGTH = 64
NO_DIGEST = b"0" * DIGEST_LENGTH
UNREADABLE = (BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, RuntimeError, ValueError)

NOT_A_BACKUP = (
    "“{name}”不是本系统的备份文件，什么也没有改动。请选择以 .backup 结尾、由 flask backup create 生成的文件。"
)
NEWER_FORMAT = "“{name}”由更新的程序生成，本程序读不了。请换用不低于 {application} 的程序。"


class HashingFile:
    """A file that is only written sequentially and hashed while being written."""

    def __init__(self, path: Path) -> None:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
        self.file = os.fdopen(handle, "wb")
        self.hash = hashlib.sha256()

    def write(self, data: bytes) -> int:
        self.hash.update(data)
        return self.file.write(data)

    def flush(self) -> None:
        self.file.flush()


class ArchiveWriter:
    def __init__(self, path: Path) -> None:
        """Create the file. Raises OSError if that fails or the file exists."""
        self.target = HashingFile(path)
        self.zip = ZipFile(cast(IO[bytes], self.target), "w", ZIP_STORED)
        self.members: dict[str, BackupMember] = {}

    def add_member(self, name: str, source: IO[bytes], *, compress: bool = False) -> BackupMember:
        """Add a member in chunks. Raises OSError."""
        info = ZipInfo(name)
        info.compress_type = ZIP_DEFLATED if compress else ZIP_STORED
        info.external_attr = OWNER_ONLY << 16
        digest, size = hashlib.sha256(), 0
        with self.zip.open(info, "w", force_zip64=True) as target:
            while chunk := source.read(CHUNK_BYTES):
                digest.update(chunk)
                size += len(chunk)
                target.write(chunk)
        self.members[name] = BackupMember(size, digest.hexdigest())
        return self.members[name]

    def finish_archive(self, manifest: BackupManifest) -> BackupManifest:
        """Write the manifest and the hash of the whole file, and sync the file to disk. Raises OSError."""
        whole = replace(manifest, members=self.members)
        text = json.dumps(unstructure(whole), ensure_ascii=False, indent=1)
        self.zip.writestr(MANIFEST, text, compress_type=ZIP_DEFLATED)
        self.zip.comment = NO_DIGEST
        self.zip.close()
        file = self.target.file
        file.seek(-DIGEST_LENGTH, io.SEEK_END)
        file.write(self.target.hash.hexdigest().encode())
        file.flush()
        os.fsync(file.fileno())
        file.close()
        return whole

    def close_file(self) -> None:
        self.target.file.close()


class DamagedMember(Exception):
    """A member differs from what was written. The argument is its name."""


class ArchiveReader:
    """A backup opened for reading. Content is only used after its hash was checked."""

    def __init__(self, path: Path) -> None:
        """Open a backup. Raises BadInput for a file that is no backup or cannot be read."""
        self.path = path
        try:
            self.zip = ZipFile(path)
        except OSError as error:
            raise BadInput(f"打不开“{path}”：{error.strerror}。请核对路径和权限。") from None
        except UNREADABLE:
            raise BadInput(NOT_A_BACKUP.format(name=path.name)) from None
        try:
            self.manifest = self.read_manifest()
        except BaseException:
            self.zip.close()
            raise

    def read_manifest(self) -> BackupManifest:
        """Return the manifest of the backup. Raises BadInput."""
        try:
            info = self.zip.getinfo(MANIFEST)
            if info.file_size > MANIFEST_BYTES:
                raise ValueError(MANIFEST)
            values: dict[str, Any] = json.loads(self.zip.read(info))
            if values["format"] != BACKUP_FORMAT:
                raise ValueError(BACKUP_FORMAT)
            if values["version"] > FORMAT_VERSION:
                message = NEWER_FORMAT.format(name=self.path.name, application=values["application"])
                raise BadInput(message)
            return structure(values, BackupManifest)
        except (*UNREADABLE, OSError, TypeError, AttributeError, BaseValidationError):
            raise BadInput(NOT_A_BACKUP.format(name=self.path.name)) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type | None, _failure: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.zip.close()

    def names_below(self, prefix: str) -> list[str]:
        """Return the names of the members in a folder, without the folder's name."""
        return [name.removeprefix(prefix) for name in self.manifest.members if name.startswith(prefix)]

    def copy_member(self, name: str, target: IO[bytes] | None = None) -> None:
        """Copy a member in chunks. Raises DamagedMember if it differs from the manifest, and OSError."""
        wanted = self.manifest.members[name]
        digest, size = hashlib.sha256(), 0
        for chunk in self.member_chunks(name):
            digest.update(chunk)
            size += len(chunk)
            if size > wanted.size:
                break
            if target is not None:
                target.write(chunk)
        if BackupMember(size, digest.hexdigest()) != wanted:
            raise DamagedMember(name)

    def member_chunks(self, name: str) -> Iterator[bytes]:
        """Yield the content of a member in chunks. Raises DamagedMember."""
        try:
            with self.zip.open(name) as source:
                while chunk := source.read(CHUNK_BYTES):
                    yield chunk
        except (*UNREADABLE, OSError):
            raise DamagedMember(name) from None

    def read_member(self, name: str) -> bytes:
        """Return the content of a small member. Raises DamagedMember."""
        target = io.BytesIO()
        self.copy_member(name, target)
        return target.getvalue()

    def find_faults(self) -> Iterator[str]:
        """Yield a sentence for everything that differs from what was written."""
        present = {info.filename for info in self.zip.infolist()} - {MANIFEST}
        for name in sorted(present - self.manifest.members.keys()):
            yield f"“{name}”不在清单里，是后来放进去的。"
        broken = False
        for name in self.manifest.members:
            try:
                self.copy_member(name)
            except DamagedMember:
                broken = True
                yield f"“{name}”缺失或已损坏，与清单里的校验值不符。"
        if not broken and not self.ends_with_hash():
            yield "文件有改动：整个文件的校验值不符。"

    def ends_with_hash(self) -> bool:
        digest = hashlib.sha256()
        left = self.path.stat().st_size - DIGEST_LENGTH
        with self.path.open("rb") as file:
            while left > 0 and (chunk := file.read(min(CHUNK_BYTES, left))):
                digest.update(chunk)
                left -= len(chunk)
            digest.update(NO_DIGEST)
            return file.read() == digest.hexdigest().encode()
