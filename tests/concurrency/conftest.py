"""The system served by its own processes, before the database of the test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.base.settings.settings import Settings
from tests.concurrency.service import Service
from tests.world import World


@pytest.fixture
def service(world: World, settings: Settings) -> Iterator[Service]:
    """Serve the world; whatever the processes could not bear is shown by their log, which must be empty of it."""
    service = Service(settings)
    service.start()
    yield service
    service.stop()
    log = (settings.instance / "web.log").read_text()
    assert "Traceback" not in log, log
