"""What an earlier quarter says that a later one has summed up; what would be lost with it stays."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.composition.chapters.progress import accepted_texts
from app.composition.running_totals import RunningTotals
from app.composition.scope import read_scope
from app.periods.rules import Quarter
from tests.drafting.sample_documents import CASES, measure_facts


def is_held(earlier: str, later: str, *, of: int = 2, by: int = 3) -> bool:
    totals = RunningTotals()
    totals.add(later, Quarter(2026, by))
    return totals.hold(earlier, Quarter(2026, of))


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("举办“硅巷早餐会”6场。", "“硅巷早餐会”累计举办13场，二季度开设2个专场。"),
        ("“硅巷早餐会”累计举办13场。", "“硅巷早餐会”全年计划20场，至9月底已举办21场，企业反响好。"),
        ("走访企业66家，举办活动3场。", "今年以来，走访企业70家，新增线索5条，举办活动3场。"),
        ("走访企业66家、楼宇12栋。", "累计走访企业80家、楼宇12栋，服务前移。"),
        ("二季度走访企业66家，继续推进。", "前三季度走访企业120家，全部建档。"),
        ("6月走访企业66家，全部建档。", "截至9月底走访企业120家，全部建档。"),
    ],
)
def test_a_count_that_a_later_quarter_sums_up_is_held(earlier: str, later: str) -> None:
    assert is_held(earlier, later)


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("走访企业66家。", "走访企业70家。"),
        ("走访企业66家。", "累计走访企业60家。"),
        ("走访企业66家。", "累计走访企业70户。"),
        ("走访企业66家。", "累计走访居民70家。"),
        ("走访企业66家。", "全年计划走访企业70家。"),
        ("走访企业66家。", "三季度累计走访企业70家。"),
        ("走访企业66家。", "7至9月累计走访企业70家。"),
        ("走访企业66家。", "2024年以来累计走访企业700家。"),
        ("走访企业66家。", "上半年走访企业70家。"),
        ("走访企业66家。", "今年以来情况平稳，三季度走访企业70家。"),
        ("走访企业66家。", "累计签约9家，走访企业70家。"),
        ("走访企业66家，签约3家。", "累计走访企业70家。"),
        ("走访企业66家，与园区建立合作机制。", "累计走访企业70家。"),
        ("计划走访企业66家。", "累计走访企业70家。"),
        ("满意度达到95%。", "今年以来满意度达到96%。"),
        ("全部建档。", "今年以来走访企业70家，未建档2家。"),
    ],
)
def test_what_says_something_else_stays(earlier: str, later: str) -> None:
    assert not is_held(earlier, later)


def test_a_year_tells_a_cumulative_figure_once() -> None:
    report = replace(
        measure_facts(1, CASES[0]).report, quarter=Quarter(2026, 4), progress="早餐会累计举办21场，效果好。"
    )
    earlier = tuple(
        replace(report, quarter=Quarter(2026, number), progress=text)
        for number, text in ((1, "举办早餐会6场。建成展厅1个。"), (2, "早餐会累计举办13场。"))
    )
    measure = replace(measure_facts(1, CASES[0]), report=report, earlier=earlier)
    assert accepted_texts(measure, read_scope("2026")) == [
        "一季度，建成展厅1个。早餐会累计举办21场，效果好。"
    ]


@pytest.mark.parametrize(
    ("last", "start"),
    [
        ("早餐会累计举办21场。", "一季度，建成展厅1个。早餐会累计举办21场。"),
        ("举办早餐会21场。", "一季度，举办早餐会6场"),
    ],
)
def test_a_year_picks_of_an_earlier_quarter_what_was_not_summed_up_later(last: str, start: str) -> None:
    report = measure_facts(1, CASES[0]).report
    assert report is not None
    first = f"举办早餐会6场，现场收集研发补贴等问题43个，{'参加企业反响好，' * 5}当场解答35个。建成展厅1个。"
    earlier = (replace(report, quarter=Quarter(2026, 1), progress=first),)
    final = replace(report, quarter=Quarter(2026, 4), progress=last)
    (text,) = accepted_texts(
        replace(measure_facts(1, CASES[0]), report=final, earlier=earlier), read_scope("2026")
    )
    assert text.startswith(start)
