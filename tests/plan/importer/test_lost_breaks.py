"""Texts that lost their line breaks: all of them, or those behind heads."""

from __future__ import annotations

import pytest

from app.plan.importer import read_plan
from tests.plan.importer.texts import lines_of, read_whole, reported_parts

TITLE = "青山街道2026年工作方案"
LONG = "围绕年度目标细化分解任务，建立台账，逐项推进，每季度通报一次进展情况，确保各项任务落到实处。"
ENDS = "有序推进各项工作，按季度通报进展，年底前全部完成，确保取得实效。"


def texts_of(*texts: str) -> list[str]:
    return [line.text for line in lines_of(*texts)]


def test_one_line_with_heads_glued_to_their_text() -> None:
    plan = read_whole(
        f"{TITLE}为进一步改善环境，制定方案如下:一、工作目标按照上级部署{ENDS}二、整治内容(一)市容环境。{LONG}"
        f"(二)占道经营。{LONG}三、工作步骤从2026年3月开始，{ENDS}"
    )
    assert plan.title == TITLE
    assert [(part.title, part.reporting) for part in plan.parts] == [
        ("工作目标", False),
        ("整治内容", True),
        ("工作步骤", True),
    ]
    assert reported_parts(plan)["整治内容"] == ["市容环境", "占道经营"]


@pytest.mark.parametrize(
    ("glued", "head"),
    [
        pytest.param(
            f"健全工作机构，落实工作责任政务公开是各单位的职责，{ENDS}",
            "健全工作机构，落实工作责任",
            id="couplet",
        ),
        pytest.param(
            f"抓早抓小，守住安全生产底线认清当前形势，{LONG}",
            "抓早抓小，守住安全生产底线",
            id="noun_and_opening",
        ),
        pytest.param(f"举办“青山集市”从五月中旬开始组织展销，{LONG}", "举办“青山集市”", id="quotes"),
        pytest.param(
            f"务实求效，实干争先，整治步伐加快2026年，我街道{LONG}",
            "务实求效，实干争先，整治步伐加快",
            id="year",
        ),
        pytest.param("落实工作责任，深入推进整治。", "落实工作责任，深入推进整治", id="ends_by_itself"),
        pytest.param("健全机制，落实责任政务公开是。", "健全机制，落实责任", id="more_than_twice_the_first"),
        pytest.param("健全机制，落实责任政务公开。", "健全机制，落实责任政务公开", id="twice_the_first"),
    ],
)
def test_where_a_glued_head_ends(glued: str, head: str) -> None:
    plan = read_whole(f"{TITLE}为进一步改善环境，特制定方案。一、{glued}二、抓好整改。{LONG}")
    assert next(plan.measures()).title == head


def test_the_title_stands_behind_what_the_page_says() -> None:
    plan = read_whole(
        f"网站整理。青山街道2026年工作报告各位代表：现在报告工作。一、抓好招商。{LONG}（一）外出招商。{LONG}"
    )
    assert (plan.title, plan.year) == ("青山街道2026年工作报告", 2026)
    assert plan.notice == "网站整理。"


@pytest.mark.parametrize("opening", ["2026年上半年工作思路如下：", "各村、镇直有关单位：现制定方案如下："])
def test_a_title_ends_before_a_year_or_those_addressed(opening: str) -> None:
    plan = read_whole(f"{TITLE}{opening}（一）抓好招商。{LONG}（二）服务企业。{LONG}")
    assert plan.title == TITLE


def test_chapters_stand_inside_long_lines_where_none_begins_one() -> None:
    lead_in = f"青山街道办事处2026年1月5日青山街道工作意见为深入推进改革，提出以下意见：{LONG}"
    text = f"青山街道\n{lead_in * 2}一、健全工作机制\n{LONG}\n（一）抓好招商。{LONG}\n（二）服务企业。{LONG}"
    assert "一、健全工作机制" in texts_of(text)
    begins = texts_of(f"一、总则\n{lead_in * 2}一、健全工作机制\n{LONG}\n二、抓好整改\n{LONG * 9}")
    assert "一、健全工作机制" not in begins


def test_the_name_of_a_chapter_ends_where_its_text_begins() -> None:
    plan = read_whole(
        f"{TITLE}\n一、工作目标全面完成年度任务，{ENDS}\n二、主要任务\n（一）抓好招商。{LONG}\n（二）服务企业。{LONG}\n"
    )
    assert [part.title for part in plan.parts] == ["工作目标", "主要任务"]
    assert not plan.parts[0].reporting
    assert texts_of(f"一、工作目标全面完成年度任务，{ENDS}", LONG * 4)[0] == "一、工作目标"


@pytest.mark.parametrize(
    "line",
    [
        f"一、工作目标明确到人，{ENDS}",
        f"一、工作目标和任务，{ENDS}",
        "一、工作目标全面完成",
        f"1.工作目标全面完成年度任务，{ENDS}",
        f"工作目标全面完成年度任务，{ENDS}",
    ],
)
def test_what_goes_on_behind_the_name_of_a_chapter(line: str) -> None:
    assert texts_of(TITLE, line, LONG * 4) == [TITLE, line, LONG * 4]


