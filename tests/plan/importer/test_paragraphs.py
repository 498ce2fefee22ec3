"""Broken lines become paragraphs again: what speaks for a line to go on with the one before."""

from __future__ import annotations

import pytest

from tests.plan.importer.texts import joined_lines

SENTENCE = "压实监督管理责任，控制各类事故发生。"
LONG = "统筹推进各项民生实事项目按期落地并定期向社会公布其进展情况接受监督"


def paragraphs(*texts: str) -> list[str]:
    return [one.text for one in joined_lines(*texts)[0]]


def warnings(*texts: str) -> list[tuple[int, str]]:
    return [(one.line.number, one.message) for one in joined_lines(*texts)[1]]


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("压实监督管理责任，", "控制各类事故发生。", True),
        (SENTENCE, "加强应急保障。", False),
        ("压实监督管理责任", "，控制各类事故发生。", True),
        (SENTENCE, "”和其他各项工作。", True),
        ("压实“监督管理", "责任”，控制事故。", True),
        ("一、强化治理", "二、推动发展", False),
        ("一、强化治理", "一、推动发展", False),
        ("加强保障，落实第", "12、13号文件。", True),
        (SENTENCE, "12、推动发展", False),
        ("# 强化治理", "压实责任。", False),
        ("压实责任，", "# 强化治理", False),
        ("|甲|乙|", "|丙|丁|", False),
        ("压实责任，", "|丙|丁|", False),
        ("|甲|乙|", "压实责任。", False),
        ("一、", "强化治理", True),
        ("（一）", "强化治理", True),
        ("压实责任，", "（责任单位：办公室）", False),
        ("责任单位：办公室、", "经发办", True),
        ("责任单位：办公室，", "经发办", True),
        ("责任单位：办公室", "经发办", False),
        ("压实责任；", "控制事故。", True),
        ("压实责任（责任单位：办公室）", "控制事故。", False),
        ("一、强化治理，", "推动发展", True),
        ("一、强化治理、", "推动发展", True),
        ("一、强化基层治理体系和", "治理能力建设", True),
        ("二、活动时间", "2025年3月—12月", False),
        ("二、活动时间", "三、活动内容", False),
        ("一、强化治理", LONG + "。" + SENTENCE, False),
    ],
)
def test_whether_a_line_goes_on(first: str, second: str, joined: bool) -> None:
    assert paragraphs(first, second) == (
        [first.strip("# ") + second] if joined else [first.removeprefix("# "), second.removeprefix("# ")]
    )


def test_a_lost_full_stop_joins_no_head_where_lines_are_whole_paragraphs() -> None:
    whole = [f"推动发展。{LONG}。"] * 10
    for torn, begins, joined in (
        (f"强化治理。{LONG}", f"改善民生。{LONG}。", False),
        (f"强化治理。{LONG}和", f"改善民生。{LONG}。", True),
        (f"强化治理。{LONG}", f"民生改善。{LONG}。", True),
    ):
        assert (paragraphs(*whole, torn, begins)[-1] == begins) is not joined
    assert paragraphs(LONG, *whole[:1], f"强化治理。{LONG}", f"改善民生。{LONG}。")[-1].startswith("强化治理")


def test_a_paragraph_that_is_too_long_goes_on_as_another() -> None:
    for length, count in ((10_000, 1), (10_001, 2)):
        assert len(paragraphs("字" * length, "后文。")) == count


def test_indents_tell_paragraphs_apart_where_the_plan_has_them() -> None:
    indented = [f"\u3000\u3000{LONG}其{number}。" for number in "一二三"]
    assert len(paragraphs(*indented, "后文。")) == 3
    assert len(paragraphs(*indented, "\u3000\u3000后文。")) == 4
    assert len(paragraphs(*indented[:1], LONG + "。", "后文。")) == 3
    assert len(paragraphs(*indented, "**后文**")) == 4
    short = [f"\u3000\u3000短句{number}。" for number in "一二三"]
    assert len(paragraphs(*short, LONG + "。", "后文。")) == 5


def test_a_numbered_line_that_ends_with_a_semicolon_is_whole() -> None:
    text = ("1. 压实责任；", "控制事故。", "2. 推动发展；")
    assert paragraphs(*text) == list(text)


@pytest.mark.parametrize(("heads", "alone"), [(1, False), (2, True), (3, True)])
@pytest.mark.parametrize("mark", ["", "**"])
def test_two_heads_on_lines_of_their_own_make_a_habit(heads: int, alone: bool, mark: str) -> None:
    text = [line for number in "一二三"[:heads] for line in (f"{mark}做好事项{number}{mark}", LONG + "。")]
    assert len(paragraphs(*text)) == (2 * heads if alone else heads)


def test_a_short_line_after_a_heading_is_uncertain() -> None:
    [(line, message)] = warnings("一、强化基层治理体系和", "治理能力建设", "二、推动发展")
    assert (line, "“治理能力建设”的分界不确定" in message) == (2, True)
    assert warnings("一、强化治理", SENTENCE) == []
    assert warnings("一、强化治理", "（责任单位：办公室）") == []


@pytest.mark.parametrize(("length", "uncertain"), [(40, True), (41, False)])
def test_a_fragment_after_a_heading_has_forty_characters_at_most(length: int, uncertain: bool) -> None:
    assert bool(warnings("一、强化治理", "治理能力".ljust(length, "其"), SENTENCE)) is uncertain


def test_a_sentence_that_breaks_off_before_a_number_is_uncertain() -> None:
    assert warnings(SENTENCE, "一、强化治理") == []
    [(line, message)] = warnings("压实监督管理责任，控制各类", "一、强化治理")
    assert (line, "前一段“…实监督管理责任，控制各类”没有结束" in message) == (2, True)
    assert warnings("责任单位：办公室", "一、强化治理") == []
    assert warnings("# 强化治理", "一、强化治理") == []


def test_bold_marks_keep_their_places_in_a_joined_line() -> None:
    [paragraph] = joined_lines("压实责任，**控制**", "各类**事故**。")[0]
    assert (paragraph.text, paragraph.marks) == ("压实责任，控制各类事故。", [5, 7, 9, 11])
    assert [paragraph.text[slice(*pair)] for pair in ((5, 7), (9, 11))] == ["控制", "事故"]


def test_a_heading_torn_around_a_word_is_whole() -> None:
    assert paragraphs("五、民主", "法制", "建设得到加强", SENTENCE)[0] == "五、民主法制建设得到加强"
    assert paragraphs("五、民主", "法制建设", "得到加强", SENTENCE)[0] == "五、民主"
    assert paragraphs("五、其他事项", "无", "六、附则")[0] == "五、其他事项"
