"""Where the log's key and its anchors lie: in the instance folder, never in the database."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from app.base.files.key_files import read_or_create_key
from app.base.settings.settings import AUDIT_KEY_FILE

ANCHORS_FILE = "audit-anchors.log"


class LogFiles:
    """The files beside the database that the log is proved with.

    Like the database's handle, one for the process, pointed to the instance by `init_app`.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder
        self.known: bytes | None = None

    def use_folder(self, folder: Path) -> None:
        self.folder, self.known = folder, None

    @property
    def seal_key(self) -> bytes:
        """Return the key, made on first use. Raises BadKeyFile, OSError."""
        if self.known is None:
            self.known = bytes.fromhex(read_or_create_key(self.instance_path(AUDIT_KEY_FILE)))
        return self.known

    @property
    def anchors_path(self) -> Path:
        return self.instance_path(ANCHORS_FILE)

    def instance_path(self, name: str) -> Path:
        if self.folder is None:
            raise RuntimeError("the log's files were asked for before an instance folder was named")
        return self.folder / name


log_files = LogFiles()


def init_app(app: Flask) -> None:
    log_files.use_folder(app.config["SETTINGS"].instance)
