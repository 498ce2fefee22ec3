"""What a form has done is remembered for a while, and then forgotten."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.base.clock import clock_stopped_at
from app.base.sent_forms import place_after_form, remember_form
from tests.world import World

MOMENT = datetime(2026, 9, 14, 9, 30)


def test_a_form_is_remembered_until_its_time_is_over(world: World) -> None:
    with clock_stopped_at(MOMENT):
        remember_form("first", "/filings")
    with clock_stopped_at(MOMENT + timedelta(hours=12)):
        remember_form("second", "/directives")
        assert (place_after_form("first"), place_after_form("third")) == ("/filings", None)
    with clock_stopped_at(MOMENT + timedelta(days=1)):
        assert (place_after_form("first"), place_after_form("second")) == (None, "/directives")
        remember_form("first", "/overview")
        assert (place_after_form("first"), place_after_form("second")) == ("/overview", "/directives")
