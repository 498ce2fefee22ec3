"""Figures and the words beside them: percentage points, approximations, units, sums in capital numerals."""

import re
from collections.abc import Iterator

from reports.lint.counts import NUMBER
from reports.lint.passages import TextPassage
from reports.lint.registration import ACCURACY, DIGITS, ERROR, WARNING, passage_rule
from reports.lint.subject import HANZI, RuleHit, hit_at

CAPITAL_DIGITS = {word: value for value, word in enumerate("零壹贰叁肆伍陆柒捌玖")} | {
    "两": 2,
    "貳": 2,
    "〇": 0,
}
POWERS = {"拾": 10, "佰": 100, "仟": 1000}
SCALES = {"万": 10_000, "亿": 100_000_000}
PARTS = {"角": 0.1, "分": 0.01}
CAPITALS = r"[壹贰貳叁肆伍陆柒捌玖拾佰仟][零壹贰貳叁肆伍陆柒捌玖两拾佰仟万亿元圆角分整正]{2,40}"
# 壹拾贰万伍千元整.
CAPITAL = "壹贰叁肆伍陆柒捌玖"
MIXED_CAPITALS = re.compile(
    f"(?<=[零{CAPITAL}拾佰仟万])[{CAPITAL}][十百千]|[{CAPITAL}][十百千](?=[零{CAPITAL}万元整])"
)
LEAST_PART = 0.005  # yuan
# Half of the last digit, and a little for what a computer rounds.
ROUNDING = 0.5001
MISNAMED_POINTS = re.compile(r"(?<=\d)(?:个?[%％]点(?![位击亮评])|个[%％]|个百分比(?!例))")
GAP_IN_PERCENT = re.compile(
    rf"(?:落后|滞后|超过|超出|低于|高于|快于|慢于|领先)于?序时进度({NUMBER})[%％]|序时进度差距(?:为)?({NUMBER})[%％]"
)
PERCENT = re.compile(r"[%％]")
TIMES = rf"(?:{NUMBER}|[一二两三四五六七八九十数几]{{1,2}})倍"
LESS_BY_TIMES = re.compile(
    rf"(?:下降|降低|减少|缩小|压缩|缩短|压减)了?(?:近|约)?{TIMES}|(?<=[前期年度月量低准价比用耗])(?:要|还|又)?(?:低|少|小|慢|短)了?(?:近|约)?{TIMES}"
)
UNITS = rf"[{HANZI}]{{0,3}}?"
LONG_UNIT = rf"[{HANZI}]{{0,5}}?"
APPROXIMATE = re.compile(
    rf"(?P<first>大约|大概|差不多|(?<![预节合制契])约|将近|近|不足|不到|接近)(?P<number>(?:[需有为用占达]?|(?<=大约)[{HANZI}]{{2,6}}){NUMBER}[多余]?[万亿]?[%％]?{LONG_UNIT})(?P<second>左右|上下)"
    rf"|(?P<near>近|将近|接近|大约|(?<![预节合制契])约|超过|逾|不足|不到|不少于|不低于)(?P<many>{NUMBER}[万亿]?)(?P<odd>余|多(?![个]?(?:次方|边|媒)))"
    rf"|(?P<over>超过|超|逾|至少|最少|最低|不少于|不低于|不下于|多于|高于)(?P<most>{NUMBER}[万亿%％]?{UNITS})(?P<least>以上)"
    rf"|(?P<first_least>至少|最少)(?P<done>[{HANZI}]{{1,8}}{NUMBER}[万亿%％]?{UNITS})(?P<again>以上)"
    rf"|(?P<first_most>至多|最多)(?P<allowed>[{HANZI}]{{1,8}}{NUMBER}[万亿%％]?{UNITS})(?P<at_most>以下|以内)"
    rf"|(?P<under>不足|不到|至多|最多|最高|不超过|不多于|不高于|低于|少于)(?P<few>{NUMBER}[万亿%％]?{UNITS})(?P<below>以下|以内)"
    rf"|(?P<nearly>达到?)(?P<reached>{NUMBER}[万亿%％]?{UNITS}(?:左右|上下))(?P<least_again>以上|以下)"
    rf"|(?P<at_least>达到?|超过)(?P<bounded>{NUMBER}[万亿]?[%％]?{UNITS}(?:以上|以下|以内))(?P<around>左右|上下)"
    rf"|(?P<odds>(?<![\d.]){NUMBER}[多余])(?P<counted>[{HANZI}]{{1,3}}?)(?P<about>左右|上下|以上)"
)
# 约用时20天左右, 近三十户左右, 三十余人上下: about, some words, a number, about again.
ABOUT_BOTH = re.compile(
    rf"(?P<first>大约|大概|大致|大体|差不多|(?<![预节合制契])约(?![谈束见定请会法])|将近|(?<![附相最邻亲远就接临])近(?!年|期|日|来|郊))(?P<words>[{HANZI}]{{0,8}}?(?:{NUMBER}|[一二三四五六七八九十百千两]{{1,6}})[多余几]?[万亿个]?[%％]?{LONG_UNIT})(?P<second>左右|上下|来[个名户人家天次](?!自))"
    rf"|(?P<range>(?<![\d.]){NUMBER}[万亿]?[%％]?(?:[—～-]|至|到))(?P<end>{NUMBER}[万亿]?[%％]?[{HANZI}]{{0,2}}?)(?P<around>左右|上下)"
    rf"|(?P<more_or_less>大约|大概|(?<![预节合制契])约(?![谈束见定请会法])|将近|近|不足|不到)(?P<words_number>[有为达]?[一二三四五六七八九两]?[十百千])(?P<odds_again>余|多(?=[个名户人家件次元万亿]))"
    rf"|(?P<near>大约|大概|(?<![预节合制契])约(?![谈束见定请会法])|将近|不足|不到)(?P<before>[{HANZI}]{{1,6}}?(?<!的)(?<![达超]){NUMBER}[万亿]?)(?P<and_more>余|多(?=[个名户人家件次元万亿平公吨处]))"
    rf"|(?P<odd>[一二三四五六七八九十百千]{{1,6}}[多余])(?P<unit>[{HANZI}]{{1,3}}?)(?P<about>左右|上下)"
    rf"|(?P<over>超过|超|逾|突破|高达|多达|至少|不少于|不低于)(?P<some>{NUMBER}[万亿]?|[一二三四五六七八九十百千]{{2,6}})(?P<more>余|多(?=[个名户人家件次元万亿平公吨]))"
    rf"|(?P<over_both>超过|超|逾|至少|不少于|不低于|高达|多达)(?P<most>(?:[一二三四五六七八九]成|{NUMBER}[%％万亿]?)[{HANZI}]{{0,4}}?)(?P<least>左右|上下)"
)
# 150块钱.
SPOKEN_YUAN = re.compile(r"(?<=[\d万亿])(?:块钱|元钱|块(?=[，。；]))")
BEHIND_NUMBER = re.compile(r"(?<=\d)([万亿]?)(?:人民币|圆(?![形桌满]))")
# 320.5万万元.
SCALE_TWICE = re.compile(r"(?<=\d)([万亿])\1+(?=元|[个户人平吨公])")
# 补贴标准为1850，: of what?
NO_UNIT = re.compile(
    r"(?:补贴|补助|工资|租金|价格|费用|单价|押金|罚款|收费|奖励|薪酬|津贴|金额)(?:标准|金额|总额|总价)?(?:为|是|：)(?:每[月人年户天]){0,2}(?P<amount>(?<![\d.])[1-9]\d{2,7}(?:\.\d{1,2})?)(?=[，。；、）])"
)
NO_YUAN = re.compile(
    rf"(?:投资|资金|金额|税收|产值|收入|支出|经费|预算|补贴|补助|贷款|营收|销售额|造价|总价|中标价|租金|押金|罚款|善款|工资|货款|欠款|税款|款项|利润)(?:约|达到?|超过?|近|共计?|为|总额|增至|逾)*(?P<amount>(?<![\d.]){NUMBER}[万亿])(?=[，。；、）]|用于|由|左右|以上)"
)
# 人民币862万 without 元, and other marks of the currency before a sum.
MARKED_YUAN = re.compile(
    rf"(?<![整正元圆角分][（(])(?<!小写[）：])(?P<mark>人民币|RMB|CNY|[￥¥])[ ]?"
    rf"(?P<amount>{NUMBER}[万亿]?)(?P<yuan>元?)(?![\d.千百万亿])"
)
# 约近60人.
CIRCA_TWICE = re.compile(
    rf"(?<![预节合制契])(?P<first>约|大约|大概)(?P<second>近|将近|接近|超过|逾|不足)(?={NUMBER})"
)
# 约有六成左右.
TENTHS = re.compile(
    r"(?P<about>大约|(?<![预节合制契])约|将近|近)(?P<number>[有占为]?(?:[一二三四五六七八九]成|一?半|[一二三四五六七八九]分之[一二三四五六七八九]))(?P<again>左右|上下)"
)
NEGATIVE = re.compile(r"(?:增长|增加|提高|上升|下降|减少|降低)了?[-－—]\d")
WRONG_UNITS = {
    "KPa": "kPa",
    "Kpa": "kPa",
    "Mpa": "MPa",
    "mpa": "MPa",
    "HZ": "Hz",
    "hz": "Hz",
    "db": "dB",
    "DB": "dB",
    "KV": "kV",
    "Kv": "kV",
    "kv": "kV",
    "KVA": "kVA",
    "ML": "mL",
    "Ml": "mL",
    "CM2": "平方厘米",
    "km2": "平方公里",
    "KM2": "平方公里",
    "马力": "千瓦",
    "市斤": "公斤",
    "市尺": "米",
    "市里": "公里",
    "美金": "美元",
    "立方公尺": "立方米",
    "平方公尺": "平方米",
    "公尺": "米",
    "m2": "平方米",
    "M2": "平方米",
    "M²": "平方米",
    "m3": "立方米",
    "M3": "立方米",
    "KM": "km",
    "Km": "km",
    "KG": "kg",
    "Kg": "kg",
    "MM": "mm",
    "CM": "cm",
    "KW": "kW",
    "Kw": "kW",
    "kw": "kW",
    "KWH": "kW·h",
    "kwh": "kW·h",
    "平方": "平方米",
    "立方": "立方米",
    "平米": "平方米",
    "华里": "公里",
    "市亩": "亩",
    "千瓦小时": "千瓦时",
    "度电": "千瓦时",
    "公吨": "吨",
    "公倾": "公顷",
    "公升": "升",
    "公分": "厘米",
}
# What is typed for a unit by its sound, behind a number: 1.2公理, 50万员.
MISTYPED_UNITS = {
    "公理": "公里",
    "平方来": "平方米",
    "平方迷": "平方米",
    "立方来": "立方米",
    "万员": "万元",
    "万圆": "万元",
    "亿员": "亿元",
    "亿圆": "亿元",
    "顿": "吨",
    "百分典": "百分点",
    "个百分典": "个百分点",
    "个百份点": "个百分点",
    "百份点": "百分点",
    "人此": "人次",
    "人刺": "人次",
    "户此": "户次",
    "各小区": "个小区",
    "各社区": "个社区",
    "各居民区": "个居民区",
    "各项目": "个项目",
    "各点位": "个点位",
}
MISTYPED_UNIT = re.compile(
    rf"(?<=\d)(?P<scale>[余多]?)(?P<unit>{'|'.join(sorted(MISTYPED_UNITS, key=len, reverse=True))})(?![饭时])"
)
# 560方, 120斤: units of speech, and of before the metre.
SPOKEN_UNIT = re.compile(
    r"(?<=[\d余多万])(?P<unit>方(?=[，。；、）]|土|垃圾|混凝土|木)|斤(?=[，。；）]|重|左右|以上)|(?<!万)里(?=[，。；、）]|路)|尺(?=[，。；、）]|长|宽|高)|寸(?=[，。；、）]|长|宽)|丈(?=[，。；、）])|担(?=[，。；、）])|克拉)"
)
SPOKEN_UNITS = {
    "方": "立方米",
    "斤": "公斤（500克折半）",
    "里": "公里（500米折半）",
    "尺": "米",
    "寸": "厘米",
    "丈": "米",
    "担": "公斤",
}
# 用电1200度, 摄氏26度, 室温18度: the degree of everyday speech.
DEGREES = re.compile(
    rf"(?:用电|发电|节电|耗电|电量|节约电)[^，。；\d]{{0,6}}(?P<power>{NUMBER}万?)(?P<degree>度)(?!电)|(?P<celsius>摄氏{NUMBER}度)|(?:温度|气温|室温|水温|体温)[^，。；\d]{{0,8}}{NUMBER}(?P<warm>度)(?=[，。；、左以到至之])"
)
# 6百分点 without 个.
BARE_POINTS = re.compile(r"(?<=\d)百分点")
# 12名企业, 30家居民: who and what are counted by words of their own.
MISCOUNTED = re.compile(
    r"\d[余多]?(?:(?P<person>[名位])(?=(?:重点|规上|商贸|外资|民营|中小)?(?:企业|商户|单位|小区|楼宇|项目|工单|场所|车辆|部门|社区|居民区)(?![家主员工负代书专联职干业内的人志民医护教老青少党居网矫]))"
    r"|(?P<thing>[家件项处台幢栋])(?=(?:困难|辖区|社区)?(?:居民|群众|党员|干部|志愿者|老人|工作人员)(?![区委点站服活家之食中教档服驿会培组小议宅院公楼]))|(?P<body>[幢栋座])(?=(?:企业|商户)))"
)
# 600㎡平方米, 50公斤斤: a unit and then another.
MEASURES = (
    "平方米|平方公里|立方米|公里|千米|厘米|毫米|米|公斤|千克|斤|吨|亩|公顷|千瓦时|千瓦|万元|元|㎡|m²|m³|km|kg|KG|mm|cm"
    "|kWh|kW|人次|户次|件次"
)
UNIT_TWICE = re.compile(
    rf"(?<=\d)[余多]?万?(?P<unit>(?:{MEASURES})(?:{MEASURES}))(?![兰店A-Za-z])(?<!吨公里)(?<!人次公里)"
)
UNIT = re.compile(
    rf"(?<=[\d余多万亿])(?:{'|'.join(sorted(WRONG_UNITS, key=len, reverse=True))})(?![A-Za-z0-9²³米公千厘毫英根数差])"
)


