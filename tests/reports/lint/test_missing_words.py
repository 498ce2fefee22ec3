"""Sentences of which a word is missing."""

import pytest

from tests.reports.lint.cases import assert_left_alone, quotes, with_text

WRONG = [
    ("missing-as", "街道以“红色物业”创建抓手，推动12家企业成立党组织。"),
    ("missing-word", "要充分发挥党员先锋模范，带动居民参与。"),
    ("missing-word", "通过整治，占道经营现象取得明显，居民拍手称快。"),
    ("missing-word", "此举受到居民的一致，社会反响良好。"),
    ("missing-word", "努力营造人人参与、共建共享的良好。"),
    ("missing-word", "各单位要认真履行安全生产主体，落实防范措施。"),
    ("missing-as", "以网格化管理抓手，推动服务下沉。"),
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
