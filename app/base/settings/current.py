"""The settings of the running application."""

from __future__ import annotations

from flask import current_app

from app.base.settings.settings import Settings


def current_settings() -> Settings:
    """Return the settings, for views and commands only: everything below them gets its values passed in."""
    settings: Settings = current_app.config["SETTINGS"]
    return settings
