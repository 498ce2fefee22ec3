"""Lists within the text: 一是……二是……, 第一，……第二，……, ①……②……, and 分别, with a value for each name."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from reports.lint.counts import CIRCLED, NUMBER, small_number
from reports.lint.finding import PassageKind
from reports.lint.passages import TextPassage
from reports.lint.registration import ACCURACY, PUNCTUATION, WARNING, document_rule, passage_rule
from reports.lint.rules.structure.outline import HEADING_NUMBERS
from reports.lint.subject import HANZI, NUMERALS, LintSubject, RuleHit, hit_at
from reports.numbering import chinese_number

# Numbers within a paragraph: …：一、……。二、……。; 三、四季度 counts.
INLINE_LISTS = tuple(
    (re.compile(rf"(?:^|(?<=[{marks}])){pattern}", re.MULTILINE), form)
    for marks, pattern, form in (
        (
            "。；：",
            rf"[ \u3000]*([{NUMERALS}]{{1,2}})、(?![{NUMERALS}]+[季月级类期号楼层批轮线区年])",
            "{1}、",
        ),
        ("。；：，", rf"[ \u3000]*（([{NUMERALS}]{{1,2}})）", "（{1}）"),
        ("。；：，", r"[ \u3000]*[（(](\d{1,2})[）)]", "（{0}）"),
        ("。；：", r"[ \u3000]*(\d{1,2})[）)]", "{0}）"),
        ("。；：", r"[ \u3000]*(\d{1,2})[.．、](?![\d ])", "{0}."),
        ("。；：，", rf"其([{NUMERALS}])(?=[，是])", "其{1}"),
        ("。；：，", rf"([{NUMERALS}])要(?=[{HANZI}])", "{1}要"),
    )
)
# 一是一，二是二 is a saying.
LISTS = (
    (
        re.compile(rf"(?:^|(?<=[，。；：、“]))([{NUMERALS}]{{1,2}})是(?![{NUMERALS}][，。])", re.MULTILINE),
        "{1}是",
    ),
    (re.compile(rf"(?:^|(?<=[。；：]))第([{NUMERALS}]{{1,2}})，", re.MULTILINE), "第{1}，"),
    (re.compile(rf"([{CIRCLED}])"), "{2}"),
)
LISTED = re.compile(
    rf"(?P<names>(?:[^，。；：、\n\d]{{1,14}}、){{1,9}}[^，。；：、\n\d]{{1,14}}?)分别(?:为|是|达到?|完成)了?"
    rf"(?P<values>{NUMBER}[^，。；：、\n和与\d]{{0,8}}(?:[、和与]{NUMBER}[^，。；：、\n和与\d]{{0,8}})+)(?=[，。；\n]|$)"
)
JOINTS = re.compile(r"[和与及]")
SMALL_NUMBERS = rf"\d{{1,2}}|[{NUMERALS}两]{{1,2}}"
THINGS = (
    "工作|措施|任务|问题|要求|意见|建议|举措|重点|原因|特点|行动|工程|不足|短板|困难|事项|内容|目标"
    "|步骤|阶段|场所|对象|情形|情况|方式|途径|渠道|人员|群体|单位|企业|[实好大]?事|议题|议程|关口?|文章|硬仗|防线|体会"
)
# 做好以下四项工作：一是……; what follows must be so many. Before a colon that may be anything that is counted.
ANNOUNCED = re.compile(
    rf"(?<![第\d{NUMERALS}])(?P<count>{SMALL_NUMBERS})(?![季楼期届号])(?:(?:个|项|点|条|件|大|类|种|道|篇|场)?(?:重点|突出|主要)?"
    rf"(?:(?:方面|环节|层面|角度|维度)[{HANZI}]{{0,6}}|(?:{THINGS}|招|点|个|项|条)"
    rf"(?:的?(?:工作|问题|任务|努力|要求|措施|内容))?)[：:。，]|[个项点条件大类种道篇场步招档笔张本层]{{1,2}}[{HANZI}]{{0,10}}”?[：:])"
    r"(?P<first>一是|第一，|（1）|①|一要|其一)"
)
# 对3个滞后的小区：一是约谈: what is done about them.
AIMED_AT = re.compile("(?:^|[，。；])(?:针对|对|向)[^，。；]*$")
NEXT_OF = {
    "一是": "{1}是",
    "第一，": "第{1}，",
    "（1）": "（{0}）",
    "①": "{2}",
    "一要": "{1}要",
    "其一": "其{1}",
}
# 下面，我讲三点意见。 at the end of a paragraph: the numbered ones behind it must be so many.
ANNOUNCED_BEHIND = re.compile(
    rf"(?:讲|谈|提出?|[做抓]好|通知|报告|汇报|说明|强调|明确|研究|审议|讨论|听取|通过|分为?|以下|如下|下列|有关|现就|存在|发现|暴露|反映|面临|归纳|概括|总结|采取|落实|体现[在为]|表现[在为]|[{HANZI}](?=[^。]{{0,80}}(?:[：:]|方面(?:的?(?:{THINGS}))?。)\s*\Z))[了出好]?(?:以下|如下|下列|有关)?"
    rf"(?P<count>{SMALL_NUMBERS})(?:个|项|点|条|件|大|类|种)?(?:重点|突出|主要)?(?:(?:方面|环节)?的?(?:{THINGS}|方面|环节)(?:{THINGS})?|[项点条])"
    r"(?:通知|报告|汇报|说明|通报|明确|进行|展开|实施){0,4}(?:如下)?[：:。]?\s*\Z"
)
LISTED_PARAGRAPHS = (
    *HEADING_NUMBERS,
    re.compile(rf"\A\s*([{NUMERALS}]{{1,2}})[是要]"),
    re.compile(rf"\A\s*第([{NUMERALS}]{{1,2}})[，、]"),
)
# 五个督查组，第一组……，第四组……; 分三个阶段推进。第一阶段……; of what comes in turn some may not be named.
NUMBERED_THINGS = re.compile(
    rf"(?<![第\d{NUMERALS}])(?P<count>{SMALL_NUMBERS})个?[{HANZI}]{{0,8}}?(?P<thing>组|队|标段|片区?|专班|(?P<in_turn>批|阶段|期|轮|步|场|次))[{HANZI}]{{0,8}}[，：。；]"
)
# 龙湖、新桥、柳岸三个社区: as many names as the number says.
NAMED = re.compile(
    rf"(?:^|(?<=[，。；：在对到向和与是为了会同由建]))(?P<names>(?:(?:“[{HANZI}]{{1,12}}”|(?![{NUMERALS}]、)[{HANZI}]){{1,14}}?、){{1,11}}(?:(?!联合|[对在向各均都共每至])[{HANZI}“”]){{1,14}}?(?:[和与及][{HANZI}“”]{{2,14}}?)?)"
    rf"(?<![的和与及对在向等为第“])等?(?P<count>{SMALL_NUMBERS})(?:[条处名位大项类](?:优秀|先进|新任|困难|重点|试点|示范)?|(?:个(?!月)|[家所座])[{HANZI}]{{0,8}}?)"
    r"(?P<thing>干部|同志|人员|志愿者|党员|网格员|社工|教师|医生|学生|代表|委员|队员|成员|负责人|街道|部门|单位|小区|企业|道路|片区|网格|楼宇|[中小]学|[站院校园厂馆店库桥镇乡村区局科室组])",
    re.MULTILINE,
)
ITEM = re.compile(rf"(?:(?<=[，。；：\n])|(?=一是))[{NUMERALS}]是(?![{NUMERALS}])")
FAR, MOST_MISSED = 600, 3
BETWEEN = re.compile(r"[、和与]")
# 一是抓宣传、二是抓落实; 、 is for words.
COMMA_ITEM = re.compile(rf"(?P<mark>、)(?=[{NUMERALS}]是(?![{NUMERALS}、]))")
# 抽调7个科室……，分别是甲、乙和丙; 四项议题：甲、乙、丙; 三家商场，即甲和乙.
LISTED_BEHIND = re.compile(
    rf"(?<![第\d{NUMERALS}十])(?P<count>{SMALL_NUMBERS})(?P<unit>[个家名位处条项类种所支座])(?P<what>[{HANZI}]{{1,12}}?)"
    rf"(?P<between>：(?!一是|第一|其一|一、|（|1)|，(?:分别(?:是|为)|(?<!立)(?<!随)即(?![将时使可便日刻期席兴]))|[^，。；：、\d]{{0,12}}，[^，。；：、\d{NUMERALS}]{{0,16}}，?(?:分别(?:是|为)|(?<!立)(?<!随)即(?![将时使可便日刻期席兴])))"
    rf"(?P<names>[^，。；：\n\d]{{2,200}}?)(?=[，。；]|$)"
)
# 街道、社区、物业四方联动; 行政许可、行政处罚4类案卷; 由甲、乙、丙组成的四部门专班: as many as are named.
LISTED_KINDS = re.compile(
    rf"(?P<names>(?:(?![{NUMERALS}]、)[{HANZI}]{{1,14}}(?:、|—{{1,2}})){{1,9}}(?![{NUMERALS}])[{HANZI}]{{1,14}}?)(?P<others>等)?(?:组成的[{HANZI}]{{0,6}}?)?(?<!第)”?(?P<count>[两\d]|[二三四五六七八九])"
    "(?:个(?:环节|阶段|维度|方面|关口|层面|要素|主体)|方(?=联动|协同|协商|会商|议事|机制|联席|共|参与|合力|主体)|部门|大?类(?!似|比|推)|要素|位一体|级(?=联动|网[格络]|管理|治理|书记|架构|体系|责任|服务|平台|[河林田]长|调解|组织))"
)
# 定人、定岗、定责、定时“三定”; 机构、人员、经费“四落实”.
LISTED_IN_SHORT = re.compile(
    rf"(?P<names>(?:[{HANZI}]{{1,6}}、){{1,9}}[{HANZI}]{{1,6}})(?P<others>等)?“(?P<count>[两二三四五六七八九])个?(?:落实|到位|同步|结合|(?P<kind>[{HANZI}]))”"
)
# Where a list has begun before, with a name in marks or longer than others.
LISTED_BEFORE = re.compile("[、”）》][^，。；：\n]{0,20}$")
# 会同公安、消防三部门: the one who does it is the third.
TOGETHER = re.compile("联合|会同|协同|配合")
LISTED_WORKS = re.compile(
    rf"(?P<names>《[^《》\n]{{2,40}}》(?:[、和与]?《[^《》\n]{{2,40}}》){{1,9}})(?P<others>等)?(?P<count>{SMALL_NUMBERS})(?=[个份项部][{HANZI}]{{0,3}}(?:文件|通知|制度|办法|规定|法规|条例|方案))"
)
OTHERS = re.compile("其[余他]|另|剩余")
NO_LIST = re.compile("等|以及其他|为主|“|”|（|—")
LONGEST_ITEM = 24
MOST_LOOKED_AT = 60  # characters at the end of a paragraph


@document_rule("ordinal-gap", "“一是”“二是”不连续", WARNING, ACCURACY)
def broken_sequences(subject: LintSubject) -> Iterator[RuleHit]:
    """A list that leaves a number out or says one twice; it may run over paragraphs, up to the next heading."""
    for pattern, form in LISTS:
        last = 0
        for passage in subject.passages_of_kind(
            PassageKind.HEADING, PassageKind.HEAD, PassageKind.TEXT, PassageKind.CELL
        ):
            if passage.kind is not PassageKind.TEXT:
                last = 0
            for match in pattern.finditer(passage.text):
                number = small_number(match[1])
                if number == 0 or (last == 0 and number > 2):
                    continue  # 一一是 is no number, and before 三是单数 no list has begun
                last = last or _number_before(subject, passage.text[: match.start()], number, form)
                if number not in (1, last + 1):
                    yield _sequence_hit(passage, match, number, last, form)
                last = number


@document_rule("inline-number", "序号不连续", WARNING, ACCURACY)
def broken_inline_numbers(subject: LintSubject) -> Iterator[RuleHit]:
    """一、……。二、……。四、…… within one paragraph; the first of them may stand in its run-in head."""
    head = ""
    for passage in subject.passages:
        if passage.kind not in (PassageKind.TEXT, PassageKind.CELL, PassageKind.HEADING):
            head = passage.text if passage.kind is PassageKind.HEAD else ""
            continue
        for pattern, form in INLINE_LISTS:
            if passage.kind is PassageKind.CELL and form == "{0}.":
                continue  # the numbers of what a table lists, such as measures
            begun = pattern.match(head)
            last = small_number(begun[1]) if begun and not begun[1].isdigit() else 0
            for match in pattern.finditer(passage.text):
                number = small_number(match[1])
                if last and number not in (0, 1, last + 1):
                    yield _sequence_hit(passage, match, number, last, form)
                last = number if last or number == 1 or (number == 2 and match.start() == 0) else 0
        head = ""


def _numbered(form: str, number: int) -> str:
    """A number in the form of a list: in figures, in words or in a circle."""
    return form.format(number, chinese_number(number), CIRCLED[min(number, len(CIRCLED)) - 1])


def _number_before(subject: LintSubject, before: str, number: int, form: str) -> int:
    """What a list reached before a number with which it seems to begin: 问题一是……，二是……, or a fragment's."""
    if number == 2 and _numbered(form, 1) in before:
        return 1
    return number - 1 if subject.is_fragment and not before else 0


