"""Layouts that plans come in, each in a few lines of our own: which parts are read, and which measures they hold."""

from __future__ import annotations

import pytest

from app.plan.importer import read_plan
from app.plan.importer.page_layout import join_broken_lines
from tests.plan.importer.texts import lines_of, read_whole, reported_parts

TITLE = "青山街道2026年重点工作安排\n"
LONG = "围绕年度目标细化分解任务，建立台账，逐项推进，每季度通报一次进展情况，确保各项任务落到实处。"
TWO_PARTS = {"抓经济": ["抓好招商", "服务企业"], "抓城管": ["整治市容", "提升绿化"]}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            f"—、抓经济\n（—）抓好招商。{LONG}\n（二）服务企业。{LONG}\n"
            f"二、抓城管\n（—）整治市容。{LONG}\n（二）提升绿化。{LONG}\n",
            id="scanned_one_as_dash",
        ),
        pytest.param(
            f"一、抓经济\nl.抓好招商。{LONG}\n2.服务企业。{LONG}\n二、抓城管\nI．整治市容。{LONG}\n2.提升绿化。{LONG}\n",
            id="scanned_one_as_letter",
        ),
        pytest.param(
            f"1 抓经济\n1.1 抓好招商\n{LONG}\n1.2 服务企业\n{LONG}\n"
            f"2 抓城管\n2.1 整治市容\n{LONG}\n2.2 提升绿化\n{LONG}\n",
            id="bare_numbers_over_decimals",
        ),
        pytest.param(
            f"抓经济\n抓好招商\n{LONG}\n服务企业\n{LONG}\n抓城管\n整治市容\n{LONG}\n提升绿化\n{LONG}\n",
            id="no_numbers_at_two_levels",
        ),
        pytest.param(
            f"**抓经济** {LONG}\n一、抓好招商\n{LONG}\n二、服务企业\n{LONG}\n"
            f"**抓城管** {LONG}\n一、整治市容\n{LONG}\n二、提升绿化\n{LONG}\n",
            id="bold_at_the_start_of_a_paragraph",
        ),
    ],
)
def test_two_parts_of_two_measures(text: str) -> None:
    assert reported_parts(read_whole(TITLE + text)) == TWO_PARTS


def test_numbers_that_stand_alone_over_dashes_count_on() -> None:
    titles = [title for titles in TWO_PARTS.values() for title in titles]
    items = [f"{number}\n——{title}。{LONG}\n" for number, title in enumerate(titles, 1)]
    plan = read_whole(TITLE + "".join(("一、抓经济\n", *items[:2], "二、抓城管\n", *items[2:])))
    assert reported_parts(plan) == TWO_PARTS
    assert [one.number for one in plan.measures()] == ["1", "2", "3", "4"]


def test_sentences_that_are_numbered_through_the_chapters_are_measures() -> None:
    items = [f"{number}、抓好第{number}项工作；\n" for number in range(1, 7)]
    text = "".join(("一、抓经济\n", *items[:2], "二、抓城管\n", *items[2:4], "三、抓民生\n", *items[4:]))
    assert [len(titles) for titles in reported_parts(read_whole(TITLE + text)).values()] == [2, 2, 2]


def test_short_texts_with_departments_are_no_part_of_the_head_above() -> None:
    items = [
        f"（{number}）抓好第{number}项工作\n办好实事2件。（责任单位：党政办）\n" for number in "一二三四"
    ]
    text = "".join(("一、抓经济\n", *items[:2], "二、抓城管\n", *items[2:]))
    assert [len(titles[0]) for titles in reported_parts(read_whole(TITLE + text)).values()] == [7, 7]


def test_fields_of_a_measure_are_no_part_of_its_head() -> None:
    text = "".join(
        f"（{number}）{name}专班\n组  长：刘波\n牵头单位：党政办\n主要任务：{LONG}\n"
        for number, name in (("一", "改造"), ("二", "扩园"), ("三", "迁建"))
    )
    assert reported_parts(read_whole(TITLE + text)) == {"": ["改造专班", "扩园专班", "迁建专班"]}


def test_labels_head_the_paragraphs_of_a_text_without_heads() -> None:
    labels = ("党建工作", "经济工作", "城市管理")
    text = "".join(f"{label}：抓好落实。{LONG}\n" for label in labels)
    lead_in = "2026年重点做好以下工作：\n"
    assert reported_parts(read_whole(TITLE + lead_in + text)) == {"": list(labels)}
    assert reported_parts(read_whole(TITLE + text + "特此说明。")) == {"": list(labels)}


