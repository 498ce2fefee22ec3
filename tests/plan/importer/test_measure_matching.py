"""Measures of two years side by side."""

from __future__ import annotations

from time import process_time
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.plan.importer.measure_matching import (
    COMPARED_LENGTH,
    LEAST_LIKENESS,
    MeasureChange,
    NumberChange,
    YearComparison,
    changed_numbers,
    match_measures,
)


class Measure(NamedTuple):
    title: str
    text: str = ""


def titles_of(
    compared: YearComparison[Measure, Measure],
) -> tuple[list[tuple[str, str]], list[str], list[str]]:
    return (
        [(pair.before.title, pair.after.title) for pair in compared.pairs],
        [one.title for one in compared.added],
        [one.title for one in compared.dropped],
    )


LAST_YEAR = [
    Measure("走访服务企业", "全年走访重点企业200家，解决诉求60件，满意率98%。"),
    Measure("改造老旧小区", "改造老旧小区3个。"),
    Measure("建强楼宇党建", "新建楼宇党支部5个。"),
    Measure("办好社区运动会", "举办运动会1场。"),
]
THIS_YEAR = [
    Measure("建强楼宇党建", "新建**楼宇党支部** 5 个。"),
    Measure("做优长者食堂", "新建长者食堂2家，日均供餐300份。"),
    Measure("走访服务企业", "全年走访重点企业240家，解决诉求60件，满意率98%。"),
    Measure("推进老旧小区改造", "改造老旧小区4个。"),
]


def test_same_changed_new_and_dropped() -> None:
    compared = match_measures(LAST_YEAR, THIS_YEAR)
    assert titles_of(compared) == (
        [
            ("建强楼宇党建", "建强楼宇党建"),
            ("走访服务企业", "走访服务企业"),
            ("改造老旧小区", "推进老旧小区改造"),
        ],
        ["做优长者食堂"],
        ["办好社区运动会"],
    )
    assert [(pair.change, pair.numbers) for pair in compared.pairs] == [
        (MeasureChange.SAME, ()),
        (MeasureChange.CHANGED, (NumberChange("全年走访重点企业200家", "全年走访重点企业240家"),)),
        (MeasureChange.CHANGED, (NumberChange("改造老旧小区3个", "改造老旧小区4个"),)),
    ]
    assert [pair.likeness for pair in compared.pairs][:2] == [100.0, 100.0]
    assert LEAST_LIKENESS <= compared.pairs[2].likeness < 100


def test_of_two_alike_the_likelier_is_taken_and_each_once() -> None:
    last, this = [Measure("走访企业"), Measure("走访企业家")], [Measure("走访企业家"), Measure("走访企业")]
    assert titles_of(match_measures(last, this)) == (
        [("走访企业家", "走访企业家"), ("走访企业", "走访企业")],
        [],
        [],
    )
    twice = match_measures(
        [Measure("走访企业", "甲")], [Measure("走访企业", "乙"), Measure("走访企业", "丙")]
    )
    assert [pair.after.text for pair in twice.pairs] == ["乙"]
    assert [one.text for one in twice.added] == ["丙"]
    both = match_measures([Measure("走访企业", "甲"), Measure("走访企业", "乙")], [Measure("走访企业", "丙")])
    assert [pair.before.text for pair in both.pairs] == ["甲"]
    assert [one.text for one in both.dropped] == ["乙"]


def test_the_same_title_is_enough_and_the_same_text_with_half_a_title() -> None:
    assert (
        match_measures([Measure("走访企业", "甲乙丙")], [Measure("走访企业", "子丑寅")]).pairs[0].likeness
        == 60
    )
    [pair] = match_measures([Measure("走访企业", "甲乙丙")], [Measure("走访居民", "甲乙丙")]).pairs
    assert pair.likeness == 70
    assert match_measures([Measure("走访企业", "甲乙丙")], [Measure("慰问居民", "甲乙丙")]).pairs == ()
    [least] = match_measures([Measure("甲乙丙丁", "子")], [Measure("甲戊己庚", "子")]).pairs
    assert least.likeness == LEAST_LIKENESS == 55


