"""What is reported on, what is set apart, which year is meant, and what is no plan."""

from __future__ import annotations

from datetime import date

import pytest

from app.plan.importer import (
    BlockKind,
    PlanDraft,
    PlanUnreadable,
    propose_blocks,
    read_plan,
    source_from_text,
)
from app.plan.importer.frame_fields import find_plan_year
from app.plan.importer.part_kinds import is_about_past, is_about_problems, states_purpose, states_requirements

TITLE = "青山街道2026年工作计划"
SENTENCE = "压实监督管理责任，控制各类事故发生，确保全年平安。"
TASKS = f"（一）夯实基础。{SENTENCE}\n（二）强化应急。{SENTENCE}"


@pytest.mark.parametrize(
    ("title", "past"),
    [
        ("2025年工作回顾", True),
        ("过去五年的工作", True),
        ("2025年主要工作和“十四五”发展成就", True),
        ("2025年主要工作", True),
        ("2026年主要工作", False),
        ("2026年工作总结", False),
        ("重点任务", False),
        ("新增充电桩2000个", False),
        ("建设绿道2000余米、走访2024户", False),
        ("2024人大代表建议办理", True),
        ("关于2021—2025年规划", False),
        ("“十四五”时期的政府工作", True),
        ("“十五”和“十四五”时期的政府工作", True),
        ("“十五五”时期的政府工作", False),
        ("四年来的主要工作", True),
        ("工作成效", True),
        ("2025年取得的成效", True),
        ("着力改善民生，在共建共享上取得新成效", False),
        ("提升治理成效", False),
        ("优化服务,扩大“一网通办”机制联动成效", False),
        ("推动党建工作见成效", False),
    ],
)
def test_what_is_about_the_past(title: str, past: bool) -> None:
    assert is_about_past(title, 2026) is past


def test_five_years_are_past_once_their_last_is_over() -> None:
    assert [is_about_past("“十四五”时期的政府工作", year) for year in (2024, 2025, 2026)] == [
        False,
        False,
        True,
    ]


def test_what_is_about_problems_purposes_and_requirements() -> None:
    assert is_about_problems("存在的主要问题")
    assert not is_about_problems("解决群众急难愁盼问题")
    assert all(
        map(states_purpose, ("总体要求", "试点范围", "指导思想和主要目标", "“十五五”时期的主要目标任务"))
    )
    assert all(map(states_purpose, ("活动目的", "清理整顿的原则", "“十五五”规划", "“十五五”发展纲要")))
    assert not any(
        map(
            states_purpose,
            ("重点任务", "“十五五”开局工作", "总体要求和重点任务", "指导思想教育".rjust(17, "字")),
        )
    )
    assert all(
        map(
            states_purpose,
            ("今后五年工作的总体要求和奋斗目标", "充分认识加强法治政府建设的重要意义", "结束语"),
        )
    )
    assert not any(map(states_purpose, ("经济发展目标与策略", "把奋斗目标和总体要求落实到各项工作中")))
    assert all(map(states_requirements, ("工作要求", "保障措施", "加大组织保障力度", "健全工作推进机制")))
    assert not any(map(states_requirements, ("重点任务", "健全党组织领导的治理体系", "健全社会保障机制")))


def kinds_of(*parts: str) -> list[bool]:
    return [part.reporting for part in read_plan("\n".join((TITLE, *parts))).parts]


