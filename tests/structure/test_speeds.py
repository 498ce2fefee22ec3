"""Each place that says how quick its tests are is there: one that was renamed would change its speed unnoticed."""

from __future__ import annotations

from app.base.settings.settings import ROOT
from tests.speeds import SLOW_PLACES


def test_each_place_of_slow_tests_is_there() -> None:
    assert [place for place in SLOW_PLACES if not (ROOT / place).exists()] == []