def _sequence_hit(passage: TextPassage, match: re.Match[str], number: int, last: int, form: str) -> RuleHit:
    """What is wrong with a number that does not follow the last one."""
    this = _numbered(form, number)
    if number > last:
        reason = f"“{this}”之前缺“{_numbered(form, number - 1)}”，请补上或者改正序号。"
    else:
        reason = f"“{this}”的序号重复或者颠倒，请改正。"
    return RuleHit(reason, passage, match.start(), match.end())


@passage_rule(
    "respectively",
    "“分别”不对应",
    WARNING,
    ACCURACY,
    kinds=(PassageKind.TEXT, PassageKind.CELL),
    holding="别",
)
def unequal_lists(passage: TextPassage) -> Iterator[RuleHit]:
    """A、B、C分别为1个、2个: as many values as names, whether 和 joins two of them or not."""
    if "分别" not in passage.text:
        return
    for match in LISTED.finditer(passage.text):
        names, values = match["names"].count("、") + 1, len(BETWEEN.findall(match["values"])) + 1
        if not names <= values <= names + len(JOINTS.findall(match["names"])):
            reason = f"“分别”前面是{names}项，后面是{values}个数，请核对是否一一对应。"
            yield hit_at(passage, match, reason)


@document_rule("announced-count", "列举的项数不符", WARNING, ACCURACY)
def wrong_announced_counts(subject: LintSubject) -> Iterator[RuleHit]:
    """以下四项工作：一是……；二是……；三是……; where the list goes on in the next paragraph nothing is counted."""
    passages = list(subject.passages_of_kind(PassageKind.TEXT, PassageKind.CELL, PassageKind.HEAD))
    for number, passage in enumerate(passages):
        following = passages[number + 1].text if number + 1 < len(passages) else ""
        for match in ANNOUNCED.finditer(passage.text):
            written = NEXT_OF[match["first"]]
            listed = _listed_from(passage.text, match.start("first"), written)
            goes_on = _numbered(written, listed + 1)
            stated = small_number(match["count"])
            if AIMED_AT.search(passage.text[: match.start()]) or following.lstrip().startswith(goes_on):
                continue
            if stated > 1 and listed > 1 and stated != listed:
                start, end = match.start("count"), match.start("first")
                reason = f"前面说“{match['count']}”，后面列了{listed}，请核对。"
                yield RuleHit(reason, passage, start, end - 1)


