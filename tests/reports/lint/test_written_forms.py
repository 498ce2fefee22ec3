"""Around the body of a text written by hand: issuer and signature, the date, 签发人, annexes, who is addressed."""

from __future__ import annotations

import pytest

from reports.lint.written import check_lines, lines_of_text

TITLE = "示例街道办事处关于节日值班情况的通报\n各社区：\n　　各社区值班人员在岗在位。\n"
SIGNED = "示例街道办事处\n2026年10月12日\n"
WRONG = [
    ("title-issuer", TITLE.replace("街道办事处", "街道党政办公室") + SIGNED),
    ("signature-day", TITLE + SIGNED.replace("12日", "")),
    ("signatory-mark", f"示街办〔2026〕18号　　签发人：赵某某、李某某\n{TITLE}{SIGNED}"),
    ("annex-list-form", f"{TITLE}附件：1、责任分工表\n　　　2.进度安排表\n{SIGNED}"),
    ("annex-list-form", f"{TITLE}附件：1.责任分工表\n　　　2.进度安排表。\n{SIGNED}"),
    ("annex-list-form", f"{TITLE}附件：《责任分工表》\n{SIGNED}"),
    ("hand-copies", f"{TITLE}{SIGNED}抄送：区政府办公室，各社区。"),
    ("personal-addressee", f"{TITLE}{SIGNED}".replace("各社区：", "王区长：")),
    ("past-deadline", f"{TITLE}　　请各社区务必于2026年9月底前完成自查并上报。\n{SIGNED}"),
    (
        "several-addressees",
        f"{TITLE}{SIGNED}".replace("通报", "请示").replace("各社区：", "区民政局、区财政局："),
    ),
    ("closing", f"{TITLE}　　现将有关事项通知如下。\n{SIGNED}"),
    ("announced-paragraphs", "会议研究了4个议题。\n1.听取汇报，原则同意。\n2.审议方案，同意实施。\n"),
    ("announced-paragraphs", "将重点抓好四项工作。\n一是抓产业。\n二是抓环境。\n三是抓民生。"),
    (
        "announced-paragraphs",
        "主要存在三个方面的问题。\n（一）认识不足。\n（二）机制不全。\n（三）管护不力。\n（四）参与不广。",
    ),
    ("rest-of-earlier", "28条在册河涌中，21条已完成整治。\n集中力量推进剩余8条河涌的整治。"),
    (
        "table-figure",
        "共加装电梯28部，明细如下：\n社区\t加装数\n甲社区\t10\n乙社区\t9\n丙社区\t8\n合计\t27\n",
    ),
]
RIGHT = [
    "28条在册河涌中，21条已完成整治。\n集中力量推进剩余7条河涌的整治。",
    "将重点抓好三项工作：\n一是抓产业；\n二是抓环境；\n三是抓民生。",
    "完成了三项重点工作。\n一、党建工作\n成立党支部2个。\n二、平安建设\n调处纠纷36件。",
    f"{TITLE}附件：1.责任分工表\n　　　2.进度安排表\n{SIGNED}抄送：区政府办公室。",
    f"示街办〔2026〕18号　　签发人：赵某某　李某某\n{TITLE}{SIGNED}",
    f"{TITLE}附件：责任分工表\n{SIGNED}",
    "共加装电梯27部，明细如下：\n社区\t加装数\n甲社区\t10\n乙社区\t9\n丙社区\t8\n合计\t27\n",
]


def rules_broken(text: str) -> list[str]:
    return [one.finding.rule.id for one in check_lines(lines_of_text(text))]


@pytest.mark.parametrize(("rule", "text"), WRONG)
def test_what_is_written_otherwise_than_usual_is_found(rule: str, text: str) -> None:
    assert rules_broken(text).count(rule) == 1


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_written_as_usual_is_left_alone(text: str) -> None:
    assert rules_broken(text) == []


def test_words_below_a_title_are_no_part_of_it() -> None:
    text = (
        "示例街道办事处关于临时封闭示例路的通告\n为做好施工，现将有关事项通告如下。\n一、时间\n　　自即日起。"
    )
    assert "title-inner-mark" not in rules_broken(text)
