"""Sentences that begin in one construction and end in another, or of which a part is missing (条例第二十条（四）)."""

import re
from collections.abc import Iterator

from reports.lint.finding import PassageKind
from reports.lint.passages import TextPassage
from reports.lint.registration import ACCURACY, WARNING, passage_rule
from reports.lint.subject import HANZI, RuleHit, hit_at, unquoted_matches

TEXTS = (PassageKind.TEXT, PassageKind.CELL)
CLAUSE = "[^，。；！？\n]"
REASON = re.compile(
    rf"(?:原因|因素|缘故)，?(?:主要|就|大多|多)?(?:是|在于)(?:由于|因为)?[^。；！？\n]{{2,40}}?(?P<end>(?:所)?(?:造成|引起|导致|所致)的?)(?=[，。；])"
    rf"|之所以[^。；\n]{{2,40}}?(?:，|的)(?:其|主要)?(?P<why>原因是|原因在于)"
    rf"|(?:是|由)?(?:由于|因为){CLAUSE}{{2,30}}?(?P<so>所(?:造成|引起|导致)的原因|的原因(?:所)?(?:造成|引起|导致))"
)
PRINCIPLE = re.compile(
    rf"(?P<by>本着|遵循|围绕|根据|按照|依据|针对)(?!以){CLAUSE}{{2,30}}(?P<as>为)(?:原则|目的|宗旨|中心|重点|核心|依据|基础|标准|准则)(?=[，。；])"
)
# 举办……旨在为了, 深受……所欢迎, 有……组成.
MIXED = (
    (
        re.compile(rf"(?:由于|因为|因){CLAUSE}{{2,30}}?(?P<wrong>的(?:影响|作用)下)(?=，)"),
        "“由于”与“在……下”混在一起，请删去“{}”。",
        "",
    ),
    (
        re.compile(r"(?:目的|宗旨|初衷)(?:是|在于)(?P<wrong>为了?)(?!民|人民|群众服)"),
        "“目的是”与“为了”重复，请删去“{}”。",
        "",
    ),
    (
        re.compile(rf"(?<![加得给借可])以{CLAUSE}{{2,20}}?为主(?P<wrong>(?:要|体)?(?:组成|构成|居多))"),
        "“以……为主”与“由……组成”混在一起，请删去“{}”。",
        "",
    ),
    (
        re.compile(
            rf"(?P<wrong>围绕|本着|遵循|按照|根据|依据)以{CLAUSE}{{2,24}}?为(?:中心|核心|主题|主线|重点|目标|原则|宗旨|依据|导向)(?!的)"
        ),
        "“{}”与“以……为”混在一起，请删去“{}”。",
        "",
    ),
    (
        re.compile(rf"靠的?是?{CLAUSE}{{2,24}}?(?P<wrong>(?:所)?(?:取得|得来|实现|换来)的)(?=[，。；])"),
        "“靠的是……”与“……取得的”混在一起，请删去“{}”。",
        "",
    ),
    (
        re.compile(rf"[高多长重]?达{CLAUSE}{{1,14}}?(?P<wrong>之[多高大长重])(?=[，。；])"),
        "“达”与“{}”重复，请删去“{}”。",
        "",
    ),
    (
        re.compile(
            rf"(?:^|(?<=[，。；：！？\n]))(?:因|因为|鉴于|受)(?!此){CLAUSE}{{2,30}}?(?P<wrong>的(?:原因|缘故|关系))(?=，)",
            re.MULTILINE,
        ),
        "前面已经说明原因，请删去“{}”。",
        "",
    ),
    (
        re.compile(
            rf"(?:^|(?<=[，。；：！？\n]))(?:对|对于|关于){CLAUSE}{{2,24}}(?P<wrong>的?问题上)(?=，)",
            re.MULTILINE,
        ),
        "“对于”与“在……问题上”混在一起，请只用一种说法。",
        None,
    ),
    (
        re.compile(
            rf"(?:给|对){CLAUSE}{{2,16}}?(?:造成|带来|产生)了?{CLAUSE}{{0,6}}?(?:不便|困扰|损失)(?P<wrong>的影响|的损失)"
        ),
        "前后重复，请删去“{}”。",
        "",
    ),
    (
        re.compile(
            rf"(?:^|(?<=[，。；：！？\n]))(?:经|经过|通过|据){CLAUSE}{{2,20}}?(?P<wrong>(?:显示|表明|反映)(?:出)?，?(?:看出|认为|得知|认定|可知))",
            re.MULTILINE,
        ),
        "前后两种句式混在一起，请改写。",
        None,
    ),
    (
        re.compile(
            rf"(?P<wrong>是否){CLAUSE}{{2,24}}?(?:取决于|决定于|在于){CLAUSE}{{0,4}}?(?!是否|能否|多|大|高|如何|怎)(?=[，。；])"
        ),
        "前后两种句式混在一起，请改写。",
        None,
    ),
    (
        re.compile(
            rf"对{CLAUSE}{{2,24}}?(?:进行|开展|实施)(?!的|了的|过)(?P<wrong>[{HANZI}]{{2,8}}?(?:工作|活动|行动))(?=(?:已|均|正|全部|基本|顺利|取得|得到|完成|结束))"
        ),
        "“对……进行”后面缺“的”，或者删去“{}”后面的成分，请改写。",
        None,
    ),
    (
        re.compile(
            rf"(?:^|(?<=[，。；！？\n]))(?:对于|关于|至于){CLAUSE}{{4,30}}(?<!来说)(?<!而言)(?<!来讲)(?<!上)(?P<wrong>，(?:也|正|仍)?是)",
            re.MULTILINE,
        ),
        "“对于”使后面的“是”没有主语，请删去“对于”。",
        None,
    ),
    (
        re.compile(rf"目的，?(?P<wrong>是以{CLAUSE}{{2,30}}为目的)"),
        "“目的是”与“以……为目的”混在一起，请只用一种说法。",
        None,
    ),
    (
        re.compile(
            rf"(?:^|(?<=[。；！？\n]))(?:对于|关于|对|针对){CLAUSE}{{2,24}}(?P<wrong>，(?:已经?|均已?|正在)?得到)(?!了?{CLAUSE}{{0,10}}的)"
        ),
        "“对于”使后面的“得到”没有主语，请删去“对于”。",
        None,
    ),
    (
        re.compile(r"(?P<wrong>据)(?:统计|调查|监测|抽样)数据(?:显示|表明)"),
        "“据……”与“数据显示”重复，请删去“{}”。",
        "",
    ),
    (
        re.compile(
            r"(?P<wrong>本着)(?![^，。；！？\n]{0,30}(?:原则|精神|态度|思想|理念|宗旨|要求|方针|目的|思路|初心|心态|责任|意识|立场|初衷|方向|作风|义务|使命|愿望|标准|导向))[^，。；！？\n]{3,24}(?=，)"
        ),
        "“{}”后面缺“的原则”等，请补上。",
        None,
    ),
    (
        re.compile(
            rf"(?:提高|提升|改进){CLAUSE}{{2,10}}(?:水平|质量|效率|能力)和{CLAUSE}{{0,4}}(?P<wrong>态度|作风)(?=[，。；])"
        ),
        "“{}”与前面的动词不搭配，请改为“改善”“改进”。",
        None,
    ),
    (re.compile(r"(?P<wrong>为由于)"), "“以……为由”与“由于”混在一起，请改写。", None),
    (
        re.compile(r"(?:也|又|还|并)(?P<wrong>要不)(?=放松|忽视|降低|影响|耽误|减少)"),
        "“要不”语序不当，请改为“不能”。",
        "不能",
    ),
    (
        re.compile(rf"(?P<wrong>旨在)以{CLAUSE}{{2,30}}为(?:目的|宗旨|目标)"),
        "“旨在”与“以……为目的”重复，请删去“{}”。",
        "",
    ),
    (re.compile(r"旨在(?P<wrong>为了?|是为了)"), "“旨在”就是“目的在于”，请删去“{}”。", ""),
    (
        re.compile(rf"由于{CLAUSE}{{2,30}}?(?P<wrong>的(?:原因|缘故|关系))(?=，)"),
        "“由于”已经说明原因，请删去“{}”。",
        "",
    ),
    (
        re.compile(r"\d{1,2}月(?P<wrong>份期间)"),
        "“月”已经说明时间，请删去“{}”。",
        "",
    ),
    (
        re.compile(
            rf"(?:^|(?<=[，。；：！？\n]))(?:关于|对于|至于){CLAUSE}{{2,24}}(?P<wrong>方面(?:的问题)?上)"
        ),
        "“方面”与“上”重复，请删去“上”。",
        None,
    ),
    (
        re.compile(
            r"(?P<wrong>进行开展|开展进行|实施开展|进行实施|予以进行|加以进行|进行予以|得到获得|获得得到|做好开展|给予以|进行了开展|开展了进行)"
        ),
        "“{}”里两个动词意思重复，请只用一个。",
        None,
    ),
    (
        re.compile(rf"深受{CLAUSE}{{2,16}}?(?P<wrong>所)(?:欢迎|好评|喜爱|赞誉)"),
        "“深受……欢迎”中不用“所”，请改为“的”。",
        "的",
    ),
    (
        re.compile(rf"(?<=[，。；组])(?P<wrong>有){CLAUSE}{{2,30}}(?:组成|构成)的?(?=[，。；])"),
        "“由……组成”用“由”，请改正。",
        "由",
    ),
    (
        re.compile(rf"(?P<wrong>对){CLAUSE}{{2,16}}(?:为对象|为主题|为载体)的?"),
        "“以……为”用“以”，请改正。",
        "以",
    ),
    (
        re.compile(
            rf"以{CLAUSE}{{2,40}}?为(?P<wrong>主题|主线|内容)(?=(?:宣传|教育|培训|系列|文化|实践|学习|志愿服务|党日|公益){{0,2}}(?:活动|讲座|演练|大赛|比赛|展览|征文|论坛|晚会|行动))"
        ),
        "“以……为{}”修饰后面的名词，缺“的”，请补上。",
        None,
    ),
    (
        re.compile(rf"以{CLAUSE}{{2,20}}为(?:原则|目的|目标|宗旨)(?P<wrong>出发)"),
        "“以……为原则”与“从……出发”混在一起，请删去“{}”。",
        "",
    ),
    (
        re.compile(
            rf"(?:关键|重点|核心)(?:是|在于){CLAUSE}{{2,24}}(?P<wrong>是关键|是重点|起(?:着|到|了)?(?:决定性?|关键|重要)(?:的)?作用)"
        ),
        "前后两种句式混在一起，请删去“{}”。",
        "",
    ),
    (
        re.compile(
            rf"(?:据|根据){CLAUSE}{{2,20}}(?:统计|反映|显示|介绍)(?P<wrong>(?:所)?(?:显示|反映)出?的?，?(?:看出|认为))"
        ),
        "前后两种句式混在一起，请改写。",
        None,
    ),
    (
        re.compile(rf"(?<![不无])(?:受到|得到)了?{CLAUSE}{{2,16}}?(?P<wrong>所)(?=重视|关注|认可|肯定|欢迎)"),
        "“受到”和“所”不能同用，请删去“{}”。",
        "",
    ),
)
# 今年……取得突破的一年: where is 是?
YEAR_WITHOUT_IS = re.compile(
    rf"(?:^|(?<=[，。；！？\n]))(?:今年|本年度?|(?:19|20)\d\d年)(?!是|为|作为|也是|既是|又是|以来)(?:(?!是|成为|作为){CLAUSE}){{4,40}}(?P<end>的一年)(?=[，。；！])",
    re.MULTILINE,
)
# 三次测评平均都在90分以上.
MEAN_OF_ALL = re.compile(rf"平均{CLAUSE}{{0,8}}?(?P<all>都|全都|均)(?=在|达|为|超|不低于|高于|低于)")
# 交换了广泛的意见: what is wide is the exchange.
MISPLACED = re.compile(
    r"(?P<verb>交换|征求|听取|征集|采纳)(?P<done>了?)(?P<how>广泛|充分|深入|反复|多次|认真)的(?P<what>意见|建议|看法)"
)
# 将于……已完成.
TO_COME_AND_DONE = re.compile(rf"将[于在](?:(?!前){CLAUSE}){{2,16}}?(?P<done>已经?)(?=[{HANZI}])")
# 主动化解风险，维护稳定的责任。: who takes it?
LONE_DUTY = re.compile(
    r"(?:^|(?<=[。！？；\n]))(?P<clause>[^。！？；\n]{6,60}?，[^，。！？；\n]{2,24}?(?P<of>的(?:责任|义务|使命|重任)))(?=[。；！])",
    re.MULTILINE,
)
BEARING = re.compile(
    "承担|肩负|履行|落实|压实|扛|担|尽|负|强化|明确|夯实|是|有|牢记|增强|靠实|厘清|推|逃避|追究|分解|细化|履|赋予|交给|体现|记|推动|发挥|为|严|加强|认真|深感|感到|重大|共同|理清|坚守|坚持|忠实|忠诚|守|勇|完成"
)
# 在各部门的共同努力，: where is 下?
UNDER_MISSING = re.compile(
    rf"(?:^|(?<=[，。；！？\n]))在{CLAUSE}{{2,30}}?(?P<what>领导|支持|努力|帮助|配合|指导|关心|带领|推动|协助|监督|见证|积极参与|共同参与|广泛参与|热情参与)(?=，)",
    re.MULTILINE,
)
# 能否……，是……的保证: two sides before, one behind.
BOTH_SIDES = re.compile(
    rf"(?P<both>能否|是否|能不能|好坏|高低|成败|与否){CLAUSE}{{0,30}}，{CLAUSE}{{0,8}}?(?:就|也|将)?(?:是|成为|为)(?P<one>{CLAUSE}{{2,30}}?(?:保证|保障|前提|条件|基础|体现|需要|标志|关键|途径|手段|表现|因素))(?=[，。；])"
)
ONE_SIDED = re.compile("能否|是否|能不能|与否|好坏|高低|成败|多少|大小|快慢|检验|衡量|评价")
# 开展整顿占道经营: what is carried out is some activity.
ACTING = "整顿|整治|清理|打击|拆除|清除|查处|取缔|解决|改善|提高|提升|落实|维修|更换|修复|优化|增强|清洗|疏通"
NO_ACTIVITY = re.compile(
    rf"(?:开展|进行|组织开展|实施)了?(?P<act>{ACTING})(?P<object>[{HANZI}“”]{{2,18}}?)(?=[，。；])"
)
ACTIVITY = re.compile(
    r"(?:活动|行动|工作|整治|治理|检查|执法|工程|专项|战|计划|项目|作业|宣传|演练|培训|试点|清理|排查|改造|整顿|监管|服务|巡查|督查|评估"
    r"|处置|整改|攻坚|打击|规范|提升|专题|任务|维修|养护|清零|会战|建设|管理)$|的"
)
# 形成政府主导、社会参与、家庭尽责，: a list of who does what, of which nothing is formed yet.
DOING = (
    "主导|参与|尽责|联动|协同|负责|支持|共治|推动|引领|实施|监督|配合|运作|运营|共享|共建|牵头|自律|领导|兜底|统筹|受益|尽力|响应"
    "|负总责|服务"
)
NOTHING_FORMED = re.compile(
    rf"(?:形成|构建|建立|打造|构筑)了?(?:[{HANZI}]{{2,5}}(?:{DOING})、){{1,5}}[{HANZI}]{{2,6}}(?:{DOING})(?=[，。；])"
)


