"""Constructions that are mixed or lack a part, words that do not go together, words of one sound."""

import csv
from pathlib import Path

import pytest

from reports.lint.rules.wording.collocations import TABLE as COLLOCATIONS
from reports.lint.rules.wording.confusable_words import TABLE as CONFUSABLE
from tests.reports.lint.cases import assert_left_alone, quotes, with_text, with_title

WRONG = [
    ("mixed-construction", "进度滞后的原因是资金未及时到位造成的。"),
    ("mixed-construction", "之所以滞后，原因是资金未到位。"),
    ("mixed-construction", "本着方便群众为原则，优化流程。"),
    ("mixed-construction", "围绕群众关切为中心，开展走访。"),
    ("mixed-construction", "活动旨在为了增强意识。"),
    ("mixed-construction", "活动深受居民所欢迎。"),
    ("missing-under", "在各部门的共同努力，改造如期完成。"),
    ("both-sides", "能否按时完成，是提升满意度的重要保证。"),
    ("missing-activity", "街道正在开展整顿占道经营。"),
    ("missing-activity", "组织开展清理违规堆物。"),
    ("correlative", "不管困难很大，但街道按时完成了任务。"),
    ("collocation", "切实改善居民的生活水平。"),
    ("collocation", "加强教学质量，服务水平不断加强。"),
    ("collocation", "居民满意度明显加强。"),
    ("same-meaning", "目前现在正在施工。"),
    ("same-meaning", "各部门必须务必落实。"),
    ("same-meaning", "仅仅只有2处未整改。"),
    ("reversed-steps", "及时解决和发现问题。"),
    ("confusable-word", "及时反应群众的意见和诉求。"),
    ("confusable-word", "帮助企业度过难关。"),
    ("confusable-word", "处置燃气泄露隐患。"),
    ("confusable-word", "企业入住园区。"),
    ("confusable-word", "发放防汛物质。"),
    ("confusable-word", "做好政策质询服务。"),
    ("variant", "改造涉及到居民86户。"),
    ("confusable-word", "既使下雨也要清运。"),
    ("broken-sentence", "今年街道在城市更新上取得重大突破的一年。"),
    ("broken-sentence", "三次测评的平均得分都在90分以上。"),
    ("broken-sentence", "与会代表交换了广泛的意见。"),
    ("broken-sentence", "街道将于12月已完成改造。"),
    ("broken-sentence", "社区主动化解风险，维护社会稳定的责任。"),
    ("hidden-subject", "通过这次培训，对大家的启发很大。"),
    ("hidden-subject", "从这起案件中，使干部认识到自律的重要。"),
    ("correlative", "无论节假日以及夜间，都要值守。"),
    ("correlative", "如果缺乏创新精神，也不能适应要求。"),
    ("collocation", "志愿服务的精神日益浓厚。"),
    ("confusable-word", "公交线路途径三个社区。"),
    ("misspelling", "采取措施以予杜绝。"),
    ("short-name-form", "《实施纲要》（下称《纲要》）印发，按《纲要》落实。"),
    ("variant", "改掉不良陋习。"),
    ("law-title", "违反《中华人民共和国招投标法》的规定。"),
    ("confusable-word", "党员干部首当其冲，带头参加。"),
    ("confusable-word", "热情服务，收到群众好评。"),
    ("short-body", "会同区住建进行检查。"),
    ("correlative", "尽管受到影响，所以施工队如期完工。"),
]
RIGHT = [
    "进度滞后的原因是资金未及时到位，影响是多方面的。",
    "以方便群众为原则，围绕群众关切开展走访。",
    "在各部门的共同努力下，改造如期完成。",
    "能否按时完成，关系到居民能否温暖过冬。",
    "能否按时完成，是检验作风的重要标志。",
    "开展整治占道经营专项行动，开展清理整治，进行整改落实。",
    "不管困难多大，街道都要按时完成任务。",
    "街道不仅完成了改造，还健全了机制。",
    "改善居住条件，提高生活水平，进一步加大对重点区域的巡查力度。",
    "加强培训，全面提升服务质量。",
    "现在看，目前正在施工，只有2处没有整改。",
    "发现和解决问题。",
    "快速反应，及时反映情况，渡过难关，度过愉快的晚年。",
    "居民陆续入住新居，人才公寓入住率达到90%。",
    "“高效办成一件事”涉及86项，区公安、城管等部门参加。",
    "今年是取得重大突破的一年，平均得分在90分以上，各次都达到90分。",
    "广泛交换了意见，将于12月完成改造，上半年已完成设计。",
    "社区主动化解风险，承担维护社会稳定的责任。",
    "无论节假日还是夜间，都要值守，无论困难多大，都要完成。",
    "通过这次培训，大家深受启发，可以予以支持，拓宽致富途径。",
    "普及到各社区，即使下雨也要清运。",
]
TITLES = [
    ("title-words", "示例街道办事处关于请求解决改造资金的请示"),
    ("title-words", "示例街道办事处关于上报防汛工作情况的报告"),
    ("title-words", "示例街道办事处关于对示例社区用房的批复"),
    ("title-words", "示例街道办事处关于做好防台工作的加急通知"),
    ("title-words", "示例街道办事处关于印发示例街道会议管理办法的通知"),
    ("title-words", "示例街道办事处授予王某某同志优秀网格员称号的通报"),
]


@pytest.mark.parametrize(("rule", "text"), WRONG)
def test_wrong_words_are_quoted(rule: str, text: str) -> None:
    assert quotes(rule, with_text(text))


@pytest.mark.parametrize("text", RIGHT)
def test_right_words_are_left_alone(text: str) -> None:
    assert_left_alone(text)


@pytest.mark.parametrize(("rule", "title"), TITLES)
def test_titles_say_nothing_twice(rule: str, title: str) -> None:
    assert len(quotes(rule, with_title(title))) == 1


@pytest.mark.parametrize("table", [COLLOCATIONS, CONFUSABLE])
def test_every_row_of_a_relations_table_has_all_its_cells(table: Path) -> None:
    rows = list(csv.reader(table.read_text(encoding="utf-8").splitlines()))
    assert len({len(row) for row in rows}) == 1
    assert all(row[0] and "" not in row[:2] for row in rows)
