"""Habits of writing and of losing text that plans from elsewhere have, read by their own order."""

from __future__ import annotations

import pytest

from app.plan.core.plan_files import read_file_draft
from app.plan.importer import PlanUnreadable, read_plan
from tests.plan.importer.texts import read_whole, reported_parts

TITLE = "青山街道2026年工作计划"
SENTENCE = "压实监督管理责任，控制各类事故发生，确保全年平安。"


def parts_read(*lines: str) -> list[tuple[str, bool, list[str]]]:
    plan = read_plan("\n".join(lines))
    return [
        (part.title, part.reporting, [one.title for one in part.all_measures()] if part.reporting else [])
        for part in plan.parts
    ]


def test_a_text_that_begins_or_breaks_off_in_the_middle_of_a_list() -> None:
    assert parts_read("落实责任。", "三、强化治理", SENTENCE, "（一）推动发展。落实责任。") == [
        ("强化治理", True, ["推动发展"])
    ]
    assert parts_read(TITLE, SENTENCE, "一、强化治理。", "1、推动发展，落实责任。（牵头单位：办公室）") == [
        ("强化治理", True, ["推动发展，落实责任"])
    ]


def test_pictures_beside_numbers_and_titles() -> None:
    assert parts_read(
        "示例镇2026年工作报告📜",
        "🌟一、2025年工作回顾",
        SENTENCE,
        "🎯二、2026年工作安排",
        "1️⃣ 强化治理",
        "2️⃣ 推动发展",
    ) == [("2025年工作回顾", False, []), ("2026年工作安排", True, ["强化治理", "推动发展"])]
    plan = read_plan(f"示例镇2026年工作报告📜\n🌟一、强化治理\n{SENTENCE}\n🎯二、推动发展\n{SENTENCE}")
    assert [one.number for one in plan.measures()] == ["一", "二"]


def test_lines_that_announce_a_list_which_begins_again_are_its_heads() -> None:
    assert parts_read(
        TITLE, "2025年做了以下工作：", "1.完善制度，落实责任。", "2.排查隐患，补齐短板。",
        "2026年围绕以下目标开展工作：", "1.强化治理，守牢底线。", "2.推动发展，扩大投资。",
    )[1] == ("2026年围绕以下目标开展工作", True, ["强化治理，守牢底线", "推动发展，扩大投资"])  # fmt: skip


def test_a_head_without_its_number_above_a_list_that_stands_under_others() -> None:
    parts = parts_read(
        TITLE, SENTENCE, "坚决扛牢治理责任", "（一）强化。落实责任。", "（二）推动。扩大投资。"
    )
    assert parts == [("坚决扛牢治理责任", True, ["强化", "推动"])]


def test_the_head_of_a_chapter_goes_on_behind_a_colon() -> None:
    first, second = parts_read(
        TITLE, "第六章 品质提升：提高系统的质量和功能", "一、强化", SENTENCE, "二、推动", SENTENCE,
        "第七章 能力提升：补齐民生短板", "一、完善", SENTENCE, "二、落实", SENTENCE,
    )  # fmt: skip
    assert (first[0], second[0]) == ("品质提升：提高系统的质量和功能", "能力提升：补齐民生短板")


def test_numbers_of_three_below_numbers_of_two() -> None:
    plan = read_plan(
        f"{TITLE}\n4.1 强化治理\n4.1.1 完善制度。{SENTENCE}\n4.1.2 压实责任。{SENTENCE}\n"
        f"4.2 推动发展\n4.2.1 扩大投资。{SENTENCE}\n4.2.2 改善服务。{SENTENCE}"
    )
    assert [(part.number, [one.number for one in part.measures]) for part in plan.parts] == [
        ("4.1", ["4.1.1", "4.1.2"]),
        ("4.2", ["4.2.1", "4.2.2"]),
    ]


