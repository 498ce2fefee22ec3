"""Commitments and the departments beside them."""

from __future__ import annotations

from app.plan.importer.measure_duties import commitments_of, departments_of


def _pairs(text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(commitment.text, commitment.departments) for commitment in commitments_of(text)]


def test_a_semicolon_divides_commitments_and_a_comma_does_not() -> None:
    assert [text for text, _ in _pairs("建站点3个；建队伍2支。办活动10场，惠及千人。")] == [
        "建站点3个；",
        "建队伍2支。",
        "办活动10场，惠及千人。",
    ]


def test_enumerations_inside_a_sentence() -> None:
    assert [text for text, _ in _pairs("抓好三件事：一是调研，二是督查，三是文稿。")] == [
        "抓好三件事：一是调研，",
        "二是督查，",
        "三是文稿。",
    ]


def test_a_mention_covers_what_stands_before_it() -> None:
    assert _pairs("建站点。建队伍。（责任单位：党政办、经发办）办活动。（牵头单位：文化中心）") == [
        ("建站点。", ("党政办", "经发办")),
        ("建队伍。（责任单位：党政办、经发办）", ("党政办", "经发办")),
        ("办活动。（牵头单位：文化中心）", ("文化中心",)),
    ]


def test_a_mention_at_the_start_covers_what_follows() -> None:
    assert _pairs("责任单位：统计所\n完成普查。做好年报。") == [
        ("责任单位：统计所完成普查。", ("统计所",)),
        ("做好年报。", ("统计所",)),
    ]


def test_lead_and_support_keep_their_order() -> None:
    assert departments_of("（牵头单位：党政办；配合单位：各居民区、执法队）") == (
        "党政办",
        "执法队",
        "各居民区",
    )
    assert departments_of("（城管办牵头，各社区配合）") == ("城管办", "各社区")
    assert departments_of("(责任部门:经发办,财政所)") == ("经发办", "财政所")


def test_persons_and_due_times_are_no_departments() -> None:
    assert departments_of("（责任单位：城建办；责任人：张三；完成时限：6月底）") == ("城建办",)


def test_other_brackets_name_nobody() -> None:
    assert departments_of("改造路段（愚园路-定西路），落实《条例（试行）》。") == ()
