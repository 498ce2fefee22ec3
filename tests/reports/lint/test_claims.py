"""What a sentence says in words of the figures that it lists."""

import pytest

from tests.reports.lint.cases import assert_left_alone, quotes, with_text

WRONG = [
    ("most-of-all", "完成率分别为：河口镇91%、柳林镇95%、石桥镇88%，河口镇进度最快。"),
    ("most-of-all", "参加活动的居民中，老年人120人，青年人45人，以青年人为主。"),
    ("most-of-all", "河口镇93%，双林镇89%，云台镇91%，利用率最低的云台镇将作表态发言。"),
    ("most-of-all", "甲社区得94.2分、乙社区得95.6分，甲社区位列第一。"),
    ("growth-direction", "准确率由6月底的82%变为9月底的85%，略有下降。"),
    ("growth-direction", "上半年投诉60件，下半年投诉85件，投诉量明显下降。"),
    ("growth-direction", "到会人数45人，超过应到人数50人。"),
    ("growth-direction", "测评得分为90.8分，高于全区92.4分的平均水平。"),
]
RIGHT = [
    "河口镇91%、柳林镇95%、石桥镇88%，柳林镇进度最快。",
    "平均用时甲组5天、乙组3天，乙组最快。",
    "四个片区的准确率均超过94%，依次为96.3%、95.8%、94.6%和97.1%。",
    "7月、8月、9月盗窃警情分别为41起、39起、36起，连续三个月下降。",
    "中职学校由71所优化整合为47所，教育质量进一步提升。",
    "设施安装率明显提高，由35%升至78%。",
    "营业额增速由二季度的-1.2%变为0.8%，由负转正。",
    "测评得分为93.8分，高于全区92.4分的平均水平。",
    "总投资3000万元，超过5000万元的项目2个。",
    "三季度工单无一逾期，办结率100%。",
]


@pytest.mark.parametrize(("rule", "text"), WRONG)
def test_wrong_claims_are_quoted(rule: str, text: str) -> None:
    assert len(quotes(rule, with_text(text))) == 1


@pytest.mark.parametrize("text", RIGHT)
def test_right_claims_are_left_alone(text: str) -> None:
    assert_left_alone(text)
