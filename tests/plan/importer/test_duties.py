"""Who answers for a measure, as plans print it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.plan.importer.duties import (
    DutyStatement,
    ends_with_duty,
    find_bracketed_duty,
    find_duties,
    is_duty_text,
    says_first_leads,
)
from app.plan.importer.duty_names import is_clean_name

Names = tuple[str, ...]

quick = settings(max_examples=60)


def only_duty(text: str) -> DutyStatement:
    [statement] = find_duties(text)
    return statement


@pytest.mark.parametrize(
    ("text", "leads", "supports", "words"),
    [
        # by verbs
        ("（党政办牵头，平安办、管理办配合）", ("党政办",), ("平安办", "管理办"), ()),
        ("（党政办牵头、平安办、管理办配合）", ("党政办",), ("平安办", "管理办"), ()),
        ("（由党政办牵头负责，平安办协助）", ("党政办",), ("平安办",), ()),
        ("责任单位：党政办（牵头）、平安办、管理办（配合单位）", ("党政办",), ("平安办", "管理办"), ()),
        ("（平安办、党政办（牵头））", ("党政办",), ("平安办",), ()),
        ("（责任单位：党政办、平安办。第一责任单位为牵头单位，下同）", ("党政办",), ("平安办",), ()),
        ("（党政办、平安办，第一个单位是牵头单位）", ("党政办",), ("平安办",), ()),
        ("责任单位：党政办、平安办（列第一位者为牵头或汇总单位，下同）", ("党政办",), ("平安办",), ()),
        ("（牵头单位：党政办；责任单位：各社区，以下不再做分工）", ("党政办",), (), ("各社区",)),
        ("（各社区、各科室按职责负责，不再单独分工）", (), (), ("各社区", "各科室")),
        ("（党政办主办；平安办协办；管理办参加）", ("党政办",), ("平安办", "管理办"), ()),
        ("（营商办、管理办等部门按职责分工负责）", ("营商办", "管理办"), (), ("等部门",)),
        ("（营商办牵头，管理办、服务办按照职责分工负责）", ("营商办",), ("管理办", "服务办"), ()),
        ("（民政科指导，各居民区负责落实）", (), ("民政科",), ("各居民区",)),
        ("（各有关部门和单位按职责分工落实）", (), (), ("各有关部门和单位",)),
        ("(经发办、财政所分别负责)", ("经发办", "财政所"), (), ()),
        ("（党政办牵头，平安办）", ("党政办",), ("平安办",), ()),
        ("党建办牵头，各社区配合", ("党建办",), (), ("各社区",)),
        ("（党建办牵头组织实施，平安办协助）", ("党建办",), ("平安办",), ()),
        ("（党建办为牵头单位，平安办、管理办为配合单位）", ("党建办",), ("平安办", "管理办"), ()),
        ("——党建办牵头，平安办配合", ("党建办",), ("平安办",), ()),
        ("责任分工：党建办牵头，平安办配合。", ("党建办",), ("平安办",), ()),
        ("（市级牵头单位：党建办；配合单位：平安办）", ("党建办",), ("平安办",), ()),
        # by labels
        ("（责任单位：党政办、平安办）", ("党政办", "平安办"), (), ()),
        ("【责任部门：党政办】", ("党政办",), (), ()),
        ("(责任科室:经发办,财政所)", ("经发办", "财政所"), (), ()),
        ("（负责部门：党政办；适用范围：全街道）", ("党政办",), (), ()),
        ("（牵头单位：党政办，配合单位：平安办、各居民区）", ("党政办",), ("平安办",), ("各居民区",)),
        ("牵头单位：党政办；配合单位：平安办", ("党政办",), ("平安办",), ()),
        ("（牵头单位：党政办，支撑单位：平安办、管理办）", ("党政办",), ("平安办", "管理办"), ()),
        ("牵头单位：党政办；支持单位：平安办", ("党政办",), ("平安办",), ()),
        ("牵头单位：党政办\n配合单位：平安办", ("党政办",), ("平安办",), ()),
        ("牵头单位：党政办。责任单位：平安办。", ("党政办",), ("平安办",), ()),
        ("责任单位：\n党政办、平安办", ("党政办", "平安办"), (), ()),
        ("责任单位：党政办、\n平安办", ("党政办", "平安办"), (), ()),
        ("主办：党政办；协办：平安办", ("党政办",), ("平安办",), ()),
        ("参加单位：各居民区", (), (), ("各居民区",)),
        ("主要责任单位：党政办", ("党政办",), (), ()),
        ("牵头责任单位：党政办", ("党政办",), (), ()),
        ("责任单位（科室）：党政办", ("党政办",), (), ()),
        ("牵头及配合单位：党政办", ("党政办",), (), ()),
        ("责 任 单 位 ：党政办", ("党政办",), (), ()),
        ("（**责任单位：**党政办）", ("党政办",), (), ()),
        ("**责任单位：**党政办", ("党政办",), (), ()),
        ("责任单位：党政办、平安办分别牵头", ("党政办", "平安办"), (), ()),
        ("责任单位：党政办牵头，平安办配合", ("党政办",), ("平安办",), ()),
        ("配合单位：无", (), (), ()),
        ("责任单位：", (), (), ()),
        ("责任主体：街道各科室、事业单位", (), (), ("街道各科室", "事业单位")),
        ("（牵头：党政办；协同：平安办）", ("党政办",), ("平安办",), ()),
        ("【牵头单位】党政办 【配合单位】平安办", ("党政办",), ("平安办",), ()),
        ("[责任部门]：党政办", ("党政办",), (), ()),
        ("【责任单位】\n党政办、平安办", ("党政办", "平安办"), (), ()),
        ("（党政办负总责，平安办总负责，各社区具体落实）", ("党政办", "平安办"), (), ("各社区",)),
        # who is named first
        ("（税务所、财政所负责，排在第一位的为牵头单位，下同）", ("税务所",), ("财政所",), ()),
        (
            "（税务所、财政所，各社区，列第一位的为牵头单位，下同。以下均需各社区落实，不再列出）",
            ("税务所",),
            ("财政所",),
            ("各社区",),
        ),
        # names with nothing beside them
        ("开展专项检查。（城管办、平安办）", ("城管办", "平安办"), (), ()),
        ("开展专项检查。（城管办）。", ("城管办",), (), ()),
        ("开展专项检查。〔城管办〕", ("城管办",), (), ()),
        ("开展专项检查。\n（城管办、各居民区）", ("城管办",), (), ("各居民区",)),
        ("开展专项检查。\n（城管办）", ("城管办",), (), ()),
        ("（城管办、平安办，6月底前完成）", ("城管办", "平安办"), (), ()),
    ],
)
def test_leads_supports_and_words(text: str, leads: Names, supports: Names, words: Names) -> None:
    statement = only_duty(text)
    assert (statement.leads, statement.supports, statement.words) == (leads, supports, words)


@pytest.mark.parametrize(
    "text",
    [
        "（谁主管、谁负责）",
        "（党委领导、政府负责、社会协同）",
        "（书记牵头）",
        "（财政支持）",
        "（企业自行负责）",
        "（负责）",
        "（6月底前完成）",
        "网格化治理（城管办）持续深化。",
        "完成整改（城管办、平安办）。",
        "开展专项检查。（城管办）持续深化。",
        "（某某街道办事处）",
        "（征求意见稿）\n",
        "（区审计局 2026年1月）",
        "改造路段（愚园路-定西路），落实《条例（试行）》。",
        "各部门要密切配合",
        "明确责任单位：各单位要切实把各项工作落到实处，确保全面完成年度任务，不断提升服务群众的能力。",
        "落实责任单位后：党政办",
        "依据《森林法》第四十条规定，根据市局要求，由各镇开展的抚育工作收回到区级林业部门实施。",
        "压实【责任单位】要认真落实各项任务，确保完成",
        "压实（责任单位）的责任。",
        "责任单位：要认真落实各项任务，确保完成",
        "",
    ],
)
def test_a_text_without_duties_states_none(text: str) -> None:
    assert find_duties(text) == ()
    assert not is_duty_text(text)
    assert not ends_with_duty(text)


@pytest.mark.parametrize(
    ("text", "leaders", "deadline"),
    [
        ("（责任单位：城建办；责任人：张三、李四；完成时限：6月底）", ("张三", "李四"), "6月底"),
        ("责任领导：王一\n责任科室：城管办\n完成时间：2026年12月", ("王一",), "2026年12月"),
        ("（综治中心牵头，各居民区配合，年底前完成）", (), "年底前完成"),
        ("（综治中心牵头，长期坚持）", (), "长期坚持"),
        ("（综治中心牵头，2026年第三季度启动）", (), "2026年第三季度启动"),
        ("（2026年6月底前完成，责任单位：城运中心）", (), "2026年6月底前完成"),
        ("【责任人】王一【时限】6月底", ("王一",), "6月底"),
        ("分管领导：王一", ("王一",), ""),
        ("时限：", (), ""),
    ],
)
def test_leaders_and_deadlines(text: str, leaders: Names, deadline: str) -> None:
    statement = only_duty(text)
    assert (statement.leaders, statement.deadline) == (leaders, deadline)


def test_spans_hold_the_brackets_and_not_the_stop_after_them() -> None:
    text = "一、改造道路（城管办牵头）。修路。（责任单位：平安办）。牵头单位：党政办；配合单位：\n管理办。持续推进。"
    assert [text[each.start : each.end] for each in find_duties(text)] == [
        "（城管办牵头）",
        "（责任单位：平安办）",
        "牵头单位：党政办；配合单位：\n管理办",
    ]


def test_a_bracket_in_a_bracket() -> None:
    text = "（市场监管所（知识产权站）牵头，平安办配合）"
    assert only_duty(text) == DutyStatement(0, len(text), ("市场监管所（知识产权站）",), ("平安办",))
    assert only_duty("（要认真组织，责任单位：城运中心）").start == 7
    outer = "（说明一件事，党政办负责（平安办牵头）其他的事）"
    assert only_duty(outer).leads == ("平安办",)


def test_the_first_leads_where_the_whole_plan_says_so() -> None:
    text = "（责任单位：党政办、平安办、各居民区）"
    [statement] = find_duties(text, first_leads=True)
    assert (statement.leads, statement.supports, statement.words) == (("党政办",), ("平安办",), ("各居民区",))
    [with_lead] = find_duties("（平安办、党政办牵头，管理办负责）", first_leads=True)
    assert (with_lead.leads, with_lead.supports) == (("平安办", "党政办"), ("管理办",))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("列第一位的为牵头单位，下同", True),
        ("排在第一位的部门为牵头部门", True),
        ("列首位的单位为汇总单位", True),
        ("第一位的单位", False),
        ("排在第一位的是群众", False),
    ],
)
def test_saying_that_the_first_leads(text: str, says: bool) -> None:
    assert says_first_leads(text) is says


@pytest.mark.parametrize(
    ("text", "whole", "at_the_end"),
    [
        ("责任单位：党政办", True, True),
        ("（党政办牵头）。", True, False),
        ("（党政办牵头）（责任人：张三）", True, True),
        ("**（党政办牵头）**", True, False),
        ("推进党建。（党政办牵头）", False, True),
        ("推进党建。（党政办牵头）  ", False, True),
        ("（党政办牵头）推进党建", False, False),
        ("推进党建（党政办牵头）。", False, False),
        (("责任单位：" + "办公室、" * 300)[:999] + "办", True, True),
        (("责任单位：" + "办公室、" * 300)[:1_000] + "办", False, False),
    ],
)
def test_texts_that_are_or_end_with_duties(text: str, whole: bool, at_the_end: bool) -> None:
    assert (is_duty_text(text), ends_with_duty(text)) == (whole, at_the_end)


DUTY_WORDS = (
    "（", "）", "(", ")", "【", "】", "：", "；", "，", "、", "。", "\n", " ", "**", "责任单位", "牵头单位", "配合单位",
    "责任人", "完成时限", "党政办", "区发展改革委", "财政局", "各居民区", "等部门", "等", "牵头", "配合", "负责",
    "按职责分工", "和", "下同", "列第一位的为牵头单位", "6月底前完成", "推进党建", "政府",
)  # fmt: skip


@quick
@given(st.lists(st.sampled_from(DUTY_WORDS), max_size=24).map("".join) | st.text(max_size=60))
def test_any_text_gives_spans_in_order_and_clean_names(text: str) -> None:
    place = 0
    for each in find_duties(text):
        assert place <= each.start < each.end <= len(text)
        place = each.end
        assert not set(each.leads) & set(each.supports)
        assert all(map(is_clean_name, (*each.leads, *each.supports)))
        assert all(each.words) and all(each.leaders)
        for names in (each.leads, each.supports, each.words, each.leaders):
            assert len(set(names)) == len(names)


NAMES = st.lists(
    st.sampled_from(["党政办", "区发展改革委", "市场监管所（质检站）", "桂香居民区", "团工委"]),
    min_size=1,
    unique=True,
)


@quick
@given(
    NAMES,
    NAMES,
    st.sampled_from(["（{}牵头，{}配合）", "牵头单位：{}；配合单位：{}", "【牵头：{}，参与单位：{}】"]),
)
def test_printed_names_come_back(leads: list[str], supports: list[str], form: str) -> None:
    statement = only_duty(form.format("、".join(leads), "、".join(supports)))
    assert statement.leads == tuple(leads)
    assert statement.supports == tuple(name for name in supports if name not in leads)


def test_the_first_duty_in_brackets_is_found() -> None:
    text = "责任单位：党政办\n完成。（平安办牵头）再做。【责任单位：管理办】"
    bracketed = find_bracketed_duty(text)
    assert bracketed is not None
    assert text[bracketed.start : bracketed.end] == "（平安办牵头）"
    assert find_bracketed_duty("责任单位：党政办") is None


def test_where_a_line_of_verbs_stands() -> None:
    indented = "完成改造。\n　　党政办牵头，平安办配合。\n改造道路。"
    statement = only_duty(indented)
    assert indented[statement.start : statement.end] == "党政办牵头，平安办配合"
    assert find_duties("党政办牵头。平安办配合") == ()
    longest = "党政办牵头，" + "各社区、" * 27 + "各个社区配合"
    assert len(longest) == 120
    assert only_duty(longest).leads == ("党政办",)
    assert find_duties("街道" + longest) == ()


def test_a_line_of_names_belongs_to_the_label_only_where_the_list_goes_on() -> None:
    text = "责任单位：党政办\n平安办、管理办"
    assert (only_duty(text).end, only_duty(text).leads) == (8, ("党政办",))
    assert only_duty("责任单位：党政办。平安办、管理办").leads == ("党政办", "平安办", "管理办")


def test_a_bracket_far_down_a_text() -> None:
    before = "改造道路。" * 1_000
    assert only_duty(before + "（党政办牵头）").start == len(before)


@pytest.mark.parametrize(("length", "is_read"), [(1_000, True), (1_001, False)])
def test_a_statement_has_a_thousand_characters_at_most(length: int, is_read: bool) -> None:
    whole = f"责任单位：{'党政办、' * 300}"[:length]
    assert is_duty_text(whole) is is_read


@pytest.mark.parametrize(
    ("text", "is_read"),
    [
        ("走访。" + " " * 9 + "（党政办）", True),
        ("走访。" + " " * 10 + "（党政办）", False),  # a list of one on a line of its own says nothing
        ("走访。（党政办）" + " " * 9 + "服务", False),
        ("走访。（党政办）" + " " * 10 + "服务", True),
        ("。（党政办）", True),
        ("走访（党政办）", False),
        ("（党政办、平安办）", True),
        ("走访。（党政办）。", True),
        ("责任人：" + "字" * 40, True),
        ("责任人：" + "字" * 41, False),
    ],
)
def test_where_a_list_of_names_alone_says_who_answers(text: str, is_read: bool) -> None:
    assert bool(find_duties(text)) is is_read


def test_a_list_goes_on_behind_a_stop_with_names_alone() -> None:
    assert only_duty("责任单位：党政办。甲办").leads == ("党政办", "甲办")
    assert only_duty("责任单位：\n党政办、平安办").leads == ("党政办", "平安办")
    assert only_duty("责任单位：党政办\n平安办").leads == ("党政办",)
