"""What makes a sentence the head of a measure, and what does not."""

from __future__ import annotations

import pytest

from app.plan.importer import PlanDraft, read_plan

FIRST = "夯实安全基础。落实安全生产治本攻坚行动，压实监督管理责任，控制各类事故发生。"
LAST = "坚持依法行政。落实法治建设规划目标，深化法制审查监督，推动法治观察点运作。"


def _plan(*middle: str) -> PlanDraft:
    sections = [
        f"（{number}）筑牢发展底线\n\n{FIRST}{middle[0] if number == '一' else ''}{LAST}"
        for number in "一二三四"
    ]
    return read_plan("青山街道办事处2026年工作计划\n\n一、强化治理\n\n" + "\n\n".join(sections))


def _titles(plan: PlanDraft) -> list[str]:
    return [measure.title for measure in plan.parts[0].sections[0].measures]


def test_brief_sentences_that_are_elaborated_are_heads() -> None:
    assert _titles(_plan("")) == ["夯实安全基础", "坚持依法行政"]


@pytest.mark.parametrize(
    "sentence",
    [
        "认真落实退役军人事务工作。",
        "新建消防站点3个。",
        "一是开展隐患排查。",
        "做好区党代会期间华阳团的各项服务保障工作和代表选举工作，确保顺利。",
    ],
)
def test_other_sentences_stay_in_their_measure(sentence: str) -> None:
    plan = _plan(sentence)
    assert _titles(plan) == ["夯实安全基础", "坚持依法行政"]
    assert sentence in plan.parts[0].sections[0].measures[0].text


@pytest.mark.parametrize(
    "head",
    [
        "**强化应急保障。**",
        "**强化应急保障**。",
        "**强化**应急保障。",
        "**强化应急保障，**",
        "**强化应急保障。",
    ],
)
def test_bold_marks_around_before_or_inside_the_head(head: str) -> None:
    plan = _plan(f"{head}加强应急物资设备的全周期管理，针对特殊群体开展入户检查。")
    assert _titles(plan) == ["夯实安全基础", "强化应急保障", "坚持依法行政"]


def test_a_section_with_another_count_is_a_warning_with_its_place() -> None:
    (warning,) = _plan("**强化应急保障。**加强应急物资设备的全周期管理，开展入户检查。").warnings
    assert warning.place == "一、（一）筑牢发展底线"
    assert "3项举措" in warning.message
