"""Where an indicator stands: what a quarter adds, the year with it, and what was accepted until then."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

import pytest

from app.filing.core.indicator_progress import IndicatorProgress
from app.plan.core.cumulation import FiledNumber
from app.plan.core.models import Indicator
from app.plan.core.rules import CumulationRule


class Shown(NamedTuple):
    standing: str
    accepted: str
    share: int | None


LATEST, SUM = CumulationRule.LATEST, CumulationRule.SUM


@pytest.mark.parametrize(
    ("rule", "filed", "earlier", "shown"),
    [
        (SUM, None, (), Shown("", "", None)),
        (SUM, None, (12,), Shown("上次采用 12 家（20%）", "12 家（20%）", 20)),
        (
            SUM,
            30,
            (12,),
            Shown("已保存 30 家；年初以来 42 家（70%）；上次采用 12 家（20%）", "12 家（20%）", 70),
        ),
        (SUM, 30, (), Shown("已保存 30 家（50%）", "", 50)),
        (LATEST, 30, (12,), Shown("已保存 30 家（50%）；上次采用 12 家（20%）", "12 家（20%）", 50)),
    ],
)
def test_the_year_stands_beside_the_quarter_only_where_it_differs(
    rule: CumulationRule, filed: int | None, earlier: tuple[int, ...], shown: Shown
) -> None:
    indicator = Indicator(name="走访企业", unit="家", yearly_target=Decimal(60), cumulation_rule=rule)
    number = FiledNumber(None if filed is None else Decimal(filed))
    progress = IndicatorProgress(indicator, number, tuple(FiledNumber(Decimal(one)) for one in earlier))
    assert Shown(progress.standing_words, progress.words_accepted_before, progress.share) == shown