@document_rule("numbered-things", "列举的项数不符", WARNING, ACCURACY)
def wrong_numbered_things(subject: LintSubject) -> Iterator[RuleHit]:
    """五个督查组，第一组……第二组……第三组……第四组……, in a paragraph or in those right behind it."""
    passages = list(subject.body_paragraphs)
    for number, passage in enumerate(passages):
        for match in NUMBERED_THINGS.finditer(passage.text):
            thing, stated = match["thing"], small_number(match["count"])
            following = takewhile(lambda one: one.text.lstrip().startswith("第"), passages[number + 1 :])
            text = passage.text[match.end() :] + "".join(one.text for one in following)
            named = [
                small_number(one) for one in re.findall(rf"第(\d{{1,2}}|[{NUMERALS}]{{1,2}})个?{thing}", text)
            ]
            listed = max(named, default=0)
            are_all = list(dict.fromkeys(named)) == list(range(1, listed + 1))
            is_short = listed < stated and (match["in_turn"] or OTHERS.search(text))
            if are_all and listed > 1 and stated > 1 and listed != stated and not is_short:
                yield hit_at(passage, match, f"前面说“{match['count']}”，后面列了{listed}，请核对。")


@document_rule("announced-paragraphs", "列举的项数不符", WARNING, ACCURACY)
def wrong_announced_paragraphs(subject: LintSubject) -> Iterator[RuleHit]:
    """下面，我讲三点意见。 before four paragraphs, numbered 一、 to 四、."""
    passages = list(
        subject.passages_of_kind(PassageKind.TEXT, PassageKind.HEADING, PassageKind.HEAD, PassageKind.CELL)
    )
    for place, passage in enumerate(passages):
        announced = ANNOUNCED_BEHIND.search(passage.text[-MOST_LOOKED_AT:])
        if announced is None:
            continue
        listed = _numbered_paragraphs(passages[place + 1 :])
        if listed > 1 and listed != small_number(announced["count"]):
            start = len(passage.text) - len(announced.string) + announced.start("count")
            reason = f"前面说“{announced['count']}”，后面列了{listed}，请核对。"
            yield RuleHit(reason, passage, start, len(passage.text.rstrip()))