def _figures(name: str) -> str:
    """The pattern of a sum in figures, its groups named after it."""
    return (
        rf"(?<![\d,，.])[¥￥]?(?P<{name}>\d{{1,3}}(?:[,，]\d{{3}}){{1,4}}(?:\.\d{{1,4}})?|\d{{1,12}}(?:\.\d{{1,4}})?)"
        rf"(?P<{name}_scale>万|亿)?元?"
    )


BOTH = re.compile(
    rf"{_figures('before')}[（(]?，?(?:大写)?[：:]?(?:人民币)?(?P<capitals>{CAPITALS})"
    rf"|(?:人民币)?(?P<capitals_first>{CAPITALS})[（(]?，?(?:小写)?[：:]?{_figures('behind')}"
)


@passage_rule("capital-amount", "大写金额不符", ERROR, ACCURACY, holding="零壹贰叁肆伍陆柒捌玖拾佰仟")
def wrong_capital_amounts(passage: TextPassage) -> Iterator[RuleHit]:
    """128500元（大写：人民币壹拾贰万捌仟元整）."""
    for match in MIXED_CAPITALS.finditer(passage.text):
        yield hit_at(passage, match, "大写金额里用“拾”“佰”“仟”，请改正。")
    for match in BOTH.finditer(passage.text):
        capitals = match["capitals"] or match["capitals_first"]
        figures = match["before"] or match["behind"]
        scale = SCALES.get(match["before_scale"] or match["behind_scale"] or "", 1)
        value = float(re.sub("[,，]", "", figures)) * scale
        if len(capitals.rstrip("整正")) > 1 and abs(value_of_capitals(capitals) - value) > LEAST_PART:
            name = "capitals" if match["capitals"] else "capitals_first"
            yield RuleHit(f"大写金额与小写金额{figures}不一致，请核对。", passage, *match.span(name))