def test_measures_and_departments_outvote_the_words_of_a_title() -> None:
    tasks = f"二、重点任务\n{TASKS}"
    assert kinds_of(f"一、总体要求\n{SENTENCE}", tasks) == [False, True]
    assert kinds_of(f"一、总体要求\n（一）指导思想。{SENTENCE}\n（二）主要目标。{SENTENCE}", tasks) == [
        False,
        True,
    ]
    assert kinds_of(f"一、治理\n{TASKS}", f"二、保障措施\n{SENTENCE}") == [True, False]
    assert kinds_of(f"一、治理\n{TASKS}", f"二、保障措施\n{TASKS}") == [True, False]
    assert kinds_of(f"一、总体目标\n{SENTENCE}", f"二、工作要求\n{TASKS}") == [False, True]
    assert kinds_of(f"一、困难群众情况\n{TASKS}", tasks) == [False, True]
    assert kinds_of(f"一、摸清底数情况\n{TASKS}", tasks) == [True, True]
    duty = f"二、保障措施\n{SENTENCE}（责任单位：党政办）"
    assert kinds_of(f"一、治理\n{TASKS}", duty) == [True, True]
    assert kinds_of(f"一、2025年工作总结\n{TASKS}", tasks) == [False, True]


@pytest.mark.parametrize(
    ("titles", "reported"),
    [
        (("提高站位，深化认识", "加强组织领导，强化责任", "加强督办，用好结果"), [True, True, True]),
        (("提高站位，加强组织领导", "改进作风，狠抓落实"), [True, True]),
        (("提高站位，加强组织领导",), [True]),
        (("抓好招商", "改进作风，加强组织领导"), [True, False]),
        (("加强组织领导", "抓好招商"), [False, True]),
    ],
)
def test_a_requirement_in_two_clauses_is_work_before_other_work(
    titles: tuple[str, ...], reported: list[bool]
) -> None:
    parts = (f"{number}、{title}\n{SENTENCE}" for number, title in zip("一二三", titles, strict=False))
    plan = read_plan("\n".join((TITLE, *parts)))
    assert [part.reporting for part in plan.parts for _ in part.measures or (part,)] == reported


@pytest.mark.parametrize(
    ("titles", "reported"),
    [
        (("“十五五”时期的重要把握", "2026年重点工作"), [False, True]),
        (("今后五年的任务", "今年重点工作"), [False, True]),
        (("关于第十五个五年规划的说明", "2026年重点工作"), [False, True]),
        (("今后五年的任务", "改进作风"), [True, True]),
    ],
)
def test_what_is_planned_for_years_ahead_is_no_work_of_the_year(
    titles: tuple[str, ...], reported: list[bool]
) -> None:
    assert kinds_of(*(f"{n}、{title}\n{TASKS}" for n, title in zip("一二", titles, strict=True))) == reported


def test_a_long_sentence_is_no_review_for_a_word_in_it() -> None:
    sentence = "对推进城市更新工作成效明显的社区，在安排年度项目资金时予以倾斜，并在全街道范围内推广其做法。"
    plan = read_plan(f"{TITLE}\n一、{sentence}（城建办负责）\n二、{sentence}（党政办负责）")
    assert len(list(plan.measures())) == 2


@pytest.mark.parametrize(
    ("title", "parts", "year"),
    [
        ("区农业局2026年工作总结和2027年工作计划", (), 2027),
        ("青山街道2025年计划", (), 2025),
        ("青山街道二〇二六年计划", (), 2026),
        ("瞪羚企业行动计划（2025—2027年）", (), None),
        ("政府工作报告", ("2025年工作回顾", "2026年工作安排"), 2026),
        ("若干措施", ("支持科技创新",), None),
        ("政府工作报告", ("2025年工作的简要回顾", "主要任务"), 2026),
        ("政府工作报告", ("2025年工作的简要回顾",), None),
        ("政府工作报告", ("2025年工作回顾", "2035年远景目标和主要目标任务", "2026年重点工作"), 2026),
        ("政府工作报告", ("2035年远景目标和主要目标任务",), None),
        ("2025年12月29日在代表大会上的政府工作报告", ("2025年工作回顾", "2026年工作安排"), 2026),
    ],
)
def test_the_year_that_is_planned_for(title: str, parts: tuple[str, ...], year: int | None) -> None:
    assert find_plan_year(title, parts) == year