def _numbered_paragraphs(passages: Sequence[TextPassage]) -> int:
    """How many paragraphs are numbered one after the other as the first is; other forms are of the levels below."""
    numbers = next((one for one in LISTED_PARAGRAPHS if passages and one.match(passages[0].text)), None)
    found = [one for one in (numbers.match(passage.text) for passage in passages) if one] if numbers else []
    values = [small_number(one[1]) for one in found]
    return next((at for at, value in enumerate(values) if value != at + 1), len(values))


def _listed_from(text: str, start: int, written: str) -> int:
    """How many items of a list stand in a text one behind the other, up to where another list begins."""
    listed, place = 1, start + 1
    # 十一是 begins no list.
    again = re.compile(f"(?<![{NUMERALS}]){re.escape(_numbered(written, 1))}").search(text, place)
    end = again.start() if again else len(text)
    while (place := text.find(_numbered(written, listed + 1), place, end)) >= 0:
        listed, place = listed + 1, place + 1
    return listed


@passage_rule(
    "list-mark",
    "并列各项之间的标点",
    WARNING,
    f"{PUNCTUATION}，4.6",
    kinds=(PassageKind.TEXT, PassageKind.CELL),
    holding="是",
)
def mixed_list_marks(passage: TextPassage) -> Iterator[RuleHit]:
    """一是……。二是……；三是……: between the items of a list stands one mark."""
    for match in COMMA_ITEM.finditer(passage.text):
        yield hit_at(passage, match, "“一是”“二是”等分句之间用“；”，请改正。", "；")
    items = list(ITEM.finditer(passage.text))
    for first, second in pairwise(items):
        within = passage.text[first.end() : second.start() - 1]
        if passage.text[second.start() - 1] == "；" and "。" in within and len(within) < FAR:
            place = first.end() + within.index("。")
            yield RuleHit("用“；”隔开的各项里面不用句号，请改为逗号。", passage, place, place + 1, "，")
    for first, second, third in zip(items, items[1:], items[2:], strict=False):
        marks = passage.text[second.start() - 1] + passage.text[third.start() - 1]
        between = (
            passage.text[first.end() : second.start() - 1] + passage.text[second.end() : third.start() - 1]
        )
        if (
            marks in ("。；", "；。", "，；", "；，")
            and "。" not in between
            and third.start() - first.start() < FAR
        ):
            wrong = third if marks == "；。" or marks == "；，" else second
            reason = "并列各项之间的标点应当一致，请都用“；”或者“。”。"
            yield RuleHit(reason, passage, wrong.start() - 1, wrong.end())


