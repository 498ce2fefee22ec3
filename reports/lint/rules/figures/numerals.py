"""How numbers are written (GB/T 15835-2011): in figures or in words, not in both; approximate ones in words."""

import re
from collections.abc import Iterator

from reports.lint.counts import NUMBER, PEOPLE
from reports.lint.passages import TextPassage, text_before
from reports.lint.phrases import phrase_hits
from reports.lint.registration import ACCURACY, DIGITS, ERROR, NUMERAL_USE, WARNING, passage_rule
from reports.lint.subject import HANZI, RuleHit, hit_at, unquoted_matches

HANZI_DIGITS = "零一二三四五六七八九"
COUNTED = "个名户家次天人件处张辆"
PERCENT_ALL_IN_WORDS = re.compile(rf"百分之[百{HANZI_DIGITS}十点]{{1,5}}")
POWERS = {"十": 10, "百": 100, "千": 1_000}
# 5千米 and 5千克 are units; 3百货 is none.
MIXED = re.compile(
    rf"(?<![\d.第])(\d{{1,3}})([十百千])(?=[多余]?(?:[{COUNTED}万元平吨份条项册棵株盏台篇场批]|公[里斤顷]))"
)
# 五6个 and 5六个: a guess in both.
HALF_IN_FIGURES = re.compile(
    rf"(?<![周期第十其之\d.{HANZI_DIGITS}])(?:(?P<word>[二三四五六七八])(?P<figure>[3-9])|(?P<first>[1-8])(?P<second>[二三四五六七八九]))(?=[{COUNTED}])"
)
# 附件3、4 and 1、2号楼 are two; what is counted is a guess.
APPROXIMATE_FIGURES = re.compile(
    rf"(?<![\d、.第])(?<!附件)(?<!附表)(?<![表图号栋楼类条款项组期])([1-8])、([2-9])(?=[{COUNTED}](?![、\d月])|个?[月周年](?!级|级)|小时|次)"
)
APPROXIMATE_WORDS = re.compile(
    rf"(?<![第{HANZI_DIGITS}十百千万、])([一二两三四五六七八])、([二三四五六七八九])(?=[{COUNTED}次](?![部别园])|个?(?:小时|星期|月)|[十百千万]{{1,2}}[余多]?[{COUNTED}])"
)
# A letter that looks like a figure, among figures; 5G and 2I are codes.
LETTER_IN_NUMBER = re.compile(
    rf"(?<![A-Za-z\d.\-])(?=[OoIl]{{0,4}}\d)(?=\d{{0,4}}[OoIl])[\dOoIl]{{2,6}}(?=[年月日%％万亿{COUNTED}项元])"
)
FIGURES_MEANT = str.maketrans("OoIl", "0011")
# 三百余名 beside 120名.
IN_WORDS = re.compile(
    rf"(?<![{HANZI_DIGITS}十百千万第两约])(?P<words>(?:[{HANZI_DIGITS}两][十百千]|十)(?:[{HANZI_DIGITS}][十百]?[{HANZI_DIGITS}]?)?)[余多]?(?P<unit>[名户家处件次人])(?![头心间])"
)
EXACT_IN_WORDS = re.compile(
    rf"(?<![{HANZI_DIGITS}十百千万第两约几])[{HANZI_DIGITS}]?十[{HANZI_DIGITS}](?P<unit>[名户家处件])(?![头心间中组])"
)
IN_FIGURES = re.compile(rf"\d[余多]?(?P<unit>[{COUNTED}])")
SENTENCE = re.compile(r"[^。！？\n]{1,400}")
# 96.5分、95.80分、94.2分.
VALUES_OF_LIST = re.compile(
    rf"分别[{HANZI}]{{0,6}}{NUMBER}(?P<unit>[%％{HANZI}]{{1,3}})(?:[、和]{NUMBER}(?P=unit)){{2,9}}"
)
DECIMALS = re.compile(r"\d\.(\d+)")
# 90年代 of which century?
DECADE = re.compile(r"(?<![\d世纪第])(?:[1-9]0|[一二三四五六七八九]十)年代(?!久)")
CENTURY = re.compile(r"世纪[^。！？\n]{0,30}$")
# 12000000元: nobody counts so many zeros.
ZEROS = re.compile(r"(?<![\d.,，])([1-9]\d{1,4}00)0000元")
# 3农, 1站式: a figure in a word that is written with a numeral; 星期5, 第3季度.
FIGURE_IN_WORD = re.compile(
    r"(?<![\d.第A-Za-z])(?:(?P<one>1)(?=站式|把手|体化|次性|揽子|刀切|网通办|网统管|老一小|岗双责|窗受理|盘棋|如既往)|(?P<two>2)(?=维码|手房)|(?P<three>3)(?=农(?!户)|严三实|重一大|会一课|务公开|公经费)"
    r"|(?P<four>4)(?=风(?![级力])|个意识|个自信|不两直|史学习)|(?P<eight>8)(?=项规定|小时外))|(?<=星期)(?P<day>[1-6])(?!\d)|(?<=第)(?P<quarter>[1-4])(?=个?季度)"
)
BIG_YUAN = re.compile(r"(?<![\d.,，])([1-9]\d{1,6})0000元")
IN_TEN_THOUSANDS = re.compile(r"\d万元")


