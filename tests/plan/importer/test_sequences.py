"""Which numbers count, and how deep heads stand: next in turn, or first with a second to follow."""

from __future__ import annotations

import pytest

from tests.plan.importer.texts import heads_of

SENTENCE = "压实监督管理责任，控制各类事故发生。"


def found(*texts: str) -> list[str]:
    """Each head as its depth, sort and number, with ! where it is out of turn and … where it runs through."""
    return [
        f"{head.depth} {head.habit}"
        + (f" {head.mark.ordinal}" if head.mark else "")
        + ("!" if head.is_out_of_turn else "")
        + ("…" if head.runs_through else "")
        for head in heads_of(*texts)
    ]


@pytest.mark.parametrize(
    ("texts", "heads"),
    [
        (("一、强化治理", "二、推动发展"), ["1 han 1", "1 han 2"]),
        (("2.5亿元资金到位。", "3.6万人受益。"), []),
        (("一、强化治理", "形势向好。一、二、三产业齐增。", "二、推动发展"), ["1 han 1", "1 han 2"]),
        (("一、强化治理", "三、2026年发展"), ["1 han 1", "1 han 3!"]),
        (("一、强化治理。", "二、保障。", "三、2026年发展。"), ["1 han 1", "1 han 2", "1 han 3"]),
        (
            ("1.强化治理。", "2.推动发展。", "3.保障民生。", "4.2023年全面完成。"),
            ["1 digit 1", "1 digit 2", "1 digit 3", "1 digit 4"],
        ),
        (("5+2工作法全面推行。", SENTENCE), []),
        (("一．强化治理", "二．推动发展"), ["1 han 1", "1 han 2"]),
        (("1﹒强化治理。", "2．推动发展。"), ["1 digit 1", "1 digit 2"]),
        (("﹙一﹚强化治理", "〔二〕推动发展"), ["1 bracketed_han 1", "1 bracketed_han 2"]),
        (("1 强化治理", "2 推动发展"), ["1 bare 1", "1 bare 2"]),
        (("一是强化治理。", "二是推动发展。"), ["1 enumeration 1", "1 enumeration 2"]),
        (("一是强化治理。", SENTENCE), []),
        (("1.强化治理。", SENTENCE), []),
        (("（一）强化治理", SENTENCE), ["1 bracketed_han 1"]),
        (
            ("一是强化治理。", "（一）推动", "（二）发展", "二是保障民生。"),
            ["1 enumeration 1", "2 bracketed_han 1", "2 bracketed_han 2", "1 enumeration 2"],
        ),
        (
            ("一是强化治理。", "二是推动。", "（一）推动", "（二）发展"),
            ["1 enumeration 1", "1 enumeration 2", "1 bracketed_han 1", "1 bracketed_han 2"],
        ),
        (("任务一：强化治理", "任务二：推动发展"), ["1 named_task 1", "1 named_task 2"]),
        (
            ("——行动1：强化", "——任务1：治理", "——任务2：推动", "——行动2：发展"),
            ["1 named_action 1", "2 named_task 1", "2 named_task 2", "1 named_action 2"],
        ),
        (
            ("1.强化治理。", "2.推动发展。", "3.121人才工程。", "4.强化治理。"),
            ["1 digit 1", "1 digit 2", "1 digit 3", "1 digit 4"],
        ),
        (("1.强化治理，投入", "2.500亿元。", "2.推动发展。"), ["1 digit 1", "1 digit 2"]),
        (("一、强化治理", "（一）推动发展。落实。", SENTENCE), ["1 han 1", "2 bracketed_han 1"]),
        (
            ("一、强化治理", "1.1 推动", "1.2 发展", "二、推动发展", "2.1 强化", "2.5亿元投入。", "2.2 治理"),
            ["1 han 1", "2 decimal 1", "2 decimal 2", "1 han 2", "2 decimal 1", "2 decimal 2"],
        ),
        (
            ("一、强化治理", SENTENCE, "（一）推动发展。落实。", SENTENCE),
            ["1 han 1", "2 bracketed_han 1"],
        ),
        (
            ("一、强化治理", "二、推动发展", "二、强化治理", "三、推动发展"),
            ["1 han 1", "1 han 2", "1 han 2!", "1 han 3"],
        ),
        (("①强化治理；", "②推动发展。"), ["1 circled 1", "1 circled 2"]),
        (("第一条 强化治理。", "第二条 推动发展。"), ["1 article 1", "1 article 2"]),
        (
            ("第一部分 治理", "一、强化", "二、推动", "第二部分 保障", "一、落实", "二、考核"),
            ["1 part 1", "2 han 1", "2 han 2", "1 part 2", "2 han 1", "2 han 2"],
        ),
        (
            ("一、治理", "1.强化。", "2.推动。", "二、保障", "3.落实。", "4.考核。"),
            ["1 han 1", "2 digit 1", "2 digit 2", "1 han 2", "2 digit 3…", "2 digit 4"],
        ),
        (
            (
                "一、治理",
                "（一）强化",
                "1.甲。",
                "（1）子。",
                "（2）丑。",
                "2.乙。",
                "（二）推动",
                "二、保障",
            ),
            [
                *("1 han 1", "2 bracketed_han 1", "3 digit 1", "4 bracketed_digit 1", "4 bracketed_digit 2"),
                *("3 digit 2", "2 bracketed_han 2", "1 han 2"),
            ],
        ),
        (
            ("一、治理", "1.强化。", "2.推动。", "1.落实。", "2.考核。"),
            ["1 han 1", "2 digit 1", "2 digit 2", "2 digit 1", "2 digit 2"],
        ),
        (
            ("一、治理", "1.强化。", "2.推动。", "二、保障3.落实。", "4.考核。"),
            ["1 han 1", "2 digit 1", "2 digit 2", "1 han 2", "2 digit 3…", "2 digit 4"],
        ),
        (("三、强化治理", "四、推动发展"), ["1 han 3!", "1 han 4"]),
        (("一、强化治理。", "九、推动发展。"), ["1 han 1"]),
        (("三、强化治理", "落实责任。", "（一）推动发展。"), ["1 han 3!", "2 bracketed_han 1"]),
    ],
)
def test_only_numbers_of_a_sequence_are_heads(texts: tuple[str, ...], heads: list[str]) -> None:
    assert [one for one in found(*texts) if not one.endswith(" own_line")] == heads


