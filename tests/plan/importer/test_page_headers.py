"""Which lines belong to the page: numbers, headers, a table of contents, and what only looks like them."""

from __future__ import annotations

import pytest

from app.plan.importer.page_layout import LONGEST_HEADER, separate_page_lines
from tests.plan.importer.texts import lines_of

TEXT = "全年新增税收亿元楼宇一幢，完善楼长制。"
HEADER = "青山街道重点任务"
UNENDED = "统筹推进各项民生实事项目按期落地并定期向社会公布其进展"


def page_lines(*texts: str) -> list[int]:
    """Return the numbers of the lines that belong to the page; the others are the text, in their order."""
    text, page = separate_page_lines(lines_of(*texts))
    assert sorted([*text, *page], key=lambda line: line.number) == lines_of(*texts)
    return [line.number for line in page]


@pytest.mark.parametrize(
    "number",
    [
        "— 3 —",
        "-3-",
        "－12－",
        "第3页",
        "第 3 页 共 12 页",
        "3/12",
        "页码:3/12",
        "Page 3 of 12",
        "---",
        "======",
    ],
)
def test_a_page_number_or_a_rule_is_known_by_itself(number: str) -> None:
    assert page_lines(TEXT, number, TEXT) == [2]


@pytest.mark.parametrize("text", ["—", "--", "3 项", "第3项", "2026年", "12345/3", "三"])
def test_what_looks_like_a_page_number_stays(text: str) -> None:
    assert page_lines(TEXT, text, TEXT) == []


@pytest.mark.parametrize(
    ("numbers", "page"),
    [
        (("1", "2"), [2, 4]),
        (("8", "9"), [2, 4]),
        (("1", "3"), []),
        (("2", "1"), []),
        (("4", "4"), []),
        (("999", "1000"), []),
        (("1",), []),
    ],
)
def test_bare_numbers_are_pages_where_they_count_on(numbers: tuple[str, ...], page: list[int]) -> None:
    assert page_lines(*(line for number in numbers for line in (TEXT, number)), TEXT) == page


def test_entries_without_numbers_are_known_by_the_heads_that_come_again() -> None:
    entries = ("推进民生……3", "推动发展……5")
    assert page_lines("目录", *entries, "推进民生", TEXT, "推动发展", TEXT) == [1, 2, 3]
    assert page_lines("目录", *entries, "改善民生", TEXT) == [1]


def test_bare_numbers_over_dashes_are_those_of_paragraphs() -> None:
    assert page_lines("1", f"——{TEXT}", "2", f"——{TEXT}") == []
    assert page_lines("1", f"——{TEXT}", "2", TEXT, "3") == [1, 3, 5]


@pytest.mark.parametrize("entries", [2, 3, 4])
def test_three_entries_with_leaders_are_a_table_of_contents(entries: int) -> None:
    lines = [f"{number}、强化治理………{place}" for place, number in enumerate("一二三四"[:entries], 1)]
    assert page_lines(*lines, TEXT) == (list(range(1, entries + 1)) if entries >= 3 else [])


def test_under_its_name_a_table_of_contents_goes_on_while_its_entries_come_again() -> None:
    entries = ("一、强化治理……1", "推进民生", "二、推动发展 …… 12")
    below = ("一、强化治理", TEXT, "推进民生", TEXT, "二、推动发展", TEXT)
    assert page_lines("目 录", *entries, *below) == [1, 2, 3, 4]
    assert page_lines("开篇的话", "目录", *entries, *below) == [2, 3, 4, 5]
    assert page_lines("目次", "没有再次出现的一行", *below) == [1]


@pytest.mark.parametrize(
    "entry",
    [
        "一、强化治理...3",
        "一、强化治理····12",
        "一、强化治理  128",
        "一、强化治理……（3）",
        "一、强化治理…-3-",
    ],
)
def test_leaders_and_a_page_make_an_entry(entry: str) -> None:
    assert page_lines(*[entry] * 3, TEXT)[:3] == [1, 2, 3]


@pytest.mark.parametrize("entry", ["一、强化治理 3", "一、强化治理3", "一、强化治理……", "一、强化治理……1234"])
def test_no_entry_without_leader_and_page(entry: str) -> None:
    assert page_lines(entry, entry + "项", entry) == []


@pytest.mark.parametrize(("times", "page"), [(1, False), (2, True), (4, True)])
def test_a_line_that_comes_again_beside_page_numbers_is_a_header(times: int, page: bool) -> None:
    lines = [line for number in range(1, times + 1) for line in (HEADER, f"— {number} —", TEXT)]
    headers = [3 * number + 1 for number in range(times)] if page else []
    assert page_lines(*lines) == sorted([*headers, *(3 * number + 2 for number in range(times))])


@pytest.mark.parametrize(
    ("header", "page"),
    [
        ("街道办", True),
        ("街道", False),
        ("长" * LONGEST_HEADER, True),
        ("长" * (LONGEST_HEADER + 1), False),
        ("青山街道重点任务。", False),
        ("重点任务：青山", False),
        ("一、重点任务", False),
        ("# 重点任务", False),
    ],
)
def test_what_a_header_looks_like(header: str, page: bool) -> None:
    lines = [line for number in (1, 2, 3) for line in (f"— {number} —", header, TEXT)]
    assert page_lines(*lines) == ([1, 2, 4, 5, 7, 8] if page else [1, 4, 7])


@pytest.mark.parametrize(
    ("before", "page"),
    [
        ("字" * (LONGEST_HEADER // 2), False),
        ("字" * (LONGEST_HEADER // 2 + 1), True),
        (UNENDED, True),
        (UNENDED + "。", False),
        (UNENDED + "）", False),
    ],
)
def test_without_page_numbers_a_header_breaks_into_a_sentence(before: str, page: bool) -> None:
    lines = [TEXT, HEADER, TEXT, HEADER, TEXT, before, HEADER, TEXT]
    assert page_lines(*lines) == ([2, 4, 7] if page else [])


def test_of_a_repeated_title_the_last_before_the_first_heading_stays() -> None:
    title = "青山街道2026年工作计划"
    assert page_lines(title, title, "一、强化治理", TEXT, title, TEXT) == [1, 5]
    assert page_lines("一、强化治理", title, TEXT, title, TEXT, title) == [4, 6]
    assert page_lines(title, TEXT, title, TEXT, title) == [1, 3]
