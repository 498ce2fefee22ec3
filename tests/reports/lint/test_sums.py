"""Parts and wholes, rates, changes, amounts."""

import pytest

from tests.reports.lint.cases import assert_left_alone, quotes, with_text

WRONG = [
    ("divided-whole", "受理120件，其中环境类50件、物业类40件、停车类40件。"),
    ("divided-whole", "安排300万元，其中：道路150万元，绿化100万元，照明80万元。"),
    ("added-total", "分别完成12项、9项和6项，共28项。"),
    ("more-than-all", "12个居民区中，已有13个完成换届。"),
    ("more-than-all", "12个中13个完成。"),
    ("more-than-all", "应到委员32人，实到35人。"),
    ("rate", "改造小区40个，已完成30个，完成率80%。"),
    ("rate", "应检企业200家，已检查150家，占70%。"),
    ("over-hundred", "知晓率达103%。"),
    ("all-but-some", "隐患全部整改，仍有6处未整改。"),
    ("growth-direction", "由320件下降到350件。"),
    ("change", "办结率96%，比上季度的91%提高5%。"),
    ("change", "引进120家，比去年的100家增加30家。"),
    ("rate-change", "满意率比上季度提高5%。"),
    ("currency", "完成投资12亿人民币。"),
    ("currency", "落实资金300万，用于更新。"),
    ("negative-growth", "税收增长-5%。"),
]
RIGHT = [
    "受理120件，其中环境类50件、物业类40件。",
    "引进企业50家，其中外资20家，比去年增加60家。",
    "参训30人，其中党员20名、女性18名。",
    "到会300人，其中代表200人、嘉宾150人。",
    "新增5家、注销2家，共有企业120家。",
    "12个居民区中，已有11个完成换届；8个中心服务9个小区。",
    "计划改造40个，已完成30个，完成率75%，全年完成率达到105%。",
    "发现隐患96处，按期整改90处，按期整改率95%。",
    "由85%提高到92%，引进120家，比去年的100家增加20%。",
    "发案率同比下降20%，完成投资人民币12亿元，资金300万元。",
]


@pytest.mark.parametrize(("rule", "text"), WRONG)
def test_figures_that_cannot_be_are_quoted(rule: str, text: str) -> None:
    assert len(quotes(rule, with_text(text))) == 1


@pytest.mark.parametrize("text", RIGHT)
def test_figures_that_agree_are_left_alone(text: str) -> None:
    assert_left_alone(text)


def test_a_half_width_comma_ends_a_clause_as_well() -> None:
    assert quotes("roll", with_text("应到13人,实到11人,请假2人。")) == []
    assert quotes("rest", with_text("应缴43250人,已缴41088人,尚有2162人未缴费,其中外出1730人。")) == []
