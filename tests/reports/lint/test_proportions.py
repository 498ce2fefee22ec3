"""Shares and comparisons in words beside their figures."""

import pytest

from tests.reports.lint.cases import assert_left_alone, quotes, with_text

WRONG = [
    ("share-in-words", "全街道常住人口5.28万人，其中60周岁及以上老年人1.31万人，约占五分之一，压力加大。"),
    ("share-in-words", "抽查商户120家，其中合格62家，占比超过六成。"),
    ("share-in-words", "全年共受理诉求1542件，其中物业管理类386件，占三成左右。"),
    ("share-in-words", "应到代表54人，实到24人，过半数。"),
    ("share-in-words", "全部32个小区中，已有14个成立业委会，超过半数。"),
    ("share-in-words", "收回问卷800份，其中满意的512份，占三分之二以上。"),
    ("growth-direction", "受理投诉143件，比上季度的121件有所下降。"),
    ("growth-direction", "发生警情26起，与去年同期的31起持平。"),
    ("growth-direction", "走访860户，较上月的790户略有减少。"),
    ("growth-direction", "三季度发案12起，去年同期9起，明显下降。"),
    ("share-in-words", "参保1200人中女性720人，占四成。"),
    ("share-in-words", "完成率98%；受理480件，其中办结455件，占比近九成。"),
    ("share-in-words", "收回有效问卷240份，表示满意的228份，接近九成。"),
    ("share-in-words", "报名86人，录用43人，录用人数不到报名人数的三分之一。"),
    ("share-in-words", "160户居民中120户同意，同意率超过八成。"),
    ("share-in-words", "办理留言940件。反映停车难的178件，近三成。"),
]
RIGHT = [
    "常住人口5.28万人，其中老年人1.31万人，约占四分之一。",
    "受理1542件，其中物业管理类486件、市容环境类391件，两类合计占比超过五成。",
    "应到代表54人，实到34人，过半数。",
    "受理投诉113件，比上季度的121件有所下降。",
    "发生警情31起，与去年同期的31起持平。",
    "发生警情30起，与去年同期的31起基本持平。",
    "每户费用约3万元，其中财政补助占三分之一左右。",
]


@pytest.mark.parametrize(("rule", "text"), WRONG)
def test_wrong_words_are_quoted(rule: str, text: str) -> None:
    assert len(quotes(rule, with_text(text))) == 1


@pytest.mark.parametrize("text", RIGHT)
def test_right_words_are_left_alone(text: str) -> None:
    assert_left_alone(text)


def test_a_share_may_stand_at_the_end_of_a_text_without_a_mark() -> None:
    assert quotes("share-in-words", with_text("办理诉求940件。反映停车难的178件")) == []
