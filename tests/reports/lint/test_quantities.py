"""Counts that must agree, lists that are announced, spans of time, what days and years are known for."""

import re
from dataclasses import replace
from datetime import date

import pytest

from reports.model import Paragraph, Signature
from tests.reports.lint.cases import UPWARD, assert_left_alone, of_rule, quotes, with_text

WRONG = [
    ("rest", "排查312家，发现有隐患的47家，已整改39家，尚有9家正在整改。"),
    ("balance", "三季度新增企业50家、注销12家，净增40家。"),
    ("change", "企业由去年底的800家增加到今年9月底的880家，增长12%。"),
    ("growth-direction", "投诉量由上季度的96件下降到本季度的103件。"),
    ("more-than-all", "全街道32个居民区，33个居民区完成轮训。"),
    ("share-sum", "表示满意的占62%，基本满意的占30%，不满意的占10%。"),
    ("steps-out-of-order", "工程于2026年6月开工，2026年4月竣工。"),
    ("reversed-months", "活动自8月20日起至8月12日止。"),
    ("short-year", "根据25年底的统计数据，人口为9.8万人。"),
    ("short-year", "26年，街道共实施项目12个。"),
    ("double-approximation", "大概300人左右参加。"),
    ("same-meaning", "每户补贴最多不超过2000元。"),
    ("same-meaning", "完工时间预计在11月底前后左右。"),
    ("mixed-construction", "由于经费不足的原因，项目推迟开工。"),
    ("mixed-construction", "对点位进行开展检查。"),
    ("hidden-subject", "通过各部门的共同努力下，任务提前完成。"),
    ("particle", "各部门要认真的梳理存在问题。"),
    ("doubled-word", "整治行动开展了开展了三次。"),
    ("listed-twice", "由城管、房管、城管等部门联合执法。"),
    ("et-cetera", "走访了企业、学校等、收集意见40条。"),
    ("comma-before-and", "居民区负责人、物业经理，和业委会主任参加会议。"),
    ("list-mark", "一是抓宣传、二是抓落实。"),
    ("single-quote", "推进‘一网通办’工作。"),
    ("work-without-title-marks", "印发《关于做好汛期值守工作》的通知。"),
    ("work-without-title-marks", "学习“中华人民共和国安全生产法”。"),
    ("word-by-use", "停车场以于9月投入使用。"),
    ("yuan", "全年12000000元资金已拨付。"),
    ("two-ways-of-counting", "惠及居民三千二百五十六人。"),
    ("figure-in-word", "会议研究3农工作。"),
    ("unit", "道路全长1.2公理。"),
    ("measure-word", "走访12名企业。"),
    ("percentage-point", "满意度提高6百分点。"),
    ("short-body", "根据市政府办要求，街道制定方案。"),
    ("rest", "计划改造16个，已完工9个，尚有6个未完工。"),
    ("rest", "计划改造16个，已完工9个，其余6个正在施工。"),
    ("rest", "受理诉求1260件，其中已办结1180件，正在办理90件。"),
    ("mean", "救助120户，每户3000元，共发放资金3.6万元。"),
    ("mean", "5个社区收到意见240条，平均每个社区52条。"),
    ("length-of-time", "整治自3月初开始，至8月底结束，历时五个月。"),
    ("period-length", "11月1日至11月10日开展演练，为期5天。"),
    ("announced-count", "做好以下四项工作：一是排查；二是整改；三是督查。"),
    ("announced-count", "存在三个方面的问题：一是人少；二是钱少。"),
    ("named-count", "走访了龙湖、新桥、柳岸、东门三个社区。"),
    ("share-sum", "三类企业分别占45%、35%、30%。"),
    ("rate", "应到代表150人，实到135人，到会率为92%。"),
    ("rate", "全年计划投资6000万元，累计完成4500万元，占年度计划的80%。"),
    ("added-total", "分别完成120万元、150万元和180万元，累计完成460万元。"),
    ("letter-in-number", "2O26年完成。"),
    ("letter-in-number", "走访1OO户。"),
    ("two-ways-of-counting", "三百余名居民和120名志愿者参加。"),
    ("number-word", "新增二个站点。"),
    ("number-word", "会议8:30分开始。"),
    ("short-year", "23年至25年，打造公园12个。"),
    ("unit", "建筑面积1200平方。"),
    ("unit", "清运垃圾260余立方。"),
    ("plan-years", "编制“十五五”规划（2026—2031年）。"),
    ("plan-years", "2026年是“十四五”收官之年。"),
    ("festival", "11月19日消防宣传日，街道开展演练。"),
    ("anniversary", "2026年是中国共产党成立104周年。"),
    ("anniversary", "庆祝中国共产党成立105年。"),
    ("growth-times", "充电桩由50个增加到200个，增加了4倍。"),
    ("growth-times", "产值120万元，比去年的40万元翻了两番。"),
    ("less-by-times", "能耗比改造前低一倍多。"),
    ("share-sum", "户籍人口占62%，外来人口占48%。"),
    ("decade", "住宅多建于90年代。"),
    ("decimal-point", "人均绿地增加.5平方米。"),
    ("decimal-point", "新增绿化3·5万平方米。"),
    ("number-word", "平均要等一二个小时。"),
    ("short-year", "1941年至46年，这里是交通站。"),
    ("added-total", "一季度走访320户，二季度410户，三季度380户，累计走访1210户。"),
    ("mean", "为360名老人每人安装1部报警器，共安装350部。"),
    ("more-than-all", "发现隐患10处，已整改隐患12处。"),
    ("all-but-some", "隐患已全部整改，下一步继续整改剩余的5处。"),
    ("basis", "三季度工单量与二季度同比下降6.5%。"),
    ("double-approximation", "全程约需15个工作日左右。"),
    ("number-word", "12名志愿者们参加了活动。"),
    ("list-mark", "重点抓好：一是排查。二是宣传；三是演练。"),
    ("citation-title", "根据示府发〔2026〕8号文件精神，抓好落实。"),
    ("divided-whole", "现有党员312名，其中机关96名、社区148名、“两新”组织78名。"),
    ("more-than-all", "参训人员共计60人，其中取得证书的63人。"),
    ("change", "岗位由上半年的320个增加到410个，增加80个。"),
    ("change", "税收12.6亿元，同比增长8%，比去年的12.6亿元增加0.9亿元。"),
    ("rate-change", "入户走访率比上季度提高了6%。"),
    ("two-ways-of-counting", "三十二户居民和45家商户签约。"),
    ("two-colons", "会议强调：要做到以下两点：一是严，二是实。"),
    ("rest", "列入年度计划的22项民生实事，三季度末已完工19项、正在施工5项，整体进展良好。"),
]
RIGHT = [
    "拓展东南亚、南亚、中亚市场。",
    "落实最严格的耕地保护制度。",
    "新设和康、和安县。",
    "排查312家，发现有隐患的47家，已整改39家，尚有8家正在整改。",
    "2025年6月开工，2026年4月竣工。",
    "三季度新增企业50家、注销12家，净增38家。",
    "历时25年，初步建成。",
    "计划改造16个，已完工9个，其余7个正在施工。",
    "计划改造16个，已完工9个，正在施工5个。",
    "受理诉求1260件，已办结1180件，正在办理80件。",
    "救助120户，每户3000元，共发放资金36万元。",
    "救助120户，每户每月300元，全年共发放43.2万元。",
    "120户居民平均每户3.2人，共384人。",
    "整治自3月初开始，至8月底结束，历时六个月。",
    "11月1日至11月5日开展演练，为期5天。",
    "2021年至2025年，历时五年。",
    "做好以下三项工作：一是排查；二是整改；三是督查。",
    "走访了龙湖、新桥和柳岸三个社区，以及龙湖、新桥等5个社区。",
    "三类企业分别占45%、35%、20%。",
    "应到代表150人，实到135人，到会率为90%。",
    "千余家商户和120名志愿者参加。",
    "十二个部门参加，二次供水改造完成，第二个站点启用。",
    "会议8:30开始，清理几十个点位，摸排数百户。",
    "建筑面积1200平方米，清运260余立方米。",
    "“十五五”时期（2026—2030年），2025年是“十四五”收官之年。",
    "11月9日消防宣传日前后，11月15日街道开展消防日活动。",
    "2026年是中国共产党成立105周年，改革开放40多年来成就显著。",
    "充电桩由50个增加到200个，增加了3倍，产值160万元，比去年的40万元翻了两番。",
    "户籍人口占62%，外来人口占38%，女性占45%，党员占62%。",
    "住宅多建于20世纪80年代和90年代，满意率为95.5%。",
    "等待一两个小时，1941年至1946年，一二次供水分开。",
    "一季度走访320户，二季度410户，三季度380户，累计走访1110户。",
    "为360名老人每人安装1部报警器，共安装360部。",
    "发现隐患12处，已整改隐患10处，下一步继续整改剩余的2处。",
    "三季度工单量与二季度相比下降6.5%，与去年三季度同比增长3.2%。",
    "各位代表，我们要继续努力，12名志愿者参加了活动。",
    "重点抓好：一是排查；二是宣传；三是演练。",
    "根据《示例通知》（示府发〔2026〕8号），抓好落实，按照示府发〔2026〕8号要求报送。",
    "会议强调，要做到以下两点：一是严，二是实。",
]


