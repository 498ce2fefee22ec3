"""When a light turns: as far behind 序时进度 as this installation's settings say (LIGHT_YELLOW, LIGHT_RED)."""

from __future__ import annotations

from app.base.settings.current import current_settings
from app.base.settings.settings import Settings
from app.filing.core.content import FilingContent
from app.filing.core.rules import Light, LightThresholds, light_for
from app.periods.rules import Quarter


def thresholds_of(settings: Settings) -> LightThresholds:
    return LightThresholds(yellow=settings.light_yellow, red=settings.light_red)


def current_thresholds() -> LightThresholds:
    """Return the thresholds of the running application, for views."""
    return thresholds_of(current_settings())


def compute_light(content: FilingContent, quarter: Quarter, thresholds: LightThresholds) -> Light:
    """Return the light that follows from what was written, before anybody overrides it."""
    elapsed = quarter.elapsed_percent
    return light_for(content.percent, content.status, elapsed=elapsed, thresholds=thresholds)
