"""Titles broken by meaning, as a trapezoid or a diamond (7.3.1)."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.line_breaks import rough_width
from reports.titles import title_lines
from tests.reports.test_line_breaks import NEVER_FIRST, NEVER_LAST


def test_given_title_lines_are_kept() -> None:
    assert title_lines("华阳路街道办事处\n关于推进情况的报告", 19) == [
        "华阳路街道办事处",
        "关于推进情况的报告",
    ]


def test_a_given_line_that_the_page_has_no_room_for_is_broken_by_itself() -> None:
    fits = "关于2026年第三季度工作计划推进情况的报告"
    assert title_lines(f"华阳路街道办事处\n{fits}", 19)[1:] == [fits]
    long = "《中共长宁区华阳路街道工作委员会2026年党建工作要点》的通知"
    assert title_lines(f"关于印发\n{long}", 19) == [
        "关于印发",
        "《中共长宁区华阳路街道工作委员会",
        "2026年党建工作要点》的通知",
    ]


@pytest.mark.parametrize(
    "title",
    [
        "华阳路街道办事处关于2026年第三季度工作计划推进情况的报告",
        "关于印发《华阳路街道2026年工作计划》的通知",
        "关于2026年1月至9月“1+11+17+X”招商机制推进情况的通报",
        "华阳路街道办事处关于2026年前三季度优化营商环境和城市更新重点任务推进情况以及下一步工作打算的报告",
    ],
)
def test_long_titles_are_broken_evenly_and_by_meaning(title: str) -> None:
    lines = title_lines(title, 19)
    assert "".join(lines) == title
    widths = [*map(rough_width, lines)]
    assert max(widths) <= 19
    assert max(widths) - min(widths) <= 8
    assert widths[1:-1] == [] or min(widths[1:-1]) >= min(widths[0], widths[-1])
    for before, after in pairwise(lines):
        assert before[-1] not in NEVER_LAST
        assert after[0] not in NEVER_FIRST + "的年"
        assert not (before[-1].isdigit() and after[0].isdigit())


def test_letters_and_figures_take_half_of_a_titles_width() -> None:
    assert title_lines("关于2026年1—9月APEC进展情况的报告", 19) == ["关于2026年1—9月APEC进展情况的报告"]
    assert title_lines("关于2026年10月数字化转型APEC项目进展情况的报告", 19) == [
        "关于2026年10月数字化转型",
        "APEC项目进展情况的报告",
    ]


@pytest.mark.parametrize(
    ("title", "broken"),
    [
        ("关于推进数字化转型重点项目建设情况的报告", "关于推进数字化转型|重点项目建设情况的报告"),
        ("Annual Report on the Work Plan of the Office", "Annual Report on the |Work Plan of the Office"),
    ],
)
def test_a_title_is_broken_between_words(title: str, broken: str) -> None:
    assert title_lines(title, 14) == broken.split("|")


@given(st.text(alphabet="国的《》“”，2026关于", min_size=1, max_size=90))
def test_any_title_is_broken_without_loss(title: str) -> None:
    lines = title_lines(title, 19)
    assert "".join(lines) == title
    assert max(map(rough_width, lines)) <= 19.01
