"""Hints on what does not agree: in one filing, and with the quarter accepted last."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from app.filing.core.content_hints import ContentHint, HintSubject, content_hints
from app.filing.core.indicator_progress import progress_of_indicators
from app.filing.core.lights import Light
from app.filing.core.measure_status import Forecast, MeasureStatus
from app.filing.core.submission_checks import AcceptedContent
from app.periods.rules import Quarter
from app.plan.core.cumulation import FiledNumber
from app.plan.core.models import Indicator
from app.plan.core.rules import CumulationRule
from tests.world import full_content

BEFORE = replace(full_content("二季度走访企业20家。", 50), problems="", next_steps="三季度继续走访。")
VISITS = Indicator(
    id=9, name="走访企业", unit="家", yearly_target=Decimal(1200), cumulation_rule=CumulationRule.SUM
)


def hints(
    *,
    light: Light = Light.GREEN,
    before: dict[str, Any] | None = None,
    filed: str | None = None,
    earlier: str = "20",
    **answers: Any,
) -> list[ContentHint]:
    """Return the hints on an ordinary filing with these answers, beside one accepted in the second quarter."""
    content = replace(full_content(), **answers)
    if filed:
        content = replace(content, indicators={9: Decimal(filed)})
    accepted = AcceptedContent(replace(BEFORE, **(before or {})), Quarter(2026, 2))
    asked = [VISITS] if filed else []
    progress = progress_of_indicators(asked, content, {9: (FiledNumber(Decimal(earlier)),)})
    return content_hints(HintSubject(content, light, accepted, progress))


def sentences(**answers: Any) -> list[str]:
    return [hint.sentence for hint in hints(**answers)]


def test_an_ordinary_filing_has_none() -> None:
    assert hints() == []
    assert content_hints(HintSubject(full_content(), Light.GREEN, None, ())) == []


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"status": MeasureStatus.DONE}, "状态是“已完成”，完成率不到 100%。"),
        ({"status": MeasureStatus.DONE, "percent": 99}, "状态是“已完成”，完成率不到 100%。"),
        ({"light": Light.RED}, "已亮红灯，年底预计仍是“能够完成”，没有说明怎样赶上。"),
        ({"percent": 49}, "完成率比2026年第二季度采用的 50% 低。"),
        ({"progress": "走访顺利，完成率达到85%。"}, "文字写完成率 85%，填的是 76%。"),
        ({"progress": "二季度走访企业\n20家。"}, "进展情况与2026年第二季度采用的一字不差。"),
        ({"next_steps": "三季度继续走访。"}, "下一步计划与2026年第二季度采用的一字不差。"),
        (
            {"progress": "本季度走访企业35家。", "filed": "32"},
            "文字里“走访企业”写的是 35，与所填指标不同。",
        ),
    ],
)
def test_what_does_not_agree_is_named(answers: dict[str, Any], sentence: str) -> None:
    assert sentences(**answers) == [sentence]


@pytest.mark.parametrize(
    "answers",
    [
        {"status": MeasureStatus.DONE, "percent": 100},
        {"light": Light.RED, "forecast": Forecast.DIFFICULT},
        {"percent": 50},
        {"progress": "走访顺利，完成率达到76%。"},
        {"progress": "其中垃圾分类完成率90%。"},
        {"problems": "", "before": {"problems": ""}},
        {"progress": "走访企业32家，年初以来52家，目标1,200家。", "filed": "32"},
        {"progress": "走访企业52家。", "filed": "32"},
        {"progress": "走访企业，形成线索12条。", "filed": "32"},
        {"progress": "培训35家。走访企业32家。", "filed": "32"},
    ],
)
def test_what_agrees_or_speaks_of_another_thing_is_left_alone(answers: dict[str, Any]) -> None:
    assert hints(**answers) == []


def test_what_was_empty_before_is_not_quoted() -> None:
    (found,) = hints(progress="走访。", before={"progress": ""})
    assert [place.words for place in found.places] == ["走访。"]


def test_both_places_are_quoted_word_for_word() -> None:
    (found,) = hints(progress="开局良好。本季度走访企业1,035家。", filed="32")
    assert [(place.label, place.words) for place in found.places] == [
        ("进展情况", "本季度走访企业1,035家。"),
        ("走访企业", "本季度 32 家，年初以来 52 家（4%）"),
    ]
    (fell,) = hints(percent=49)
    assert [place.words for place in fell.places] == ["50%", "49%"]
    assert [place.label for place in fell.places] == ["2026年第二季度完成率", "完成率"]


def test_a_choice_is_quoted_as_people_read_it() -> None:
    (found,) = hints(light=Light.RED, forecast=Forecast.CAN_FINISH)
    assert [(place.label, place.words) for place in found.places][-1] == ("年底预计", "能够完成")


def test_a_long_text_is_quoted_by_its_beginning() -> None:
    text = "走访企业。" * 40
    (found,) = hints(progress=text, before={"progress": text})
    assert {len(place.words) for place in found.places} == {60}


def test_a_character_that_no_document_can_be_printed_with_is_named() -> None:
    (found,) = hints(problems="窗口人员\ue001某调离，😀。")
    assert found.sentence.startswith("“\ue001”（U+E001）“😀”（U+1F600）不在常备的字体里")
    assert [place.label for place in found.places] == ["存在问题"]
    assert not sentences(problems="𠮷某、堃某调离。")
