"""Numbers held against what a later sentence or paragraph says of them."""

import pytest

from reports.lint.written import check_lines, lines_of_text

WRONG = [
    ("more-than-all", "街道共辖14个社区。截至11月20日，已有15个社区完成摸底。"),
    ("restated", "督查覆盖街道机关12个科室和5家事业单位。13个科室和4家事业单位已报送报告。"),
    ("restated", "对所辖18个居民区党组织开展评议。\n从考核情况看，19个居民区党组织均能履职。"),
    ("restated", "辖区现有住宅小区42个。\n目前，45个住宅小区已实行垃圾分类。"),
    ("restated", "街道共有物业小区86个。截至10月底，89个小区成立了业委会。"),
    ("restated", "2026年，计划加装电梯36台。\n已加装电梯30台。\n确保完成加装电梯38台的全年目标。"),
    ("balance", "截至6月底累计完成加装24台。三季度新完成9台，截至9月底累计完成35台。"),
    ("balance", "二季度末，隐患存量为46处。三季度新增18处，整改销号38处，三季度末存量为28处。"),
    ("more-than-all", "全村共有村民代表45人，到会47人。"),
    ("more-than-all", "全镇共有12个行政村，截至11月20日，已有13个村组建管护队伍。"),
    ("added-total", "发放津贴3次，7月发放126.4万元、8月发放127.1万元、9月发放128.3万元，合计382.8万元。"),
]
RIGHT = [
    "街道共辖14个社区。全区162个社区中，我街道有6个社区入选。街道现有15个社区卫生服务站。",
    "街道下辖16个社区。去年全区评选示范社区，18个社区参评，其中我街道3个。",
    "街道现有网格员86名。市级培训共有120名网格员参加，其中我街道6名。",
    "全镇共有10个村。今年以来先后开展培训，12个村民小组参加。",
    "办结30件，其余6件转入三季度办理。三季度新收28件，加上半年结转的6件，共办理34件。",
    "在册的28条河涌中，21条已完成整治。\n集中力量推进剩余7条河涌的整治。",
    "2026年，计划加装电梯36台。\n已加装电梯30台。\n2027年计划加装电梯40台。",
    "全年计划培训护理员120名。经同意，全年目标调整为培训护理员150名。",
    "截至6月底累计完成加装电梯24台。三季度新开工9台，截至9月底累计开工35台。",
    "第三季度，情况已汇总的38项举措中，20项完成。优化营商环境方面，情况已汇总的8项举措中4项完成。"
    "围绕加快城市更新，情况已汇总的8项举措中3项完成。在聚焦民生需求上，情况已汇总的22项举措中13项完成。",
    "全村共有党员46人，参加活动的群众58人，到会党员41人。",
]


def rules_of(text: str) -> list[str]:
    return [one.finding.rule.id for one in check_lines(lines_of_text(text))]


@pytest.mark.parametrize(("rule", "text"), WRONG)
def test_what_a_later_sentence_denies_is_found_once(rule: str, text: str) -> None:
    assert rules_of(text) == [rule]


@pytest.mark.parametrize("text", RIGHT)
def test_what_goes_on_rightly_is_left_alone(text: str) -> None:
    assert rules_of(text) == []
