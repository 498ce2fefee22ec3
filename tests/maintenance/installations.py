"""Installations that are backed up and restored in tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from click.testing import Result
from flask import Flask

from app import create_app
from app.base.database import database
from app.base.settings.settings import Settings
from app.maintenance.installation import Installation
from app.uploads.store import FileStore


def run(app: Flask, *arguments: str | Path) -> Result:
    return app.test_cli_runner().invoke(args=[str(argument) for argument in arguments])


def installation_of(settings: Settings) -> Installation:
    return Installation(
        settings, FileStore(settings.attachments_url or str(settings.instance / "attachments"))
    )


@contextmanager
def elsewhere(settings: Settings, instance: Path, database_url: str = "") -> Iterator[Flask]:
    """Have an installation like that of the settings elsewhere, without a database; within the block tables are its."""
    instance.mkdir(exist_ok=True)
    url = database_url or f"sqlite:///{instance / 'work-plan.db'}"
    standing = database.obj
    app = create_app(replace(settings, instance=instance, database_url=url))
    app.testing = True
    try:
        yield app
    finally:
        database.obj.close_all()
        database.initialize(standing)
