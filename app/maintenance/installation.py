"""The parts of an installation beside its database: keys, settings, anchors and attached files."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from app.audit.proof_files import ANCHORS_FILE
from app.base.settings.reading import declared_settings, show_plain
from app.base.settings.settings import KEY_FILES, ROOT, Settings
from app.uploads.store import FileStore


@dataclass(frozen=True)
class Installation:
    settings: Settings
    store: FileStore

    @property
    def database_url(self) -> str:
        return self.settings.database_url

    @property
    def backup_passphrase(self) -> str:
        """Return the passphrase for the keys in its backups; empty if there is none."""
        return self.settings.backup_passphrase

    @property
    def backup_folder(self) -> Path:
        return self.settings.backup_folder or self.settings.instance / "backups"

    @property
    def anchors_file(self) -> Path:
        """Return the file in which the head of the event log is anchored outside the database."""
        return self.settings.instance / ANCHORS_FILE

    def read_key_files(self) -> dict[str, str]:
        paths = (self.settings.instance / name for name in KEY_FILES)
        return {path.name: path.read_text("ascii").strip() for path in paths if path.exists()}

    def setting_texts(self, *, hidden: bool = True) -> dict[str, str]:
        """Return all settings as written in the environment; `hidden` masks secrets."""
        texts = {}
        for declared in declared_settings(Settings):
            value = getattr(self.settings, declared.field.name)
            show = declared.setting.show if hidden else show_plain
            texts[declared.setting.name] = "" if value in ("", None) else show(value)
        return texts


def application_version() -> str:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    version: str = tomllib.loads(text)["project"]["version"]
    return version
