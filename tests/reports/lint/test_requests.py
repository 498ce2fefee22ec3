"""What a document asks of those it goes to."""

from dataclasses import replace

import pytest

from reports.lint import Severity
from tests.reports.lint.cases import downward, of_rule, quotes, with_text

REPORT = [
    ("以上报告，妥否，请批示。", ["妥否，请批示"]),
    ("当否，请批复。", ["当否，请批复"]),
    ("可否请审批。", ["可否请审批"]),
    ("以上工作请予批准。", ["请予批准"]),
    ("恳请区政府给予支持。", ["恳请区政府给予支持"]),
    ("特此请示。", ["特此请示"]),
    ("我街道特请示贵府批准。", ["特请示"]),
    ("现就扩容事项请示如下。", ["请示如下"]),
    ("恳请区政府协调解决电力扩容问题。", ["恳请区政府协调解决电力扩容问题"]),
    ("虽已多次对接，仍未解决，恳请区政府协调解决。", ["恳请区政府协调解决"]),
    ("请求区政府协调解决扩容问题。", ["请求区政府协调解决扩容问题"]),
    ("请区政府予以支持。", ["请区政府予以支持"]),
    ("扩容存在困难，请区委、区政府统筹解决。", ["请区委、区政府统筹解决"]),
    ("一是请区发改委安排资金；特请上级部门研究。", ["请区发改委安排资金", "请上级部门研究"]),
]
NO_REQUEST = [
    "特此报告。",
    "已上报《关于设立孵化器的请示》，经区政府批准实施。",
    "方案已报请批准，正在申请审批，经请示批准后执行。重大事项向上级请示报告12次。",
    "宣传“妥否，请批示”等公文用语。",
    "请审阅。恳请居民理解。",
    "已提请区政府协调解决。居民请求区政府协调解决。已恳请区政府协调解决。",
    "向区发改委去函，请区发改委予以支持。请区电力公司协调解决，现已通电。",
    "请区域内企业予以支持，请市民支持，邀请区专家研究，请区消防支队协助检查5次。",
    "请街道各部门予以支持。请居民区协调。对标“请区政府予以支持”的写法。",
]


@pytest.mark.parametrize(("text", "quoted"), REPORT)
def test_a_report_carries_no_request(text: str, quoted: list[str]) -> None:
    findings = of_rule("request-in-report", with_text(text))
    assert [finding.quote for finding in findings] == quoted
    assert findings[0].severity is Severity.ERROR
    request = replace(with_text(text), title="关于设立孵化器的请示")
    assert quotes("request-in-report", request) == []
    draft = replace(with_text(text), title="第三季度工作情况的报告（送审稿）")
    assert quotes("request-in-report", draft) == quoted


@pytest.mark.parametrize("text", NO_REQUEST)
def test_a_report_may_mention_requests(text: str) -> None:
    assert quotes("request-in-report", with_text(text)) == []


@pytest.mark.parametrize(("between", "quoted"), [(198, []), (199, ["请区电力公司协调解决"])])
@pytest.mark.parametrize("text", ["已{}，请区电力公司协调解决。", "请区电力公司协调解决，{}已通电。"])
def test_a_sentence_is_read_two_hundred_characters_around_a_request(
    text: str, between: int, quoted: list[str]
) -> None:
    assert quotes("request-in-report", with_text(text.format("长" * between))) == quoted


def test_a_letter_to_equals_orders_nothing() -> None:
    letter = replace(
        with_text("以上事项，请认真贯彻执行。请贵局督促施工单位贯彻执行。"), title="关于商请修剪行道树的函"
    )
    assert quotes("direction", letter) == ["请认真贯彻执行"]
    reply = replace(downward(letter), title="关于同意修剪行道树的复函")
    assert quotes("direction", reply) == []