def test_a_part_with_a_label_and_one_text_is_one_measure() -> None:
    assert [
        [one.title for one in part.all_measures()]
        for part in read_plan(
            f"{TITLE}\n一、强化治理\n由办公室承办，财政所配合。\n工作目标：\n{SENTENCE}\n"
            f"二、推动发展\n由办公室承办，财政所配合。\n工作目标：\n{SENTENCE}"
        ).parts
    ] == [["强化治理", "推动发展"]]


def test_paragraphs_under_heads_with_text_are_measures_only_where_nearly_all_have_heads() -> None:
    def numbers(text: str) -> list[str]:
        chapters = (
            f"（{one}）完善制度。{SENTENCE}\n守牢底线。{SENTENCE}\n{text}{SENTENCE}" for one in "一二三"
        )
        return [one.number for one in read_plan("\n".join((TITLE, "一、强化治理", *chapters))).measures()]

    assert numbers("补齐短板。") == ["1", "2"] * 3
    assert numbers("") == ["（一）", "（二）", "（三）"]


def test_a_list_in_one_of_two_items_with_text_is_part_of_it() -> None:
    items = f"1.完善制度。{SENTENCE}\n（1）健全。{SENTENCE}\n（2）落实。{SENTENCE}\n2.压实责任。{SENTENCE}"
    assert [one.title for one in read_plan(f"{TITLE}\n一、强化治理\n{items}").measures()] == [
        "完善制度",
        "压实责任",
    ]


def test_a_notice_whose_title_is_lost_issues_the_annex_that_it_lists() -> None:
    plan = read_whole(
        "各镇人民政府：\n经县政府同意，现将《2026年任务分解》印发给你们，请抓好落实。\n一、压实责任。逐项推进。\n二、动态调度。定期通报。\n"
        "附件：1.2026年任务清单\n2.实事清单\n示例县人民政府办公室\n2026年1月8日\n附件1\n2026年任务清单\n"
        "一、强化治理\n1.完善制度。\n2.压实责任。"
    )
    assert (plan.title, plan.year, [one.title for one in plan.measures()]) == (
        "2026年任务清单", 2026, ["完善制度", "压实责任"],
    )  # fmt: skip


def test_bullets_under_a_head_are_its_measures_and_what_stands_around_them_is_none() -> None:
    text = f"{SENTENCE}\n- 完善制度，落实责任。\n- 补齐短板，守牢底线。\n展望未来，信心百倍。"
    plan = read_plan(f"{TITLE}\n一、2025年工作回顾\n{SENTENCE}\n二、2026年工作展望\n{text}")
    assert [one.title for one in plan.measures()] == ["完善制度，落实责任", "补齐短板，守牢底线"]


def test_a_report_that_lost_its_title_has_none() -> None:
    plan = read_whole(
        f"位代表：\n现在，我代表市人民政府，向大会作工作报告，请予审议。\n完成2025年高质量发展的各项任务\n{SENTENCE}\n（一）强化治理。{SENTENCE}\n"
        f"（二）推动发展。{SENTENCE}\n实现2026年高质量发展的奋斗目标\n{SENTENCE}\n一、完善制度。{SENTENCE}\n二、压实责任。{SENTENCE}"
    )
    assert (plan.title, plan.year) == ("", 2026)
    assert [(part.title, part.reporting) for part in plan.parts] == [
        ("完成2025年高质量发展的各项任务", False),
        ("实现2026年高质量发展的奋斗目标", True),
    ]


def test_a_title_that_lost_the_break_before_the_first_chapter() -> None:
    plan = read_whole(
        f"2026年全镇垃圾分类推进计划一、工作目标{SENTENCE}二、主要任务（一）强化。{SENTENCE}（二）推动。{SENTENCE}"
    )
    assert (plan.title, [one.title for one in plan.measures()]) == (
        "2026年全镇垃圾分类推进计划",
        ["强化", "推动"],
    )


def test_parts_that_tell_how_things_stand_are_reported_on_where_nothing_else_is() -> None:
    text = f"1.完善制度。{SENTENCE}\n2.压实责任。{SENTENCE}"
    parts = parts_read(TITLE, f"一、农业产业谋划情况\n{text}", f"二、工业项目谋划情况\n{text}")
    assert [one for _, one, _ in parts] == [True, True]