@pytest.mark.parametrize(("rule", "text"), WRONG)
def test_what_cannot_be_is_quoted(rule: str, text: str) -> None:
    assert len(quotes(rule, with_text(text))) == 1


@pytest.mark.parametrize("text", RIGHT)
def test_what_agrees_is_left_alone(text: str) -> None:
    assert_left_alone(text)


def test_list_that_goes_on_is_not_counted() -> None:
    body = (Paragraph("做好三项工作：一是排查；二是整改。"), Paragraph("三是督查，确保见效。"))
    assert not of_rule("announced-count", replace(UPWARD, body=body))


@pytest.mark.parametrize(("day", "count"), [(date(2026, 11, 2), 1), (date(2026, 12, 31), 0)])
def test_nothing_is_counted_up_to_a_day_to_come(day: date, count: int) -> None:
    signed = replace(
        UPWARD,
        signature=Signature(("示例街道办事处",), day),
        body=(Paragraph("截至2026年12月20日，项目已完成总投资的85%。"),),
    )
    assert len(of_rule("future-date", signed)) == count


def test_this_year_is_the_year_of_the_document() -> None:
    signed = replace(UPWARD, signature=Signature(("示例街道办事处",), date(2026, 7, 1)))
    today = replace(signed, body=(Paragraph("今年是中国共产党成立106周年。"),))
    past = replace(signed, body=(Paragraph("自庆祝建党100周年以来，机制不断健全。"),))
    assert len(of_rule("anniversary", today)) == 1
    (of_years,) = of_rule("anniversary", replace(signed, body=(Paragraph("庆祝中国共产党成立105年。"),)))
    assert of_years.fix and of_years.fix.replacement == "中国共产党成立105周年"
    assert not of_rule("anniversary", past)


FESTIVALS = (
    "1月1日元旦，3月8日妇女节，3月12日植树节，3月15日消费者权益日，3月22日世界水日，4月15日全民国家安全教育日，"
    "4月23日世界读书日，5月1日劳动节，5月4日青年节，5月12日护士节，5月12日防灾减灾日，6月1日儿童节，6月5日世界环境日，"
    "6月26日国际禁毒日，8月1日建军节，9月10日教师节，9月30日烈士纪念日，10月1日国庆节，11月9日消防日，12月4日国家宪法日，"
    "12月5日志愿者日，12月13日国家公祭日"
)


def test_the_days_of_festivals() -> None:
    day_after = re.sub(r"月(\d+)日", lambda day: f"月{int(day[1]) % 30 + 1}日", FESTIVALS)
    assert not of_rule("festival", with_text(f"{FESTIVALS}。"))
    assert len(of_rule("festival", with_text(f"{day_after}。"))) == len(FESTIVALS.split("，"))