def value_of_capitals(words: str) -> float:
    """What a sum in capital numerals comes to."""
    total, section, digit = 0.0, 0, 0
    for word in words:
        if word in CAPITAL_DIGITS:
            digit = CAPITAL_DIGITS[word]
        elif word in POWERS:
            section, digit = section + (digit or 1) * POWERS[word], 0
        elif word in SCALES:
            total, section, digit = (total + section + digit) * SCALES[word], 0, 0
        elif word in PARTS:
            total, digit = total + digit * PARTS[word], 0
        elif word in "元圆":
            total, section, digit = total + section + digit, 0, 0
    return total + section + digit


def rounds_to(value: float, written: str) -> bool:
    """Whether a value rounds to a figure, as exact as that is written."""
    return abs(value - float(written)) <= ROUNDING * 0.1 ** len(written.partition(".")[2])


@passage_rule("percentage-point", "百分点", WARNING, ACCURACY, holding="%％百")
def misnamed_points(passage: TextPassage) -> Iterator[RuleHit]:
    """5%点, 5个百分比: percentage points by another name."""
    for match in (*MISNAMED_POINTS.finditer(passage.text), *BARE_POINTS.finditer(passage.text)):
        yield hit_at(passage, match, "百分数之差用“个百分点”，请改正。", "个百分点")


