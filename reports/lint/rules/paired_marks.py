"""Marks that come in pairs (GB/T 15834-2011, 4.8, 4.9, 4.15): brackets, quotation marks, title marks."""

import re
from collections.abc import Iterator

from reports.lint.passages import TextPassage
from reports.lint.registration import ERROR, PUNCTUATION, WARNING, passage_rule
from reports.lint.subject import CHINESE, HANZI, NUMERALS, RuleHit, covered_positions, hit_at

CLOSING = {"（": "）", "“": "”", "‘": "’", "《": "》", "〈": "〉", "【": "】", "〔": "〕"}
PAIRED = re.compile(f"[{''.join((*CLOSING, *CLOSING.values()))}]")
OPENING = {closing: opening for opening, closing in CLOSING.items()}
INNER = {"“": ("‘", "’"), "《": ("〈", "〉")}
NUMBER = re.compile(rf"（(?:[{NUMERALS}]{{1,3}}|\d{{1,2}})）")
NUMBERING = re.compile(rf"^\((?:[{NUMERALS}]{{1,3}}|\d{{1,2}})\)", re.MULTILINE)
BRACKETS = re.compile(r"\(([^()（）\n]{0,300})\)")
BRACKET = re.compile(rf"(?<=[{CHINESE}])[()]|[()](?=[{CHINESE}])")
APOSTROPHE = re.compile(r"(?<=[\x00-\x7f])’")
BESIDE = re.compile(rf"[{CHINESE}]")
WIDE_BRACKET = {"(": "（", ")": "）"}
STRAIGHT = re.compile(r"(?<![A-Za-z0-9])(\"([^\"\n]{0,300})\"|'([^'\n]{0,300})')")
LONE_STRAIGHT = re.compile(rf"(?<=[{HANZI}，。、；：])\"|\"(?=[{HANZI}，。、；：])")
# 1）走访；2）座谈: a half bracket that is a number's.
# A mark inside the bracket beside it; “，” alone speaks of the mark, and “好，”他说 is right.
AT_OPENING = re.compile(rf"(?<=[（“《])[，、；：。]+(?=[{HANZI}A-Za-z0-9])")
# 整改（……自行整改。），: a sentence goes on behind the bracket, so that none ends in it.
AT_CLOSING = re.compile(r"(?<![“（《，、；：])(?:[，、；：]+(?=[）》])|[、；：]+(?=”)|。(?=）[，、；：。]))")
# 登记（含短租45间。）工作: the sentence goes on behind the bracket.
STOP_WITHIN = re.compile(rf"(?<![。！？\n）])（[^（）。\n]{{1,60}}(?P<mark>。)）(?=[{HANZI}])")
NESTED_BRACKETS = re.compile(r"（[^（）\n]{0,200}（[^（）\n]{0,200}）")
TITLED = re.compile(r"《[^《》\n]{0,100}》")
# What is made is no work: meetings, projects, prizes and papers go by quotation marks.
NO_WORK = re.compile(
    r"《([^《》\n]{2,40}(?:会议|座谈会|推进会|博览会|大赛|活动|项目|营业执照|许可证|身份证|居住证|荣誉称号|行动|健康证|产权证|资格证|合格证|资格证书|毕业证书?|残疾证|户口[簿本]|聘书|奖状|运动会|培训班|讲座|文化节|艺术节))》"
    r"|《([^《》\n]{2,30}(?<!法)(?<!条例)(?<!民法典)(?<!办法)(?<!规定)(?<!公约)(?<!通知)(?<!意见)(?<!方案))》(?=(?:主题|系列|专项|公益|文化|宣传|志愿|创建|评选|评比|体验|结对|志愿服务|比武|巡演)?(?:活动|行动|品牌(?!栏目|节目)|大赛|沙龙|整治|比赛|竞赛|运动会|表彰)|专题(?:培训|会议|会|讲座)|培训班|座谈会|推进会|项目|工程)"
)
# 被命名为市级《绿色社区》, 《最美家庭》称号: by what they are called, and by what is done with them.
HONOUR = re.compile(
    r"(?:命名为?|评为|授予|荣获|获评|获得|被评|认定为|列为|入选|创建|打造|建成|成立|推出|开设|组建|设立|搭建|开发|启动|推行|实施|创新|探索|形成)了?[^，。；《》\n]{0,12}(?P<title>《[^《》\n]{2,24}(?:社区|单位|集体|个人|家庭|标兵|模范|示范点|城市|小区|街道|街区|示范区|基地|品牌|平台|系统|小程序|项目|工程|行动|活动|机制|模式|服务队|志愿队|工作室|工作站|驿站|中心|服务站|课堂|讲堂|奖|称号|之家|信箱|热线|专线|窗口|岗|支部|党员|网格|驿站|超市|食堂|广场|公园|花园|长廊)》)"
    r"|(?:评为|获评|授予|荣获|被评|命名为|认定为|评定为)(?P<honoured>《[^《》\n]{2,16}(?<!法)(?<!条例)(?<!办法)(?<!规定)》)(?!奖)"
    r"|(?P<named>《[^《》\n]{2,24}》)(?=(?:光?荣)?称号|荣誉|奖牌|奖项|工作法|志愿服务队|工作室|服务平台|小程序|系统(?!解析)|公众号|热线|平台|工程|机制|模式|主题党日|党支部|创建|评选|示范点|示范社区|社区|小区|网格|驿站)"
    r"|(?P<ended>《[^《》\n]{2,24}(?:称号|志愿服务队|工作室|专项行动|示范社区|文明单位|先进集体|先进个人|绿色社区|文明社区|文明家庭|最美家庭|小程序|公众号|驿站|大讲堂|工作法|一件事|一网通办|一网统管)》)"
)
# “人民日报”刊发: papers are works.
NEWSPAPER = re.compile(r"“(?P<name>[^“”，\n]{2,6}(?:日报|晚报|时报|早报|青年报|工人日报|周刊|月刊|杂志))”")
# 《中华人民共和国消防法第二十八条》: the article stands behind the title.
ARTICLE_IN_TITLE = re.compile(
    r"《(?P<title>[^《》\n]{2,40}?)(?P<article>第[一二三四五六七八九十百零\d]{1,6}[条款项章节](?:第[一二三四五六七八九十\d]{1,4}[款项目])*(?:之一|的?规定)?)》"
)
# 《社区工作者手册一书》.
KIND_IN_TITLE = re.compile(r"《(?P<title>[^《》\n]{2,40}?)(?P<kind>一书|一文|杂志社|一稿|这本书)》")
# 印发了清河区改造实施方案（清政办发〔2026〕18号）.
NUMBERED_WORK = re.compile(
    rf"(?:印发|下发|转发|发布|出台|制定)了?(?P<title>[{HANZI}\d]{{4,40}}?(?:方案|办法|意见|计划|规定|通知|要点|细则|通报|规划))(?=（[^（）\n]{{2,20}}〔\d{{4}}〕\d{{1,4}}号）)"
)
# “半月谈”杂志, 《人民日报》.
NAMED_PAPER = re.compile(
    r"“(?P<title>[^“”，\n]{2,8})”(?=杂志|月刊|周刊|一书|一文|第[一二三四五六七八九十]卷)"
)
# A paper by its kind in quotation marks, or by none at all.
QUOTED_WORK = re.compile(
    r"(?:印发|制定|出台|根据|按照|依据|贯彻|落实|修订|学习|发布)了?“((?:关于[^“”\n]{2,50}|[^“”\n]{8,40}|[^“”，\n]{2,40}(?=条例”))的?(?:通知|意见|办法|方案|规定|条例|细则|决定|规划|纲要|通报))”"
)
ISSUED_WORK = re.compile(r"印发了?“([^“”\n]{4,40}(?:计划|要点|总结|报告|标准|指南))”")
QUOTED_LAW = re.compile(r"“([^“”，、\n]{3,40}条例|中华人民共和国[^“”，、\n]{2,30}法)”")
UNMARKED_WORK = re.compile(
    r"(?:根据|按照|印发|转发|贯彻|落实|依据|制定|出台)了?(关于(?:(?!关于|《|》|“|的通知|的意见)[^，。；\n]){4,40}的(?:通知|意见|决定|通报|实施方案|办法))(?=要求|精神|规定|，|。|（[^（）\n]{1,16}号）)"
)
# 《关于做好……工作》的通知: the kind belongs to the title.
CUT_TITLE = re.compile(
    r"《(?P<name>关于[^《》\n]{2,50}(?<!的通知)(?<!的意见)(?<!的决定)(?<!的通报)(?<!方案)(?<!办法)(?<!规定)(?<!意见)(?<!计划))》(?P<kind>的?(?:通知|意见|决定|通报|报告|请示|批复|函|实施意见|实施方案|公告|通告))"
)
# ‘’ where no “” are around them.
LONE_SINGLE = re.compile(rf"‘(?P<words>[{HANZI}A-Za-z0-9，、]{{1,40}})’")
ANGLES = re.compile(r"<<?([^<>\n]{2,60})>>?(?=[，。；、的和等要])|＜＜?([^＜＞\n]{2,60})＞＞?")
# 【条例】, 〈办法〉 and 「通知」 around a paper's title.
OTHER_MARKS = re.compile(
    r"(?<![《〈【「『])[【〈「『](?P<title>[^【】〈〉「」『』《》“”\n]{2,50}(?:条例|办法|规定|细则|通知|意见|方案|决定|规划|纲要|通报|法|标准|规范|预案|指南))[】〉」』](?![》〉】」』])"
)
FIVE_YEARS = re.compile(
    r"(?<![“‘一二三四五六七八九十百\d])(十[一二三四五]五)(?=规划|期间|时期|末|目标|以来|开局)"
)
HALF_BRACKET_NUMBER = re.compile(rf"(?:\d{{1,2}}|[{NUMERALS}]{{1,3}})）")


