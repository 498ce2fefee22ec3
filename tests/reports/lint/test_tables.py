"""Tables held against themselves and against the text beside them."""

import pytest

from reports.lint.written import check_lines, lines_of_text

SHARES = (
    "类型\t数量\t占比\n物业\t156\t39.0%\n劳资\t104\t26.0%\n邻里\t88\t{}\n其他\t52\t13.0%\n合计\t400\t100.0%"
)
PACE = (
    "科室\t预算（万元）\t支出（万元）\t执行率\n党政办\t80\t52\t65%\n财政办\t60\t45\t75%\n城管办\t120\t84\t{}"
)
GROWTH = (
    "镇\t本年（亿元）\t上年（亿元）\t增长率\n东镇\t12.5\t10.0\t25%\n西镇\t8.4\t8.0\t5%\n南镇\t6.6\t6.0\t{}"
)
REST = "社区\t受理\t办结\t未办结\n一心社区\t40\t36\t4\n同德社区\t52\t48\t4\n南山社区\t33\t30\t{}"
GOODS = "品名\t数量（件）\t单价（元）\t金额（元）\n雨衣\t120\t45\t5400\n手电\t80\t60\t4800\n铁锹\t50\t38\t{}"
CHECKED = "社区\t检查（家）\t未整改（家）\t整改率\n南苑\t326\t2\t{}\n北苑\t200\t4\t98%\n西苑\t100\t1\t99%"
MONEY = "居民区\t充电桩（个）\t资金（万元）\n春申\t48\t7.2\n古井\t64\t9.6\n荷塘\t36\t5.4\n合计\t148\t{}"
CASES = "情况见下表。\n网格\t立案\t结案\n一号网格\t320\t316\n二号网格\t285\t280\n三号网格\t410\t402\n合计\t1015\t998\n"
RATES = "社区\t检查次数\t合格率\t名次\n东苑社区\t40\t95%\t1\n南苑社区\t50\t92%\t2\n西苑社区\t30\t90%\t3\n"
STREETS = "街道\t检查次数\t合格率\n龙津\t500\t99.0%\n榕溪\t400\t96.0%\n水荫\t300\t93.0%"
TARGETS = "固定资产投资完成{}亿元。\n指标\t目标\t前三季度完成\n固定资产投资（亿元）\t8.00\t6.53\n零售额\t24.00\t18.60"
GROUPS = "项目\t资金（万元）\n一、民生类\t260\n1.助餐点\t120\n2.口袋公园\t140\n二、安全类\t90\n合计\t{}"
MONTHS = "月份\t接警（起）\n7月\t36\n8月\t41\n9月\t28\n合计\t105\n7月至9月共接警{}起，其中8月最多，为41起。"
SEPTEMBER = (
    "改造进度（截至9月底）\n社区\t计划\t完成\n一社区\t40\t30\n二社区\t50\t40\n截至{}，一社区完成36户。"
)
PACES = (
    "增速\n县区\t1—9月（%）\t1—10月（%）\n东湖区\t6.2\t6.5\n南山县\t5.8\t5.6\n与1—9月相比，{}增速有所回落。"
)
EVEN = "办理情况\n社区\t受理（件）\t办结（件）\n新华\t86\t84\n胜利\t102\t102\n从上表看，{}社区办结数与受理数一致。"
STATES = (
    "38项中，已完成2项，滞后6项。从年底预计看，能够完成30项；有困难但能完成8项。\n"
    "部分\t已完成\t正常推进\t滞后\n第一部分\t1\t14\t4\n第二部分\t1\t16\t2\n合计\t2\t30\t6"
)
# 未启动 is worked out of nothing here: what is missing was not summed up at all.
NOTHING_LEFT = (
    "部分\t举措\t已汇总\t滞后\t未启动\n第一部分\t9\t9\t2\t0\n第二部分\t9\t9\t1\t0\n第三部分\t9\t8\t3\t0"
)
TOWNS = (
    "有{}个镇的改造任务全部完成，{}个镇尚未完成。\n"
    "镇\t计划改造（个）\t已完工（个）\n河口镇\t6\t6\n柳林镇\t5\t4\n石桥镇\t5\t3"
)
HOMES = "社区\t计划户数\t完成户数\n南苑社区\t45\t45\n北苑社区\t50\t45\n西苑社区\t30\t28\n"
INSURED = (
    "2026年参保人数比2025年增加{}万人。\n年份\t参保人数（万人）\n2024年\t38.6\n2025年\t39.5\n2026年\t40.3"
)