@passage_rule("named-count", "列举的个数不符", WARNING, ACCURACY, holding="、”《家个处")
def wrong_named_counts(passage: TextPassage) -> Iterator[RuleHit]:
    """龙湖、新桥、柳岸、东门三个社区; 四项议题：甲、乙、丙."""
    yield from _wrong_lists_before(passage)
    yield from _wrong_lists_behind(passage)


def _wrong_lists_before(passage: TextPassage) -> Iterator[RuleHit]:
    """龙湖、新桥、柳岸三个社区; 石桥镇、柳林镇、双河乡4个乡镇; 《办法》和《通知》三个文件."""
    known = set[int]()
    for pattern in (NAMED, LISTED_KINDS, LISTED_IN_SHORT, LISTED_WORKS):
        for match in pattern.finditer(passage.text):
            names, stated, place = match["names"], small_number(match["count"]), match.start("count")
            kind = match.groupdict().get("kind")
            is_of_kind = not kind or all(set(one[-2:]) & set(kind) for one in re.split("[、和与及]", names))
            if stated < 1 or place in known or not is_of_kind:
                continue
            known.add(place)
            least, most = _numbers_listed(names)
            most = most if "等" not in match[0] else max(most, stated)
            is_cut_short = pattern is LISTED_KINDS and LISTED_BEFORE.search(passage.text[: match.start()])
            is_with_one = stated == most + 1 and TOGETHER.search(names.partition("、")[0])
            if stated - most > MOST_MISSED or is_with_one or is_cut_short:
                continue
            if not least <= stated <= most:
                # 城东，城南、河西三个社区: the first of them stands before a comma.
                is_cut = stated == most + 1 and passage.text[: match.start()].endswith("，")
                reason = (
                    f"前面列了{most}个，后面说“{match['count']}”，请核对{'前面的逗号是不是顿号' * is_cut}。"
                )
                yield RuleHit(reason, passage, match.start() - is_cut, match.end())


