"""Plans in traditional characters: read like others, and kept as they are printed."""

from __future__ import annotations

from app.plan.importer.traditional import as_printed, simplified_text, with_full_stops
from tests.plan.importer.texts import read_whole

LONG = "圍繞年度目標細化分解任務，建立臺賬，逐項推進，確保各項任務落到實處。"


def test_a_plan_in_traditional_characters_keeps_them() -> None:
    plan = read_whole(
        "青山縣人民政府辦公室關於印發2026年工作計劃的通知\n各單位：\n現印發給你們，請認真執行。\n青山縣人民政府辦公室\n2026年1月5日\n"
        f"青山縣2026年工作計劃\n一、總體要求\n{LONG}\n二、重點任務\n（一）抓好招商。{LONG}（牽頭單位：縣發展改革局；責任單位：縣財政局）\n"
        f"（二）服務企業。{LONG}\n"
    )
    assert (plan.title, plan.year, plan.issuer) == ("青山縣2026年工作計劃", 2026, "青山縣人民政府辦公室")
    assert [(part.title, part.reporting) for part in plan.parts] == [("總體要求", False), ("重點任務", True)]
    first = next(plan.measures())
    assert (first.title, first.lead, first.support) == ("抓好招商", ("縣發展改革局",), ("縣財政局",))


def test_one_character_stands_for_one() -> None:
    text = "關於 2026年\n責任單位😀"
    assert simplified_text(text) == "关于 2026年\n责任单位😀"
    assert as_printed("于2026年 责", text) == "於2026年 責"
    assert as_printed("别处的话", text) == "别处的话"


def test_points_end_sentences_where_the_text_has_more_of_them() -> None:
    texts = ("6月底前关停五家.", "3.5公里管网年底前完工.", "压实各级责任.")
    heads = "\n".join(f"（{number}）办好实事.{text}" for number, text in zip("一二三", texts, strict=True))
    plan = read_whole(f"青山县2026年工作计划\n一.重点任务\n{heads}\n")
    assert [one.title for one in plan.measures()] == ["办好实事"] * 3
    assert [part.title for part in plan.parts] == ["重点任务"]
    assert with_full_stops("办好实事.抓好落实。压实责任。") == "办好实事.抓好落实。压实责任。"
