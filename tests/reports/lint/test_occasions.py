"""What happened in which year and falls on which day: every one that the lint knows, as a calendar has it."""

from __future__ import annotations

import pytest

from reports.lint.rules.time.occasions import DAYS, FOUNDED
from tests.reports.lint.cases import quotes, with_text

IN_2026 = {
    "五四运动": 107,
    "中国共产党成立": 105,
    "建党": 105,
    "中国共产主义青年团成立": 104,
    "中国人民解放军建军": 99,
    "建军": 99,
    "红军长征胜利": 90,
    "中国人民抗日战争暨世界反法西斯战争胜利": 81,
    "抗日战争胜利": 81,
    "抗战胜利": 81,
    "中华人民共和国成立": 77,
    "新中国成立": 77,
    "建国": 77,
    "人民政协成立": 77,
    "抗美援朝出国作战": 76,
    "改革开放": 48,
    "浦东开发开放": 36,
    "香港回归": 29,
    "香港回归祖国": 29,
    "澳门回归": 27,
    "澳门回归祖国": 27,
}
CALENDAR = {
    "元旦": "1月1日",
    "国际妇女节": "3月8日",
    "妇女节": "3月8日",
    "植树节": "3月12日",
    "消费者权益日": "3月15日",
    "世界水日": "3月22日",
    "全民国家安全教育日": "4月15日",
    "世界读书日": "4月23日",
    "劳动节": "5月1日",
    "青年节": "5月4日",
    "护士节": "5月12日",
    "防灾减灾日": "5月12日",
    "儿童节": "6月1日",
    "世界环境日": "6月5日",
    "国际禁毒日": "6月26日",
    "建军节": "8月1日",
    "教师节": "9月10日",
    "烈士纪念日": "9月30日",
    "国庆节": "10月1日",
    "消防日": "11月9日",
    "消防宣传日": "11月9日",
    "国家宪法日": "12月4日",
    "志愿者日": "12月5日",
    "国家公祭日": "12月13日",
}


def test_every_event_and_day_stands_here() -> None:
    assert (IN_2026.keys(), CALENDAR.keys()) == (FOUNDED.keys(), DAYS.keys())


@pytest.mark.parametrize(("off", "found"), [(0, False), (1, True), (-1, True), (9, True), (10, False)])
def test_an_anniversary_has_the_years_since_then(off: int, found: bool) -> None:
    written = {what: f"{what}{age + off}周年" for what, age in IN_2026.items()}
    text = "".join(f"2026年是{words}。" for words in written.values())
    assert quotes("anniversary", with_text(text)) == (list(written.values()) if found else [])


@pytest.mark.parametrize("off", [0, 1])
def test_a_festival_falls_on_its_day(off: int) -> None:
    days = [(month, int(day) + off) for month, day in (one[:-1].split("月") for one in CALENDAR.values())]
    written = [f"{month}月{day}日是{name}" for name, (month, day) in zip(CALENDAR, days, strict=True)]
    in_brackets = [f"{name}（{month}月{day}日）" for name, (month, day) in zip(CALENDAR, days, strict=True)]
    for words in (written, in_brackets):
        assert quotes("festival", with_text("。".join((*words, "")))) == (words if off else [])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“十三五”时期（2016—2020年）", []),
        ("“十四五”时期（2021—2025年）", []),
        ("“十五五”规划（2026—2030年）", []),
        ("“十五五”时期（2026—2031年）", ["“十五五”时期（2026—2031年）"]),
        ("“十五五”时期（2025—2030年）", ["“十五五”时期（2025—2030年）"]),
        ("2026年是“十五五”规划的开局之年", []),
        ("2030年是“十五五”规划的收官之年", []),
        ("2027年是“十五五”规划的开局之年", ["2027年是“十五五”规划的开局之年"]),
        ("2026年是“十五五”规划的收官之年", ["2026年是“十五五”规划的收官之年"]),
        ("2025年是“十四五”规划的最后一年", []),
        ("2021年是“十四五”规划的第一年", []),
        ("2022年是“十四五”规划的起步之年", ["2022年是“十四五”规划的起步之年"]),
    ],
)
def test_a_plan_lasts_its_five_years(text: str, found: list[str]) -> None:
    assert quotes("plan-years", with_text(f"{text}。")) == found
