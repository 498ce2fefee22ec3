"""What a year or a day is known for: anniversaries, five-year plans, festivals, held against the dates beside them."""

import re
from collections.abc import Iterator, Mapping

from reports.lint.counts import NUMERAL_VALUES
from reports.lint.passages import TextPassage, text_before
from reports.lint.registration import ACCURACY, WARNING, document_rule, passage_rule
from reports.lint.subject import NUMERALS, LintSubject, RuleHit, hit_at

# What is counted from which year.
FOUNDED = {
    "中国共产党成立": 1921,
    "建党": 1921,
    "中国人民解放军建军": 1927,
    "建军": 1927,
    "中华人民共和国成立": 1949,
    "新中国成立": 1949,
    "建国": 1949,
    "改革开放": 1978,
    "中国共产主义青年团成立": 1922,
    "红军长征胜利": 1936,
    "中国人民抗日战争暨世界反法西斯战争胜利": 1945,
    "抗日战争胜利": 1945,
    "抗战胜利": 1945,
    "抗美援朝出国作战": 1950,
    "人民政协成立": 1949,
    "香港回归": 1997,
    "香港回归祖国": 1997,
    "澳门回归": 1999,
    "澳门回归祖国": 1999,
    "五四运动": 1919,
    "浦东开发开放": 1990,
}
AGE = rf"(?P<age>\d{{1,3}}|[{NUMERALS}百]{{1,5}})"
ANNIVERSARY = re.compile(rf"(?P<what>{'|'.join(FOUNDED)}){AGE}(?P<unit>周年|年(?!来|间|以|的|多))")
# 市图书馆创建于1956年12月……建馆60周年.
FOUNDED_IN = re.compile(
    r"(?:创[建办立]|成立|建成|组建|始建|设立|建|建[校馆院厂社站园台])于((?:19|20)\d\d)年|((?:19|20)\d\d)年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:创[建办立]|成立|建[校馆院厂社站园台])(?!的)"
)
OWN_ANNIVERSARY = re.compile(
    r"(?:建[校馆院厂社站园台局会所]|创[建办立刊]|(?<![党国军会])成立|开[馆园业])(?P<age>\d{1,3})周年"
)
CELEBRATING = ("庆祝", "纪念", "迎接", "喜迎")
THIS_YEAR = re.compile("今年是|今年适逢|今年正值|今年")
STATED_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
PLAN_OF_YEARS = re.compile(
    r"“?十(?P<number>[一二三四五六])五”?(?:规划|计划|时期|期间)?[（(](?P<first>20\d\d)年?[—\-－～至到]+(?P<last>20\d\d)年?[）)]"
)
YEAR_OF_PLAN = re.compile(
    r"(?:(?P<year>20\d\d)年|今年|本年)[^，。；\d]{0,6}?(?:是|为|作为)[^，。；\d]{0,8}?“十(?P<number>[一二三四五六])五”(?:规划|计划|时期)?(?:的)?(?P<what>开局之年|收官之年|起步之年|最后一年|第一年)"
)
FIRST_YEARS = {name: 2006 + 5 * index for index, name in enumerate("一二三四五六")}
DAYS: Mapping[str, tuple[int, int]] = {
    "元旦": (1, 1),
    "国际妇女节": (3, 8),
    "妇女节": (3, 8),
    "植树节": (3, 12),
    "消费者权益日": (3, 15),
    "世界水日": (3, 22),
    "全民国家安全教育日": (4, 15),
    "世界读书日": (4, 23),
    "劳动节": (5, 1),
    "青年节": (5, 4),
    "护士节": (5, 12),
    "防灾减灾日": (5, 12),
    "儿童节": (6, 1),
    "世界环境日": (6, 5),
    "国际禁毒日": (6, 26),
    "建军节": (8, 1),
    "教师节": (9, 10),
    "烈士纪念日": (9, 30),
    "国庆节": (10, 1),
    "消防日": (11, 9),
    "消防宣传日": (11, 9),
    "国家宪法日": (12, 4),
    "国家公祭日": (12, 13),
    "志愿者日": (12, 5),
}
NAMES_OF_DAYS = "|".join(DAYS)
FESTIVAL = re.compile(
    rf"(?P<month>\d{{1,2}})月(?P<day>\d{{1,2}})日(?:是|为|，?正值|，?适逢)?(?:第[\d{NUMERALS}]{{1,3}}个)?[（(“]?(?:全国|国际|中国|世界|“\d{{3}}”)?(?P<name>{NAMES_OF_DAYS})(?!前|期间|后|假期|将|活动)"
    rf"|(?P<named>{NAMES_OF_DAYS})[（(](?P<of_month>\d{{1,2}})月(?P<of_day>\d{{1,2}})日[）)]"
)
# 成立于2016年，至今已有12年; 1974年入党，党龄52年.
SINCE = re.compile(
    r"(?P<year>(?:19|20)\d\d)年(?:\d{1,2}月(?:\d{1,2}日)?)?(?:(?<=于\d{4}年)|[^。；\d]{0,24}?(?:成立|建成|投用|投入使用|入住|启用|创办|创建|竣工|设立|入职|参加工作|退休|迁入|入党|加入中国共产党))[^。；\d]{0,12}?(?:至今|距今|迄今|党龄)(?:已经?有?|为止|长?达|满|为)*(?P<length>\d{1,3})[余多]?年"
)
# 1964年出生，今年72岁; 1950年出生，20岁参军 is of another year.
BORN = re.compile(
    r"(?P<at>生于)?(?P<year>(?:19|20)\d\d)年(?:\d{1,2}月(?:\d{1,2}日)?)?(?(at)|出?生(?![产态活育]))[^。；\d]{0,12}?(?:今年|现年|年龄|年满|已)(?P<length>\d{1,3})周?岁"
)
RECENT_YEAR = re.compile(r"(20\d\d)年")
AGES = NUMERAL_VALUES | {"一百": 100} | {f"一百零{one}": n for n, one in enumerate("一二三四五六七八九", 101)}


