"""When a light turns, by how far a measure is behind, and by what its department says of it."""

from __future__ import annotations

import pytest

from app.filing.core import operations
from app.filing.core.lights import Light, LightThresholds, adjustment_words, light_for
from app.filing.core.measure_status import MeasureStatus
from tests.world import THRESHOLDS, World, full_content

# By elapsed share of the year, in per cent: the least percentage that is still green, and that is still yellow.
BOUNDARIES = {25: (21, 11), 50: (46, 36), 75: (71, 61), 100: (96, 86)}


@pytest.mark.parametrize(("elapsed", "least"), BOUNDARIES.items())
def test_the_light_turns_at_five_and_fifteen_points_behind(elapsed: int, least: tuple[int, int]) -> None:
    green, yellow = least
    for percent in range(201):
        expected = Light.GREEN if percent >= green else Light.YELLOW if percent >= yellow else Light.RED
        assert (
            light_for(percent, MeasureStatus.ON_TRACK, elapsed=elapsed, thresholds=THRESHOLDS) is expected
        ), percent


@pytest.mark.parametrize(
    ("percent", "status", "light"),
    [
        (None, MeasureStatus.ON_TRACK, Light.GREY),
        (None, None, Light.GREY),
        (0, None, Light.RED),
        (0, MeasureStatus.NOT_STARTED, Light.RED),
        (0, MeasureStatus.DONE, Light.GREEN),
        (100, MeasureStatus.LAGGING, Light.GREEN),
        (100, MeasureStatus.PAUSED, Light.GREY),
        (100, MeasureStatus.CANCELLED, Light.GREY),
    ],
)
def test_the_status_can_overrule_the_number(
    percent: int | None, status: MeasureStatus | None, light: Light
) -> None:
    assert light_for(percent, status, elapsed=75, thresholds=THRESHOLDS) is light


def test_thresholds_are_settings() -> None:
    strict = LightThresholds(yellow=1, red=2)
    lights = [light_for(percent, None, elapsed=50, thresholds=strict) for percent in (50, 49, 48)]
    assert lights == [Light.GREEN, Light.YELLOW, Light.RED]


@pytest.mark.parametrize(
    ("yellow", "red", "light"), [(5, 15, Light.GREEN), (4, 15, Light.YELLOW), (1, 4, Light.RED)]
)
def test_a_saved_filing_is_lit_by_the_thresholds_in_force(
    world: World, yellow: int, red: int, light: Light
) -> None:
    filing, filer, thresholds = world.filing(1), world.users["filer"], LightThresholds(yellow, red)
    content = full_content(percent=71)
    operations.save_filing(filing, content, by=filer, version=filing.version, thresholds=thresholds)
    assert world.filing(1).light is light


def test_a_light_that_was_chosen_names_the_one_of_its_pace() -> None:
    words = {light: adjustment_words(light) for light in Light}
    assert words[Light.GREY] == "部门调整，按状态为灰灯"
    assert words[Light.RED] == "部门调整，按序时为红灯"
    assert all(f"按序时为{light.label}" in words[light] for light in Light if light is not Light.GREY)
