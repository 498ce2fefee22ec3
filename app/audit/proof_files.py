"""The files that prove the log, its key and its anchors: in the installation's folder, never in the database."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.base.database import key_folder
from app.base.files.key_files import KeyFolder
from app.base.settings.settings import AUDIT_KEY_FILE

ANCHORS_FILE = "audit-anchors.log"


@dataclass(frozen=True)
class LogFiles:
    """The files that prove the log."""

    keys: KeyFolder

    @property
    def seal_key(self) -> bytes:
        """Return the key, created on first use. Raises BadKeyFile, OSError."""
        return bytes.fromhex(self.keys.read_once(AUDIT_KEY_FILE))

    @property
    def anchors_path(self) -> Path:
        return self.keys.path / ANCHORS_FILE


def log_files() -> LogFiles:
    """Return the files of the open database's log."""
    return LogFiles(key_folder())