@passage_rule("percent-in-words", "百分数的写法", WARNING, f"{NUMERAL_USE}，5.3", holding="百")
def percents_in_words(passage: TextPassage) -> Iterator[RuleHit]:
    """百分之30; 百分之八十五 beside 15%."""
    if "%" in passage.text:
        for match in PERCENT_ALL_IN_WORDS.finditer(passage.text):
            if match[0] != "百分之百":
                yield hit_at(passage, match, "同一段里百分数的写法应当一致，请改用阿拉伯数字和“%”。")
    yield from phrase_hits("percent-in-words", passage)


@passage_rule("mixed-numeral", "数字兼用两种写法", WARNING, f"{NUMERAL_USE}，5.3", holding=DIGITS)
def mixed_numerals(passage: TextPassage) -> Iterator[RuleHit]:
    """3百户, 5千万元: beside figures only 万 and 亿 stand in words."""
    for match in MIXED.finditer(passage.text):
        right = str(int(match[1]) * POWERS[match[2]])
        reason = f"“{match[0]}”兼用阿拉伯数字和汉字，除“万”“亿”外不能这样写，请改为“{right}”。"
        yield hit_at(passage, match, reason, right)
    yield from phrase_hits("mixed-numeral", passage)
    for match in HALF_IN_FIGURES.finditer(passage.text):
        one = HANZI_DIGITS.index(match["word"]) if match["word"] else int(match["first"])
        other = int(match["figure"]) if match["word"] else HANZI_DIGITS.index(match["second"])
        if other == one + 1:
            right = HANZI_DIGITS[one] + HANZI_DIGITS[other]
            yield hit_at(passage, match, f"概数用汉字数字，请改为“{right}”。", right)


@passage_rule("decimals", "小数位数不一致", WARNING, NUMERAL_USE, holding=".")
def uneven_decimals(passage: TextPassage) -> Iterator[RuleHit]:
    """分别为96.5分、95.80分、94.2分: values of one list are equally exact."""
    for match in VALUES_OF_LIST.finditer(passage.text):
        digits = {len(one) for one in DECIMALS.findall(match[0])}
        if len(digits) > 1:
            yield hit_at(passage, match, "同一组数的小数位数应当一致，请核对。")