def test_a_day_early_in_the_year_tells_the_year_of_a_yearly_plan() -> None:
    assert find_plan_year("青山街道工作计划", (), date(2026, 1, 5)) == 2026
    assert find_plan_year("青山街道工作计划", (), date(2026, 6, 30)) == 2026
    assert find_plan_year("青山街道工作计划", (), date(2026, 7, 1)) is None
    assert find_plan_year("青山街道若干措施", (), date(2026, 1, 5)) is None
    assert find_plan_year("青山街道消防安全集中整治行动方案", (), date(2026, 4, 5)) == 2026
    assert find_plan_year("政府工作报告", (), None, date(2026, 1, 8)) == 2026
    assert find_plan_year("", (), date(2026, 1, 5)) is None


@pytest.mark.parametrize(
    ("lead_in", "year"),
    [
        ("2026年是我镇转型发展的关键一年。", 2026),
        ("回顾过去。2026年，是实施新规划的开局之年。", 2026),
        ("2025年是极不平凡的一年。\n2026年是关键之年。", 2026),
        ("为做好2026年各项工作，制定本计划。", 2026),
        ("2026年全街工作总体要求是：稳中求进。", 2026),
        ("二〇二六年是关键一年。", 2026),
        ("现将《政府工作报告》提出的2026年重点工作任务予以分解。", 2026),
        ("现将2026年重点工作分解如下。", 2026),
        ("现将2025年工作总结报告如下。", None),
        ("到2030年是长远目标。", None),
        ("按照2025年有关文件精神制定。", None),
        ("", None),
    ],
)
def test_words_before_the_heads_tell_the_year(lead_in: str, year: int | None) -> None:
    assert find_plan_year("青山街道工作计划", lead_in=lead_in) == year
    assert find_plan_year("", lead_in=lead_in) == year
    assert find_plan_year("青山街道若干措施", lead_in=lead_in) is None
    assert find_plan_year("青山街道工作计划", (), date(2024, 1, 5), lead_in=lead_in) == (year or 2024)


@pytest.mark.parametrize(
    "text",
    [
        "王主任：\n您好！来信收悉，所提建议我们认真研究，将在今后的工作中改进。\n此致\n敬礼！",
        f"李科长：您好！\n一、请支持\n{SENTENCE}\n二、请回复\n{SENTENCE}\n此致敬礼",
        f"<html>\n{TITLE}\n{TASKS}",
        "<!DOCTYPE html>\n<html><body>青山街道2026年工作计划</body></html>",
        "今天天气很好。\n我们去公园。",
        "青山街道法治建设情况的报告\n一、依法履职\n深化改革。\n二、规范执法\n开展评查。",
    ],
)
def test_what_is_no_plan_is_refused(text: str) -> None:
    with pytest.raises(PlanUnreadable, match=r"。$"):
        read_plan(text)


@pytest.mark.parametrize(
    "text",
    [
        f"青山街道场所管理细则\n{TASKS}",
        f"困难群众救助申请流程\n{TASKS}",
        f"青山街道文明公约办法\n第一条 为规范行为，制定本办法。\n第二条 居民守约。\n第三条 {SENTENCE}",
        "发布会实录\n晨报：今年有哪些打算？\n　　王明：主要有两个方面。\n"
        f"　　（一）夯实基础。{SENTENCE}\n　　（二）强化应急。{SENTENCE}\n\n"
        f"　　晚报：群众怎么办事？\n　　李华：{SENTENCE}",
    ],
)
def test_rules_and_interviews_are_no_plan(text: str) -> None:
    with pytest.raises(PlanUnreadable, match="不是工作计划"):
        read_plan(text)