@passage_rule("gap-in-percent", "与序时进度的差距", WARNING, ACCURACY, holding="%％")
def gaps_in_percent(passage: TextPassage) -> Iterator[RuleHit]:
    """落后序时进度5%: the difference of two shares is in percentage points."""
    for match in GAP_IN_PERCENT.finditer(passage.text):
        right = PERCENT.sub("个百分点", match[0])
        yield hit_at(passage, match, f"与序时进度的差距是百分点，请改为“{right}”。", right)


@passage_rule("less-by-times", "减少用“倍”", WARNING, ACCURACY, holding="倍")
def less_by_times(passage: TextPassage) -> Iterator[RuleHit]:
    """下降2倍: nothing can become less by more than all of it."""
    for match in LESS_BY_TIMES.finditer(passage.text):
        yield hit_at(passage, match, "减少、下降不能用“倍”，请改用百分数或者分数。")


@passage_rule("double-approximation", "概数重复", WARNING, ACCURACY, holding=f"{DIGITS}左上余多来")
def double_approximations(passage: TextPassage) -> Iterator[RuleHit]:
    """约30户左右, 近30余家, 超过30人以上."""
    for match in TENTHS.finditer(passage.text):
        right = match["about"] + match["number"]
        reason = f"“{match['about']}”和“{match['again']}”重复，请只用一个，如“{right}”。"
        yield hit_at(passage, match, reason, right)
    for match in CIRCA_TWICE.finditer(passage.text):
        reason = f"“{match['first']}”和“{match['second']}”重复，请只用一个。"
        yield hit_at(passage, match, reason, match["second"])
    once = list(APPROXIMATE.finditer(passage.text))
    places = {place for match in once for place in range(*match.span())}
    both = (match for match in ABOUT_BOTH.finditer(passage.text) if places.isdisjoint(range(*match.span())))
    for match in (*once, *both):
        words = [word for word in match.groups() if word]
        right = words[0] + words[1]
        reason = f"“{words[0]}”和“{words[2]}”重复，请只用一个，如“{right}”。"
        yield hit_at(passage, match, reason, right)


