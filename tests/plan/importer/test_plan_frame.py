"""The frame of a plan, line by line: notice, title, content, closing; its number, date, organ and year."""

from __future__ import annotations

from datetime import date

import pytest

from app.plan.importer import read_plan
from app.plan.importer.frame_fields import document_number, issued_on, issuer_of, split_organs
from app.plan.importer.frame_lines import is_date_line, is_numbered_line, is_organ_line
from app.plan.importer.plan_frame import frame_of, named_annexes, named_plan
from app.plan.importer.source_text import TextLine
from tests.plan.importer.texts import lines_of

TITLE = "青山街道2026年工作计划"
BODY = ("一、强化治理", "压实监督管理责任，控制各类事故发生。")
NOTICE = "关于印发《青山街道2026年工作计划》的通知"


def sizes(*texts: str) -> tuple[int, int, int, int]:
    """Return how many lines are notice, title, content and closing."""
    frame = frame_of(lines_of(*texts))
    groups = (frame.notice, frame.title, [*frame.byline, *frame.content], frame.closing)
    assert [line for group in groups for line in group] == lines_of(*texts)
    notice, title, content, closing = map(len, groups)
    return notice, title, content, closing


@pytest.mark.parametrize(
    ("above", "expected"),
    [
        ((TITLE,), (0, 1)),
        (("内部资料", TITLE), (1, 1)),
        (("内部资料：", TITLE), (1, 1)),
        (("青山街道办事处", "2026年工作计划"), (0, 2)),
        (("青山街道办事处", "二〇二六年工作计划"), (0, 2)),
        (("中共青山街道工作委员会", "青山街道办事处", "2026年工作计划"), (0, 3)),
        (("source: http://青山", "2026年《工作报告》"), (1, 1)),
        (("内部资料：", "2026年工作计划"), (1, 1)),
        (("青山街道2026年", "重点工作", "安排"), (0, 3)),
        (("青山街道", "党工委和", "办事处2026年", "重点工作安排"), (1, 3)),
        (("重点工作安排", TITLE), (1, 1)),
        (("材料三", "重点工作安排"), (1, 1)),
        (("材料之三", "重点工作安排"), (0, 2)),
        ((NOTICE, "2026年1月5日", TITLE), (2, 1)),
        (("关于印发文件的通知", "重点工作安排", "一、强化治理", "2027年工作计划"), (1, 1)),
        ((NOTICE, "2026年1月5日", "重点工作安排", TITLE), (3, 1)),
        (("重点工作安排", "前言。", TITLE), (2, 1)),
        (("重点工作安排",), (0, 1)),
        (("重点工作", "综述"), (0, 1)),
        (("重点工作综述。",), (0, 0)),
        (("字" * 60,), (0, 1)),
        (("字" * 61,), (0, 0)),
        (("字" * 58 + "计划",), (0, 1)),
        (("字" * 59 + "计划",), (0, 0)),
        (("字年计划",), (0, 1)),
        (("附件：2026年工作计划", TITLE), (1, 1)),
        (("2026年工作计划（试行）",), (0, 1)),
    ],
)
def test_the_title_is_found_below_what_stands_above_it(
    above: tuple[str, ...], expected: tuple[int, int]
) -> None:
    assert sizes(*above, *BODY)[:2] == expected


@pytest.mark.parametrize(
    ("notice", "expected"),
    [
        ((NOTICE, "各科室：", "现印发给你们。", "青山街道办事处", "2026年3月1日"), 5),
        ((NOTICE, "各科室：", "现将2026年工作要点印发给你们，请认真执行。"), 3),
        ((NOTICE, "青山街道2026年工作要点"), 2),
        ((NOTICE, "2026年3月1日", "青山街道2026年工作要点"), 3),
    ],
)
def test_the_title_comes_after_the_notice_that_names_it(notice: tuple[str, ...], expected: int) -> None:
    assert sizes(*notice, TITLE, *BODY)[:2] == (expected, 1)


def test_an_organ_above_a_title_that_begins_with_the_year_goes_with_it() -> None:
    named = ("关于印发《2026年工作计划》的通知", "2026年3月1日")
    assert sizes(*named, "青山街道办事处", "2026年工作计划", *BODY)[:2] == (2, 2)
    assert sizes(*named, "青山街道全体", "2026年工作计划", *BODY)[:2] == (3, 1)
    assert sizes(*named, "青山街道办事处", "工作要点", *BODY)[:2] == (2, 2)
    assert sizes("2026年工作计划", *BODY, "青山街道办事处") == (0, 1, 3, 0)