@pytest.mark.parametrize(
    "text",
    [
        f"青山街道2026年度考核办法\n{TASKS}",
        f"青山街道场所管理细则\n{TASKS}（责任单位：城管办）",
        f"{TITLE}\n一、完善制度\n{SENTENCE}\n二、修订本办法\n修订本办法。{SENTENCE}",
        f"{TITLE}\n晨报：今年有哪些打算？\n王明：主要有两个方面。\n{TASKS}",
    ],
)
def test_a_year_or_departments_make_work_of_rules(text: str) -> None:
    assert list(read_plan(text).measures())


def test_a_page_that_welcomes_its_visitors_is_no_letter() -> None:
    heads = f"（一）夯实基础。{SENTENCE}\n（二）强化应急。{SENTENCE}\n"
    assert len(list(read_plan(f"您好,欢迎访问文档网\n{heads}").measures())) == 2
    with pytest.raises(PlanUnreadable):
        read_plan(f"王主任，您好！\n{heads}")


def test_heads_without_a_title_make_a_plan() -> None:
    assert len(list(read_plan(f"一、治理\n{SENTENCE}\n二、发展\n{SENTENCE}").measures())) == 2


def kinds_in(text: str, kind: BlockKind) -> list[str]:
    source = source_from_text(text)
    return [
        source.text[block.start : block.end] for block in propose_blocks(source).blocks if block.kind is kind
    ]


def test_what_belongs_to_no_measure_is_set_apart() -> None:
    text = "\n".join(
        (
            TITLE,
            f"一、治理\n{TASKS}\n专栏1 重点工程\n1.防洪工程\n2.供水工程\n（三）改革。{SENTENCE}\n注：数据为预计数。",
            f"二、发展\n{TASKS}\n各位代表！让我们团结奋斗！",
            "附件1\n任务清单\n1.走访。",
        )
    )
    assert kinds_in(text, BlockKind.SET_APART) == [
        *("专栏1 重点工程", "1.防洪工程", "2.供水工程", "注：数据为预计数。")
    ]
    assert kinds_in(text, BlockKind.CLOSING) == ["各位代表！让我们团结奋斗！"]
    assert kinds_in(text, BlockKind.ANNEX) == ["附件1"]
    plan = read_plan(text)
    assert [len(part.measures) for part in plan.parts] == [3, 2]
    assert [(one.title, one.text) for one in plan.annexes] == [("附件1", "任务清单\n1.走访。")]
    assert plan.closing.endswith("附件1\n任务清单\n1.走访。")


def messages_of(text: str) -> list[str]:
    return [one.message for one in read_plan(text).warnings]


def asks(plan: str, words: str) -> bool:
    return any(words in message for message in messages_of(plan))


def test_the_reader_says_what_is_odd_about_its_reading() -> None:
    whole = f"{TITLE}\n一、治理\n{TASKS}\n二、发展\n{TASKS}"
    assert messages_of(whole) == []
    assert asks(whole.replace("一、治理", "二、治理").replace("二、发展", "三、发展"), "而不是第一")
    lead_in = f"{SENTENCE}\n{SENTENCE}\n"
    assert asks(whole.replace("一、治理", f"{lead_in}一、治理"), "第一个标题前有")
    long = "字" * 999 + "。"
    assert not asks(f"{whole}\n{long[26:]}", "这项举措有")
    assert asks(f"{whole}\n{long}", "这项举措有")
    assert asks(whole.replace("一、治理", "一、治理\n（责任单位：党政办）"), "不在任何举措之内")
    assert asks(whole.replace("2026年", ""), "没有找到确定的计划年度")
    assert asks(whole.replace("青山街道2026年", "全力做好2026年"), "不像机关名称")
    assert asks(
        whole.replace("一、治理", f"一、2025年工作回顾\n{SENTENCE}\n二、治理").replace(
            "二、发展", "三、发展"
        ),
        "以往工作的回顾",
    )


def paths_of(plan: PlanDraft) -> list[list[str]]:
    return [[head.heading for head in measure.path] for measure in plan.measures()]


