"""Scratch folders for processes that may be killed at any moment, such as a renderer or a backup.

The process that starts another one makes its folder and removes it. If both are killed, the next process to make a
folder removes it: folders in use are locked, and the kernel releases a lock with its process.
"""

from __future__ import annotations

import os
from contextlib import suppress
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path
from shutil import rmtree
from tempfile import gettempdir, mkdtemp
from time import time

YOUNG_SECONDS = 60  # a folder that was just made may not be locked yet


class ScratchFolder:
    """The folder of one process, held by its starter; used in a `with` block, it is removed at the end."""

    def __init__(self, prefix: str, parent: Path | None = None) -> None:
        """Make a folder in `parent`, or in the system's temporary folder."""
        remove_unheld_folders(prefix, parent or Path(gettempdir()))
        self.path = Path(mkdtemp(prefix=prefix, dir=parent))
        self.lock = os.open(self.path, os.O_RDONLY)
        flock(self.lock, LOCK_EX)

    def remove_folder(self) -> None:
        """Remove the folder with everything in it, once its process has ended."""
        rmtree(self.path, ignore_errors=True)
        os.close(self.lock)

    def __enter__(self) -> Path:
        return self.path

    def __exit__(self, *_failure: object) -> None:
        self.remove_folder()


def remove_unheld_folders(prefix: str, parent: Path) -> None:
    """Remove the folders that nobody holds any more."""
    for folder in sorted(parent.glob(f"{prefix}*")):
        with suppress(OSError):  # in use, somebody else's, or just taken away by another
            if time() - folder.stat().st_mtime > YOUNG_SECONDS:
                remove_unheld_folder(folder)


def remove_unheld_folder(folder: Path) -> None:
    """Remove a folder. Raises OSError if somebody holds it."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        flock(handle, LOCK_EX | LOCK_NB)
        rmtree(folder)
    finally:
        os.close(handle)