def test_heads_without_number_may_hold_a_comma() -> None:
    parts = ("聚焦发展要务，推动提质增效", "聚焦城市管理，建设宜居家园")
    text = "".join(f"{part}\n抓好招商\n{LONG}\n服务企业\n{LONG}\n" for part in parts)
    assert list(reported_parts(read_whole(TITLE + text))) == list(parts)


def test_broken_lines_with_a_comma_are_no_heads() -> None:
    broken = "围绕年度目标，细化分解任\n务，逐项推进，按季度通报。\n"
    text = f"一、抓经济\n（一）抓好招商。{broken}（二）服务企业。{broken}"
    assert reported_parts(read_whole(TITLE + text)) == {"抓经济": ["抓好招商", "服务企业"]}


def test_an_opening_statement_is_no_head() -> None:
    heads = ("坚持政治引领，打造忠诚政府", "坚持依法行政，打造法治政府", "坚持从严治政，打造廉洁政府")
    body = "".join(f"{head}。{LONG}\n" for head in heads)
    text = f"一、加强自身建设\n打铁必须自身硬。{LONG}\n{body}"
    assert reported_parts(read_whole(TITLE + text)) == {"加强自身建设": list(heads)}


def test_a_list_behind_a_salutation_leaves_the_paragraphs_before_it_as_they_are() -> None:
    paragraphs = f"化解风险。{LONG}\n建设平安。{LONG}"
    listed = "\n".join(f"{number}.办好实事。{LONG}" for number in range(1, 6))
    plan = read_plan(
        f"青山街道2026年工作报告\n一、重点工作\n（一）守牢安全\n{paragraphs}\n各位代表！{LONG}\n{listed}\n"
        f"（二）改善民生\n{paragraphs}"
    )
    titles = [[measure.title for measure in section.measures] for section in plan.parts[0].sections]
    assert titles == [["化解风险", "建设平安"]] * 2


def test_a_salutation_above_a_list_takes_nothing_from_it() -> None:
    text = (
        f"一、2025年工作回顾\n{LONG}\n二、2026年工作任务\n各位代表！{LONG}\n"
        f"（一）抓好招商。{LONG}\n（二）服务企业。{LONG}\n"
    )
    assert reported_parts(read_whole(TITLE + text)) == {"2026年工作任务": ["抓好招商", "服务企业"]}


def test_the_longest_list_is_reported_whatever_it_is_called() -> None:
    text = (
        f"一、2026年工作目标任务\n（一）抓好招商。{LONG * 2}\n（二）服务企业。{LONG * 2}\n"
        f"二、加强自身建设\n{LONG}\n"
    )
    assert list(reported_parts(read_whole(TITLE + text))) == ["2026年工作目标任务", "加强自身建设"]
    other = text.replace(f"建设\n{LONG}", f"建设\n{LONG * 5}")
    assert reported_parts(read_whole(TITLE + other)) == {"": ["加强自身建设"]}


def broken_at(width: int, text: str, *, indent: str = "", page: int = 0) -> str:
    """The text as a page prints it: lines broken at `width` characters, a page number after every `page` lines."""
    lines: list[str] = []
    for paragraph in text.splitlines():
        rest = indent + paragraph if len(paragraph) > width else paragraph
        while len(rest) > width:
            end = width + 1 if rest[width] in "，。；、）" else width
            lines.append(rest[:end])
            rest = rest[end:]
        lines.append(rest)
    numbered = [
        f"{line}\n\n— {place // page} —\n" if page and place and place % page == 0 else line
        for place, line in enumerate(lines)
    ]
    return "\n".join(numbered)


