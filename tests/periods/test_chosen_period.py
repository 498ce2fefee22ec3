"""Every page about a quarter takes it from its address in the same way."""

from __future__ import annotations

import pytest
from flask import Flask

from app.base.errors import BadInput, NotFound
from app.periods.chosen_period import chosen_period, require_chosen_period
from app.periods.models import Period
from tests.world import World


def test_the_address_names_a_quarter_else_it_is_the_newest_that_was_opened(app: Flask, world: World) -> None:
    values = Period.select().dicts().get()
    Period.create(**{name: value for name, value in values.items() if name != "id"} | {"number": 4})
    for address, number in (("/", 4), ("/?period=", 4), ("/?period=2026Q3", 3), ("/?period=2026q3", 3)):
        with app.test_request_context(address):
            assert chosen_period() == require_chosen_period() == Period.get(Period.number == number)


@pytest.mark.parametrize("named", ["2026Q4", "2025Q3", "第三季度"])
def test_a_quarter_that_there_is_not_is_refused(app: Flask, world: World, named: str) -> None:
    with app.test_request_context("/", query_string={"period": named}), pytest.raises(BadInput):
        chosen_period()


def test_without_any_quarter_a_page_says_that_none_was_opened(app: Flask) -> None:
    with app.test_request_context("/"):
        assert chosen_period() is None
        with pytest.raises(NotFound, match="还没有开启任何季度的填报"):
            require_chosen_period()