def _numbers_listed(names: str) -> tuple[int, int]:
    """How many names a list has at the least and at the most: 和 joins two, or is of a name: 公共卫生和计划生育."""
    if "《" in names:
        return names.count("《"), names.count("《")
    items = re.split("、|—+", names)
    joined = JOINTS.split(items[-1])
    are_alike = len(joined) == 2 and joined[0][-1:] == joined[1][-1:] and min(map(len, joined)) > 1
    return len(items) + are_alike, len(items) + len(JOINTS.findall(names))


def _wrong_lists_behind(passage: TextPassage) -> Iterator[RuleHit]:
    """A number of things that is not that of the things listed behind it, whether or not 和 joins two of them."""
    for match in LISTED_BEHIND.finditer(passage.text):
        items = re.split("、", match["names"])
        clause = re.split("[，。；]", passage.text[match.end() + 1 :], maxsplit=1)[0]
        goes_on = passage.text.startswith("，", match.end()) and (
            "、" in clause or clause[-1:] == items[-1][-1:]
        )
        is_list = len(items) > 1 and not NO_LIST.search(match["names"]) and not goes_on
        if not is_list or max(map(len, items)) > LONGEST_ITEM:
            continue
        (least, most), stated = _numbers_listed(match["names"]), small_number(match["count"])
        if stated > 1 and not least <= stated <= most:
            yield hit_at(passage, match, f"前面说“{match['count']}”，后面列了{most}，请核对。")