@pytest.mark.parametrize(
    ("width", "indent", "page"), [(22, "", 0), (28, "　　", 9), (34, "", 11), (40, "　　", 0)]
)
def test_lines_broken_at_one_width_are_put_together(width: int, indent: str, page: int) -> None:
    """Numbers at the start of a line that are none, heads as wide as the page, and heads without number."""
    numbers = "全年新增就业三千人，其中第一、二、三产业分别为一成、三成和六成，投资2.5亿元，建成项目3.个。"
    bodies = [
        "".join(f"{sign}类项目{LONG[:place]}见效{sign}。" for place in (9, 20, 31)) for sign in "甲乙丙丁"
    ]
    first, second, third, fourth = (f"{body}{numbers[place * 5 :]}" for place, body in enumerate(bodies))
    text = (
        f"{TITLE}根据区委部署和群众意见，制定本安排。\n一、抓经济，促发展，全力推动辖区经济高质量发展再上新的更大台阶\n"
        f"（一）抓好招商。{first}\n（二）服务企业，推动政策直达快享和免申即享。{second}\n二、抓城管\n"
        f"（三）整治市容。{third}\n（四）提升绿化。{fourth}\n"
    )
    plan = read_plan(broken_at(width, text, indent=indent, page=page))
    whole = read_plan(text)
    assert reported_parts(plan) == reported_parts(whole)
    assert [one.text for one in plan.measures()] == [one.text for one in whole.measures()]


def test_a_first_part_that_looks_back_is_not_reported_whatever_it_is_called() -> None:
    text = (
        f"一、抢抓机遇的五年\n换届以来的五年，各项工作取得成效。\n五年来，{LONG}\n"
        f"二、真抓实干，做好今年工作\n（一）抓好招商。{LONG}\n（二）服务企业。{LONG}\n"
    )
    assert list(reported_parts(read_whole(TITLE + text))) == ["真抓实干，做好今年工作"]


def test_the_annex_of_a_report_is_no_part_of_it() -> None:
    text = (
        f"一、抓经济\n（一）抓好招商。{LONG}\n（二）服务企业。{LONG}\n二、抓城管\n（一）整治市容。{LONG}\n"
        f"（二）提升绿化。{LONG}\n《工作报告》附件1\n一、建设口袋公园\n二、改造老旧小区\n"
    )
    plan = read_whole(TITLE + text)
    assert reported_parts(plan) == TWO_PARTS
    assert "口袋公园" in plan.closing


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            f"【抓经济】\n●抓好招商。{LONG}\n●服务企业。{LONG}\n【抓城管】\n●整治市容。{LONG}\n●提升绿化。{LONG}\n",
            id="heads_in_frames_over_bullets",
        ),
        pytest.param(
            f"一、抓经济\n第一条【抓好招商】{LONG}\n第二条【服务企业】{LONG}\n"
            f"二、抓城管\n第三条【整治市容】{LONG}\n第四条【提升绿化】{LONG}\n",
            id="articles_with_framed_heads",
        ),
        pytest.param(
            f"一、抓经济\n（一)抓好招商\n{LONG}\n(二）服务企业\n{LONG}\n"
            f"二、抓城管\n（一)整治市容\n{LONG}\n(二）提升绿化\n{LONG}\n",
            id="brackets_of_two_widths",
        ),
        pytest.param(
            f"一、抓经济\n一）抓好招商\n{LONG}\n二）服务企业\n{LONG}\n二、抓城管\n一）整治市容\n{LONG}\n二）提升绿化\n{LONG}\n",
            id="brackets_that_only_close",
        ),
    ],
)
def test_heads_in_frames_and_brackets(text: str) -> None:
    assert {part: len(held) for part, held in reported_parts(read_whole(TITLE + text)).items()} == {
        part: len(held) for part, held in TWO_PARTS.items()
    }


def test_months_on_lines_of_their_own_are_parts() -> None:
    text = f"一月\n1.召开会议。{LONG}\n2.慰问群众。{LONG}\n二月份\n1.开展招商。{LONG}\n2.走访企业。{LONG}\n"
    assert list(reported_parts(read_whole(TITLE + text))) == ["一月", "二月份"]


def test_a_page_header_comes_twice_beside_the_numbers_of_two_pages() -> None:
    page = "青山街道办事处文件\n"
    text = (
        f"一、抓经济\n（一）抓好招商。{LONG}\n- 1 -\n{page}（二）服务企业。{LONG}\n二、抓城管\n"
        f"（一）整治市容。{LONG}\n- 2 -\n{page}（二）提升绿化。{LONG}\n"
    )
    plan = read_plan(TITLE + text)
    assert reported_parts(plan) == TWO_PARTS
    assert plan.set_aside.count("青山街道办事处文件") == 2


