"""The duties of each measure: its own, or those of the heads above it."""

from __future__ import annotations

from app.plan.importer import MeasureDraft, plan_from_blocks, propose_blocks, source_from_text
from app.plan.importer.duties import find_duties
from app.plan.importer.measure_duties import MeasureDutyNames, collect_duties

PLAN = """青山街道2026年工作计划
青山街道以为民服务为主线，现制定如下计划。
一、深化党建引领（党建办牵头，各居民区配合）
（一）强化组织建设
1. 建强支部。建设示范支部3个。（组织科牵头，党建办配合，6月底前完成）
2. 壮大队伍。培训骨干100人。
（二）抓实作风建设（责任单位：纪工委办、党政办等部门）
1. 开展检查。全年检查4次。
2. 加强教育。全年教育6次。责任领导：王一；责任单位：宣传科
二、优化城市管理
（一）整治环境
1. 治理楼道。治理楼道50处。（城管办、平安办负责）
2. 改造道路。改造道路3条。（城管办牵头）修补路面20处。（城建办、各社区负责）
（二）守牢安全
1. 排查隐患。排查隐患200处。
2. 组织演练。组织演练10场。
"""


def measures_of(text: str) -> dict[str, MeasureDraft]:
    source = source_from_text(text)
    proposal = propose_blocks(source)
    plan = plan_from_blocks(source, proposal.blocks, proposal.fields)
    return {measure.title: measure for measure in plan.measures()}


def test_each_measure_has_its_own_duties_or_those_above_it() -> None:
    measures = measures_of(PLAN)
    assert {title: (one.lead, one.support, one.duty_words) for title, one in measures.items()} == {
        "建强支部": (("组织科",), ("党建办",), ()),
        "壮大队伍": (("党建办",), (), ("各居民区",)),
        "开展检查": (("纪工委办", "党政办"), (), ("等部门",)),
        "加强教育": (("宣传科",), (), ()),
        "治理楼道": (("城管办", "平安办"), (), ()),
        "改造道路": (("城管办", "城建办"), (), ("各社区",)),
        "排查隐患": ((), (), ()),
        "组织演练": ((), (), ()),
    }
    assert (measures["建强支部"].deadline, measures["加强教育"].leader) == ("6月底前完成", "王一")


def test_the_first_named_leads_where_the_plan_says_so_once() -> None:
    measures = measures_of(
        PLAN.replace("（城管办、平安办负责）", "（城管办、平安办负责，列第一位的为牵头单位，下同）")
    )
    assert (measures["治理楼道"].lead, measures["治理楼道"].support) == (("城管办",), ("平安办",))
    assert (measures["开展检查"].lead, measures["开展检查"].support) == (("纪工委办",), ("党政办",))


def test_the_form_that_is_printed() -> None:
    measures = measures_of(PLAN)
    printed = measures["建强支部"].as_json()
    assert (printed["lead"], printed["support"], printed["duty_words"]) == (["组织科"], ["党建办"], [])
    assert (printed["deadline"], "leader" in printed) == ("6月底前完成", False)
    assert measures["加强教育"].as_json()["leader"] == "王一"
    assert measures["排查隐患"].as_json()["lead"] == []


def test_statements_put_together() -> None:
    text = (
        "建设阵地。（党群中心牵头，自治办、各居民区配合，6月底前完成）"
        "开展活动。（责任单位：文化中心、党群中心；责任领导：王一）"
        "组织评估。（自治办牵头，管理办配合，年底前完成）"
    )
    assert collect_duties(find_duties(text)) == MeasureDutyNames(
        leads=("党群中心", "文化中心", "自治办"),
        supports=("管理办",),
        words=("各居民区",),
        leaders=("王一",),
        deadline="6月底前完成；年底前完成",
    )
    assert collect_duties(()) == MeasureDutyNames()
