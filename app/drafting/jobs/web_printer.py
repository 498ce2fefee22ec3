"""The printer of the web process; its rendering process starts with the first print."""

from __future__ import annotations

from flask import Flask, current_app

from app.base.settings.settings import Settings
from app.printing.on_demand import DEMAND_LIMITS, DemandPrinter
from app.printing.render_pool import RenderPool


def current_printer() -> DemandPrinter:
    """Return the application's printer, created on first use: a process that never prints starts nothing."""
    extensions = current_app.extensions
    if "demand_printer" not in extensions:
        extensions["demand_printer"] = open_printer(current_app)
    printer: DemandPrinter = extensions["demand_printer"]
    return printer


def open_printer(app: Flask) -> DemandPrinter:
    settings: Settings = app.config["SETTINGS"]
    return DemandPrinter(RenderPool(DEMAND_LIMITS, settings.fonts_folder))