def test_a_whole_name_of_a_chapter_is_not_joined_to_the_line_below() -> None:
    text = f"{TITLE}\n一、主要任务\n{LONG}\n二、整治范围\n东大街（第一段）、西大街（第二段）\n三、整治内容\n{LONG}\n"
    assert read_plan(text).parts[1].title == "整治范围"
    broken = text.replace("范围\n东大街（第一段）、西大街（第二段）", "范围\n和主要内容")
    assert read_plan(broken).parts[1].title == "整治范围和主要内容"


def test_a_title_before_a_review_on_its_line() -> None:
    first = f"青山街道2025年工作总结及2026年工作计划\u3000\u30002025年,街道上下齐心协力。{LONG}"
    plan = read_whole(f"{first}\n2026年工作计划\n（一）抓经济\n{LONG}\n（二）抓城管\n{LONG}")
    assert (plan.title, plan.year) == ("青山街道2025年工作总结及2026年工作计划", 2026)
    assert [part.title for part in plan.parts] == ["2026年工作计划"]
    assert texts_of(f"青山街道2026年工作计划 （征求意见稿）{LONG}") == [
        f"青山街道2026年工作计划 （征求意见稿）{LONG}"
    ]


def test_a_title_before_a_salutation_on_its_line() -> None:
    first = f"青山镇2026年政府工作报告 尊敬的领导、各位同事: {LONG}"
    plan = read_whole(f"{first}\n一、抓经济\n1.抓好招商：{LONG}\n2.服务企业：{LONG}\n二、抓城管\n{LONG}\n")
    assert (plan.title, plan.year) == ("青山镇2026年政府工作报告", 2026)
    assert texts_of(LONG, first)[1] == first


def test_a_line_is_cut_at_the_indents_that_it_kept() -> None:
    indented = f"　　各位代表：　　现在报告工作。　  一、总体思路　　{LONG}　　二、重点任务　　{LONG}"
    assert texts_of(indented) == ["各位代表：", "现在报告工作。", "一、总体思路", LONG, "二、重点任务", LONG]
    assert [line.indented for line in lines_of(indented)] == [True] * 6
    kept = f"青山街道：　　{LONG}　　王明"
    assert texts_of(kept) == [kept]


WITHOUT_BREAKS = (
    "示例镇2026年建设项目推进工作方案 一、工作背景 随着城镇建设不断推进，本镇面临着生态环 境改善等方面的挑战。"
    " 二、推进措施 1.推进基础设施建设 （1）完成道路、桥梁、给 排水项目，提高通行效率。 （2）完善教育、医疗服务。"
    " 2.强化乡村振兴工作 （1）制定产业规划，投入2.5亿元。 （2）改造农房100户。"
)


def test_a_text_that_lost_its_line_breaks() -> None:
    plan = read_plan(WITHOUT_BREAKS + "\n第1页共4页")
    assert (plan.title, plan.year) == ("示例镇2026年建设项目推进工作方案", 2026)
    assert [(part.title, part.reporting, len(part.text)) for part in plan.parts] == [
        ("工作背景", False, 30),
        ("推进措施", True, 0),
    ]
    assert [(one.number, one.title) for one in plan.measures()] == [
        ("（1）", "完成道路、桥梁、给 排水项目，提高通行效率"),
        ("（2）", "完善教育、医疗服务"),
        ("（1）", "制定产业规划，投入2.5亿元"),
        ("（2）", "改造农房100户"),
    ]
    assert "".join(plan.full_text().split()) == "".join(WITHOUT_BREAKS.split())


def test_a_review_that_lost_its_line_breaks() -> None:
    plan = read_plan(
        "示例镇2025年工作总结暨2026年工作计划 2025年是关键之年。今年以来，全镇紧扣目标任务，各项工作取得进展。"
        "一、2025年工作总结(一)产业发展提速。引进企业3家。(二)环境持续改善。改造道路5公里。"
    )
    assert (plan.title, plan.year) == ("示例镇2025年工作总结暨2026年工作计划", 2026)
    (part,) = plan.parts
    assert (part.title, part.reporting) == ("2025年工作总结", False)
    assert [section.title for section in part.sections] == ["产业发展提速", "环境持续改善"]


def test_a_text_on_one_line_is_cut_at_the_spaces_that_stand_for_breaks() -> None:
    paragraphs = [f"{head}。{LONG}" for head in ("抓好招商", "服务企业", "整治市容", "提升绿化")]
    lines = [
        f"2026 年，{LONG}",
        "第一部分 抓经济",
        *paragraphs[:2],
        "第2页",
        "第二部分 抓城管",
        *paragraphs[2:],
    ]
    text = " ".join((TITLE, *lines))
    assert texts_of(text) == [*TITLE.split(), *lines]
    plan = read_plan(text)
    found = {part.title: [one.title for one in part.all_measures()] for part in plan.parts}
    assert found == {"抓经济": ["抓好招商", "服务企业"], "抓城管": ["整治市容", "提升绿化"]}
    assert plan.set_aside == ("第2页",)
    everywhere = text.replace("。", "。 ")
    assert "抓好招商。" not in texts_of(everywhere)
