"""One text against itself, over lines and tables."""

from datetime import date

from reports.lint import LintContext
from reports.lint.written import check_lines, lines_of_text

OCTOBER = LintContext(today=date(2026, 10, 15))
ITEMS = "会议议定：\n一、由平安办牵头排查，完成时限见第{}项。\n二、由各社区登记。\n三、由执法队处理。"
LETTER = "区园林绿化局：\n现商请贵局协助移植行道树12株。\n{}\n东湖街道办事处\n2026年10月15日"
STAGES = "一、动员部署阶段（2026年9月1日至9月15日）\n二、总结验收阶段（{}年1月1日至1月20日）"
ANNEXES = "请填写《家庭情况登记表》（附件1），按《评审细则》（附件2）打分。\n附件：1.家庭情况{}表\n2.评审细则"
TABLE = "社区|走访户数|帮扶户数|小计\n东篱社区|420|30|450\n柳塘社区|460|41|{}\n望河社区|370|22|392\n合计|1250|93|{}"
VISITED = f"前三季度共走访1250户，其中东篱社区{{}}户。\n附表\n{TABLE.format(501, 1343)}"
NOTICE = "关于停车的通知\n各位车主：\n一、车位编号管理。\n二、外来车辆登记。\n物业中心\n2026年10月14日"
SIGNED = (
    "请各社区认真梳理小区物业管理存在的突出问题，逐项填写问题台账，明确整改时限和责任人，并由书记审核签字，"
    "于2026年{}月20日前报街道城建办。\n桂湖街道办事处\n2026年9月28日"
)


def quotes_of(text: str) -> list[tuple[str, str]]:
    found = check_lines(lines_of_text(text), OCTOBER)
    lines = text.split("\n")
    assert all(lines[one.line or 0][one.start : one.end] == one.finding.quote for one in found)
    return [(one.finding.rule.id, one.finding.quote) for one in found]


def test_a_text_is_held_against_its_title_stages_annexes_and_tables() -> None:
    assert quotes_of(ITEMS.format("四")) == [("missing-part", "见第四项")]
    assert quotes_of(LETTER.format("请遵照执行。")) == [("direction", "请遵照执行")]
    assert quotes_of(STAGES.format(2025)) == [("earlier-stage", "2025年1月1日")]
    assert quotes_of(ANNEXES.format("调查")) == [("annex-name", "家庭情况调查表")]
    assert quotes_of(VISITED.format(430)) == [("table-figure", "430户")]
    assert quotes_of(f"{TABLE.format(501, 1343)}\n从上表看，柳塘社区帮扶户数为30户。")[0][0] == "table-figure"
    assert quotes_of(NOTICE) == []
    assert [rule for rule, _ in quotes_of(SIGNED.format(9))] == ["past-deadline"]


def test_a_table_between_strokes_is_held_against_itself() -> None:
    assert quotes_of(TABLE.format(511, 1343)) == [("total", "511")]
    assert quotes_of(TABLE.format(501, 1353)) == [("total", "1353")]


def test_what_agrees_is_not_blamed() -> None:
    right = (
        ITEMS.format("三"),
        LETTER.format("请予支持。"),
        STAGES.format(2027),
        ANNEXES.format("登记"),
        VISITED.format(420),
        SIGNED.format(10),
        f"预算执行情况（截至9月30日，单位：万元）\n{TABLE.format(501, 1343)}",
        "（一）全面排查\n1.对下列场所逐一检查：\n（1）商场；\n（2）学校、幼儿园。\n2.建立台账。",
    )
    assert {text: found for text in right if (found := quotes_of(text))} == {}
