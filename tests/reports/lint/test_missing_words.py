"""Sentences of which a word is missing."""

import pytest

from tests.reports.lint.cases import assert_left_alone, quotes, with_text

WRONG = [
    ("missing-as", "街道以“红色物业”创建抓手，推动12家企业成立党组织。"),
    ("missing-as", "开展以“安全用电”主题的宣传活动，发放资料300份。"),
    ("missing-noun", "要充分发挥党员先锋模范，带动居民参与。"),
    ("missing-noun", "通过整治，占道经营现象取得明显，居民拍手称快。"),
    ("missing-noun", "此举受到居民的一致，社会反响良好。"),
    ("missing-verb", "对辖区餐饮单位燃气使用情况，发现隐患12处。"),
    ("missing-noun", "努力营造人人参与、共建共享的良好。"),
    ("missing-noun", "各单位要认真履行安全生产主体，落实防范措施。"),
    ("missing-as", "以网格化管理抓手，推动服务下沉。"),
    ("missing-word", "进一步加强对建筑工地扬尘污染的，确保达到要求。"),
    ("missing-word", "各社区要加强对独居老人的，做到每周走访一次。"),
    ("missing-word", "在开展排查过程，发现隐患12处。"),
    ("missing-word", "把责任落实每一个责任人。"),
]
RIGHT = [
    "街道以“红色物业”创建为抓手，推动工作。",
    "发挥党员先锋模范作用，带动居民参与。",
    "发挥示范引领、辐射带动作用。",
    "受到居民的一致好评，反响良好。",
    "对辖区餐饮单位进行检查，发现隐患12处。",
    "努力营造公平透明，便捷高效的环境。",
    "以此为契机，推动工作。",
]


@pytest.mark.parametrize(("rule", "text"), WRONG)
def test_sentences_that_lack_a_word_are_quoted(rule: str, text: str) -> None:
    assert len(quotes(rule, with_text(text))) == 1


@pytest.mark.parametrize("text", RIGHT)
def test_whole_sentences_are_left_alone(text: str) -> None:
    assert_left_alone(text)