def test_the_notice_of_a_meeting_is_no_plan() -> None:
    text = "关于召开示例区迎检工作会议的通知\n一、会议时间：\n3月5日下午。\n二、会议地点：\n区会展中心。"
    with pytest.raises(PlanUnreadable, match="不是工作计划"):
        read_file_draft("notice.txt", text.encode())


def test_heads_without_number_stand_over_numbers_that_run_through_and_end_with_departments() -> None:
    item = "推动发展，扩大投资。（责任科室：组织人事科、综合管理科）"
    assert parts_read(
        TITLE, "坚持党建引领，落实根本任务", f"1. {item}", f"2. {item}",
        "坚持优质均衡，建设国际消费中心", f"3. {item}", f"4. {item}",
    ) == [
        ("坚持党建引领，落实根本任务", True, ["推动发展，扩大投资"] * 2),
        ("坚持优质均衡，建设国际消费中心", True, ["推动发展，扩大投资"] * 2),
    ]  # fmt: skip


def test_heads_without_number_that_name_a_year_stand_over_those_that_name_none() -> None:
    heads = ("2025年工作回顾", "推进项目", "优化环境", "2026年主要工作", "强化治理", "推动发展")
    parts = parts_read(TITLE, *(line for head in heads for line in (head, SENTENCE * 2)))
    assert parts == [("2025年工作回顾", False, []), ("2026年主要工作", True, ["强化治理", "推动发展"])]


def test_a_number_that_runs_through_goes_on_behind_a_gap_and_stands_alone_under_its_head() -> None:
    assert parts_read(
        TITLE, "一、强化治理", "1. 完善制度。落实责任。", "2. 压实责任。落实到人。",
        "二、推动发展", "3. 扩大投资。加快建设。", "三、改善民生", "9. 稳定就业。开展培训。",
    )[-1] == ("改善民生", True, ["稳定就业"])  # fmt: skip
    assert parts_read(TITLE, "目标要求", SENTENCE, "工作任务", "（一）强化治理。落实责任。")[-1] == (
        "工作任务",
        True,
        ["强化治理"],
    )


def test_kana_that_a_scanner_took_for_numerals() -> None:
    text = f"ー、强化治理\n(ー)完善制度。{SENTENCE}\n(ニ)压实责任。{SENTENCE}\n二、推动发展\n{SENTENCE}"
    plan = read_whole(f"{TITLE}\n{text}")
    assert [part.title for part in plan.parts] == ["强化治理", "推动发展"]
    assert [one.title for one in plan.measures()][:2] == ["完善制度", "压实责任"]


def test_what_a_bullet_says_before_its_colon_is_its_head() -> None:
    item = "- **{}**：7月底前完成迁移80个。（区数据局牵头）"
    text = f"{item.format('建设平台')}\n{item.format('编制目录')}"
    for bullets in (text, text.replace("**", "")):
        parts = parts_read(TITLE, "一、夯实底座", bullets, "二、深化共享", bullets)
        assert [measures for *_, measures in parts] == [["建设平台", "编制目录"]] * 2


def test_a_notice_that_issues_nothing_is_the_plan_itself() -> None:
    plan = read_plan(
        f"示例县关于开展\n校园食堂专项治理工作的通知\n各镇：\n根据《学校管理规划》要求，通知如下。\n总体要求\n{SENTENCE}\n工作任务\n"
        f"1.强化治理。{SENTENCE}\n2.推动发展。{SENTENCE}\n工作措施\n1.完善制度。{SENTENCE}\n2.压实责任。{SENTENCE}"
    )
    assert plan.title == "示例县关于开展校园食堂专项治理工作的通知"
    assert [part.title for part in plan.parts] == ["总体要求", "工作任务", "工作措施"]


def test_the_year_in_which_a_campaign_is_begun() -> None:
    plan = "城市管理治理方案\n根据部署，决定于{}开展专项治理。\n一、强化治理\n1.推动发展。\n2.完善制度。"
    years = [read_plan(plan.format(time)).year for time in ("2026年7月起", "2026年3月至2027年2月")]
    assert years == [2026, None]


