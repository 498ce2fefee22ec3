"""What a department is told to do next: one sentence, and one step."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.filing.department.rules import NextStep, WorkCounts, next_step, work_sentence

TODAY = date(2026, 10, 9)
COUNTS = st.integers(0, 3)


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        (
            WorkCounts(
                not_begun=4,
                begun=1,
                filled=1,
                returned=1,
                replies=1,
                reply_due=date(2026, 12, 9),
                due=date(2026, 10, 13),
            ),
            "还有 6 项未提交，1 项被退回；批示 1 件待回复，12月9日前；"
            "最近的截止是10月13日（含当日），还有 3 个工作日。",
        ),
        (
            WorkCounts(to_sign=3, replies_to_sign=1, due=TODAY),
            "3 项填报、1 件批示回复待您审签；最近的截止是10月9日（含当日），今天截止。",
        ),
        (WorkCounts(replies=2), "批示 2 件待回复。"),
        (WorkCounts(replies=2, reply_due=TODAY), "批示 2 件待回复，10月9日前。"),
        (
            WorkCounts(replies=2, reply_due=date(2026, 9, 30)),
            "批示 2 件待回复，最早的9月30日到期，已逾期。",
        ),
        (
            WorkCounts(returned=1, due=date(2027, 1, 8)),
            "1 项被退回；最近的截止是2027年1月8日（含当日），还有 65 个工作日。",
        ),
        (
            WorkCounts(suggestions=2, returned=1, replies=1),
            "1 项被退回；改字建议 2 项待答复；批示 1 件待回复。",
        ),
        (WorkCounts(contributions=12), "配合 12 项待报。"),
        (WorkCounts(handed_in=2), "本部门已全部提交，现在没有要办的事。"),
        (WorkCounts(handed_in=2, locked=1), "现在没有要办的事。"),
        (WorkCounts(), "现在没有要办的事。"),
    ],
)
def test_one_sentence_says_what_is_left(counts: WorkCounts, sentence: str) -> None:
    assert work_sentence(counts, TODAY) == sentence


@given(st.lists(COUNTS, min_size=9, max_size=9))
def test_the_first_of_the_steps_that_has_something_is_the_next(numbers: list[int]) -> None:
    names = (
        "to_sign",
        "replies_to_sign",
        "returned",
        "suggestions",
        "replies",
        "not_begun",
        "begun",
        "filled",
        "contributions",
    )
    counts = WorkCounts(**dict(zip(names, numbers, strict=True)))
    expected = next((step for step, number in zip(NextStep, numbers, strict=True) if number), None)
    assert next_step(counts) is expected