def test_what_is_compared_of_a_long_text() -> None:
    assert COMPARED_LENGTH == 400
    same = "甲" * COMPARED_LENGTH
    [pair] = match_measures([Measure("走访", same + "乙" * 400)], [Measure("走访", same + "丙" * 400)]).pairs
    assert (pair.likeness, pair.change) == (100, MeasureChange.CHANGED)
    [other] = match_measures([Measure("走访", same[1:] + "乙")], [Measure("走访", same[1:] + "丙")]).pairs
    assert other.likeness < 100


def test_years_before_and_after_nothing() -> None:
    assert match_measures(LAST_YEAR, []) == YearComparison((), (), tuple(LAST_YEAR))
    assert match_measures([], THIS_YEAR) == YearComparison((), tuple(THIS_YEAR), ())


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        ("走访200家", "走访240家", [("走访200家", "走访240家")]),
        ("走访企业200家以上。", "全年走访企业240家以上。", [("走访企业200家以上", "全年走访企业240家以上")]),
        ("满意率98%，", "满意率99%，", [("满意率98%", "满意率99%")]),
        (
            "完成1,200户（80.5％）",
            "完成1,300户（90.5％）",
            [("完成1,200户", "完成1,300户"), ("80.5％", "90.5％")],
        ),
        ("建3个、修2条", "建3个、修4条", [("修2条", "修4条")]),
        ("建3个5处", "建4个5处", [("建3个", "建4个")]),
        ("建站3个，修路2条", "修路2条", []),
        ("占比60%", "占比60家", []),
        ("2026年走访", "2027年走访", []),
        ("2026家企业", "2027家企业", [("2026家企业", "2027家企业")]),
        ("完成1999年", "完成12年", [("完成1999年", "完成12年")]),
        ("走访", "走访", []),
        ("跟进2025年精品小区改造", "完成旧住房修缮8万平方米", []),
        ("200家", "办会12家", []),
        ("访200家", "访240家", [("访200家", "访240家")]),
        (
            "一二三四五六七八九十5子丑寅卯辰巳",
            "一二三四五六七八九十6子丑寅卯辰巳",
            [("三四五六七八九十5子丑寅卯", "三四五六七八九十6子丑寅卯")],
        ),
    ],
)
def test_changed_numbers_are_paired_in_order(before: str, after: str, changes: list[tuple[str, str]]) -> None:
    assert list(changed_numbers(before, after)) == changes


MEASURES = st.lists(
    st.builds(
        Measure, st.text(alphabet="走访企业居民12", max_size=6), st.text(alphabet="甲乙3，。", max_size=8)
    ),
    max_size=6,
)


@settings(max_examples=60)
@given(MEASURES, MEASURES)
def test_every_measure_is_in_exactly_one_pair(last_year: list[Measure], this_year: list[Measure]) -> None:
    compared = match_measures(last_year, this_year)
    assert sorted([*(pair.before for pair in compared.pairs), *compared.dropped]) == sorted(last_year)
    assert sorted([*(pair.after for pair in compared.pairs), *compared.added]) == sorted(this_year)
    assert match_measures(last_year, this_year) == compared
    for measure in compared.pairs:
        assert (measure.change is MeasureChange.CHANGED) or not measure.numbers


@settings(max_examples=60)
@given(MEASURES, MEASURES)
def test_no_pair_that_is_alike_enough_is_left(last_year: list[Measure], this_year: list[Measure]) -> None:
    compared = match_measures(last_year, this_year)
    for before in compared.dropped:
        for after in compared.added:
            assert match_measures([before], [after]).pairs == ()


def test_long_plans_are_compared_quickly() -> None:
    words = "".join(map(chr, range(0x4E00, 0x5200)))
    last = [Measure(words[place : place + 12], words[place : place + 400]) for place in range(700)]
    this = [Measure(one.title[::-1], one.text[::-1]) for one in last]
    start = process_time()
    assert match_measures(last, this).pairs == ()
    assert process_time() - start < 2