@passage_rule("half-width-bracket", "半角括号", ERROR, f"{PUNCTUATION}，4.9", holding="()")
def half_width_brackets(passage: TextPassage) -> Iterator[RuleHit]:
    """( ) around or beside Chinese characters. Those of a number at the start of a line are numbering's."""
    text = passage.text
    numbers = covered_positions(NUMBERING, text)
    for match in BRACKETS.finditer(text):
        if match.start() in numbers:
            continue
        if BESIDE.search(text, match.start() - 1, match.end()):
            wide = f"（{match[1]}）"
            yield hit_at(passage, match, f"中文里应当用全角括号，请改为“{wide}”。", wide)
    taken = numbers | covered_positions(BRACKETS, text)
    for match in BRACKET.finditer(text):
        if match.start() not in taken:
            yield hit_at(
                passage, match, "中文里应当用全角括号，请改正并核对是否成对。", WIDE_BRACKET[match[0]]
            )


@passage_rule("straight-quote", "直引号", ERROR, f"{PUNCTUATION}，4.8", holding="\"'")
def straight_quotes(passage: TextPassage) -> Iterator[RuleHit]:
    """Straight quotation marks around or beside Chinese characters."""
    text = passage.text
    for match in STRAIGHT.finditer(text):
        words = match[2] if match[2] is not None else match[3]
        if BESIDE.search(text, match.start() - 1, match.end() + 1):
            before = text[: match.start()]
            within = before.count("“") > before.count("”")
            right = f"‘{words}’" if within else f"“{words}”"
            yield hit_at(passage, match, f"引号应当用弯引号，请改为{right}。", right)
    pairs = covered_positions(STRAIGHT, text)
    for match in LONE_STRAIGHT.finditer(text):
        if match.start() not in pairs:
            yield hit_at(passage, match, "引号应当用成对的“”，请改正。")