@passage_rule("currency", "金额的写法", WARNING, ACCURACY, holding="万亿币RC￥¥块钱圆为是：")
def wrong_currency(passage: TextPassage) -> Iterator[RuleHit]:
    """12亿人民币, 投资12亿 without 元, and 150块钱."""
    for match in SPOKEN_YUAN.finditer(passage.text):
        yield hit_at(passage, match, "金额的单位用“元”，请改正。", "元")
    for match in BEHIND_NUMBER.finditer(passage.text):
        right = f"{match[1]}元"
        yield hit_at(
            passage, match, f"金额后面写“元”，“人民币”写在数字前面或者省去，请改为“{right}”。", right
        )
    for match in SCALE_TWICE.finditer(passage.text):
        yield hit_at(passage, match, f"“{match[1]}”重复，请删去一个。", match[1])
    for match in NO_UNIT.finditer(passage.text):
        start, end = match.span("amount")
        yield RuleHit("金额缺少单位“元”，请补上。", passage, start, end, f"{match['amount']}元")
    for match in NO_YUAN.finditer(passage.text):
        start, end = match.span("amount")
        yield RuleHit("金额缺少单位“元”，请补上。", passage, start, end, f"{match['amount']}元")
    for match in MARKED_YUAN.finditer(passage.text):
        right = f"{match['amount']}元"
        if match["mark"] != "人民币" or not match["yuan"]:
            yield hit_at(passage, match, f"金额写数字和“元”，请改为“{right}”。", right)


