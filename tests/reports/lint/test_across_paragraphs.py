"""Figures that belong together in several paragraphs of a text."""

import pytest

from tests.reports.lint.findings import found_in_text

WRONG = [
    (
        "rest-of-earlier",
        "一、进展\n今年安排项目36个。已开工31个，其中8个竣工。\n二、打算\n对尚未开工的6个项目逐个研究。",
        "6个",
    ),
    (
        "rest-of-earlier",
        "一、进展\n全县38个重点项目开工32个，开工率为84.2%。\n二、问题\n仍有8个重点项目尚未开工。",
        "8个",
    ),
    ("rest-of-earlier", "一、进展\n28条河涌中，21条已完成整治。\n二、安排\n推进剩余8条河涌的整治。", "8条"),
    (
        "requested-amount",
        "关于解决改造经费38万元的请示\n区政府：\n恳请解决改造经费36万元。\n妥否，请批示。",
        "36万元",
    ),
    ("restated", "一、情况\n全区现有基层党组织426个。\n二、成效\n全区462个基层党组织均已自评。", "462个"),
    (
        "numbered-total",
        "一、内容\n一期长12公里；二期长8公里。\n二、进度\n两期全部建成后，总长将达到21公里。",
        "21公里",
    ),
    (
        "balance",
        "一、上半年\n6月末在册志愿者1260人。\n二、三季度\n新注册86人，注销24人。\n9月末在册志愿者1342人。",
        "1342人",
    ),
]
RIGHT = [
    "一、进展\n今年安排项目36个。已开工31个，其中8个竣工。\n二、打算\n对尚未开工的5个项目逐个研究。",
    "一、整改\n反馈问题45个，已完成整改38个。\n二、小区改造\n推进剩余8个小区改造。",
    "一、改造\n计划改造小区45个，已完成改造30个，正在施工10个。\n二、下一步\n推进剩余5个小区改造。",
    "关于解决改造经费36万元的请示\n区政府：\n经测算，共需38万元，已自筹2万元，恳请解决改造经费36万元。\n妥否，请批示。",
    "一、情况\n全区现有基层党组织426个。\n二、成效\n今年新成立8个，目前全区434个基层党组织均已自评。",
    "一、内容\n一期长12公里；二期长8公里；三期长6公里。\n二、进度\n一、二期建成后，总长达到20公里。",
    "一、上半年\n6月末在册志愿者1260人。\n二、三季度\n新注册86人，注销24人。\n9月末在册志愿者1322人。",
]


@pytest.mark.parametrize(("rule", "text", "quote"), WRONG)
def test_figures_that_deny_each_other_are_found(rule: str, text: str, quote: str) -> None:
    assert [one.finding.quote for one in found_in_text(text) if one.finding.rule.id == rule] == [quote]


@pytest.mark.parametrize("text", RIGHT)
def test_figures_that_agree_are_left_alone(text: str) -> None:
    rules = {rule for rule, _, _ in WRONG}
    assert [one.finding.quote for one in found_in_text(text) if one.finding.rule.id in rules] == []
