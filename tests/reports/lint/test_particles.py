"""的, 地 and 得 by what stands beside them."""

import pytest

from tests.reports.lint.cases import assert_left_alone, quotes, with_text

WRONG = [
    ("particle", "各社区要认认真真的做好排查工作。"),
    ("particle", "经过整治，小区环境变的干净整洁。"),
    ("particle", "居民的安全意识变的越来越强。"),
    ("particle", "隐患排查做的不够细致，整改不彻底。"),
    ("particle", "台账记录的不够规范，个别缺页。"),
    ("particle", "营造了良好地节日氛围。"),
    ("particle", "取得了显著地成绩。"),
    ("particle", "街道清醒的认识到，工作还存在不足。"),
    ("particle", "有条不紊的推进各项工作，确保进度。"),
    ("particle", "更好得服务群众，提高办事效率。"),
    ("particle", "切实得解决居民反映的问题。"),
    ("misspelling", "取的了明显成效，得到居民好评。"),
    ("misspelling", "做法值的推广，请各社区学习。"),
    ("particle", "会议开的非常成功，达到了目的。"),
    ("particle", "居民得意见要及时反馈。"),
    ("particle", "为居民提供了优美地居住环境。"),
    ("particle", "工作人员耐心细致的讲解政策，发放资料。"),
    ("particle", "网格员挨家挨户的上门宣传。"),
    ("particle", "社区干部热情的接待了来访群众。"),
    ("particle", "各项工作开展的有声有色，成效明显。"),
    ("particle", "街道积极的与区城管局沟通协调。"),
    ("particle", "设备运行的十分平稳。"),
    ("particle", "志愿者耐心的为老人讲解用药知识。"),
    ("particle", "工作人员逐户的登记信息。"),
    ("particle", "取得地成效来之不易。"),
]
RIGHT = [
    "取得实实在在的成效，赢得好评。",
    "小区环境变得干净整洁。",
    "发挥空间巨大的比较优势，加快发展。",
    "向全体居民提出了新的更高要求。",
    "做好重大地质灾害防范，巡查主要地段。",
    "热情的与会人员提出了建议。",
    "全面的对外开放带来了机遇。",
    "努力建设人民满意的服务型政府，变的是环境，不变的是初心。",
    "挨家挨户地上门宣传，做得很细。",
    "长期向好的趋势没有变的发展优势要用好。",
]


@pytest.mark.parametrize(("rule", "text"), WRONG)
def test_wrong_particles_are_quoted(rule: str, text: str) -> None:
    assert len(quotes(rule, with_text(text))) == 1


@pytest.mark.parametrize("text", RIGHT)
def test_right_particles_are_left_alone(text: str) -> None:
    assert_left_alone(text)
