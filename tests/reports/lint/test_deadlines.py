"""Dates of one passage that must agree."""

import pytest

from tests.reports.lint.cases import assert_left_alone, quotes, with_text

WRONG = [
    (
        "answer-before-question",
        "街道已于2026年10月15日将征求意见稿发至各社区，请各社区研究后于10月10日前反馈书面意见。",
    ),
    ("period-length", "公示期为7天，自2026年10月12日至10月15日。"),
    ("period-length", "公示期5个工作日，自10月12日至10月14日，如有异议请反映。"),
    ("period-length", "协议自2024年3月1日至2026年2月28日，为期三年。"),
    ("period-length", "共7天，自10月12日至10月15日。"),
    ("reversed-clock", "会议时间为上午10时至9时，地点在二楼会议室。"),
    ("age", "该小区2006年建成，至今已有15年，2026年列入改造计划。"),
    ("answer-before-question", "9月5日街道召开了部署会，要求各社区于9月1日前完成摸底。"),
    ("period-length", "合同期限为2026年5月1日至2026年4月30日。"),
]
RIGHT = [
    "街道已于10月5日将征求意见稿发至各社区，请于10月20日前反馈意见。",
    "公示期为7天，自10月12日至10月18日。",
    "公示期5个工作日，自10月12日至10月16日。",
    "共4天，自10月12日至10月15日。",
    f"公示期为7天，{'另行通知，' * 9}自10月12日至10月15日开会。",
    "协议自2024年3月1日至2027年2月28日，为期三年。",
    "计划9月30日完工，实际于9月20日竣工，提前10天。",
    "使用年限10至15年的电梯有286台。",
    "项目分三期：一期已于2024年10月投用；二期今年6月完工；三期计划2027年3月开工。",
    "老人1950年出生，20岁参军。",
    "自2026年1月1日至2026年10月27日，共三百天。",  # longer than what is counted in words
    "会议时间为上午9时至11时30分。",
    "该小区2006年建成，至今已有20年，2026年列入改造计划。",
    "夜间巡查时间为22时至5时。",
]


@pytest.mark.parametrize(("rule", "text"), WRONG)
def test_wrong_dates_are_quoted(rule: str, text: str) -> None:
    assert len(quotes(rule, with_text(text))) == 1


@pytest.mark.parametrize("text", RIGHT)
def test_right_dates_are_left_alone(text: str) -> None:
    assert_left_alone(text)


def test_what_is_done_after_the_signature_is_quoted() -> None:
    for words, is_quoted in (
        ("2026年10月9日，街道召开了推进会", False),
        ("2026年10月10日，街道召开了推进会", True),
        ("今年10月10日街道召开了推进会", True),
        ("新大厅已于10月10日启用", True),
        ("新大厅将于10月10日启用，已安排人员", False),
        ("大厅改造请于10月10日前完成，已办的不再重复", False),
    ):
        assert bool(quotes("future-date", with_text(f"{words}。"))) == is_quoted, words
