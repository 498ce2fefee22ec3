"""What only the context tells: lights, last period's text, names."""

from dataclasses import replace

import pytest

from reports.lint import LintContext
from reports.model import Annex, DocumentPart, Heading, Masthead, Paragraph, Signature
from tests.reports import samples
from tests.reports.lint.cases import (
    UPWARD,
    of_rule,
    quotes,
    with_text,
)

GREEN, RED, YELLOW = (LintContext(lights={0: light}) for light in ("绿灯", "红灯", "黄灯"))
CONTRADICTED = [
    (GREEN, "受征收影响，工程进度滞后。", ["滞后"]),
    (GREEN, "已签约81户。项目尚未启动。", ["尚未启动"]),
    (GREEN, "年度任务未完成，落后序时进度。", ["未完成", "落后序时进度"]),
    (GREEN, "无证建筑拆除进展缓慢。", ["进展缓慢"]),
    (RED, "任务已全部完成，反响良好。", ["全部完成"]),
    (RED, "项目推进顺利。", ["推进顺利"]),
]
AGREED = [
    (GREEN, "未出现滞后，不存在逾期情况，有效防止工期滞后。"),
    (GREEN, "3个滞后项目已整改，针对滞后环节倒排工期。"),
    (GREEN, "张贴“逾期不候”公告，印发《滞后项目管理办法》。"),
    (GREEN, "工作有序推进，已完成81户。"),
    (RED, "年底前全部完成，计划提前完成。"),
    (RED, "前期手续已全部完成，但施工滞后。"),
    (RED, "尚未达到序时进度，未能全部完成。"),
    (YELLOW, "工程进度滞后，任务已全部完成。"),
    (LintContext(), "工程进度滞后。"),
]
LAST = "制定招商机制年度任务分解表，明确各部门和12个居民区的线索报送要求，外出招商3批次。"
UNITS = (("社区平安办公室", "平安办"), ("营商环境办公室", "营商办"))
KNOWN = LintContext(names=UNITS, persons=("林知远", "程思齐", "王玥"))


@pytest.mark.parametrize(("context", "text", "quoted"), CONTRADICTED)
def test_a_text_that_contradicts_its_light_is_quoted(
    context: LintContext, text: str, quoted: list[str]
) -> None:
    assert quotes("contradicted-light", with_text(text), context) == quoted


@pytest.mark.parametrize(("context", "text"), AGREED)
def test_a_text_that_agrees_with_its_light_is_left_alone(context: LintContext, text: str) -> None:
    assert quotes("contradicted-light", with_text(text), context) == []


def test_lights_are_those_of_the_body() -> None:
    annex = Annex("情况表", (Paragraph("工程进度滞后。"),))
    assert quotes("contradicted-light", replace(UPWARD, annexes=(annex,)), GREEN) == []


@pytest.mark.parametrize(
    ("text", "percent"),
    [(LAST, "100%"), (LAST.replace("3批次", "6批次"), "98%"), (LAST.replace("年度", ""), "98%")],
)
def test_a_text_of_last_period_is_found_again(text: str, percent: str) -> None:
    document = replace(with_text(text), annexes=(Annex("情况表", (Paragraph(text),)),))
    (finding,) = of_rule("near-copy", document, LintContext(previous=("其他工作。", LAST)))
    assert percent in finding.reason
    assert finding.quote == text


def test_a_total_of_the_year_that_is_less_than_last_period_is_quoted() -> None:
    last = LintContext(previous=("累计走访企业150家，累计签约81户。", "累计办结12件。", "累计办结15件。"))
    text = "累计走访企业120家，累计签约96户，累计办结10件，走访企业120家。"
    (finding,) = of_rule("fallen-total", with_text(text), last)
    assert finding.quote == "累计走访企业120家"
    assert "上期累计走访企业是150家" in finding.reason
    assert quotes("fallen-total", with_text(text)) == []


@pytest.mark.parametrize(
    "text", ["外出招商累计9批次，落地项目18个，任务分解到12个居民区，线索报送按月通报。", "无新增问题。"]
)
def test_new_and_short_texts_are_left_alone(text: str) -> None:
    assert quotes("near-copy", with_text(text), LintContext(previous=(LAST, "无新增问题。"))) == []


@pytest.mark.parametrize(("text", "count"), [(LAST, 0), (LAST * 2, 1), (f"本部分{LAST * 2}", 0)])
def test_short_texts_under_heads_of_their_own_may_be_alike(text: str, count: int) -> None:
    body = tuple(Paragraph(text, head=Heading(3, head)) for head in ("甲。", "乙。"))
    assert len(of_rule("repeated-paragraph", replace(UPWARD, body=body))) == count


@pytest.mark.parametrize(("length", "count"), [(19, 0), (20, 1)])
def test_a_paragraph_of_twenty_characters_stands_once(length: int, count: int) -> None:
    body = (Paragraph("长" * length), Paragraph("无。"), Paragraph("长" * length))
    assert len(of_rule("repeated-paragraph", replace(UPWARD, body=body))) == count