def test_a_date_above_the_notice_signs_nothing() -> None:
    assert sizes("2026年3月1日", "青山街道关于印发工作安排的通知", "2026年工作计划", *BODY)[:2] == (2, 1)
    assert sizes("2025年工作计划", "关于印发安排的通知", "2026年工作计划", *BODY)[:2] == (2, 1)


@pytest.mark.parametrize(("length", "expected"), [(120, (2, 1)), (121, (0, 1))])
def test_a_notice_may_be_as_long_as_two_titles(length: int, expected: tuple[int, int]) -> None:
    long = "关于印发工作安排的通知".rjust(length, "字")
    assert sizes("2025年工作计划", long, "重点工作安排", *BODY)[:2] == expected


@pytest.mark.parametrize(
    ("below", "closing"),
    [
        ((), 0),
        (("2026年3月1日",), 1),
        (("青山街道办事处", "2026年3月1日"), 2),
        (("青山街道党工委", "青山街道办事处", "2026年3月1日"), 3),
        (("字" * 28 + "中心", "2026年3月1日"), 2),
        (("字" * 29 + "中心", "2026年3月1日"), 1),
        (("附件：1. 任务清单",), 1),
        (("附件1", "任务清单"), 2),
        (("抄送：区委办公室",), 1),
        (("青山街道办事处", "2026年3月1日", "附件：任务清单"), 3),
        (("（此件公开发布）",), 1),
    ],
)
def test_where_the_closing_begins(below: tuple[str, ...], closing: int) -> None:
    assert sizes(TITLE, *BODY, *below) == (0, 1, 2 + len(below) - closing, closing)


def test_a_date_before_the_last_number_closes_nothing() -> None:
    assert sizes(TITLE, *BODY, "2026年3月1日", "二、推动发展", BODY[1]) == (0, 1, 5, 0)
    assert sizes(TITLE, *BODY, "附件：清单", "二、推动发展") == (0, 1, 2, 2)
    assert sizes(TITLE, "# 强化治理", BODY[1], "2026年3月1日") == (0, 1, 2, 1)
    assert sizes(TITLE, "2026年3月1日", *BODY) == (0, 1, 3, 0)
    assert sizes(TITLE, "一、强化治理", "青山街道办事处", "2026年3月1日") == (0, 1, 1, 2)
    assert sizes(TITLE, "第一节 街道办事处", "2026年3月1日") == (0, 1, 1, 1)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("青街发〔2026〕3号", "青街发〔2026〕3号"),
        ("青街发 ﹝2026﹞3号", None),
        ("青街发 [2026] 第 12 号", "青街发[2026]第12号"),
        ("根据《办法》（青街发〔2026〕3号）", None),
        ("青街发〔26〕3号", None),
    ],
)
def test_the_number_of_the_document(text: str, number: str | None) -> None:
    assert document_number(lines_of("内部资料", text, "其后")) == number


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026年3月1日", date(2026, 3, 1)),
        ("（2026 年 3 月 31 日）", date(2026, 3, 31)),
        ("二〇二六年三月二十一日", date(2026, 3, 21)),
        ("二○二六年十二月三十一日", date(2026, 12, 31)),
        ("2026年2月30日", None),
        ("2026年3月1日印发", None),
        ("三月一日", None),
    ],
)
def test_a_date_alone_on_its_line(text: str, day: date | None) -> None:
    assert (issued_on(lines_of(text)), is_date_line(text)) == (day, day is not None)


def test_the_last_date_of_the_first_group_that_has_one() -> None:
    groups = [lines_of("无"), lines_of("2026年3月1日", "2026年3月2日", "印发"), lines_of("2026年4月1日")]
    assert issued_on(*groups) == date(2026, 3, 2)
    assert issued_on(groups[0]) is None


@pytest.mark.parametrize(
    ("signature", "issuer"),
    [
        (("青山街道办事处",), "青山街道办事处"),
        (("青山街道党工委", "青山街道办事处"), "青山街道党工委、青山街道办事处"),
        (("青山街道党工委  青山街道办事处",), "青山街道党工委、青山街道办事处"),
        (("区民政局", "区司法局"), "区民政局、区司法局"),
        (("青山街道办事处（盖章）",), "青山街道办事处"),
        (("青山街道党工委", "青山街道办事", "处"), "青山街道党工委、青山街道办事处"),
        (("请认真贯彻执行。", "青山街道办事处"), "青山街道办事处"),
        (("附件：办事处", "青山街道办事处"), "青山街道办事处"),
        (("青山街道办事处", "请认真贯彻执行。"), "题名街道"),
        ((), "题名街道"),
    ],
)
def test_the_organs_that_sign_above_the_date(signature: tuple[str, ...], issuer: str) -> None:
    assert issuer_of("题名街道2026年工作计划", lines_of("无"), lines_of(*signature, "2026年3月1日")) == issuer


