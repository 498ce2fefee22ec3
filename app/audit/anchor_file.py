"""Anchors: signed lines outside the database, each recording how far the event log had got at a moment.

Each line holds the signature of the line before it, so that none can be changed or removed; their number is in the
database. A person with the key could rewrite them all, but not what was sent to another machine's syslog.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import IO

from app.audit.rules import ChainState, LogSeal
from app.base.clock import now
from app.base.files.key_files import sync_folder
from app.base.labels import LabelledEnum

# The last line lies somewhere in so many bytes.
TAIL_BYTES = 64 * 1024


class AnchorOrigin(LabelledEnum):
    START = "start", "启动"
    WORKER = "worker", "定时"
    RESTORE = "restore", "恢复"


@dataclass(frozen=True)
class LogAnchor:
    """One anchor.

    number: of the line in its file, from 1. events, event_id, hash: the number of events, and the last of them. note:
    for a restored backup, its name. previous: the signature of the line before.
    """

    number: int
    at: str
    database: str
    events: int
    event_id: int
    hash: str
    origin: str
    note: str
    previous: str
    signature: str = ""

    @property
    def json_line(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    @property
    def written_at_text(self) -> str:
        return f"{datetime.fromisoformat(self.at):%Y-%m-%d %H:%M}"

    def signed_with(self, key: bytes) -> LogAnchor:
        text = json.dumps(asdict(replace(self, signature="")), sort_keys=True)
        return replace(self, signature=LogSeal(key, self.database).mac_of(f"anchor {text}"))


def read_anchor(line: str) -> LogAnchor | None:
    """Return the anchor in a line, or None if it is none."""
    try:
        anchor = LogAnchor(**json.loads(line))
        datetime.fromisoformat(anchor.at)
        return anchor if all(isinstance(n, int) for n in (anchor.number, anchor.events)) else None
    except (TypeError, ValueError):
        return None


class AnchorFile:
    """The file of the anchors, with the key that signs them."""

    def __init__(self, path: Path, key: bytes) -> None:
        self.path, self.key = path, key

    def is_genuine(self, anchor: LogAnchor) -> bool:
        return anchor == anchor.signed_with(self.key)

    def read_anchors(self) -> Iterator[LogAnchor | None]:
        """Yield every anchor, and None for a line that is none. An unfinished last line, left by a
        crash, is ignored.
        """
        try:
            with self.path.open(encoding="utf-8", errors="replace") as file:
                yield from (read_anchor(line) for line in file if line.endswith("\n"))
        except FileNotFoundError:
            return

    def last_anchor(self) -> LogAnchor | None:
        """Return the last anchor without reading the whole file; None if there is none or the last line is none."""
        try:
            with self.path.open("rb") as file:
                return last_anchor_in(file)
        except FileNotFoundError:
            return None

    def append_anchor(self, head: ChainState, origin: AnchorOrigin, note: str = "") -> LogAnchor:
        """Write an anchor durably. Raises OSError."""
        with self.open_locked() as file:
            last = last_anchor_in(file)
            anchor = LogAnchor(
                number=last.number + 1 if last else 1,
                at=now().isoformat(timespec="seconds"),
                database=head.database_id,
                events=head.count,
                event_id=head.last_id,
                hash=head.last_hash,
                origin=str(origin),
                note=note,
                previous=last.signature if last else "",
            ).signed_with(self.key)
            file.write(f"{anchor.json_line}\n".encode())
            file.flush()
            os.fsync(file.fileno())
        if anchor.number == 1:
            sync_folder(self.path.parent)
        return anchor

    @contextmanager
    def open_locked(self) -> Iterator[IO[bytes]]:
        """Open the file with a lock, without an unfinished last line."""
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        with os.fdopen(handle, "r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            tail = read_tail(file)
            file.truncate(file.tell() - len(tail) + tail.rfind(b"\n") + 1)
            yield file


def read_tail(file: IO[bytes]) -> bytes:
    """Return the last bytes of a file, leaving its position at the end."""
    file.seek(max(0, file.seek(0, os.SEEK_END) - TAIL_BYTES))
    return file.read()


def last_anchor_in(file: IO[bytes]) -> LogAnchor | None:
    lines = read_tail(file).split(b"\n")[:-1]
    return read_anchor(lines[-1].decode("utf-8", "replace")) if lines else None