def test_a_paragraph_stands_once_in_the_body() -> None:
    body = (
        Heading(1, "甲"),
        Paragraph(LAST),
        Heading(1, "乙"),
        Paragraph(LAST),
        Paragraph("无。"),
        Paragraph("无。"),
    )
    (finding,) = of_rule("repeated-paragraph", replace(UPWARD, body=body))
    assert (finding.place.block, finding.quote) == (3, LAST)
    assert "与正文第1段完全相同" in finding.reason


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("华阳街道办事处印发方案。", ["华阳街道办事处"]),
        ("华阳街道推进工作。", ["华阳街道"]),
        ("社区平公安办公室牵头。", ["社区平公安办公室"]),
        ("社区平案办公室牵头。", ["社区平案办公室"]),
        ("营商环办公室牵头。", ["营商环办公室"]),
        ("华阳路街道、社区平安办公室、平安办、营商办、治安办牵头。", []),
        ("社区服务办公室、党政办公室牵头，江苏路街道参加。", []),
    ],
)
def test_a_unit_has_one_name(text: str, quoted: list[str]) -> None:
    assert quotes("unit-name", with_text(text), KNOWN) == quoted


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("党工委书记林致远到场。", ["林致远"]),
        ("程思奇同志到场。", ["程思奇"]),
        ("党工委书记林知远、程思齐同志到场。", []),
        ("书记林大山到场，进程思想统一，程思维领先。", []),
    ],
)
def test_an_official_has_one_name(text: str, quoted: list[str]) -> None:
    assert quotes("person-name", with_text(text), KNOWN) == quoted


def test_a_name_of_two_characters_is_not_mistaken_for_another() -> None:
    known = LintContext(persons=("王玥",))
    assert quotes("person-name", with_text("党工委书记王明主持会议。"), known) == []


def test_what_lies_within_a_known_name_is_no_misspelling() -> None:
    known = LintContext(names=(("平安办公室", "平安办"), ("安办公室楼组", "楼组")))
    assert quotes("unit-name", with_text("平安办公室新楼组会。"), known) == []
    assert quotes("unit-name", with_text("由安办公室新楼组会。"), known) == ["安办公室新楼组"]


@pytest.mark.parametrize("other", ["欧阳达", "阳明达"])
def test_what_is_part_of_a_known_name_is_no_misspelling_of_another(other: str) -> None:
    known = LintContext(persons=("欧阳明远", other))
    for text in ("党工委书记欧阳明远到会。", "欧阳明远主任到会。"):
        assert quotes("person-name", with_text(text), known) == []


def test_the_first_and_last_two_characters_of_a_name_tell_it_from_another() -> None:
    known = LintContext(names=(("营商环境办公室", "营商办"),))
    for other in ("营南环境办公室", "营商环境办大室"):
        assert quotes("unit-name", with_text(f"由{other}推进。"), known) == []
    assert quotes("unit-name", with_text("由营商坏境办公室推进。"), known) == ["营商坏境办公室"]


def test_a_misspelling_between_two_names_is_one() -> None:
    known = LintContext(names=(("营商环境办公室", "营商办"), ("平安建设办公室", "平安办")))
    text = with_text("平安建设办公室营商坏境办公室平安建设办公室")
    assert quotes("unit-name", text, known) == ["营商坏境办公室"]


@pytest.mark.parametrize(("length", "count"), [(19, 0), (20, 1)])
def test_a_text_is_like_the_last_ones_from_twenty_characters_on(length: int, count: int) -> None:
    text = "推进社区治理和服务体系建设工作取得进展。"[-length:]
    known = LintContext(previous=(text,))
    assert len(text) == length
    assert len(of_rule("near-copy", with_text(text), known)) == count


def test_the_signatory_is_an_official() -> None:
    assert isinstance(samples.UPWARD.masthead, Masthead)
    document = replace(UPWARD, masthead=replace(samples.UPWARD.masthead, signatories=("林志远",)))
    (finding,) = of_rule("person-name", document, KNOWN)
    assert (finding.quote, finding.place.part, finding.place.item) == ("林志远", DocumentPart.SIGNATORY, None)
    assert quotes("person-name", document) == []


def test_the_signature_tells_the_issuer_where_there_is_no_red_head() -> None:
    document = replace(
        with_text("华阳街道推进工作。"), masthead=None, signature=Signature(("华阳路街道办事处",))
    )
    assert quotes("unit-name", document) == ["华阳街道"]


LAST_PERIOD = (
    "全年计划改造小区16个。",
    "示例路改造工程，总投资3500万元。",
    "主体结构累计完成总工程量的60%。",
    "二季度受理群众诉求300件。",
)


@pytest.mark.parametrize(
    ("rule", "text", "count"),
    [
        ("moved-target", "全年计划改造小区18个。", 1),
        ("moved-target", "全年计划改造小区16个，年度目标引进企业30家。", 0),
        ("moved-target", "示例路改造工程，总投资4200万元。", 1),
        ("fallen-share", "主体结构累计完成总工程量的45%。", 1),
        ("fallen-share", "主体结构累计完成总工程量的75%。", 0),
        ("remembered-figure", "三季度受理群众诉求320件，比上季度的280件增加40件。", 1),
        ("remembered-figure", "三季度受理群众诉求320件，比上季度的300件增加20件。", 0),
    ],
)
def test_a_text_is_held_against_last_period(rule: str, text: str, count: int) -> None:
    assert len(quotes(rule, with_text(text), LintContext(previous=LAST_PERIOD))) == count
    assert not quotes(rule, with_text(text))
