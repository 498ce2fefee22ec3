"""What one passage says of one matter twice, and sums, dates, units and words of kinds that a list by others named."""

import pytest

from tests.reports.lint.cases import assert_left_alone, quotes, with_text

WRONG = [
    ("double-approximation", "街道在文化广场举办反诈活动，约有300余名居民参加。"),
    ("growth-times", "数量由2025年年底的6个增加到目前的12个，数量翻了两番。"),
    ("word-by-use", "推进整治，即要严格规范执法，又要做好教育疏导。"),
    ("word-by-use", "对敷衍应付的，依规依纪严肃处理，决姑息迁就。"),
    ("list-mark", "三项措施：一是摸清底数，逐户登记。确保不漏一户；二是加强培训；三是强化考核。"),
    ("unit", "清运建筑垃圾560方，清理死角73处。"),
    ("unit", "查扣过期食品120斤，并立案调查。"),
    ("short-body", "届时请区住建派专业人员参加。"),
    ("capital-amount", "合同总价为128500元（大写：人民币壹拾贰万捌仟元整），分两期支付。"),
    ("each-and-all", "更换路灯120盏，每盏3000元，共投入资金36元。"),
    ("work-without-title-marks", "违反了《中华人民共和国消防法第二十八条》的规定，已责令改正。"),
    (
        "done-before-raised",
        "9月3日上午，街道接到居民反映后立即交办。社区人员于9月1日会同燃气公司到场排查。",
    ),
    (
        "person-of-two-ranks",
        "9月28日，办事处主任陈志远主持会议并讲话。会上，办事处副主任陈志远签订了责任书。",
    ),
    ("one-name-by-sound", "锦绣、临湖、北苑3个社区得分列前三位。其中，锦秀社区值得学习。"),
    ("office-of-two-names", "由社区建设办公室牵头，各社区配合。每月由社区发展办公室汇总。"),
    ("capital-amount", "首期款人民币伍万零伍佰元整（￥50400元），按期支付。"),
]
RIGHT = [
    "街道12名干部到场。",
    "既要规范执法，又要做好疏导，立即要求整改，决不姑息。",
    "一是摸清底数，逐户登记，确保不漏一户；二是加强培训。",
    "全区信访总量下降，请区住建局派专业人员参加。",
    "合同总价为128500元（大写：人民币壹拾贰万捌仟伍佰元整）。",
    "违反了《中华人民共和国消防法》第二十八条的规定。",
    "街道于9月3日接到反映，此前，社区人员已于9月1日到场排查。",
    "办事处主任陈志远主持会议，副主任李明华签订责任书。",
    "锦绣、临湖、北苑3个社区得分列前三位，锦绣社区值得学习。",
    "由6个增加到12个，数量翻了一番。",
]


@pytest.mark.parametrize(("rule", "text"), WRONG)
def test_what_does_not_agree_is_quoted(rule: str, text: str) -> None:
    assert len(quotes(rule, with_text(text))) == 1


@pytest.mark.parametrize("text", RIGHT)
def test_what_agrees_is_left_alone(text: str) -> None:
    assert_left_alone(text)