@document_rule("anniversary", "周年数不符", WARNING, ACCURACY)
def wrong_anniversaries(subject: LintSubject) -> Iterator[RuleHit]:
    """2026年是中国共产党成立104周年; without a year beside it of the document's own year."""
    for passage in subject.passages:
        for match in ANNIVERSARY.finditer(passage.text):
            age = int(match["age"]) if match["age"].isdigit() else AGES.get(match["age"])
            before = text_before(passage.text, match.start())
            stated = STATED_YEAR.findall(before)
            stated = stated or STATED_YEAR.findall(passage.text)
            near = subject.year or (subject.day and subject.day.year)
            year = int(stated[-1]) if stated else near if THIS_YEAR.search(before) else None
            right = year and year - FOUNDED[match["what"]]
            if age and right and right != age and abs(right - age) < 10:
                reason = f"{year}年是{match['what']}{right}周年，请核对。"
                yield hit_at(passage, match, reason)
            elif match["unit"] == "年" and before.endswith(CELEBRATING):
                yield hit_at(
                    passage, match, "纪念的年数用“周年”，请改正。", f"{match[0]}".replace("年", "周年")
                )


@document_rule("plan-years", "五年规划的年份不符", WARNING, ACCURACY)
def wrong_years_of_plans(subject: LintSubject) -> Iterator[RuleHit]:
    """“十五五”时期（2026—2031年）; 2026年是“十四五”收官之年, and 今年 of a document of 2026."""
    for passage in subject.passages:
        for match in PLAN_OF_YEARS.finditer(passage.text):
            first = FIRST_YEARS[match["number"]]
            if (int(match["first"]), int(match["last"])) != (first, first + 4):
                reason = f"“十{match['number']}五”是{first}年至{first + 4}年，请核对。"
                yield hit_at(passage, match, reason)
        for match in YEAR_OF_PLAN.finditer(passage.text):
            first = FIRST_YEARS[match["number"]]
            right = first + 4 if match["what"] in ("收官之年", "最后一年") else first
            year = int(match["year"] or subject.year or right)
            if year != right:
                reason = f"“十{match['number']}五”的{match['what']}是{right}年，请核对。"
                yield hit_at(passage, match, reason)


@passage_rule("festival", "节日的日期不符", WARNING, ACCURACY, holding="节日元")
def wrong_days_of_festivals(passage: TextPassage) -> Iterator[RuleHit]:
    """11月19日全国消防日."""
    for match in FESTIVAL.finditer(passage.text):
        name = match["name"] or match["named"]
        day = tuple(int(match[one] or match[f"of_{one}"]) for one in ("month", "day"))
        if day != DAYS[name]:
            right = "{}月{}日".format(*DAYS[name])
            yield hit_at(passage, match, f"{name}是{right}，请核对。")


@document_rule("age", "年数不符", WARNING, ACCURACY)
def wrong_ages(subject: LintSubject) -> Iterator[RuleHit]:
    """成立于2016年，至今已有12年: neither by a later year that the text says, nor by its day."""
    for passage in subject.passages:
        for match in (*SINCE.finditer(passage.text), *BORN.finditer(passage.text)):
            since, length = int(match["year"]), int(match["length"])
            stated = [
                *map(int, RECENT_YEAR.findall(passage.text)),
                subject.day.year if subject.day else since,
            ]
            years = {year for year in stated if year > since}
            # Nobody is older than his years; before his birthday he is a year younger.
            more = 0 if match.re is BORN else 1
            if years and all(not -1 <= length - (year - since) <= more for year in years):
                year = max(years)
                yield RuleHit(
                    f"到{year}年是{year - since}年，请核对。", passage, match.start("length"), match.end()
                )


@document_rule("anniversary-of-own", "周年数不符", WARNING, ACCURACY)
def wrong_anniversaries_of_own(subject: LintSubject) -> Iterator[RuleHit]:
    """市图书馆创建于1956年……建馆60周年: by the one year of founding that the text says."""
    texts = [one.text for one in subject.passages]
    founded = {int(one or other) for text in texts for one, other in FOUNDED_IN.findall(text)}
    if len(founded) != 1 or not subject.day:
        return
    [since] = founded
    for passage in subject.passages:
        for match in OWN_ANNIVERSARY.finditer(passage.text):
            stated = [int(year) for year in STATED_YEAR.findall(text_before(passage.text, match.start()))]
            near = {year for year in stated if year > since} or {subject.day.year, subject.day.year + 1}
            if int(match["age"]) not in {year - since for year in near}:
                reason = f"{since}年到{min(near)}年是{min(near) - since}周年，请核对。"
                yield RuleHit(reason, passage, match.start("age"), match.end())
