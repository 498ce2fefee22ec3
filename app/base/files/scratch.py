"""Folders for what a process that may be killed at any moment leaves behind: a renderer's fonts, half a backup.

The starter of such a process makes a folder for it and takes it away. Where that one is killed as well, who makes the
next folder does: one in use is locked, and with the process that held it the kernel gives a lock back.
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
    """A folder of one process, held by the one who started it; in a `with` block it goes at the end of that."""

    def __init__(self, prefix: str, parent: Path | None = None) -> None:
        """Make a folder in `parent`, or in the system's folder for such things."""
        remove_unheld_folders(prefix, parent or Path(gettempdir()))
        self.path = Path(mkdtemp(prefix=prefix, dir=parent))
        self.lock = os.open(self.path, os.O_RDONLY)
        flock(self.lock, LOCK_EX)

    def remove_folder(self) -> None:
        """Take it away with everything in it, once its process has ended."""
        rmtree(self.path, ignore_errors=True)
        os.close(self.lock)

    def __enter__(self) -> Path:
        return self.path

    def __exit__(self, *_failure: object) -> None:
        self.remove_folder()


def remove_unheld_folders(prefix: str, parent: Path) -> None:
    """Take away the folders that nobody holds any more."""
    for folder in sorted(parent.glob(f"{prefix}*")):
        with suppress(OSError):  # in use, somebody else's, or just taken away by another
            if time() - folder.stat().st_mtime > YOUNG_SECONDS:
                remove_unheld_folder(folder)


def remove_unheld_folder(folder: Path) -> None:
    """Take a folder away. Raises OSError where somebody holds it."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        flock(handle, LOCK_EX | LOCK_NB)
        rmtree(folder)
    finally:
        os.close(handle)
