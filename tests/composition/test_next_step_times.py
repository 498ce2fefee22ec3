"""When next steps are due: what the departments named counts, and nobody is said to have named nothing who did."""

from __future__ import annotations

from dataclasses import replace

from app.composition.chapters.next_step_times import first_time, times_words
from app.periods.rules import Quarter
from tests.drafting.sample_documents import CASES, measure_facts

SECOND = Quarter(2026, 2)


def test_the_first_month_to_come_counts_or_else_the_quarter() -> None:
    cases = {
        "12月完工，7月报批。": (3, 7),
        "5月已报批，三季度开工。": (3, 0),
        "第四季度验收，9月试运行。": (3, 9),
        "一季度已启动，二季度继续。": (0, 0),
        "2026年11月底前完成": (4, 11),
        "力争年内建成。": (0, 0),
        "": (0, 0),
    }
    assert {text: first_time(text, SECOND) for text in cases} == cases


def test_the_counts_close_and_only_what_names_no_time_is_asked_for_it() -> None:
    report = measure_facts(1, CASES[0]).report
    assert report is not None

    def words(*texts: str, asks: bool = True) -> str:
        return times_words([replace(report, next_steps=text) for text in texts], SECOND, asks=asks)

    assert words("三季度开工。", "8月开工。", "8月验收。", "继续推进。") == (
        "中，2项最近的节点在8月，1项只写明第三季度；没有写明后续月份或者季度的1项，要尽快明确"
    )
    assert words("9月验收。", "7月开工。", "8月开工。", "8月验收。", asks=False) == (
        "中，2项最近的节点分别在7月、9月，2项在8月"
    )
    assert words("7月开工。", "8月开工。") == "最近的节点分别在7月、8月"
    assert words("三季度开工。", "第三季度验收。") == "最近的节点均在第三季度"
    assert words("继续推进。", "抓紧。") == "均没有写明后续月份或者季度，要尽快明确"
    assert words("继续推进。", "8月开工。", asks=False) == "中，1项最近的节点在8月"
    assert words("继续推进。", asks=False) == ""