@passage_rule("approximate-number", "概数的写法", WARNING, f"{NUMERAL_USE}，4.2.2、5.2.1", holding="、几约")
def approximate_figures(passage: TextPassage) -> Iterator[RuleHit]:
    """3、4个 and 三、四个: a guess between two neighbours is written 三四个."""
    for match in APPROXIMATE_FIGURES.finditer(passage.text):
        first, second = int(match[1]), int(match[2])
        if second == first + 1:
            right = f"{HANZI_DIGITS[first]}{HANZI_DIGITS[second]}"
            yield hit_at(passage, match, f"概数用汉字数字，中间不加顿号，请改为“{right}”。", right)
    yield from phrase_hits("approximate-number", passage)
    for match in APPROXIMATE_WORDS.finditer(passage.text):
        if HANZI_DIGITS.index(match[2]) == HANZI_DIGITS.index(match[1].replace("两", "二")) + 1:
            right = f"{match[1]}{match[2]}"
            yield hit_at(passage, match, f"表示概数的两个数字之间不加顿号，请改为“{right}”。", right)


@passage_rule("yuan", "元与万元", WARNING, ACCURACY, holding=DIGITS)
def sums_in_yuan(passage: TextPassage) -> Iterator[RuleHit]:
    """1200000元 in a text that otherwise counts in 万元, 12000000元 in any."""
    if IN_TEN_THOUSANDS.search(passage.text):
        for match in BIG_YUAN.finditer(passage.text):
            right = f"{match[1]}万元"
            yield hit_at(passage, match, f"同一段里金额的单位应当一致，请改为“{right}”。", right)
    else:
        for match in ZEROS.finditer(passage.text):
            right = f"{match[1]}万元"
            yield hit_at(passage, match, f"大数用“万”“亿”作单位，请改为“{right}”。", right)


@passage_rule("letter-in-number", "数字中的字母", ERROR, NUMERAL_USE, holding="OoIl")
def letters_in_numbers(passage: TextPassage) -> Iterator[RuleHit]:
    """2O26年 with the letter O."""
    for match in LETTER_IN_NUMBER.finditer(passage.text):
        right = match[0].translate(FIGURES_MEANT)
        yield hit_at(passage, match, f"“{match[0]}”里有字母，应当是数字，请改为“{right}”。", right)


@passage_rule("two-ways-of-counting", "数字写法不一致", WARNING, f"{NUMERAL_USE}，4.3", holding="十百千")
def numbers_written_two_ways(passage: TextPassage) -> Iterator[RuleHit]:
    """三百余名居民和120名志愿者: in one sentence numbers of one kind are written in one way; 三千二百五十六人."""
    yield from phrase_hits("two-ways-of-counting", passage)
    for sentence in SENTENCE.finditer(passage.text):
        in_words = [
            one for one in unquoted_matches(IN_WORDS, passage.text) if one.start() in range(*sentence.span())
        ]
        units = (
            {
                PEOPLE.get(one["unit"], one["unit"])
                for one in IN_FIGURES.finditer(passage.text, *sentence.span())
            }
            if in_words
            else set()
        )
        for match in in_words:
            is_exact = bool(units) and EXACT_IN_WORDS.match(passage.text, match.start())
            if is_exact or PEOPLE.get(match["unit"], match["unit"]) in units:
                yield hit_at(passage, match, f"同一句里数字的写法应当一致，请把“{match[0]}”改用阿拉伯数字。")


@passage_rule("figure-in-word", "词语中的数字", WARNING, f"{NUMERAL_USE}，4.2", holding="12345678")
def figures_in_words(passage: TextPassage) -> Iterator[RuleHit]:
    """3农, 1站式, 星期5, 第3季度: words and terms keep their numerals."""
    for match in FIGURE_IN_WORD.finditer(passage.text):
        right = HANZI_DIGITS[int(match[0])]
        yield hit_at(passage, match, f"这里是词语中的数字，请改为“{right}”。", right)


@passage_rule("decade", "年代缺世纪", WARNING, NUMERAL_USE, holding="代")
def decades_without_century(passage: TextPassage) -> Iterator[RuleHit]:
    """90年代, of which century nobody can tell."""
    for match in DECADE.finditer(passage.text):
        if not CENTURY.search(text_before(passage.text, match.start())):
            yield hit_at(passage, match, f"“{match[0]}”前面缺世纪，请写全，如“20世纪90年代”。")