@passage_rule(
    "unpaired-mark", "标点不成对", ERROR, f"{PUNCTUATION}，4.8、4.9、4.15", holding="（）“”‘’《》〈〉【】〔〕"
)
def unpaired_marks(passage: TextPassage) -> Iterator[RuleHit]:
    """A bracket or quotation mark without its partner."""
    numbers = {match.end() - 1 for match in HALF_BRACKET_NUMBER.finditer(passage.text)}
    opened: list[tuple[str, int]] = []
    for match in PAIRED.finditer(passage.text):
        mark, position = match[0], match.start()
        if mark in CLOSING:
            opened.append((mark, position))
        elif mark in OPENING and opened and opened[-1][0] == OPENING[mark]:
            opened.pop()
        elif mark in OPENING and position not in numbers and not _is_apostrophe(passage.text, position):
            yield _unpaired_hit(passage, position, OPENING[mark])
    for mark, position in opened:
        yield _unpaired_hit(passage, position, CLOSING[mark])


def _is_apostrophe(text: str, position: int) -> bool:
    return APOSTROPHE.match(text, position) is not None


def _unpaired_hit(passage: TextPassage, position: int, partner: str) -> RuleHit:
    mark = passage.text[position]
    return RuleHit(f"“{mark}”没有与之成对的“{partner}”，请补上或者删去。", passage, position, position + 1)


