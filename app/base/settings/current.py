"""The settings of the application that is running."""

from __future__ import annotations

from flask import current_app

from app.base.settings.settings import Settings


def current_settings() -> Settings:
    """Return the settings of the running application, for views and commands: what they call is given what it needs."""
    settings: Settings = current_app.config["SETTINGS"]
    return settings