def test_a_number_that_is_missing_is_looked_for_inside_the_lines_between_its_neighbours() -> None:
    text = ("一、强化治理", f"{SENTENCE}指标表二、推动发展", SENTENCE, "三、保障民生", SENTENCE)
    assert found(*text) == ["1 han 1", "1 han 2", "1 han 3"]
    heads = heads_of(*text)
    assert (heads[1].line, heads[1].offset) == (1, len(SENTENCE) + 3)
    joined = ("一、强化治理1.压实责任。" + SENTENCE, "2.推动发展。", "3.保障民生。", "二、考核")
    assert found(*joined) == ["1 han 1", "2 digit 1", "2 digit 2", "2 digit 3", "1 han 2"]
    assert found(f"{SENTENCE}按照第2.条执行", "1.强化。", "2.推动。") == ["1 digit 1", "1 digit 2"]


def test_a_list_opens_whose_second_number_looks_like_a_fraction() -> None:
    items = ("1.加装电梯四百台。", "2.50个小区新增设施。", "3.开设暑托班。")
    assert found(*items) == ["1 digit 1", "1 digit 2", "1 digit 3"]
    assert found(*items[:2]) == []


def test_a_whole_list_may_stand_inside_the_line_of_its_head() -> None:
    text = (
        "一、强化治理。1、压实责任。落实到人。2、控制事故。排查隐患。",
        "二、推动发展。1、招商。引进。2、服务。走访。",
    )
    assert found(*text) == [
        *("1 han 1", "2 digit 1", "2 digit 2"),
        *("1 han 2", "2 digit 1", "2 digit 2"),
    ]
    assert found("一、强化治理。抓好两项：1、压实责任；2、控制事故。", "二、推动。") == ["1 han 1", "1 han 2"]


def test_heads_without_numbers_stand_over_numbers_that_begin_again() -> None:
    text = [
        *("上年工作回顾", SENTENCE, "（一）强化。", "（二）推动。"),
        *("今年工作安排", SENTENCE, "（一）落实。", "（二）考核。"),
    ]
    assert found(*text) == [
        *("1 own_line", "2 bracketed_han 1", "2 bracketed_han 2"),
        *("1 own_line", "2 bracketed_han 1", "2 bracketed_han 2"),
    ]


def test_heads_without_numbers_stand_under_a_list_that_goes_on() -> None:
    text = [
        *("一、强化治理", "加强安全生产", SENTENCE, "加强应急管理", SENTENCE),
        *("二、推动发展", "做强实体经济", SENTENCE, "做优营商环境", SENTENCE),
    ]
    assert found(*text) == [
        *("1 han 1", "2 own_line", "2 own_line"),
        *("1 han 2", "2 own_line", "2 own_line"),
    ]


def test_heads_of_the_format_stand_by_its_level() -> None:
    text = (
        "# 治理",
        "## 强化",
        "1. 压实。",
        "2. 控制。",
        "## 推动",
        "1. 招商。",
        "2. 服务。",
        "# 保障",
        SENTENCE,
    )
    assert found(*text) == [
        *("1 outline1", "2 outline2", "3 digit 1", "3 digit 2", "2 outline2", "3 digit 1", "3 digit 2"),
        "1 outline1",
    ]


def test_the_rows_of_a_table_are_no_heads() -> None:
    assert found("|1.甲|乙|", "|2.丙|丁|") == []
