"""Fixed phrases with one character wrong: each text with what of it is a slip of which phrase."""

from __future__ import annotations

from reports.lint.language.fixed_phrases import find_phrase_slips
from tests.reports.lint.small_language import small_model

TEXTS = """
增强居民的获得感、幸福感、安全惑。 获得感、幸福感、安全惑→获得感、幸福感、安全感
提高居民的知晓率和参率。 知晓率和参率→知晓率和参与率
做到横向边到、纵向到底。 横向边到、纵向到底→横向到边、纵向到底
做到立查立改、边巡边改。
2025年目标任务顺利完成。
帮扶支出型困难家庭。
坚持贯彻落石。
坚持惯彻落实。
坚持贯彻彻落实。
坚持贯彻落实实。
坚持贯贯彻落实。
坚持贯落实要求。
坚持彻落实要求。
坚持贯彻实要求。
坚持贯彻落，要求。
坚持贯落彻实。
坚持彻贯落实。 彻贯落实→贯彻落实
坚持贯彻实落。 贯彻实落→贯彻落实
坚持贯彻落实。
防患于未燃。
要防患于末然。 防患于末然→防患于未然
防惠于未然。 防惠于未然→防患于未然
防患未然。
防患于于未然。
防患于未然然。
防防患于未然。
防于患未然。
患防于未然。 患防于未然→防患于未然
防患于然未。 防患于然未→防患于未然
防患于未，做好准备。
防患于未
防患于未。
患于未然。
2防患于未燃。
全面防患于未燃。
工作再上新台街。
工作再上新台。 再上新台→再上新台阶
工作再上新台台阶。
工作再上新阶台。 再上新阶台→再上新台阶
再上的台阶。
再上大台阶。
全面落实处。
落到落实。
因地治宜，因势制导。
因地宜制宜。 因地宜制→因地制宜
压紧压实实责任。
公开、公平、公证。 公开、公平、公证→公开、公平、公正
公开、公平、公证公开、公平、公证。 公开、公平、公证→公开、公平、公正 公开、公平、公证→公开、公平、公正
公平公证公开透名。
攻坚克唯，攻坚克难。
攻坚工克难。
工作落到实外。 落到实外→落到实处
督促落到实除。
落到实处处置。
实消防安全全意识实 消防安全全意识→消防安全意识
日常作工作。 日常作→日常工作
做好失能失能部署，
2作工实施方案坚 工实施方案→工作实施方案
全令限期改正全面因人而异
实个实工商户全面
做好全员安全生产责任。的
攻坚首问责制的 首问责制→首问负责制
不一户坚 不一户→不漏一户
实大决策署 决策署→决策部署
工作工措施实
2工作作领导小组坚
作安全生产责任书的
全面各项决决策部署坚
"""


def test_slips_of_fixed_phrases_are_found_and_nothing_else() -> None:
    """At the ends of texts and of phrases, beside words, numbers and what the laws say."""
    assert "\n".join(["", *map(described_slips, TEXTS.split("\n")[1:-1]), ""]) == TEXTS


def described_slips(row: str) -> str:
    text = row.split(" ")[0]
    found = find_phrase_slips(text, small_model())
    return " ".join((text, *(f"{text[one.start : one.end]}→{one.phrase}" for one in found)))
