"""The published 2026 plan, against an expectation that was written by reading the plan."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.plan.importer import PlanDraft, read_plan

SOURCE = Path(__file__).parents[3] / "plans" / "2026-work-plan.txt"

PARTS = {
    "一": "优化营商环境、厚植创新沃土，推动经济动能更加澎湃强劲",
    "二": "加快城市更新、突出建管并举，推动人民城市建设更加系统深入",
    "三": "聚焦民生需求、多维聚力赋能，推动民生保障覆盖更加精准优质",
    "四": "强化系统施治、提升安全韧性，推动基层治理基石更加扎实稳固",
    "五": "深化政治铸魂、大抓基层基础，推动基层党的建设更加坚强过硬",
}

SECTIONS = (
    ("紧抓招商引资，壮大经济增长源动力", "夯实招商项目“蓄水池” 打通企业增量“转化链” 激活楼宇经济“产出源”"),
    (
        "紧扣“上海硅巷”，增强创新策源驱动力",
        "打造孵化器平台“强引擎” 培育创新要素“热生态” 构筑产业承载“硬支撑”",
    ),
    ("紧贴服务保障，提升区域发展竞争力", "持续优化营商环境 加强经济运行调度 谋深做实东西部协作"),
    ("建设高标准居住环境", "打好征收搬迁攻坚战 提速推进“两旧”改造 持续建设美丽家园"),
    ("塑造高品质公共环境", "解锁多元融合的消费空间 构建宜居宜游的生活空间 焕新绿色共享的生态空间"),
    (
        "强化高效能管理水平",
        "推动12345热线工作转型升级 推动党建引领物业治理破茧升级 推动“一网统管”迭代升级",
    ),
    ("增加“温情优质”民生厚度", "聚焦重点就业群体 聚焦特殊困难群体 聚焦便民生活需求"),
    ("提升“全龄友好”幸福成色", "扩面提质养老服务 聚力守护困境儿童 关心关爱重点人群"),
    ("推动“文旅融合”实力跃升", "传承发展城市文脉 融合发展旅游街区 创新发展文化事业"),
    ("夯实基层治理基础", "有序推进“两委”换届 激发自治共治活力 维护社会面安全稳定"),
    ("提升基层治理效能", "搭建数字治理新平台 构建网格治理新场景 擦亮“四百”精神新底色"),
    ("筑牢安全发展底线", "夯实安全基础 强化应急保障 坚持依法行政"),
    ("突出加强党的政治建设", "强化理论武装 筑牢治理根基 淬炼干部队伍"),
    ("大力推进新兴领域党建", "严密组织体系 激活发展动能 提供“暖新”服务"),
    ("纵深推进全面从严治党", "构建贯通协同体系 纵深推进集中整治 涵养良好政治生态"),
)


@pytest.fixture(scope="module")
def plan() -> PlanDraft:
    return read_plan(SOURCE.read_bytes())


def test_it_is_read_without_warnings(plan: PlanDraft) -> None:
    assert plan.warnings == ()


def test_its_five_parts_hold_sections_only(plan: PlanDraft) -> None:
    assert {part.number: part.title for part in plan.parts} == PARTS
    assert all(part.measures == () and part.text == "" for part in plan.parts)


def test_its_fifteen_sections_are_numbered_by_part(plan: PlanDraft) -> None:
    sections = [section for part in plan.parts for section in part.sections]
    assert [section.title for section in sections] == [title for title, _ in SECTIONS]
    assert [section.number for section in sections] == ["（一）", "（二）", "（三）"] * 5
    assert all(section.text == "" for section in sections)


def test_its_45_measures_are_numbered_by_section(plan: PlanDraft) -> None:
    expected = [head for _, heads in SECTIONS for head in heads.split()]
    assert len(expected) == 45
    assert [measure.title for measure in plan.measures()] == expected
    assert [measure.number for measure in plan.measures()] == ["1", "2", "3"] * 15


def test_title_year_issuer_day_and_lead_in_are_read(plan: PlanDraft) -> None:
    assert plan.title == "华阳路街道2026年工作计划"
    assert plan.year == 2026
    assert plan.issuer == "中共华阳路街道工作委员会、华阳路街道办事处"
    assert plan.issued_on == date(2026, 2, 5)
    assert plan.document_number is None
    assert plan.lead_in.startswith("2026 年是“十五五”规划的开启之年。")
    assert plan.lead_in.endswith("勇为尖兵、彰显担当。")
    assert plan.notice.startswith("关于印发《华阳路街道 2026 年工作计划》的通知\n街道各办公室")


@pytest.mark.parametrize(
    ("title", "joined"),
    [
        ("打通企业增量“转化链”", "闭环落地”服务链条。"),
        ("构筑产业承载“硬支撑”", "“共享办公+灵活入驻+敏捷服务”模式"),
        ("构建宜居宜游的生活空间", "聚焦“上海硅巷”科创街区周边区域"),
        ("聚焦便民生活需求", "启动“星途共融”孤独症青年社会融入与价值赋能支持计划。"),
        ("擦亮“四百”精神新底色", "坚持边走访、边发现、边解决问题"),
        ("激活发展动能", "鼓励党员志愿者参与社区治理。"),
    ],
)
def test_paragraphs_split_by_a_page_are_joined(plan: PlanDraft, title: str, joined: str) -> None:
    assert joined in next(measure.text for measure in plan.measures() if measure.title == title)


def test_a_short_sentence_that_is_no_head_stays_in_its_measure(plan: PlanDraft) -> None:
    measure = next(measure for measure in plan.measures() if measure.title == "关心关爱重点人群")
    assert measure.commitments[-1].text == "认真落实双拥优抚和退役军人事务工作。"
    assert len(measure.commitments) == 3


def test_a_comma_after_a_head_is_kept_in_the_heading(plan: PlanDraft) -> None:
    measure = next(measure for measure in plan.measures() if measure.title == "聚焦重点就业群体")
    assert measure.heading == "聚焦重点就业群体，"
    assert measure.text.startswith("深化“15分钟就业服务圈”站点功能，")


def test_clauses_after_a_semicolon_are_commitments(plan: PlanDraft) -> None:
    measure = next(measure for measure in plan.measures() if measure.title == "解锁多元融合的消费空间")
    assert [commitment.text[:10] for commitment in measure.commitments] == [
        "通过产业联动放大中山",
        "打造海粟文化广场宠物",
        "携手春秋国旅，结合武",
        "保障又又中心主题市集",
    ]


def test_every_measure_is_elaborated(plan: PlanDraft) -> None:
    for measure in plan.measures():
        assert measure.text.endswith("。")
        assert "".join(commitment.text for commitment in measure.commitments) == measure.text


def test_joined_together_the_tree_is_the_text(plan: PlanDraft) -> None:
    published = SOURCE.read_text(encoding="utf-8").replace("**", "")
    assert "".join(plan.full_text().split()) == "".join(published.split())


def test_the_draft_is_written_as_json_without_empty_lists(plan: PlanDraft) -> None:
    data = plan.as_json()
    assert {"title", "year", "issuer", "issued_on", "lead_in", "parts", "warnings"} <= set(data)
    assert data["issued_on"] == "2026-02-05"
    assert "measures" not in data["parts"][0]
    measure = data["parts"][0]["sections"][0]["measures"][0]
    assert {"number", "title", "text", "commitments"} <= set(measure)
    assert measure["commitments"][0]["departments"] == []