def test_only_thirty_lines_above_a_date_sign() -> None:
    organs = [f"第{number}办公室" for number in range(40)]
    assert issuer_of("", lines_of(*organs, "2026年3月1日")).split("、") == organs[-30:]


@pytest.mark.parametrize(
    ("title", "issuer"),
    [
        ("青山街道关于2026年工作的安排", "青山街道"),
        ("青山街道二〇二六年计划", "青山街道"),
        ("青2026年计划", ""),
        ("2026年青山街道工作要点", "青山街道"),
        ("2026年上海市政府工作报告", "上海市政府"),
        ("2026年全县科技工作要点", ""),
        ("政府工作报告", ""),
        ("关于2026年计划的报告", ""),
        ("青山工作要点", "青山"),
        ("青山街道“十五五”开局之年工作思路", "青山街道"),
        ("《青山》工作要点", ""),
        ("字" * 30 + "2026年计划", "字" * 30),
        ("字" * 31 + "2026年计划", ""),
    ],
)
def test_without_signature_the_title_names_the_organ(title: str, issuer: str) -> None:
    assert issuer_of(title, lines_of("无")) == issuer


@pytest.mark.parametrize(
    ("text", "organs"),
    [
        ("青山街道办事处", ["青山街道办事处"]),
        ("中共青山街道工作委员会 青山街道办事处", ["中共青山街道工作委员会", "青山街道办事处"]),
        ("中共青山镇委员会青山镇人民政府", ["中共青山镇委员会", "青山镇人民政府"]),
        ("市交通局、市海事局", ["市交通局", "市海事局"]),
        ("青山街道 全力做好", []),
        ("中共青山区委员会办公室", ["中共青山区委员会办公室"]),
    ],
)
def test_the_organs_that_a_heading_names(text: str, organs: list[str]) -> None:
    assert split_organs(text) == organs


def test_the_notice_names_the_organ_that_issues_it() -> None:
    notice = "青湖区人民政府办公室关于转发区建设局《青湖区城市更新计划》的通知"
    assert issuer_of("城市更新2026年度实施计划", lines_of(notice)) == "青湖区人民政府办公室"
    assert issuer_of("城市更新2026年度实施计划", lines_of("现印发《计划》")) == "城市更新"
    signed = issuer_of("城市更新计划", lines_of(notice, "请执行。", "青湖区人民政府", "2026年3月1日"))
    assert signed == "青湖区人民政府"


@pytest.mark.parametrize(
    ("line", "numbered"),
    [
        ("• 索引号：X001", False),
        ("• 发文单位：区政府办", False),
        ("● 党建工作：落实责任", True),
        ("— 夯实基础", False),
        ("一、夯实基础", True),
        ("夯实基础", False),
    ],
)
def test_fields_of_a_page_are_no_numbered_lines(line: str, numbered: bool) -> None:
    assert is_numbered_line(TextLine(1, line)) is numbered


def test_the_annexes_that_a_notice_names() -> None:
    listed = lines_of(
        "关于印发方案的通知", "附件：1.巡查方案", "2.评分表（试行）", "青湖区文旅局", "3.不是附件"
    )
    assert named_annexes(listed) == {"巡查方案", "评分表（试行）"}
    assert named_annexes(lines_of("附件：", "1.巡查 方案", "2.评分表")) == {"巡查方案", "评分表"}
    assert named_annexes(lines_of("附件：巡查方案", "青湖区文旅局")) == {"巡查方案"}
    assert named_annexes(lines_of("1.巡查方案")) == frozenset()


def test_a_title_over_a_page_gives_way_to_the_one_over_the_text() -> None:
    page = ("青山街道工作计划", "导语：下面是全文", "青山街道工作计划", "一、夯实基础", "压实责任。")
    frame = frame_of(lines_of(*page))
    assert [line.number for line in frame.title] == [3]
    near = frame_of(
        lines_of("青山街道工作计划", "时间：2026-01-09 08:27:37", "青山街道工作计划", "一、夯实基础")
    )
    assert [line.number for line in near.title] == [1]
    labelled = frame_of(
        lines_of("title: 青山街道工作计划（2026年）", "青山街道2026年工作计划", "一、夯实基础")
    )
    assert labelled.title_text == "青山街道2026年工作计划"
    only = frame_of(lines_of("title: 青山街道工作计划（2026年）", "一、夯实基础"))
    assert only.title_text == "青山街道工作计划（2026年）"


