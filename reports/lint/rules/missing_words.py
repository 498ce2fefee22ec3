"""Sentences of which a word is missing: the object that a verb must have, the 为 of 以……为, the verb behind 对……
(条例第二十条（四）).
"""

import csv
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from reports.lint.finding import PassageKind
from reports.lint.passages import TextPassage
from reports.lint.registration import ACCURACY, WARNING, passage_rule
from reports.lint.subject import HANZI, RuleHit, hit_at, unquoted_matches

TEXTS = (PassageKind.TEXT, PassageKind.CELL)
START = r"(?:^|(?<=[，。；：！？\n]))"
# 以“红色物业”创建抓手: what nothing but 以……为 takes.
WITHOUT_AS = re.compile(
    rf"(?:{START}|(?<=[{HANZI}]))(?<![可足得予加难所给借何用一])以(?![贯身来及上下前后内外便免至往东南西北])(?P<what>(?:(?![为作以]|当作|视为)[^，。；：！？\n]){{2,24}}?)(?P<as>抓手|契机|载体|突破口|纽带|主线|出发点|落脚点|切入点|着力点|龙头|宗旨|前提|准则|支点)(?=[，。；])"
)
TOPIC = re.compile(
    r"(?<![可足得予加难所给借何用])以(?P<what>“[^”\n]{2,30}”)(?P<as>主题|目标|核心|重点|口号|原则|内容|导向|宗旨)(?=[，。；]|的|开展|组织|举办|进行)"
)
# What some verbs take, of which one stands in their object: a table.
TABLE = Path(__file__).parents[1] / "verb_objects.csv"
NO_VERB = "(?:情况|问题|工作|现象|行为|场所|企业|商户|小区|单位|隐患|点位|路段|设施|车辆|家庭|居民|人员)"
# 对辖区12家单位消防设施情况，发现: 对 and what it is about, and nothing is done.
TOWARDS_NOTHING = re.compile(
    rf"{START}(?:[{HANZI}]{{0,10}}(?<![应针面相绝反核校一]))?对(?![于照比外内策象口称方话应待付接手此其])(?P<what>[{HANZI}\d、“”]{{3,30}}{NO_VERB})，(?=(?:共|累计)?(?:发现|排查出|查出|检查出|清理|整改|拆除|处理|处置)(?:了)?[{HANZI}]{{0,12}}\d)"
)
ACTING = re.compile(
    "检查|排查|整治|整改|调查|开展|进行|实施|治理|巡查|清理|摸底|走访|核查|督查|检测|监测|巡检|核实|抽查|梳理|摸排|处理|清查|评估|回访|回头看|测评|检验|抽检|普查|巡视|查看|调研|暗访|督导|执法|自查|约谈|教育|宣传|登记|采取|予以|加以|给予|作出|提出"
)


@lru_cache(maxsize=1)
def needed_objects() -> tuple[re.Pattern[str], dict[str, tuple[str, ...]]]:
    """A pattern for a verb with what stands behind it, and what each verb takes."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        taken = {row["动词"]: tuple(row["宾语"].split("、")) for row in csv.DictReader(file)}
    pattern = (
        rf"(?<![感的没势用])(?P<verb>{'|'.join(taken)})(?:了|好|着)?(?P<object>[{HANZI}“”、\d]{{2,24}})"
        r"(?:[。；！]|，(?P<next>[^，。；！？\n]{0,40}))"
    )
    return re.compile(pattern), taken


@passage_rule("missing-as", "“以……为”缺“为”", WARNING, ACCURACY, kinds=TEXTS, holding="以", is_certain=False)
def missing_as(passage: TextPassage) -> Iterator[RuleHit]:
    """以“红色物业”创建抓手，……; 以“绿色出行”主题的活动."""
    for pattern in (WITHOUT_AS, TOPIC):
        for match in unquoted_matches(pattern, passage.text):
            start = match.start("as")
            reason = f"“以……为{match['as']}”缺“为”，请补上。"
            yield RuleHit(
                reason,
                passage,
                match.start(),
                match.end(),
                f"{passage.text[match.start() : start]}为{match['as']}",
            )


@passage_rule("missing-noun", "缺宾语", WARNING, ACCURACY, kinds=TEXTS, is_certain=False)
def missing_nouns(passage: TextPassage) -> Iterator[RuleHit]:
    """发挥党员先锋模范，……: a verb that goes with a few nouns only, of which none stands behind it."""
    pattern, taken = needed_objects()
    for match in unquoted_matches(pattern, passage.text):
        # 营造公平透明，便捷高效的环境: the object stands behind the next comma.
        later = match["next"] if "的" in (match["next"] or "") else ""
        words = taken[match["verb"]]
        if not any(word in match["object"] + later for word in words):
            reason = f"“{match['verb']}”后面缺宾语，如“{words[0]}”“{words[1]}”，请补上。"
            yield RuleHit(reason, passage, match.start(), match.end("object"))


@passage_rule("missing-verb", "缺谓语", WARNING, ACCURACY, kinds=TEXTS, holding="对", is_certain=False)
def missing_verbs(passage: TextPassage) -> Iterator[RuleHit]:
    """对辖区餐饮单位燃气使用情况，发现隐患12处: what was done with it is missing."""
    for match in unquoted_matches(TOWARDS_NOTHING, passage.text):
        if not ACTING.search(match[0]):
            yield hit_at(passage, match, "“对……”后面缺动词，如“进行检查”，请补上。")
