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
from reports.lint.subject import HANZI, NUMERALS, RuleHit, hit_at, unquoted_matches

TEXTS = (PassageKind.TEXT, PassageKind.CELL)
START = r"(?:^|(?<=[，。；：！？\n]))"
# 以“红色物业”创建抓手: what nothing but 以……为 takes.
WITHOUT_AS = re.compile(
    rf"(?:{START}|(?<=[{HANZI}]))(?<![可足得予加难所给借何用一])以(?![贯身来及上下前后内外便免至往东南西北])(?P<what>(?:(?![为作以]|当作|视为)[^，。；：！？\n]){{2,24}}?)(?P<as>抓手|契机|载体|突破口|纽带|主线|出发点|落脚点|切入点|着力点|龙头|宗旨|前提|准则|支点)(?=[，。；])"
)
TOPIC = re.compile(
    r"(?<![可足得予加难所给借何用])以(?P<what>“[^”\n]{2,30}”)(?P<as>主题|目标|核心|重点|口号|原则|内容|导向|宗旨)(?=[，。；]|的|开展|组织|举办|进行)"
)
# 以“书香进万家”为主题读书活动, 为期三天集中整治, 居民反映强烈噪声扰民问题.
OF_MISSING = re.compile(
    rf"以[^，。；！？\n]{{2,40}}?为(?P<theme>主题|主线|内容|重点)(?=(?!开展|举办|组织|举行|进行|推进|实施|打造|策划|设计|的|抓|强化|深化|加强|扎实|创新|统筹)[{HANZI}]{{2,6}}?(?:活动|讲座|大赛|比赛|展览|论坛|晚会|行动|培训|课程)(?:[，。；、]|$))"
    rf"|为期(?P<length>(?:[{NUMERALS}两半]{{1,2}}|\d{{1,2}})(?:个?多?月|天|周|年|个星期))(?=(?!的|左右|以上|之久|时间|内)[{HANZI}]{{2}})"
    rf"|(?P<strong>(?:反映|反应)(?:强烈|集中|突出|较多|普遍))(?=(?!的|在|于|是|问题|，)[{HANZI}]{{2,8}}问题)"
)
# 为进一步消防安全, 进行安全，: where is what is done?
VERB_MISSING = re.compile(
    r"(?P<further>进一步)(?=(?:消防|食品安全|生产安全|安全生产|环境|作风|机制|制度|责任|质量|能力|水平|意识|生态|道路|交通|市容|秩序|人居)(?!化))"
    r"|(?:提高|增强|提升)[^，。；！？\n]{0,12}?(?P<mind>(?:消防|用电|交通|食品|生产|网络|防火)安全)(?=[，。；])"
    r"|(?:进行|开展)了?(?P<thing>(?:消防|食品|生产|用电|燃气)?安全|环境卫生|食品|消防|卫生)(?=[，。；])"
)
# 落到实，; 放首位; 以人民中心.
CUT_SAYINGS = (
    (re.compile(r"落到实(?=[，。；])"), "落到实处"),
    (re.compile(r"抓出成(?=[，。；])"), "抓出成效"),
    (re.compile(r"放(?=首位|第一位|突出位置|重要位置|优先位置)"), "放在"),
    (re.compile(r"以人民中心(?=[的，、])"), "以人民为中心"),
    (re.compile(r"落到(?=每一个|每个|各个|具体人)(?<=责任落到)"), "落实到"),
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

# 在开展排查过程，发现: where is 中? 加强对群租房的，: what of it?
WITHIN_MISSING = re.compile(
    r"(?:^|(?<=[，。；！？\n]))在(?!于|建|职|校|岗)[^，。；！？\n]{2,24}?(?P<what>过程|基础|前提|背景)(?=，)",
    re.MULTILINE,
)
NOUN_MISSING = re.compile(
    r"(?<![未不没能])(?:加强|加大|强化|深化|做好|加快|推进|落实|完善|增强|规范|抓好|注重|开展|进行|实施)了?(?P<what>对[^，。；！？\n]{2,24}?的)(?=[，。；])(?!，(?:由|予以|给予|应|责令|视为|按|依|可|将|一律|要|并处))"
)
COMPARED_TO_NOTHING = re.compile(
    r"(?:^|(?<=[，。；\n]))(?:与|同|和|较之)(?P<what>(?:去年|上年|上一年)(?:同期)?|上季度|上月|上半年)(?=，)",
    re.MULTILINE,
)
LOWER_THAN = re.compile(
    r"(?P<word>[低高快慢优多少])(?=去年|上年|全[区市省国县镇街]|上季|上月|平均|同期|年初)(?<=(?:明显|略微|大幅|远远|显著|始终|普遍|总体|继续|仍然)[低高快慢优多少])"
)
# 新增护理型床位张: how many?
NO_NUMBER = re.compile(
    r"(?:新增|新建|建成|配备|购置|安装|改造|清理|发放|查处|整改|完成|增设|更换|新购)[^，。；\d]{0,8}?(?P<thing>床位张|车位个|泊位个|路灯盏|座椅[张把]|车辆[辆台]|设备[台套]|志愿者[名人]|人员[名人]|党员[名人]|老人[名人]|岗位个|隐患[处项个]|问题[个项处]|树木[棵株]|垃圾[吨车]|企业[家户]|案件[件起宗])(?=[，。；、])"
)
# 共矛盾纠纷86件: what was done with them?
NO_VERB_BEHIND_ALL = re.compile(
    r"(?<=[^公一总])共(?P<what>矛盾纠纷|案件|隐患|安全隐患|诉求|信访|工单|投诉|群众|居民|老人|困难群众|垃圾|违建|违法建设|企业)(?=\d)"
)
TO_MISSING = re.compile(r"(?P<word>落实|细化|分解|延伸|覆盖|传达)(?=每[一个名户位])")
AS_MISSING = re.compile(
    r"将(?:\d{1,2}月|[^，。；\d]){1,12}?(?:\d{1,2}日)?(?P<word>[定列设])(?=[^，。；\d为于在作成入到下制期点立案]{1,6}(?:时限|期限|目标|重点|任务|项目|日期|标准)[，。])"
)
LEADER_MISSING = re.compile(r"由(?=任(?:组长|主任|队长|指挥长|总指挥|书记|站长))")
# 成立由主任任组长、各科室负责人为成员，: of what?
BODY_MISSING = re.compile(
    rf"(?:成立|组建|设立)了?由[^，。；！？\n]{{2,20}}?(?:任|为|担任)[^，。；！？\n]{{1,16}}?(?P<what>[{HANZI}]{{2,12}}为(?:成员|组员|副组长))(?=[，。])"
)
# 各社区配合下顺利完成: where is 在?
IN_MISSING = re.compile(
    r"(?:^|(?<=[，。；\n]))(?P<what>(?:(?![在于经由])[^，。；！？\n]){2,14}?(?:领导|支持|努力|帮助|配合|指导|关心|带领|推动|协助)下)(?=，|顺利|圆满|如期|按期)",
    re.MULTILINE,
)
UNDER = re.compile("下(?=，|顺利|圆满|如期|按期)")
# Each with words of which one must occur in a text, which are found in no time.
MISSING_WORDS = (
    (WITHIN_MISSING, "what", "“在……”后面缺“中”“上”“下”一类的词，请补上。", ("程，", "础，", "提，", "景，")),
    (NOUN_MISSING, "what", "“的”后面缺名词，如“管理”“监督”，请补上。", ("的，", "的。", "的；")),
    (COMPARED_TO_NOTHING, "what", "“与……”后面缺“相比”，请补上。", ("期，", "年，", "度，", "月，")),
    (
        LOWER_THAN,
        "word",
        "后面缺“于”，请补上。",
        ("明显", "略微", "大幅", "远", "著", "始终", "普遍", "总体", "续", "仍然"),
    ),
    (
        NO_NUMBER,
        "thing",
        "量词前面缺数字，请补上。",
        ("新", "建", "置", "装", "改", "清理", "发放", "处", "完成", "换"),
    ),
    (NO_VERB_BEHIND_ALL, "what", "“共”后面缺动词，如“受理”“化解”，请补上。", ("共",)),
    (TO_MISSING, "word", "后面缺“到”，请补上。", ("实每", "化每", "解每", "伸每", "盖每", "达每")),
    (AS_MISSING, "word", "后面缺“为”，请补上。", ("将",)),
    (
        BODY_MISSING,
        "what",
        "后面缺所成立的是什么，如“的领导小组”，请补上。",
        ("为成员", "为组员", "为副组长"),
    ),
    (LEADER_MISSING, "", "“由”后面缺人，请补上。", ("由任",)),
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


@passage_rule(
    "missing-piece", "缺词", WARNING, ACCURACY, kinds=TEXTS, holding="以为反进开落放抓提增", is_certain=False
)
def missing_pieces(passage: TextPassage) -> Iterator[RuleHit]:
    """为期三天集中整治 without 的, 为进一步消防安全 without its verb, 落到实 without 处."""
    for match in unquoted_matches(OF_MISSING, passage.text):
        start, end = match.span(match.lastgroup or 0)
        yield RuleHit("后面缺“的”，请补上。", passage, start, end, f"{passage.text[start:end]}的")
    for match in unquoted_matches(VERB_MISSING, passage.text):
        missing = "后面缺中心词，如“检查”“意识”" if match["thing"] or match["mind"] else "后面缺动词"
        yield RuleHit(f"{missing}，请补上。", passage, *match.span(match.lastgroup or 0))
    for pattern, right in CUT_SAYINGS:
        for match in unquoted_matches(pattern, passage.text):
            yield hit_at(passage, match, f"缺字，请改为“{right}”。", right)


@passage_rule("missing-noun", "缺宾语", WARNING, ACCURACY, kinds=TEXTS, is_certain=False)
def missing_nouns(passage: TextPassage) -> Iterator[RuleHit]:
    """发挥党员先锋模范，……: a verb that goes with a few nouns only, of which none stands behind it."""
    pattern, taken = needed_objects()
    for match in unquoted_matches(pattern, passage.text):
        # 营造公平透明，便捷高效的环境: the object stands behind the next comma.
        later = match["next"] if "的" in (match["next"] or "") else ""
        words = taken[match["verb"]]
        is_cause = match["object"].endswith(("所致", "造成", "引起"))
        if not is_cause and not any(word in match["object"] + later for word in words):
            reason = f"“{match['verb']}”后面缺宾语，如“{words[0]}”“{words[1]}”，请补上。"
            yield RuleHit(reason, passage, match.start(), match.end("object"))


@passage_rule("missing-verb", "缺谓语", WARNING, ACCURACY, kinds=TEXTS, holding="对", is_certain=False)
def missing_verbs(passage: TextPassage) -> Iterator[RuleHit]:
    """对辖区餐饮单位燃气使用情况，发现隐患12处: what was done with it is missing."""
    for match in unquoted_matches(TOWARDS_NOTHING, passage.text):
        if not ACTING.search(match[0]):
            yield hit_at(passage, match, "“对……”后面缺动词，如“进行检查”，请补上。")


@passage_rule("missing-word", "缺词", WARNING, ACCURACY, kinds=TEXTS, is_certain=False)
def missing_words(passage: TextPassage) -> Iterator[RuleHit]:
    """在开展排查过程，; 加强对群租房的，; 与去年同期，; 新增床位张."""
    for pattern, name, reason, needed in MISSING_WORDS:
        if not any(word in passage.text for word in needed):
            continue
        for match in unquoted_matches(pattern, passage.text):
            start, end = match.span(name) if name else (match.start(), match.end() + 2)
            yield RuleHit(reason, passage, start, end)
    for match in unquoted_matches(IN_MISSING, passage.text) if UNDER.search(passage.text) else ():
        before = passage.text[
            max(0, passage.text.rfind("。", max(0, match.start() - 400), match.start())) : match.start()
        ]
        if not re.search("[在于经由]|通过", before):
            yield hit_at(passage, match, f"“{match['what']}”前面缺“在”，请补上。", f"在{match['what']}")
