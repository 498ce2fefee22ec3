"""The command line: flask db | plan | user | period | report | demo | audit …"""

from __future__ import annotations

from flask import Flask


def init_app(app: Flask) -> None:
    """Register every group of commands."""
    from app.cli import storage

    for group in (storage.db,):
        app.cli.add_command(group)
