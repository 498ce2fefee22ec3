"""The file store and the quota of the running application."""

from __future__ import annotations

from flask import current_app

from app.base.settings.current import current_settings
from app.uploads.rules import FileQuota
from app.uploads.store import FileStore


def current_store() -> FileStore:
    """Return the running application's store, opened on first use."""
    extensions = current_app.extensions
    if "attachments" not in extensions:
        settings = current_settings()
        extensions["attachments"] = FileStore(
            settings.attachments_url or str(settings.instance / "attachments")
        )
    store: FileStore = extensions["attachments"]
    return store


def quota_in_force() -> FileQuota:
    limits = current_settings()
    return FileQuota(limits.bytes_per_file, limits.files_at_one_place, limits.bytes_at_one_place)
