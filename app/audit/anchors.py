"""Anchors: signed lines outside the database, each saying how far the log had come at a moment.

Each line holds the signature of the line before it, so that none can be changed or left out; how many there are stands
in the database. Whoever has the key could write them anew: what went to another machine's syslog stays.
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

from app.audit.rules import LogHead, LogSeal
from app.base.clock import now
from app.base.files.key_files import sync_folder
from app.base.labels import Labelled

# The last line lies somewhere in so many bytes.
TAIL_BYTES = 64 * 1024


class AnchorOrigin(Labelled):
    """On what occasion an anchor was written."""

    START = "start", "启动"
    WORKER = "worker", "定时"
    RESTORE = "restore", "恢复"


@dataclass(frozen=True)
class Anchor:
    """One line.

    Attributes:
        number: of the line in its file, from 1.
        events, event_id, hash: how many events there were, and which was the last.
        note: of a restored backup, its name.
        previous: the signature of the line before.
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
    def line(self) -> str:
        """Return the line without its end."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @property
    def moment(self) -> str:
        """Return when it was written, for people."""
        return f"{datetime.fromisoformat(self.at):%Y-%m-%d %H:%M}"

    def signed(self, key: bytes) -> Anchor:
        """Return the same with its signature."""
        text = json.dumps(asdict(replace(self, signature="")), sort_keys=True)
        return replace(self, signature=LogSeal(key, self.database).mac(f"anchor {text}"))


def read_anchor(line: str) -> Anchor | None:
    """Return the anchor of a line, or None where it is none."""
    try:
        anchor = Anchor(**json.loads(line))
        datetime.fromisoformat(anchor.at)
        return anchor if all(isinstance(n, int) for n in (anchor.number, anchor.events)) else None
    except (TypeError, ValueError):
        return None


class AnchorFile:
    """The file of the anchors, and the key that they are signed with."""

    def __init__(self, path: Path, key: bytes) -> None:
        self.path, self.key = path, key

    def is_genuine(self, anchor: Anchor) -> bool:
        """Return whether an anchor was signed with the key."""
        return anchor == anchor.signed(self.key)

    def lines(self) -> Iterator[Anchor | None]:
        """Yield every anchor, and None for a line that is none. What a crash left unfinished at the end is no line."""
        try:
            with self.path.open(encoding="utf-8", errors="replace") as file:
                yield from (read_anchor(line) for line in file if line.endswith("\n"))
        except FileNotFoundError:
            return

    def last(self) -> Anchor | None:
        """Return the last anchor, quickly; None where there is none, or where the last line is none."""
        try:
            with self.path.open("rb") as file:
                return last_of(file)
        except FileNotFoundError:
            return None

    def append(self, head: LogHead, origin: AnchorOrigin, note: str = "") -> Anchor:
        """Write an anchor, for good. Raises OSError."""
        with self.opened() as file:
            last = last_of(file)
            anchor = Anchor(
                number=last.number + 1 if last else 1,
                at=now().isoformat(timespec="seconds"),
                database=head.database_id,
                events=head.count,
                event_id=head.last_id,
                hash=head.last_hash,
                origin=str(origin),
                note=note,
                previous=last.signature if last else "",
            ).signed(self.key)
            file.write(f"{anchor.line}\n".encode())
            file.flush()
            os.fsync(file.fileno())
        if anchor.number == 1:
            sync_folder(self.path.parent)
        return anchor

    @contextmanager
    def opened(self) -> Iterator[IO[bytes]]:
        """Hold the file for writing at its end, alone, without the half line that a crash may have left there."""
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        with os.fdopen(handle, "r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            tail = tail_of(file)
            if tail and not tail.endswith(b"\n"):
                file.truncate(file.seek(0, os.SEEK_END) - len(tail) + tail.rfind(b"\n") + 1)
            file.seek(0, os.SEEK_END)
            yield file


def tail_of(file: IO[bytes]) -> bytes:
    """Return the last bytes of a file."""
    file.seek(max(0, file.seek(0, os.SEEK_END) - TAIL_BYTES))
    return file.read()


def last_of(file: IO[bytes]) -> Anchor | None:
    """Return the anchor of the last whole line."""
    lines = tail_of(file).split(b"\n")[:-1]
    file.seek(0, os.SEEK_END)
    return read_anchor(lines[-1].decode("utf-8", "replace")) if lines else None
