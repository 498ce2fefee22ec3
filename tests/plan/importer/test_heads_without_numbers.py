"""Heads whose numbers are lost, or that never had any: bullets, labels, words that count, chapters beside a review."""

from __future__ import annotations

import pytest

from app.plan.importer import read_plan
from app.plan.importer.frame_lines import is_organ_line
from tests.plan.importer.test_other_habits import SENTENCE, TITLE, parts_read

LISTS = [
    [f"（{number}）{head}。{SENTENCE}" for number, head in zip("一二三", heads, strict=True)]
    for heads in (
        ("抓好项目", "优化环境", "做强产业"),
        ("改造小区", "整治街巷", "提升绿化"),
        ("办好食堂", "扩大就业", "做好养老"),
    )
]


@pytest.mark.parametrize("lost", [0, 1, 2])
def test_a_chapter_that_lost_its_number_stands_where_its_list_begins_again(lost: int) -> None:
    heads = ["一、聚力发展", "二、聚力建设", "三、聚力民生"]
    heads[lost] = heads[lost][2:]
    found = parts_read(
        TITLE, *(line for head, items in zip(heads, LISTS, strict=True) for line in (head, *items))
    )
    assert [title for title, _, _ in found] == ["聚力发展", "聚力建设", "聚力民生"]
    assert {len(measures) for _, _, measures in found} == {3}


def test_an_item_that_lost_its_number_stands_where_one_is_missing() -> None:
    def measures(*second: str) -> list[str]:
        first, _, third = LISTS[0]
        return parts_read(TITLE, "一、聚力发展", first, *second, third, "二、聚力建设", *LISTS[1])[0][2]

    assert measures(f"优化环境。{SENTENCE}") == ["抓好项目", "优化环境", "做强产业"]
    assert measures("优化环境", SENTENCE) == ["抓好项目", "优化环境", "做强产业"]
    assert measures(SENTENCE) == ["抓好项目", "做强产业"]  # no head


def test_a_head_without_number_over_a_list_that_runs_through_lost_none() -> None:
    items = [
        f"{number}.{head}。{SENTENCE}"
        for number, head in enumerate(["抓好项目", "优化环境", "做强产业", "改造小区", "整治街巷"], start=1)
    ]
    found = parts_read(TITLE, "产业发展行动", *items[:2], "成果转化行动", *items[3:])
    assert [(title, len(measures)) for title, _, measures in found] == [
        ("产业发展行动", 2),
        ("成果转化行动", 2),
    ]


def test_bullets_of_two_sorts_are_two_levels() -> None:
    items = [f"▶{head}：{SENTENCE}" for head in ("压实责任", "加强教育", "深化改革", "开展监督")]
    expected = [("从严治党", True, ["压实责任", "加强教育"]), ("基层监督", True, ["深化改革", "开展监督"])]
    assert parts_read(TITLE, "★从严治党", *items[:2], "★基层监督", *items[2:]) == expected
    unmarked = [item[1:] for item in items]
    assert parts_read(TITLE, "◆从严治党", *unmarked[:2], "◆基层监督", *unmarked[2:]) == expected
    named = parts_read(TITLE, "◆工程一：从严治党", *items[:2], "◆工程二：基层监督", *items[2:])
    assert [title for title, _, _ in named] == ["从严治党", "基层监督"]


def test_short_lines_with_a_colon_are_heads_where_the_numbers_begin_again_under_them() -> None:
    items = ["1.落实工作责任制，制定清单。", "2.加强教育管理，开展轮训。"]
    lines = ("二、主要任务", "党建方面：", *items, "经济方面：", *items)
    plan = read_plan("\n".join((TITLE, "一、总体思路", SENTENCE, *lines)))
    assert [section.title for section in plan.parts[1].sections] == ["党建方面", "经济方面"]
    once = read_plan(
        "\n".join((TITLE, "一、主要任务", "党建方面：", *items, "二、工作安排", "经济方面：", *items))
    )
    assert [section.title for part in once.parts for section in part.sections] == []


