"""Verbs with objects that they do not go with (条例第二十条（四）: 用语准确)."""

import csv
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from reports.lint.passages import TextPassage, text_before
from reports.lint.phrases import phrase_hits
from reports.lint.registration import ACCURACY, WARNING, passage_rule
from reports.lint.subject import HANZI, QUOTATION, RuleHit, covered_positions

TABLE = Path(__file__).with_name("collocations.csv")
# How far a verb may stand before its object.
REACH = 12
FAR = 40
ADVERBS = "不断|持续|明显|显著|进一步|日益|逐步|有效|大幅|稳步|切实|有所|得到了?|普遍|全面|较快|快速|大大"
# What improves by itself is said otherwise than what somebody improves: 生活水平稳步改善; but not 获得感改善.
BY_THEMSELVES = {"增加": ("满意度", "率", "意识"), "改善": ("感", "意识", "信心")}
# Another verb between the two takes the object; 的 or 等 behind the verb says that it has none, 率 that it is a noun.
OTHER_VERB = re.compile(
    "^(?:率|到(?!位)|建设|构建|健全|完善|打造|前瞻|发展|实施|推进|形成|建立|推动|补齐|重塑|的|等)"
    "|[和及或并为]|(?<!参)与|提高|提升|增强|加大|扩大|优化|加强|改善|达到|取得|解决|发挥|形成"
)
# 保护和改善环境的意识, 不完善: of other words than its object.
JOINED = re.compile("(?:[和与及或、]|不|未|有待|尚待|不够|共同)$")
# 不断改善居民的生活水平 is a sentence of its own, 院校优化专业设置的职责 what somebody is to do.
MAIN_VERB = re.compile(
    rf"(?:^|[，。；：]|{ADVERBS}|积极|认真|充分|着力|大力|全力|努力|深入|扎实|主动|及时|严格|如期"
    "|更好地?|[要应将需可须来能够])$"
)
# 加快 goes before other verbs, 扩大就业政策措施 has two nouns behind the verb.
NEAR_ONLY, NEAR = re.compile("^加快|^(?!树立).*(?:措施|机制|制度|体系)$"), 2


@lru_cache(maxsize=1)
def wrong_pairs() -> tuple[re.Pattern[str], re.Pattern[str], dict[tuple[str, str], str]]:
    """Patterns for a verb before and behind its object, and the right verb by what is wrong with which object."""
    right: dict[tuple[str, str], str] = {}
    with TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            right |= {(verb, row["宾语"]): row["改为"] for verb in row["不搭配的动词"].split("、")}
    verbs = "|".join(sorted({verb for verb, _ in right}))
    things = "|".join(sorted({thing for _, thing in right}, key=lambda thing: (-len(thing), thing)))
    # 加强对院落、危房、工地的巡查力度: with 对 the object may be as long as it likes.
    long = rf"了?对[^的，。；！？\n]{{2,{FAR}}}的"
    words = rf"[{HANZI}“”]{{0,{REACH}}}?"
    before = rf"(?=(?P<verb>{verbs})(?:{long})?(?P<words>{words})(?P<thing>{things})(?=[，。；！]|$))"
    behind_verbs = "|".join(sorted({verb for verb, _ in right} - {"增长"}))
    behind = (
        rf"(?P<thing>{things})(?:[和与及][{HANZI}]{{2,6}}?)?(?:{ADVERBS}|均|都){{1,3}}"
        rf"(?P<verb>{behind_verbs})(?=[，。；！]|$)"
    )
    return re.compile(before), re.compile(behind), right


@passage_rule("collocation", "词语搭配", WARNING, ACCURACY, is_certain=False)
def wrong_collocations(passage: TextPassage) -> Iterator[RuleHit]:
    """改善……生活水平, 加强……质量, 水平不断加强; 现象得到提高."""
    yield from phrase_hits("collocation", passage, unquoted=True)
    before, behind, right = wrong_pairs()
    found = [one for one in before.finditer(passage.text) if _takes_object(passage.text, one)]
    found += behind.finditer(passage.text)
    quoted = covered_positions(QUOTATION, passage.text) if found else frozenset()
    for match in found:
        verb = right.get((match["verb"], match["thing"]))
        is_behind = match.start("verb") > match.start("thing")
        if is_behind and not match["thing"].endswith(BY_THEMSELVES.get(match["verb"], "")):
            continue
        if verb and match.start("thing") not in quoted:
            reason = f"“{match['verb']}”与“{match['thing']}”不搭配，一般用“{verb}”，请核对。"
            yield RuleHit(reason, passage, *match.span("verb"), verb)


def _takes_object(text: str, match: re.Match[str]) -> bool:
    """Whether a verb takes what stands behind it as its object, rather than being of a phrase that ends in it."""
    words, before = match["words"], text_before(text, match.start())
    if OTHER_VERB.search(words) or JOINED.search(before):
        return False
    if "的" in words:
        return words.startswith("了") or bool(MAIN_VERB.search(before))
    return len(words) <= NEAR or not NEAR_ONLY.search(match["verb"] + match["thing"])