@passage_rule("mixed-construction", "句式杂糅", WARNING, ACCURACY, kinds=TEXTS, is_certain=False)
def mixed_constructions(passage: TextPassage) -> Iterator[RuleHit]:
    """原因是……造成的, 本着……为原则, 深受……所欢迎."""
    for match in unquoted_matches(REASON, passage.text):
        name = next(one for one in ("end", "why", "so") if match[one])
        reason = "“原因是……”与“……造成的”混在一起，请只用一种说法。"
        yield RuleHit(reason, passage, match.start(), match.end(name))
    for match in unquoted_matches(PRINCIPLE, passage.text):
        reason = f"“{match['by']}……”与“以……为”混在一起，请只用一种说法。"
        yield hit_at(passage, match, reason)
    for pattern, reason, right in MIXED:
        for match in unquoted_matches(pattern, passage.text):
            start, end = match.span("wrong")
            yield RuleHit(reason.replace("{}", match["wrong"]), passage, start, end, right)


@passage_rule("broken-sentence", "句子不完整", WARNING, ACCURACY, kinds=TEXTS, is_certain=False)
def broken_sentences(passage: TextPassage) -> Iterator[RuleHit]:
    """今年……的一年 without 是, 平均都在, 交换了广泛的意见, 将于……已, a duty that nobody takes."""
    for match in unquoted_matches(YEAR_WITHOUT_IS, passage.text):
        yield RuleHit("“……的一年”前面缺“是”，或者删去“的一年”。", passage, *match.span("end"))
    for match in unquoted_matches(MEAN_OF_ALL, passage.text):
        yield hit_at(passage, match, f"“平均”只有一个数，不能说“{match['all']}”，请删去一个。")
    for match in unquoted_matches(MISPLACED, passage.text):
        right = f"{match['how']}{match['verb']}{match['done']}{match['what']}"
        yield hit_at(passage, match, f"“{match['how']}”修饰“{match['verb']}”，请改为“{right}”。", right)
    for match in unquoted_matches(TO_COME_AND_DONE, passage.text):
        yield RuleHit("前面说“将”，后面又说“已”，请核对。", passage, match.start(), match.end("done"))
    for match in unquoted_matches(LONE_DUTY, passage.text):
        if not BEARING.search(match["clause"].removesuffix(match["of"])):
            yield RuleHit(
                f"“{match['of'][1:]}”前面缺动词，如“承担”“履行”，请补上。", passage, *match.span("of")
            )


