"""How the quarters of an indicator make a year: the one place where their numbers are put together. Pure."""

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
    """What was filed on an indicator in a quarter; of a ratio the numerator, with its denominator as `base`."""

    value: Decimal | None
    base: Decimal | None = None


@dataclass(frozen=True)
class Cumulation:
    """An indicator's way of making a year, with the unit in which it counts."""

    rule: CumulationRule
    unit: str

    def number_of_year(self, filed: Sequence[FiledNumber]) -> Decimal | None:
        """Return where the year stands after these quarters, oldest first; None where none of them counts.

        A ratio counts only the quarters that have a denominator: numerators and denominators are added before they
        are divided, since a mean of ratios would give a small quarter the weight of a large one.
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
        """Return where the year stands as people read it: 60 家; nothing where no quarter counts."""
        number = self.number_of_year(filed)
        return "" if number is None else with_unit(number, self.unit)

    def ratio_of(self, filed: Sequence[FiledNumber]) -> Decimal | None:
        """Return the ratio over these quarters: in per cent where that is the unit."""
        pairs = [(one.value, one.base) for one in filed if one.value is not None and one.base]
        if not pairs:
            return None
        above, below = (sum(numbers, Decimal(0)) for numbers in zip(*pairs, strict=True))
        scale = 100 if self.unit == PERCENT else 1
        return (scale * above / below).quantize(RATIO_PLACES, ROUND_HALF_UP)

    def number_in_quarter(self, filed: FiledNumber) -> str:
        """Return what was filed in one quarter as people read it: 12 家, 32/40（80%）; nothing for nothing."""
        if self.rule is not CumulationRule.RATIO:
            return "" if filed.value is None else with_unit(filed.value, self.unit)
        ratio = self.ratio_of([filed])
        shown = "" if ratio is None else f"（{with_unit(ratio, self.unit)}）"
        typed = [number for number in (filed.value, filed.base) if number is not None]
        sides = (("?" if number is None else number_in_words(number)) for number in (filed.value, filed.base))
        return f"{'/'.join(sides)}{shown}" if typed else ""