@passage_rule("negative-growth", "负数的说法", WARNING, ACCURACY, holding="-－—")
def negative_growth(passage: TextPassage) -> Iterator[RuleHit]:
    """增长-5%."""
    for match in NEGATIVE.finditer(passage.text):
        yield hit_at(passage, match, "负增长请写“下降”和正数，请改写。")


@passage_rule("unit", "计量单位", WARNING, "GB 3100-1993", holding=DIGITS)
def wrong_units(passage: TextPassage) -> Iterator[RuleHit]:
    """m2, KG, 1.2公理, 12名企业: units of GB 3100 by their symbol or their Chinese name, and words that count."""
    for match in UNIT.finditer(passage.text):
        right = WRONG_UNITS[match[0]]
        yield hit_at(passage, match, f"计量单位“{match[0]}”的写法不规范，请改为“{right}”。", right)
    for match in UNIT_TWICE.finditer(passage.text):
        yield RuleHit("写了两个计量单位，请删去一个。", passage, *match.span("unit"))
    for match in SPOKEN_UNIT.finditer(passage.text):
        right = SPOKEN_UNITS.get(match[0], "法定计量单位")
        yield hit_at(passage, match, f"“{match[0]}”不是法定计量单位，请改用“{right}”。")
    for match in DEGREES.finditer(passage.text):
        start, end = match.span("degree" if match["power"] else "celsius" if match["celsius"] else "warm")
        right = "千瓦时" if match["power"] else "摄氏度"
        written = f"{match['celsius'][2:-1]}摄氏度" if match["celsius"] else right
        yield RuleHit(f"“度”不是法定计量单位的写法，请改用“{right}”。", passage, start, end, written)
    for match in MISTYPED_UNIT.finditer(passage.text):
        right = MISTYPED_UNITS[match["unit"]]
        reason = f"“{match['unit']}”像是“{right}”之误，请改正。"
        yield RuleHit(reason, passage, *match.span("unit"), right)
    for match in MISCOUNTED.finditer(passage.text):
        start, end = match.span(match.lastgroup or 0)
        yield RuleHit(f"量词“{match[match.lastgroup or 0]}”与后面的名词不搭配，请改正。", passage, start, end)
