"""The progress of indicators towards their yearly targets: pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from app.filing.core.content import FilingContent
from app.plan.core.cumulation import FiledNumber
from app.plan.core.models import Indicator
from app.plan.core.numbers import share_of, with_unit

NOTHING_YET: tuple[FiledNumber, ...] = ()


@dataclass(frozen=True)
class IndicatorProgress:
    """The number filed on an indicator in a quarter, with those accepted in earlier quarters, oldest first."""

    indicator: Indicator
    filed: FiledNumber
    earlier: tuple[FiledNumber, ...] = NOTHING_YET

    @cached_property
    def quarter_words(self) -> str:
        """Return the number of this quarter with its unit, or ""."""
        return self.indicator.cumulation.number_in_quarter(self.filed)

    @cached_property
    def value_words(self) -> str:
        """Return the number of the year including this quarter, and its share of the target, or ""."""
        return self.reach_in_words((*self.earlier, self.filed)) if self.quarter_words else ""

    @property
    def standing_words(self) -> str:
        """Return the number of the quarter, the number of the year where it differs, and what was accepted last."""
        number, year, before = self.quarter_words, self.value_words, self.words_accepted_before
        is_same = bool(number) and year.startswith(f"{number}（")
        clauses = (
            f"已保存 {year if is_same else number}" if number else "",
            f"年初以来 {year}" if year and not is_same else "",
            f"上次采用 {before}" if before else "",
        )
        return "；".join(filter(None, clauses))

    @property
    def words_accepted_before(self) -> str:
        """Return the same for the quarters accepted before."""
        return self.reach_in_words(self.earlier)

    @cached_property
    def number_of_year(self) -> Decimal | None:
        """Return the number of the year including this quarter, or None."""
        return self.indicator.cumulation.number_of_year((*self.earlier, self.filed))

    @cached_property
    def share(self) -> int | None:
        """Return the share of the yearly target in per cent, or None."""
        number = self.number_of_year
        return None if number is None else share_of(number, self.indicator.yearly_target)

    def reach_in_words(self, filed: tuple[FiledNumber, ...]) -> str:
        """Return 48 个（80%）, or "" if no quarter counts."""
        number = self.indicator.cumulation.number_of_year(filed)
        if number is None:
            return ""
        return (
            f"{with_unit(number, self.indicator.unit)}（{share_of(number, self.indicator.yearly_target)}%）"
        )


def progress_of_indicators(
    indicators: Iterable[Indicator],
    content: FilingContent,
    earlier: Mapping[int, tuple[FiledNumber, ...]],
) -> tuple[IndicatorProgress, ...]:
    """Return the progress of each indicator; `earlier` holds the accepted numbers by indicator id."""
    return tuple(
        IndicatorProgress(one, content.filed_number(one.id), earlier.get(one.id, NOTHING_YET))
        for one in indicators
    )