def test_what_a_web_page_says_above_its_text() -> None:
    above = "首页 > 政务公开 > 年度计划\n发布机构：青山街道办事处　发文日期：2026-02-10\n"
    text = (
        f"一、抓经济\n（一）抓好招商。{LONG}\n（二）服务企业。{LONG}\n"
        f"二、抓城管\n（一）整治市容。{LONG}\n（二）提升绿化。{LONG}\n"
    )
    plan = read_whole(above + TITLE.replace("青山街道", "") + text)
    assert (plan.title, plan.issuer, str(plan.issued_on)) == (
        "2026年重点工作安排",
        "青山街道办事处",
        "2026-02-10",
    )
    assert reported_parts(plan) == TWO_PARTS


def test_a_broken_paragraph_goes_on_as_another_where_it_grows_too_long() -> None:
    lines = lines_of("一、抓经济。", *["青" * 39 + "，"] * 600)
    joined = join_broken_lines(lines, ())
    assert "".join(line.text for line in joined) == "".join(line.text for line in lines)
    assert 10_000 < max(len(line.text) for line in joined) <= 10_040


@pytest.mark.parametrize("brackets", ["（{}）", "({})"])
def test_one_line_with_brackets_alone_gets_its_breaks_back(brackets: str) -> None:
    first, second = brackets.format("一"), brackets.format("二")
    lead_in = "今年是新一轮规划的开局之年，全街道上下要凝心聚力、真抓实干，推动各项工作迈上新台阶。"
    plan = read_whole(
        f"青山街道2026年工作规划{lead_in}{first}坚持党建统领。{LONG}{second}坚持项目支撑。{LONG}"
    )
    assert plan.title == "青山街道2026年工作规划"
    assert reported_parts(plan) == {"": ["坚持党建统领", "坚持项目支撑"]}


def test_a_bullet_list_under_its_title_is_no_part_of_a_page() -> None:
    plan = read_whole(f"{TITLE}● 党建工作：{LONG}\n● 城管工作：{LONG}\n● 平安工作：{LONG}")
    assert plan.title == TITLE.strip()
    assert len(list(plan.measures())) == 3


def test_a_head_that_only_one_part_has_is_no_habit() -> None:
    listed = f"一是外出招商。{LONG}\n二是服务企业。{LONG}"
    plan = read_whole(f"{TITLE}（一）产业强镇\n{listed}\n（二）乡村振兴\n产业振兴求突破。{LONG}")
    assert reported_parts(plan) == {"产业强镇": ["外出招商", "服务企业"], "乡村振兴": ["乡村振兴"]}


@pytest.mark.parametrize(
    ("above", "measures"),
    [("", ["定期会商，解决困难", "通报进度，督促落实"]), ("要落实以下两条：\n", ["建立机制"])],
)
def test_sentences_right_under_a_title_are_measures_where_those_of_its_siblings_are(
    above: str, measures: list[str]
) -> None:
    heads = f"一、工作任务\n1.抓好招商。{LONG}\n2.服务企业。{LONG}\n"
    plan = read_whole(f"{TITLE}{heads}二、建立机制\n{above}1.定期会商，解决困难；\n2.通报进度，督促落实。")
    assert reported_parts(plan)["建立机制"] == measures


@pytest.mark.parametrize(
    ("last", "heads"),
    [
        ("围绕年度目标细化分解各项任务，按照上级有关部门下达的要求", ["整治市容", "提升绿化"]),
        ("和照明水平", ["整治市容", "提升绿化和照明水平"]),
    ],
)
def test_what_breaks_off_behind_a_title_is_its_text(last: str, heads: list[str]) -> None:
    plan = read_whole(f"{TITLE}一、抓城管\n（一）整治市容\n{LONG}\n（二）提升绿化\n{last}")
    assert [one.title for one in plan.measures()] == heads


@pytest.mark.parametrize(
    ("head", "measures"),
    [
        ("扩充学位", ["改建实验小学", "新建城西初中", "规范学前教育"]),
        ("扩充学位。", ["扩充学位", "规范学前教育"]),
        ("扩充学位。年内落实两项：", ["扩充学位", "规范学前教育"]),
    ],
)
def test_numbered_sentences_are_measures_right_under_a_numbered_title(head: str, measures: list[str]) -> None:
    listed = "（1）改建实验小学。\n（2）新建城西初中。"
    plan = read_whole(f"{TITLE}一、抓教育\n1.{head}\n{listed}\n2.规范学前教育。{LONG}\n二、抓城管\n{LONG}")
    assert [one.title for one in plan.parts[0].all_measures()] == measures


