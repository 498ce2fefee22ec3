"""A log with anchors, and somebody who may do everything to it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from app.audit.anchor_file import AnchorOrigin
from app.audit.anchoring import anchor_log
from app.base.settings.settings import Settings
from tests.audit.insider import Insider, write_events
from tests.world import World


@pytest.fixture
def log(app: Flask, world: World, settings: Settings) -> Iterator[Insider]:
    """A log with two anchors and two events after the last; and an insider."""
    with app.app_context():
        write_events(4)
        anchor_log(AnchorOrigin.START)
        write_events(3)
        anchor_log(AnchorOrigin.WORKER)
        write_events(2)
        yield Insider(settings.database_url)