def test_deeper_levels_add_a_path_to_a_measure() -> None:
    deep = "\n".join(f"{number}.专项\n（1）夯实。{SENTENCE}\n（2）强化。{SENTENCE}" for number in (1, 2))
    plan = read_plan(f"{TITLE}\n一、治理\n（一）安全\n{deep}\n（二）应急\n{deep}")
    assert paths_of(plan) == [["1.专项"]] * 2 + [["2.专项"]] * 2 + [["1.专项"]] * 2 + [["2.专项"]] * 2
    section = plan.as_json()["parts"][0]["sections"][0]
    assert section["measures"][0]["path"] == [
        {"number": "1", "title": "专项", "heading": "1.专项", "text": ""}
    ]


def test_a_review_without_a_number_is_a_part_though_it_stands_alone() -> None:
    plan = read_plan(
        f"青山县政府工作报告（2026年1月22日 李明）\n2026年1月22日在青山县第十四届人民代表大会第二次会议上\n"
        f"各位代表：\n现在报告工作。\n2025年工作回顾\n过去的2025年，{SENTENCE}\n一是经济回升。{SENTENCE}\n"
    )
    assert plan.year == 2026
    assert [(part.title, part.reporting) for part in plan.parts] == [("2025年工作回顾", False)]


def test_a_review_stays_in_the_parts_and_is_marked() -> None:
    plan = read_plan(f"{TITLE}\n一、2025年工作总结\n{TASKS}\n二、2026年工作打算\n{TASKS}")
    review, ahead = plan.as_json()["parts"]
    assert (review["reporting"], "reporting" in ahead) == (False, False)
    assert [section["reporting"] for section in review["sections"]] == [False, False]
    assert len(list(plan.measures())) == 2


def test_a_list_inside_one_of_many_lines_stays_inside_it() -> None:
    line = "要做到：一、落实工作责任。二、完善工作机制。"
    plan = read_plan(f"示例镇2026年工作计划\n一、强化治理\n{SENTENCE}\n二、推动发展\n{SENTENCE}{line}")
    assert [measure.title for measure in plan.measures()] == ["强化治理", "推动发展"]


@pytest.mark.parametrize(
    "footer", ["友情链接：", "上一篇：年度总结", "下一条：没有了", "版权所有：示例镇", "网站地图"]
)
def test_what_a_web_page_has_under_its_text(footer: str) -> None:
    plan = read_plan(
        f"{TITLE}\n添加时间 2026/2/12 浏览次数 40 次\n一、强化治理\n{TASKS}\n{footer}\n市政府网站"
    )
    assert (plan.closing, len(list(plan.measures()))) == (f"{footer}\n市政府网站", 2)
    assert plan.byline.startswith("添加时间")


def test_what_stands_before_the_part_called_the_work_and_holds_no_list_leads_to_it() -> None:
    text = f"一、主要目标\n{SENTENCE}\n二、空间布局\n{SENTENCE}\n三、重点任务\n{TASKS}"
    parts = read_plan(f"{TITLE}\n{text}").parts
    assert [part.reporting for part in parts] == [False, False, True]
    listed = f"一、空间布局\n{TASKS}\n二、重点任务\n{TASKS}"
    assert all(part.reporting for part in read_plan(f"{TITLE}\n{listed}").parts)
    assert all(
        part.reporting for part in read_plan(f"{TITLE}\n一、抓稳定\n{SENTENCE}\n二、抓经济\n{TASKS}").parts
    )


def test_heads_without_work_make_no_plan() -> None:
    described = "本模板用于会议纪要，适用于党组会和专题会。\n开头交代时间地点，主体分条记录议定事项。\n"
    with pytest.raises(PlanUnreadable, match="不是工作计划"):
        read_plan(f"会议纪要模板\n一、适用场景\n{described}二、使用说明\n{described}")
    assert read_plan(f"会议纪要\n一、抓稳定\n{SENTENCE}\n二、抓经济\n{SENTENCE}").parts
