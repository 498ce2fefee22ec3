"""The quarter of these tests is still running, whatever day it is."""

from __future__ import annotations

import pytest

from tests.overview.growth import set_due
from tests.world import World


@pytest.fixture
def world(world: World) -> World:
    set_due(world, days_ago=-30)
    return world