# What a row of totals has of a column of averages is one, too.
YIELDS = (
    "各品种产量如下：\n品种\t面积（公顷）\t产量（吨）\t单产（吨/公顷）\n牡蛎\t600\t27000\t45\n"
    "扇贝\t400\t14000\t35\n海带\t250\t5000\t20\n合计\t1250\t46000\t36.8"
)
WRONG = [
    ("table-relation", "24.0%", SHARES.format("24.0%")),
    ("table-relation", "72%", PACE.format("72%")),
    ("table-relation", "12%", GROWTH.format("12%")),
    ("table-relation", "5", REST.format(5)),
    ("table-relation", "2000", GOODS.format(2000)),
    ("table-relation", "98.2%", CHECKED.format("98.2%")),
    ("total", "22.4", MONEY.format(22.4)),
    ("total", "370", GROUPS.format(370)),
    ("table-figure", "1016件", f"{CASES}三季度共立案1016件。"),
    ("table-figure", "989件", f"{CASES}街道立案1015件，结案989件。"),
    ("table-figure", "312件", f"{CASES}其中，一号网格结案312件。"),
    ("table-figure", "88%", f"{RATES}东苑社区合格率最高，达到95%；西苑社区合格率最低，为88%。"),
    ("table-figure", "6.35亿元", TARGETS.format(6.35)),
    ("table-figure", "106起", MONTHS.format(106)),
    ("table-figure", "36户", SEPTEMBER.format("9月底")),
    ("most-of-table", "一号网格立案数最多", f"{CASES}从分布看，一号网格立案数最多。"),
    ("most-of-table", "结案数最少的是三号网格", f"{CASES}结案数最少的是三号网格。"),
    ("most-of-table", "南苑社区最低", f"{RATES}从合格率看，东苑社区最高，南苑社区最低。"),
    ("most-of-table", "榕溪街道最低", f"从合格率看，龙津街道最高，榕溪街道最低。\n{STREETS}"),
    ("most-of-table", "南苑社区排名末位", f"{RATES}南苑社区排名末位。"),
    ("most-of-table", "最低的是南苑社区", f"{RATES}合格率最高的是东苑社区，最低的是南苑社区。"),
    ("rows-of-table", "2个镇的改造任务全部完成", TOWNS.format(2, 2)),
    ("rows-of-table", "3个镇尚未完成", TOWNS.format(1, 3)),
    ("rows-of-table", "北苑社区已全部完成", f"{HOMES}北苑社区已全部完成。"),
    ("rows-of-table", "3户", f"{HOMES}北苑社区尚有3户未完成。"),
    ("rows-of-table", "3户", f"{HOMES}北苑社区未完成的有3户。"),
    ("rows-of-table", "2026年参保人数比2025年增加0.9万人", INSURED.format(0.9)),
    ("rows-of-table", "东湖区增速有所回落", PACES.format("东湖区")),
    ("rows-of-table", "新华社区办结数与受理数一致", EVEN.format("新华")),
]
RIGHT = [
    SHARES.format("22.0%"),
    PACE.format("70%"),
    GROWTH.format("10%"),
    REST.format(3),
    GOODS.format(1900),
    CHECKED.format("99.4%"),
    MONEY.format(22.2),
    MONEY.format(22.3),  # parts that were rounded
    GROUPS.format(350),
    f"{CASES}三季度共立案1015件、结案998件，比二季度的1030件减少15件。三号网格立案数最多。上季度三号网格立案420件。",
    f"{RATES}东苑社区合格率最高，达到95%；南苑社区检查次数最多；西苑社区排名末位，整改力度最大的也是西苑社区。",
    TARGETS.format(6.53),
    TARGETS.format(6.5),
    MONTHS.format(105),
    SEPTEMBER.format("10月底"),
    STATES,
    NOTHING_LEFT,
    TOWNS.format(1, 2),
    INSURED.format(0.8),
    PACES.format("南山县"),
    EVEN.format("胜利"),
    "季度\t发现（处）\t整改（处）\n一季度\t240\t240\n二季度\t231\t229\n三季度\t215\t206\n前三季度共发现686处，整改675处。",
    f"{HOMES}南苑社区已全部完成，北苑社区尚有5户未完成，12月底前全部完成。",
    f"{HOMES}除北苑社区外已全部完成，北苑社区有2户因老人住院未完成。",
    f"{RATES}检查次数最多的是南苑社区，最少的是西苑社区；合格率最低的也是西苑社区。",
    YIELDS,
]


def findings_of(text: str) -> list[tuple[str, str]]:
    return [(one.finding.rule.id, one.finding.quote) for one in check_lines(lines_of_text(text))]


@pytest.mark.parametrize(("rule", "quote", "text"), WRONG)
def test_what_a_table_denies_is_found(rule: str, quote: str, text: str) -> None:
    assert findings_of(text) == [(rule, quote)]


@pytest.mark.parametrize("text", RIGHT)
def test_what_agrees_with_a_table_is_left_alone(text: str) -> None:
    assert findings_of(text) == []
