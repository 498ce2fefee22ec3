"""Wrong characters, words taken for others, and variants that official documents do not use."""

import pytest

from tests.reports.lint.cases import assert_left_alone, assert_put_right

BROKEN = [
    (
        "misspelling",
        "开设帐户，震憾人心，再接再励。",
        ["帐户", "震憾", "再接再励"],
        "开设账户，震撼人心，再接再厉。",
    ),
    (
        "misspelling",
        "布署工作，签定协议，做为重点。",
        ["布署", "签定", "做为"],
        "部署工作，签订协议，作为重点。",
    ),
    (
        "misspelling",
        "建立台帐，对帐、转帐，核对帐目。",
        ["台帐", "对帐", "转帐", "帐目"],
        "建立台账，对账、转账，核对账目。",
    ),
    ("misspelling", "己完成5项，己经竣功。", ["己", "己经", "竣功"], "已完成5项，已经竣工。"),
    (
        "misspelling",
        "付主任座落于此，划拔经费。",
        ["付主任", "座落", "划拔经费"],
        "副主任坐落于此，划拨经费。",
    ),
    ("misspelling", "发布招聘启示，举行坐谈会。", ["招聘启示", "坐谈会"], "发布招聘启事，举行座谈会。"),
    ("misspelling", "居民反应的诉求。", ["反应"], "居民反映的诉求。"),
    (
        "variant",
        "其它部份做出部署，好象是成份。",
        ["其它", "部份", "做出", "好象", "成份"],
        "其他部分作出部署，好像是成分。",
    ),
    (
        "until",
        "截止9月底，完成5项；截止目前，完成6项。",
        ["截止", "截止"],
        "截至9月底，完成5项；截至目前，完成6项。",
    ),
    ("until", "现将截止9月底的情况报告如下。", ["截止"], "现将截至9月底的情况报告如下。"),
    ("until", "截止至第三季度，完成5项。", ["截止至"], "截至第三季度，完成5项。"),
    ("variant", "区领导做了重要讲话，街道做出表率。", ["做了", "做出"], "区领导作了重要讲话，街道作出表率。"),
    ("suspect-word", "要作好迎检准备工作。", ["作好"], "要做好迎检准备工作。"),
    (
        "word-by-use",
        "支付订金5万元作为担保，违约不予退还。",
        ["订金"],
        "支付定金5万元作为担保，违约不予退还。",
    ),
    (
        "word-by-use",
        "街道制订了《物业管理办法》，自印发之日起施行。",
        ["制订"],
        "街道制定了《物业管理办法》，自印发之日起施行。",
    ),
]
SOUND = [
    "发布署名文章，抽签定位，回复盖章，当做为民办实事，蚊帐、搭帐篷、面对帐子。",
    "自己完成，知己完成，究竟赛事如何，选拔款式，支付主任津贴，应急反应的问题，带来启示。",
    "既使企业受益又将成本降低，讲座落幕，两座落成，自己经过，毕竟赛程紧，紧凑和谐，做为民服务的人。",
    "完成份额，内部份额，自身分散，尤其它的特色，立即然后，过渡假期。",
    "其他部分作出部署，一份子，做出样子，做出贡献，好像是，征象是。",
    "工作好中选优，操作好设备，合作好的项目，做了大量工作，做了3次报告会，做了认真准备。",
    "预付订金在7日内退还，缴纳定金作为担保，制订计划草案，制订《工作方案》并印发，制定《办法》。",
    "报名截止9月底，截至9月30日完成，截止到期的项目3个，申报于9月5日截止。",
]


@pytest.mark.parametrize(("rule", "text", "quoted", "right"), BROKEN)
def test_a_wrong_character_is_quoted_and_put_right(
    rule: str, text: str, quoted: list[str], right: str
) -> None:
    assert_put_right(rule, text, quoted, right)


@pytest.mark.parametrize("text", SOUND)
def test_characters_that_are_right_are_left_alone(text: str) -> None:
    assert_left_alone(text)