def test_months_are_heads_whatever_sign_ends_them() -> None:
    [(_, _, titles)] = parts_read(TITLE, "一月份：", SENTENCE, SENTENCE, "二月份：", SENTENCE)
    assert titles == ["一月份", "二月份"]


def test_a_summary_that_plans_nothing_is_no_plan() -> None:
    work = f"（一）强化治理。{SENTENCE}\n（二）推动发展。{SENTENCE}"
    summary = f"示例街道2025年工作总结\n一、主要工作\n{work}\n二、存在问题\n{SENTENCE}"
    with pytest.raises(PlanUnreadable, match="不是工作计划"):
        read_plan(summary)
    assert read_plan(f"{summary}\n三、下一步打算\n{SENTENCE}").parts[-1].reporting


def test_requirements_with_a_list_before_other_work_are_work() -> None:
    items = ("（一）完善制度，落实责任。", "（二）补齐短板，守牢底线。")
    chapters = ("一、加强组织领导", *items), ("二、强化矛盾化解", *items), ("三、加强组织保障", *items)
    parts = parts_read(TITLE, *(line for chapter in chapters for line in chapter))
    assert [reported for _, reported, _ in parts] == [True, True, False]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (  # what parts are called stands above what is done, whatever words that ends with
            f"2026年工作计划\n抓实党建\n{SENTENCE}\n抓细管理\n{SENTENCE}\n抓好民生保障\n{SENTENCE}\n",
            {"2026年工作计划": ["抓实党建", "抓细管理", "抓好民生保障"]},
        ),
        (
            f"2025年工作回顾\n{SENTENCE}\n2026年重点工作\n{SENTENCE}\n抓实党建\n{SENTENCE}\n抓好民生\n{SENTENCE}\n",
            {"2026年重点工作": ["抓实党建", "抓好民生"]},
        ),
        (  # the work does not stand below the requirements
            f"总体要求\n{SENTENCE}\n抓实党建\n1.学习。{SENTENCE}\n2.培训。{SENTENCE}\n"
            f"抓好民生\n1.养老。{SENTENCE}\n2.就业。{SENTENCE}\n保障措施\n{SENTENCE}\n",
            {"抓实党建": ["学习", "培训"], "抓好民生": ["养老", "就业"]},
        ),
        (
            f"第一部分 回顾\n{SENTENCE}\n第二部分 安排\n{SENTENCE}\n推动经济发展\n抓好招商引资\n1.招商。{SENTENCE}\n"
            f"2.服务。{SENTENCE}\n保障改善民生\n提升养老服务\n1.助餐。{SENTENCE}\n2.助浴。{SENTENCE}\n",
            {"安排": ["招商", "服务", "助餐", "助浴"]},
        ),
        (  # dates below a head are its text
            f"活动目标\n{SENTENCE}\n活动时间\n2026年3月—12月\n整治内容\n1.市容。{SENTENCE}\n2.环境。{SENTENCE}\n",
            {"整治内容": ["市容", "环境"]},
        ),
        (  # a review is a head whatever stands above it
            f"索引号：QS-01\n2025年工作回顾\n{SENTENCE}\n（一）减污。{SENTENCE}\n（二）增绿。{SENTENCE}\n"
            f"2026年工作打算\n{SENTENCE}\n（一）招商。{SENTENCE}\n（二）服务。{SENTENCE}\n",
            {"2026年工作打算": ["招商", "服务"]},
        ),
    ],
)
def test_heads_without_numbers_on_two_levels(text: str, parts: dict[str, list[str]]) -> None:
    assert reported_parts(read_plan(f"{TITLE}\n{text}")) == parts


def test_what_is_circulated_for_praise_is_no_plan() -> None:
    title = "示例市人民政府关于对督查中发现的\n典型经验做法给予表扬的通报"
    circular = f"{title}\n各县区：\n现予表扬。\n1.推进医联体建设，打造示范。\n2.强化管理，落实责任。"
    with pytest.raises(PlanUnreadable, match="不是工作计划"):
        read_plan(circular)
    assert read_plan(f"{TITLE}\n一、完善情况通报\n{SENTENCE}\n二、强化治理\n{SENTENCE}").parts