@pytest.mark.parametrize(
    ("line", "title"), [("工作要求", ""), ("全面依法治国工作要求", "全面依法治国工作要求")]
)
def test_what_parts_are_called_is_no_title(line: str, title: str) -> None:
    assert frame_of(lines_of(line, "（一）夯实基础", "压实责任。")).title_text == title


@pytest.mark.parametrize(
    ("text", "organ"),
    [
        ("青山街道办事处", True),
        ("字" * 29 + "局", True),
        ("字" * 30 + "局", False),
        ("青山街道，办事处", False),
        ("青山街道", False),
        ("青山街道办事处（盖章）", True),
        ("青山街道办事处。", False),
    ],
)
def test_a_line_that_holds_an_organ(text: str, organ: bool) -> None:
    assert is_organ_line(text) is organ


def test_the_plan_that_a_notice_names() -> None:
    notice = lines_of("依据《青山办法》", "印发《青山街道2026", "年工作计划》和《任务清单》")
    assert named_plan(notice) == "青山街道2026年工作计划"
    assert named_plan(lines_of("依据《青山办法》")) == ""
    assert named_plan(lines_of("印发《计划》")) == ""
    assert named_plan(lines_of("《青山2026年工作计划》已经同意")) == "青山2026年工作计划"
    assert named_plan(lines_of("〈青山2026年工作计划〉已经同意")) == "青山2026年工作计划"
    assert named_plan(lines_of("关于印发青山2026年工作计划的通知")) == "青山2026年工作计划"
    assert named_plan(lines_of("印发《2026年政府重点工作》")) == "2026年政府重点工作"
    assert named_plan(lines_of("现将《2026年政府重点工作》和《2026年工作要点》印发")) == "2026年工作要点"


def test_a_title_is_joined_without_the_spaces_of_typesetting() -> None:
    frame = frame_of(lines_of("青山街道 2026 年", "工作计划", *BODY))
    assert frame.title_text == TITLE
    spaced = frame_of(lines_of("2 0 2 6年工作计划", *BODY))
    assert spaced.title_text == "2026年工作计划"


@pytest.mark.parametrize("label", ["标题：", "标　　题：", "名称: "])
def test_the_label_of_a_page_is_no_part_of_a_title(label: str) -> None:
    assert frame_of(lines_of(f"{label}关于做好2026年工作的通知", "文号：无", *BODY)).title_text == (
        "关于做好2026年工作的通知"
    )


def test_a_time_alone_on_its_line_stands_under_a_title() -> None:
    plan = read_plan(
        "青山县2026年工作要点\n2026-02-19 14:17\n一、抓经济\n招商引资。\n二、抓城管\n整治市容。\n"
    )
    assert (plan.byline, [part.title for part in plan.parts]) == ("2026-02-19 14:17", [""])


def test_a_notice_without_a_title_issues_the_plan_that_it_names() -> None:
    plan = read_plan(
        "市政府各部门：\n《2026年市〈政府工作报告〉任务分工方案》已经审议通过，现印发给你们，请抓好落实。\n"
        "一、各部门要提高认识。\n二、各部门要加强督查。\n青山市人民政府\n2026年1月5日\n"
        "2026年市《政府工作报告》任务\n分工方案\n一、抓经济\n1.生产总值增长6%。\n牵头单位：市发展改革委\n"
        "2.工业增加值增长6%。\n牵头单位：市工信局\n"
    )
    assert (plan.title, plan.year) == ("2026年市《政府工作报告》任务分工方案", 2026)
    assert [one.lead for one in plan.measures()] == [("市发展改革委",), ("市工信局",)]
    assert not plan.warnings


def test_a_day_outside_the_year_of_a_plan_and_the_one_before_is_asked_about() -> None:
    tasks = "\n".join(BODY)
    for year, day, is_asked in (("2026", "2027", True), ("2026", "2024", True), ("2026", "2025", False)):
        for dated in (f"{tasks}\n青山街道办事处\n{day}年12月5日", f"（{day}年12月5日在会议上）\n{tasks}"):
            asked = [one.message for one in read_plan(f"青山街道{year}年工作计划\n{dated}").warnings]
            assert any("请核对年度" in message for message in asked) is is_asked