def test_signs_that_pages_and_programs_leave_in_a_text() -> None:
    expected = [("聚力发展", True, ["抓好项目", "优化环境"])]
    assert parts_read(TITLE, "一、聚力发展", "㈠抓好项目。" + SENTENCE, "㈡优化环境。" + SENTENCE) == expected
    assert (
        parts_read(TITLE, "一、聚力发展", "【任务1】抓好项目", SENTENCE, "【任务2】优化环境", SENTENCE)
        == expected
    )
    escaped = [
        f"**{number}\\.** **{head}。** {SENTENCE}" for number, head in ((1, "抓好项目"), (2, "优化环境"))
    ]
    assert parts_read(TITLE, "一、聚力发展", *escaped) == expected
    spaced = [f"&nbsp; &nbsp;{head}。{SENTENCE}" for head in ("抓好项目", "优化环境")]
    assert parts_read(TITLE, "一、聚力发展", *spaced) == expected
    plan = read_plan("\n".join((TITLE, "一、聚力发展", *LISTS[0], "## 附件（官方直链）", "- 文件.pdf")))
    assert [annex.title for annex in plan.annexes] == ["附件（官方直链）"]


def test_sections_are_called_without_what_counts_them_in_words() -> None:
    items = (f"抓好项目。{SENTENCE}", f"优化环境。{SENTENCE}")
    lines = ("一是聚力发展", *items, "二是聚力建设", *items, "三是聚力民生", *items)
    plan = read_plan("\n".join((TITLE, "一、2025年工作回顾", SENTENCE, "二、2026年重点工作", *lines)))
    found = [(one.number, one.title) for one in plan.parts[1].sections]
    assert found == [("一是", "聚力发展"), ("二是", "聚力建设"), ("三是", "聚力民生")]


def test_chapters_without_number_beside_a_review_stand_above_all_heads() -> None:
    heads = ("建设文化空间", SENTENCE, "推动遗产保护", SENTENCE)
    for review in ("2025年工作回顾", "2025年工作情况"):
        plan = read_plan("\n".join((TITLE, SENTENCE, review, *heads, "2026年工作目标任务", *heads)))
        assert [(part.title, part.reporting) for part in plan.parts] == [
            (review, False),
            ("2026年工作目标任务", True),
        ]
        assert [one.title for one in plan.parts[1].all_measures()] == ["建设文化空间", "推动遗产保护"]


def test_a_head_beside_chapters_without_number_stands_where_their_numbers_begin_again() -> None:
    reviewed = ("2025年工作回顾", "经济稳步发展", SENTENCE, "城市面貌一新", SENTENCE)
    plan = read_plan(
        "\n".join((TITLE, *reviewed, "2026年工作安排", *LISTS[0], "加强自身建设", SENTENCE, *LISTS[1]))
    )
    found = [(part.title, part.reporting) for part in plan.parts]
    assert found == [("2025年工作回顾", False), ("2026年工作安排", True), ("加强自身建设", True)]


def test_a_head_behind_the_numbers_of_a_chapter_stands_beside_it() -> None:
    lines = ("2025年工作回顾", SENTENCE, "2026年工作安排", *LISTS[0], "加强自身建设", SENTENCE)
    plan = read_plan("\n".join((TITLE, SENTENCE, *lines)))
    assert [part.title for part in plan.parts] == ["2025年工作回顾", "2026年工作安排", "加强自身建设"]


def test_what_counts_a_head_in_words_is_no_part_of_its_length() -> None:
    title = "完善大保护大治理格局，坚决筑牢城区西部生态安全屏障"
    items = (f"抓好项目。{SENTENCE}", f"优化环境。{SENTENCE}")
    lines = ("一是聚力发展", *items, "二是聚力建设", *items, f"三是{title}", *items)
    plan = read_plan("\n".join((TITLE, "一、2025年工作回顾", SENTENCE, "二、2026年重点工作", *lines)))
    assert plan.parts[1].sections[2].title == title


def test_heads_may_end_as_names_of_organs_do() -> None:
    assert not any(map(is_organ_line, ("建强网格党支部", "办好居民学校")))
    assert all(map(is_organ_line, ("建设局", "网格党支部")))


def test_what_parts_are_called_is_no_title_of_a_text_that_began_without_one() -> None:
    lines = ["工作目标", SENTENCE, "工作要点", *LISTS[0]]
    plan = read_plan("\n".join((SENTENCE * 3, *lines)))
    assert (plan.title, [part.title for part in plan.parts]) == ("", ["工作目标", "工作要点"])
    assert read_plan("\n".join(("青山街道办事处", *lines[2:]))).title.endswith("工作要点")
