"""How the quarterly numbers of an indicator make up its number of the year. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from app.plan.core.numbers import number_in_words, with_unit
from app.plan.core.rules import CumulationRule

PERCENT = "%"
RATIO_PLACES = Decimal("0.01")


@dataclass(frozen=True)
class FiledNumber:
    """The number filed on an indicator in a quarter; of a ratio the numerator, with its denominator as `base`."""

    value: Decimal | None
    base: Decimal | None = None


@dataclass(frozen=True)
class Cumulation:
    """The cumulation rule of an indicator, with its unit."""

    rule: CumulationRule
    unit: str

    def number_of_year(self, filed: Sequence[FiledNumber]) -> Decimal | None:
        """Return the number of the year from the quarters, oldest first; None if none of them counts.

        For a ratio, numerators and denominators are added before they are divided, since a mean of ratios would give a
        small quarter the weight of a large one; quarters without a denominator do not count.
        """
        if self.rule is CumulationRule.RATIO:
            return self.ratio_of(filed)
        values = [one.value for one in filed if one.value is not None]
        if not values:
            return None
        if self.rule is CumulationRule.SUM:
            return sum(values, Decimal(0))
        return max(values) if self.rule is CumulationRule.HIGHEST else values[-1]

    def words_of_year(self, filed: Sequence[FiledNumber]) -> str:
        """Return the number of the year with its unit: 60 家; "" if no quarter counts."""
        number = self.number_of_year(filed)
        return "" if number is None else with_unit(number, self.unit)

    def ratio_of(self, filed: Sequence[FiledNumber]) -> Decimal | None:
        """Return the ratio over these quarters: in per cent if that is the unit."""
        pairs = [(one.value, one.base) for one in filed if one.value is not None and one.base]
        if not pairs:
            return None
        above, below = (sum(numbers, Decimal(0)) for numbers in zip(*pairs, strict=True))
        scale = 100 if self.unit == PERCENT else 1
        return (scale * above / below).quantize(RATIO_PLACES, ROUND_HALF_UP)

    def number_in_quarter(self, filed: FiledNumber) -> str:
        """Return the number of one quarter: 12 家, 32/40（80%）; "" if none is filed."""
        if self.rule is not CumulationRule.RATIO:
            return "" if filed.value is None else with_unit(filed.value, self.unit)
        ratio = self.ratio_of([filed])
        shown = "" if ratio is None else f"（{with_unit(ratio, self.unit)}）"
        typed = [number for number in (filed.value, filed.base) if number is not None]
        sides = (("?" if number is None else number_in_words(number)) for number in (filed.value, filed.base))
        return f"{'/'.join(sides)}{shown}" if typed else ""