def _report(parts: str) -> dict[str, list[str]]:
    return reported_parts(read_whole("2026年政府工作报告\n" + parts))


LISTED = f"（一）抓工业。{LONG}\n（二）抓农业。{LONG}"
HEADED = f"化解风险。{LONG}\n建设平安。{LONG}\n"


def test_a_salutation_that_announces_the_sections_takes_none_of_them() -> None:
    sections = "".join(f"（{number}）抓好第{number}项工作\n{HEADED}" for number in "一二三")
    text = f"一、2025年工作回顾\n{LONG}\n二、2026年重点工作\n{LONG}\n{LONG}\n各位代表，{LONG}\n{sections}"
    assert _report(text) == {"2026年重点工作": ["化解风险", "建设平安"] * 3}


def test_a_salutation_above_headed_paragraphs_takes_none_of_them() -> None:
    body = f"{LONG}\n各位代表！{LONG}\n{HEADED}各位代表！让我们团结奋斗！\n"
    assert _report(f"一、2025年工作回顾\n{LONG}\n二、加强自身建设\n{body}") == {
        "加强自身建设": ["化解风险", "建设平安"]
    }


def test_first_sentences_built_alike_are_heads_whatever_they_begin_with() -> None:
    heads = ("我们要将忠诚融入血脉", "我们要把法治贯穿始终", "我们要用清廉擦亮底色")
    body = "".join(f"{head}。{LONG}\n" for head in heads)
    work = "二、2026年重点工作\n" + "".join(f"（{one}）抓好第{one}项工作\n{HEADED}" for one in "一二三")
    assert _report(f"一、2025年工作回顾\n{LONG}\n{work}三、加强自身建设\n{body}")["加强自身建设"] == list(
        heads
    )


def test_sections_of_a_part_that_names_its_aims_hold_their_paragraphs() -> None:
    sections = "".join(f"（{number}）抓好第{number}项工作\n{HEADED}" for number in "一二")
    text = f"一、2025年工作回顾\n{LONG}\n二、2026年目标任务\n{sections}"
    assert _report(text) == {"2026年目标任务": ["化解风险", "建设平安"] * 2}


def test_chapters_without_number_are_no_title() -> None:
    chapters = f"2025年工作回顾\n{LONG}\n2026年工作安排\n"
    plan = read_whole(f"各位代表：\n{chapters}一、抓经济\n{HEADED}二、抓民生\n{HEADED}")
    assert plan.title == ""
    assert [(part.title, part.reporting) for part in plan.parts] == [
        ("2025年工作回顾", False),
        ("2026年工作安排", True),
    ]


def test_statements_around_headed_paragraphs_are_no_heads() -> None:
    sections = "".join(
        f"（{number}）抓好第{number}项工作。{LONG}\n产业是城市的筋骨。{LONG}\n{HEADED}城市是人民的城市。{LONG}\n"
        for number in "一二三"
    )
    assert _report(f"一、2025年工作回顾\n{LONG}\n二、2026年重点工作\n{sections}") == {
        "2026年重点工作": ["化解风险", "建设平安"] * 3
    }


def test_a_part_that_names_the_year_before_the_first_list_leads_to_it() -> None:
    aims = f"一、2025年工作回顾\n{LONG}\n二、2026年经济社会发展总体要求和政策取向\n{LONG}\n"
    assert list(_report(f"{aims}三、扩大内需\n{LONG}\n四、壮大产业\n{LISTED}")) == ["扩大内需", "壮大产业"]


def test_the_first_of_two_five_year_plans_is_a_look_back() -> None:
    parts = f"一、“十一五”时期建设取得显著成就\n{LONG}\n二、“十二五”时期的战略任务\n{LISTED}"
    assert list(reported_parts(read_whole("第十二个五年规划\n" + parts))) == ["“十二五”时期的战略任务"]


def test_the_name_of_a_chapter_of_the_year_is_whole() -> None:
    text = (
        f"一、2025年工作回顾\n{LONG}\n二、2026年目标任务和主要工作\n今年是全\n面实施规划的第一年。\n{LISTED}"
    )
    assert list(_report(text)) == ["2026年目标任务和主要工作"]