@passage_rule("nested-mark", "引号、书名号套用", ERROR, f"{PUNCTUATION}，4.8、4.15", holding="“《")
def nested_marks(passage: TextPassage) -> Iterator[RuleHit]:
    """The same quotation or title marks inside each other: the inner ones are ‘’ and 〈〉 (4.8.3.4, 4.15)."""
    for outer, (opening, closing) in INNER.items():
        opened: list[int] = []
        for match in PAIRED.finditer(passage.text):
            mark, position = match[0], match.start()
            if mark == outer:
                opened.append(position)
            elif mark == CLOSING[outer] and opened:
                start = opened.pop()
                if len(opened) == 1:
                    words = passage.text[start + 1 : position]
                    right = f"{opening}{words}{closing}"
                    reason = f"“{outer}{CLOSING[outer]}”里面应当用“{opening}{closing}”，请改正。"
                    yield RuleHit(reason, passage, start, position + 1, right)


@passage_rule("mark-in-pair", "括号、引号边上的标点", ERROR, f"{PUNCTUATION}，4.8、4.9", holding="（“《）”》")
def marks_inside_pairs(passage: TextPassage) -> Iterator[RuleHit]:
    """（，试点） and （试点，）: a mark where no part of a sentence ends."""
    for pattern in (AT_OPENING, AT_CLOSING):
        for match in pattern.finditer(passage.text):
            yield hit_at(passage, match, f"括号、引号边上的“{match[0]}”多余，请删去。", "")
    for match in STOP_WITHIN.finditer(passage.text):
        yield RuleHit("括号后面句子没有完，括号里不用句号，请删去。", passage, *match.span("mark"), "")


@passage_rule("nested-bracket", "括号套用", WARNING, f"{PUNCTUATION}，4.9", holding="（")
def nested_brackets(passage: TextPassage) -> Iterator[RuleHit]:
    """（……（……）……）: brackets of one form inside each other; a number such as （一） is none."""
    for match in NESTED_BRACKETS.finditer(passage.text):
        inner = match[0].rindex("（")
        if not NUMBER.fullmatch(match[0], inner):
            yield hit_at(passage, match, "同一形式的括号应当避免套用，请改写，或者里面改用“〔〕”。")


