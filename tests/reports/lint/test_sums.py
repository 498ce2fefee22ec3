"""Figures that must agree with each other."""

import pytest

from tests.reports.lint.cases import assert_left_alone, of_rule, with_text

BROKEN = [
    (
        "parts-of-whole",
        "45项举措中，已完成12项，正常推进30项，滞后6项。",
        "已完成12项，正常推进30项，滞后6项",
    ),
    ("parts-of-whole", "共9项举措，正常推进7项、滞后1项。", "正常推进7项、滞后1项"),
    ("parts-of-whole", "45项举措中，绿灯30项，黄灯10项，红灯4项。", "绿灯30项，黄灯10项，红灯4项"),
    ("growth", "由100家增加到120家，增长25%。", "由100家增加到120家，增长25%"),
    ("growth", "满意率由80%提高到85%，提高3个百分点。", "由80%提高到85%，提高3个百分点"),
    ("growth", "满意率从80%提高至85%，提高了5%。", "从80%提高至85%，提高了5%"),
    ("growth", "由100家增加到120家，增长20个百分点。", "由100家增加到120家，增长20个百分点"),
]
SOUND = [
    "45项举措中，已完成12项，正常推进27项，滞后6项。",
    "45项举措中，已完成12项，正常推进29项，滞后3项，另有1项未报送。",
    "45项举措中，已报送40项，正常推进30项，滞后10项。",
    "45项举措中，已完成12项，滞后3项。",
    "45项举措中，正常推进20项。",
    "共9项举措，正常推进7项、滞后2项。达到序时进度的4项。",
    "45项举措中，绿灯30项，黄灯10项，红灯4项，灰灯1项。",
    "45项举措中，经济类15项中，正常推进10项，滞后2项。",
    "由100家增加到120家，增长20%，由3家增加到4家，增长33.3%。",
    "满意率由80%提高到85%，提高5个百分点；由80%提高到88%，增长10%。",
    "从2025年增加到2026年，增长5%；由5万元减少到0元，下降100%。",
    "由0家增加到3家，增长5%。",
]


@pytest.mark.parametrize(("rule", "text", "quoted"), BROKEN)
def test_figures_that_disagree_are_quoted(rule: str, text: str, quoted: str) -> None:
    (finding,) = of_rule(rule, with_text(text))
    assert finding.quote == quoted


@pytest.mark.parametrize("text", SOUND)
@pytest.mark.parametrize("rule", ["parts-of-whole", "growth"])
def test_figures_that_agree_are_left_alone(rule: str, text: str) -> None:
    assert_left_alone(rule, text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("45项举措中，已完成12项，正常推进30项，滞后6项。", "各项相加是48，与45项不符"),
        ("由100家增加到120家，增长25%。", "应为20.0%"),
        ("满意率从80%提高至85%，提高了5%。", "应当写“5个百分点”"),
    ],
)
def test_a_sum_says_what_it_should_be(text: str, said: str) -> None:
    (finding,) = (one for rule in ("parts-of-whole", "growth") for one in of_rule(rule, with_text(text)))
    assert said in finding.reason