@passage_rule("missing-under", "“在……下”缺“下”", WARNING, ACCURACY, kinds=TEXTS, holding="在")
def missing_unders(passage: TextPassage) -> Iterator[RuleHit]:
    """在各部门的共同努力，……."""
    for match in UNDER_MISSING.finditer(passage.text):
        start, end = match.span("what")
        reason = f"“在……{match['what']}”后面缺“下”，请补上。"
        yield RuleHit(reason, passage, start, end, f"{match['what']}下")


@passage_rule("both-sides", "两面对一面", WARNING, ACCURACY, kinds=TEXTS, holding="否能坏低败")
def both_sides_to_one(passage: TextPassage) -> Iterator[RuleHit]:
    """能否按时完成，是提升满意度的保证."""
    for match in unquoted_matches(BOTH_SIDES, passage.text):
        if not ONE_SIDED.search(match["one"]):
            reason = f"前面“{match['both']}”说了两面，后面只说一面，请改写，如删去“{match['both']}”。"
            yield hit_at(passage, match, reason)


@passage_rule(
    "missing-activity", "缺宾语", WARNING, ACCURACY, kinds=TEXTS, holding="开进施形构建打", is_certain=False
)
def missing_activities(passage: TextPassage) -> Iterator[RuleHit]:
    """开展整顿占道经营: carried out is an activity of clearing; 形成政府主导、社会参与，: what is formed?"""
    for match in unquoted_matches(NOTHING_FORMED, passage.text):
        yield hit_at(passage, match, "后面缺少所形成的“格局”“机制”等，请补上，如“……的格局”。")
    for match in unquoted_matches(NO_ACTIVITY, passage.text):
        if not ACTIVITY.search(match["object"].rstrip("”")):
            reason = f"“开展”后面缺少“工作”“行动”等，请补上，或者直接写“{match['act']}{match['object']}”。"
            yield hit_at(passage, match, reason)
