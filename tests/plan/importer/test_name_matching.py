"""Printed names and the departments that they mean."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.plan.importer.duty_names import LEAST_NAME_LIKENESS, MatchKind, match_names, plain_name


class Unit(NamedTuple):
    name: str
    short_name: str


UNITS = (
    Unit("党政办公室", "党政办"),
    Unit("社区平安办公室", "平安办"),
    Unit("社区管理办公室", "管理办"),
    Unit("社区党群服务中心", "党群中心"),
    Unit("城市运行管理中心", "城运中心"),
    Unit("纪检监察工作委员会办公室", "纪工委办"),
    Unit("市场监督管理所", "市监所"),
    Unit("桂香居民区（示例）", "桂香"),
)
GROUPS = ("各居民区", "各科室")


def found(name: str, units: tuple[Unit, ...] = UNITS) -> tuple[MatchKind, tuple[str, ...], str]:
    match = match_names([name], units, GROUPS)[name]
    assert match.name == name
    return match.kind, tuple(unit.short_name for unit in match.units), match.group


@pytest.mark.parametrize(
    ("name", "short_name"),
    [
        ("党政办公室", "党政办"),
        ("党政办", "党政办"),
        ("桂香", "桂香"),
        ("平安办公室", "平安办"),
        ("社区平安办", "平安办"),
        ("城东街道党政办", "党政办"),
        ("街道党政办公室", "党政办"),
        ("街道办事处党政办", "党政办"),
        ("中共城东街道党工委党政办公室", "党政办"),
        ("区党政办", "党政办"),
        ("本街道党政办", "党政办"),
        ("党 政 办", "党政办"),
        ("桂香居民区", "桂香"),
        ("社区党群中心", "党群中心"),
        ("城市运行中心", "城运中心"),
        ("市监所（质检站）", "市监所"),
    ],
)
def test_a_name_matches_its_department(name: str, short_name: str) -> None:
    assert found(name) == (MatchKind.MATCHED, (short_name,), "")


@pytest.mark.parametrize(
    ("name", "short_names"),
    [
        ("党群服务站", ("党群中心",)),
        ("综合管理办", ("管理办",)),
        ("纪工委", ("纪工委办",)),
        ("市场监管所", ("市监所",)),
    ],
)
def test_names_that_are_only_alike_are_proposed(name: str, short_names: tuple[str, ...]) -> None:
    assert found(name) == (MatchKind.PROPOSED, short_names, "")


def test_the_likeliest_are_proposed_first_and_three_at_most() -> None:
    units = tuple(Unit(f"{name}管理服务办", f"{name}办") for name in ("甲甲", "乙", "丙丙", "丁丁", "戊"))
    assert found("乙戊管理服务办", units) == (MatchKind.PROPOSED, ("乙办", "戊办", "甲甲办"), "")


def test_a_name_is_proposed_from_a_likeness_of_60_on() -> None:
    assert LEAST_NAME_LIKENESS == 60
    assert found("外事外管理", (Unit("乙外事管理", "乙"),))[0] is MatchKind.PROPOSED  # 4 of 5 in order: 80
    assert found("甲乙丙外事", (Unit("外事丁戊丙", "丁"),))[0] is MatchKind.UNKNOWN  # 2 of 5: 40
    assert found("甲乙丙丁戊", (Unit("甲乙丙子丑", "丑"),))[0] is MatchKind.PROPOSED  # 3 of 5: 60


@pytest.mark.parametrize("name", ["外事办", "财政所", "公司", ""])
def test_a_name_of_no_department_is_unknown(name: str) -> None:
    assert found(name) == (MatchKind.UNKNOWN, (), "")


def test_a_name_of_two_is_left_to_a_person() -> None:
    units = (*UNITS, Unit("管理办", "管办"), Unit("东街道综治中心", "东综"), Unit("综治中心", "西综"))
    assert found("管理办", units) == (MatchKind.AMBIGUOUS, ("管理办", "管办"), "")
    assert found("区综治中心", (*UNITS, Unit("本综治中心", "东综"), Unit("综治中心", "西综"))) == (
        MatchKind.AMBIGUOUS,
        ("东综", "西综"),
        "",
    )


@pytest.mark.parametrize(
    ("name", "group"),
    [
        ("各居民区", "各居民区"),
        ("全体居民区", "各居民区"),
        ("各居民区（社区）", "各居民区"),
        ("所有科室", "各科室"),
    ],
)
def test_a_name_of_a_group_matches_the_group(name: str, group: str) -> None:
    assert found(name) == (MatchKind.GROUP, (), group)


@pytest.mark.parametrize("name", ["相关部门", "各有关单位", "等部门", "等", "各镇（街道）"])
def test_words_that_name_nobody_in_particular(name: str) -> None:
    assert found(name) == (MatchKind.WORDS, (), "")


def test_each_name_once_in_order() -> None:
    assert list(match_names(["外办", "党政办", "外办"], UNITS)) == ["外办", "党政办"]


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("城东街道办事处党政办公室", "党政办"),
        ("纪律检查委员会", "纪律检查委"),
        ("党群服务中心", "党群中心"),
        ("城市管理中心", "城市中心"),
        ("办公室", "办公室"),
        ("市场监管所", "市场监管所"),
        ("市财政局", "财政局"),
        ("区域发展办", "区域发展办"),
        ("区长", "区长"),
        ("乡村振兴办", "乡村振兴办"),
    ],
)
def test_a_name_is_compared_in_its_short_form(name: str, plain: str) -> None:
    assert plain_name(name) == plain


@settings(max_examples=60)
@given(
    st.lists(st.text(alphabet="党政办公室平安管理中心居民区各街道（）", min_size=1, max_size=8), max_size=5)
)
def test_every_name_gets_an_answer(names: list[str]) -> None:
    matches = match_names(names, UNITS, GROUPS)
    assert list(matches) == list(dict.fromkeys(names))
    for match in matches.values():
        assert len(match.units) == {
            MatchKind.MATCHED: 1,
            MatchKind.UNKNOWN: 0,
            MatchKind.GROUP: 0,
            MatchKind.WORDS: 0,
        }.get(match.kind, len(match.units))
        assert bool(match.group) is (match.kind is MatchKind.GROUP)
        assert set(match.units) <= set(UNITS)