ITEMS = (f"（一）抓好项目。{SENTENCE}", f"（二）优化环境。{SENTENCE}", f"（三）做强产业。{SENTENCE}")


def test_a_dash_ends_a_head_that_whole_sentences_follow() -> None:
    flat = parts_read(TITLE, *(f"{head}——{SENTENCE}" for head in ("抓学习", "抓队伍", "抓服务")))
    assert flat == [("", True, ["抓学习", "抓队伍", "抓服务"])]
    assert parts_read(
        TITLE, "一、党建引领——筑牢战斗堡垒", "1.抓学习。落实责任。", "2.抓队伍。落实责任。"
    ) == [("党建引领——筑牢战斗堡垒", True, ["抓学习", "抓队伍"])]


def test_the_name_of_a_stage_is_a_whole_head() -> None:
    stages = ["宣传发动阶段（5月25日—5月31日）", "组织实施阶段（6月1日—6月25日）"]
    text = [f"（{number}）{stage}。{SENTENCE}" for number, stage in zip("一二", stages, strict=True)]
    assert parts_read(TITLE, "一、活动安排", *text, "二、活动内容", SENTENCE)[0][2] == stages


def test_two_papers_of_one_organ_are_a_review_and_a_plan() -> None:
    items = [
        f"{number}、{head}\n{SENTENCE}" for number, head in zip("一二", ("强化治理", "推动发展"), strict=True)
    ]
    assert parts_read(
        "青山街道2025年工作总结", SENTENCE, *items, "青山街道2026年工作计划", SENTENCE, *items
    ) == [
        ("青山街道2025年工作总结", False, []),
        ("青山街道2026年工作计划", True, ["强化治理", "推动发展"]),
    ]


@pytest.mark.parametrize(
    "title",
    [
        "述职报告",
        "2025年政府信息公开工作年度报告",
        "关于2026年元旦放假的通知",
        "法治建设情况总结",
        "2026年节假日安排",
    ],
)
def test_what_tells_of_work_done_or_of_holidays_is_no_plan(title: str) -> None:
    heads = ("一、加强学习，提高素质", "组织学习十二次。", "二、履行职责，推动工作", "完成改造五个。")
    with pytest.raises(PlanUnreadable):
        read_plan("\n".join((title, *heads)))
    assert read_plan("\n".join((f"{title}和2026年工作计划", *heads)))


def test_the_year_behind_a_review_is_planned_for_though_the_page_is_of_a_later_one() -> None:
    parts = ("2021年工作回顾", SENTENCE, "2022年工作安排", SENTENCE, "一、聚力发展", *ITEMS)
    plan = read_plan("\n".join(("青山县政府工作报告（2024年）", SENTENCE, *parts)))
    assert [part.reporting for part in plan.parts] == [False, True]


def test_the_first_half_of_a_year_is_past_beside_the_second() -> None:
    halves = ("第一部分 上半年主要工作", *ITEMS, "第二部分 下半年主要工作", *ITEMS)
    plan = read_plan("\n".join(("青山区水利局2026年工作安排", *halves)))
    assert [part.reporting for part in plan.parts] == [False, True]
    assert read_plan("\n".join(("青山区水利局2026年工作安排", *halves[:4], *ITEMS))).parts[0].reporting


def test_who_does_it_may_end_the_sentence() -> None:
    def duties(sentence: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        plan = read_plan(f"{TITLE}\n1.建设养老机构。{sentence}\n2.推动发展。落实责任。")
        measure = next(plan.measures())
        return measure.lead, measure.support

    assert duties("三年新建9家，由区民政局牵头，区国资中心配合。") == (("区民政局",), ("区国资中心",))
    assert duties("80%以上设立科室，由区卫健委负责。") == (("区卫健委",), ())
    assert duties("建立由街道牵头的工作机制。") == ((), ())