@passage_rule("title-of-no-work", "误用书名号", WARNING, f"{PUNCTUATION}，4.15、附录A", holding="《")
def titles_of_no_work(passage: TextPassage) -> Iterator[RuleHit]:
    """《数字硅巷项目》: title marks around what is no text."""
    places = set[int]()
    for match in HONOUR.finditer(passage.text):
        start, end = match.span(match.lastgroup or 0)
        places.add(start)
        right = f"“{passage.text[start + 1 : end - 1]}”"
        yield RuleHit(f"书名号只用于作品，称号、品牌、平台等请改为{right}。", passage, start, end, right)
    for match in NO_WORK.finditer(passage.text):
        if match.start() in places:
            continue
        right = f"“{match[1] or match[2]}”"
        yield hit_at(
            passage, match, f"书名号只用于文件、书刊等作品，会议、活动、项目等请改为{right}。", right
        )


@passage_rule(
    "work-without-title-marks",
    "文件名称缺书名号",
    WARNING,
    f"{PUNCTUATION}，4.15",
    holding="《“<＜关【〈「〔",
)
def works_without_title_marks(passage: TextPassage) -> Iterator[RuleHit]:
    """印发“关于……的通知”, 根据关于……的通知要求, <<通知>>: a paper's title without title marks."""
    yield from _misplaced_title_marks(passage)
    quoted = {
        match.start(1): match
        for one in (QUOTED_WORK, QUOTED_LAW, ISSUED_WORK, NEWSPAPER)
        for match in one.finditer(passage.text)
    }
    for start, match in quoted.items():
        yield RuleHit("文件名称用书名号，请改正。", passage, start - 1, match.end(1) + 1, f"《{match[1]}》")
    for match in UNMARKED_WORK.finditer(passage.text):
        yield RuleHit("文件名称用书名号，请改正。", passage, *match.span(1), f"《{match[1]}》")
    for match in CUT_TITLE.finditer(passage.text):
        yield hit_at(
            passage, match, "文种是标题的一部分，请移到书名号里面。", f"《{match['name']}{match['kind']}》"
        )
    for match in ANGLES.finditer(passage.text):
        yield hit_at(passage, match, "书名号用“《》”，请改正。", f"《{match[1] or match[2]}》")
    titled = covered_positions(TITLED, passage.text)
    for match in OTHER_MARKS.finditer(passage.text):
        if match.start() not in titled:
            yield hit_at(passage, match, "书名号用“《》”，请改正。", f"《{match['title']}》")


def _misplaced_title_marks(passage: TextPassage) -> Iterator[RuleHit]:
    """《手册一书》, “半月谈”杂志, and a numbered paper without any."""
    for match in ARTICLE_IN_TITLE.finditer(passage.text):
        right = f"《{match['title']}》{match['article']}"
        yield hit_at(passage, match, f"书名号里只写文件名称，请改为“{right}”。", right)
    for match in KIND_IN_TITLE.finditer(passage.text):
        yield hit_at(passage, match, "书名号里只写名称，请改正。", f"《{match['title']}》{match['kind']}")
    for match in NUMBERED_WORK.finditer(passage.text):
        yield RuleHit("文件名称用书名号，请补上。", passage, *match.span("title"), f"《{match['title']}》")
    for match in NAMED_PAPER.finditer(passage.text):
        yield hit_at(passage, match, "书刊名称用书名号，请改正。", f"《{match['title']}》")


@passage_rule("single-quote", "单引号", WARNING, f"{PUNCTUATION}，4.8", holding="‘")
def single_quotes(passage: TextPassage) -> Iterator[RuleHit]:
    """‘一网通办’ where no double marks are around them."""
    for match in LONE_SINGLE.finditer(passage.text):
        before = passage.text[: match.start()]
        if before.count("“") <= before.count("”"):
            right = f"“{match['words']}”"
            yield hit_at(passage, match, f"单引号只用在双引号里面，请改为{right}。", right)


@passage_rule("five-year-plan", "规划简称缺引号", WARNING, f"{PUNCTUATION}，4.8", holding="五")
def unquoted_five_year_plans(passage: TextPassage) -> Iterator[RuleHit]:
    """十五五规划 without the quotation marks of its short name."""
    for match in FIVE_YEARS.finditer(passage.text):
        yield hit_at(passage, match, f"简称应当加引号，请改为“{match[1]}”。", f"“{match[1]}”")
