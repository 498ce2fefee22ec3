"""Where the indicators of a measure stand against what the year shall bring: pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from app.plan.core.models import Indicator
from app.plan.core.numbers import share_of, with_unit


@dataclass(frozen=True)
class IndicatorProgress:
    """An indicator's value now, and the one that was accepted last."""

    indicator: Indicator
    value: Decimal | None
    accepted_before: Decimal | None = None

    @property
    def value_words(self) -> str:
        """Return the value with its unit and its share of the yearly target, or nothing."""
        return self.reach_in_words(self.value)

    @property
    def words_accepted_before(self) -> str:
        """Return the same of what was accepted last."""
        return self.reach_in_words(self.accepted_before)

    def reach_in_words(self, value: Decimal | None) -> str:
        """Return 48 个（80%）, or nothing where there is no value."""
        if value is None:
            return ""
        return f"{with_unit(value, self.indicator.unit)}（{share_of(value, self.indicator.yearly_target)}%）"


def progress_of_indicators(
    indicators: Iterable[Indicator], now: Mapping[int, Decimal | None], before: Mapping[int, Decimal | None]
) -> tuple[IndicatorProgress, ...]:
    """Return where each of these indicators stands; the values go by the indicator's id."""
    return tuple(IndicatorProgress(one, now.get(one.id), before.get(one.id)) for one in indicators)
