"""Marks in Chinese text (GB/T 15834-2011): their width, doubled ones, and spaces where none belong."""

import re
import unicodedata
from collections.abc import Iterator

from reports.lint.passages import TextPassage
from reports.lint.registration import ACCURACY, ERROR, NUMERAL_USE, PUNCTUATION, WARNING, passage_rule
from reports.lint.subject import CHINESE, HANZI, RuleHit, covered_positions, hit_at

FULL_WIDTH = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", ".": "。"}
# Addresses keep their marks.
ADDRESS = re.compile(r"(?:[a-z]{2,8}://|www\.)[!-~]+|[\w.+-]{1,64}@[\w.-]+", re.ASCII)
HALF_WIDTH = re.compile(rf"(?<=[{CHINESE}%‰])[,;:?!]+|(?<![,;:?!])[,;:?!]+(?=[{CHINESE}])")
STOP = re.compile(rf"(?<=[{HANZI}”》）])\.(?=\s*$|[{CHINESE}])", re.MULTILINE)
# Not the leaders of a table of contents: 工作打算………………7.
DOTS = re.compile(r"\.{3,}|。{3,}|…(?!…)(?<!……)|…{3,}+(?!\s*\d+\s*$)", re.MULTILINE)
BESIDE = re.compile(f"[{CHINESE}]")
DASHES = re.compile(rf"(?<!-)-{{2,}}+(?=[{CHINESE}])")
WIDE_CHARACTERS = re.compile(r"[０-９Ａ-Ｚａ-ｚ]+(?:．[０-９]+)*％?|(?<=\d)％")
DOUBLED = re.compile(r"(?<![。，、；：])[，、；：]+。(?!。{2})|([，。、；：])\1+|(?<=[。！？]”)。")
CLASHING = re.compile(r"(?<![，、；：])(?!([，、；：])\1)[，、；：][，、；：]+|。[，、；：]+")
# 示街〔2026〕　号 has room for a number to be given.
SPACE = re.compile(
    rf"(?<=[{CHINESE}])(?!(?<=〕)[ \u3000]+号)[ \t\u00a0\u3000]+(?=[{CHINESE}])"
    r"|(?<=[，。、；：！？])[ \t\u00a0\u3000]+(?=\S)"
)
# 王　玥: a name of two characters, spaced out to the width of three.
SPACED_NAME = re.compile(rf"[{HANZI}][ \u3000]+[{HANZI}]")
# 签发人：赵某某　李某某, 出席：李　伟（区长）　王　磊: names stand apart, and those of two characters are spaced out.
NAMES = re.compile(r"(?:签发人|出席|列席|参加|请假|缺席|主持|记录)(?:人员?)?[：:]")
# 第三条　补贴标准为……
ARTICLE = re.compile(r"^第[一二三四五六七八九十百\d]{1,5}[条章节][ \u3000]", re.MULTILINE)
# 中共中央 国务院, 北苑街道党工委　北苑街道办事处: bodies that issue something together.
BETWEEN_BODIES = re.compile(
    r"(?<=[央委院办厅局处会府室])[ \u3000]+"
    rf"(?=(?:中共|国务院|全国人大|[{HANZI}]{{2,16}}(?:办事处|委员会|人民政府|办公厅|办公室|工委|部|局)))"
)
# 项目 上年数 本年数 增减: a row of a table; 高峰　区农业农村局局长: a name and a post.
TABLE_ROW = re.compile(
    r"\s*(?:[^\s，。；！？]{1,12}[ \t\u3000]+){2,}[^\s，。；！？]{1,12}\s*"
    rf"|(?:[{HANZI}]{{2,6}}：)?[{HANZI}]{{2,4}}\u3000+[{HANZI}、]{{3,24}}(?:长|主任|书记|委员|主席)"
)
SLOGAN = re.compile(r"“[^”\n]{0,100}”|‘[^’\n]{0,100}’|《[^《》 \n]{4,40} [^《》 \n]{4,40}》")
QUOTED = r"(?:“[^”\n]{1,60}”|《[^》\n]{1,60}》)"
QUOTED_LIST = re.compile(rf"(?<![、…]){QUOTED}(?:、{QUOTED}){{1,40}}(?![、（])")
COMMA = re.compile(r"(?<=[”》])、(?=[“《])")
# 何时完成。？
END_TWICE = re.compile("。[？！]{1,3}|(?<![？！])[？！]{1,3}[。，；、]")


@passage_rule("half-width-mark", "半角标点", ERROR, PUNCTUATION, holding=",.;:?!")
def half_width_marks(passage: TextPassage) -> Iterator[RuleHit]:
    """A half-width mark beside Chinese characters; those in Latin words, numbers and addresses are right."""
    matches = list(HALF_WIDTH.finditer(passage.text))
    addresses = covered_positions(ADDRESS, passage.text) if matches else ()
    for match in matches:
        if match.start() not in addresses:
            mark = "".join(FULL_WIDTH[one] for one in match[0])
            yield hit_at(passage, match, f"中文里应当用全角标点，请把“{match[0]}”改为“{mark}”。", mark)
    for match in STOP.finditer(passage.text):
        if match.end() == len(passage.text.rstrip()):
            yield hit_at(passage, match, "句末应当用句号“。”，请改正。", "。")
        else:
            yield hit_at(passage, match, "中文里不用“.”：句号请用“。”，外国人名请用“·”。")


@passage_rule("dots", "省略号、破折号", ERROR, f"{PUNCTUATION}，4.10、4.11", holding=".。…-")
def broken_dots(passage: TextPassage) -> Iterator[RuleHit]:
    """An ellipsis that is not …… and a dash that is not —— (GB/T 15834-2011, 4.11, 4.10)."""
    for match in DOTS.finditer(passage.text):
        if match[0].startswith(".") and not BESIDE.match(passage.text, match.start() - 1):
            continue  # 1...n
        yield hit_at(passage, match, "省略号应当用六个点“……”，请改正。", "……")
    for match in DASHES.finditer(passage.text):
        if BESIDE.match(passage.text, match.start() - 1):
            yield hit_at(passage, match, "破折号应当用“——”，请改正。", "——")


@passage_rule("wide-character", "全角数字、字母", WARNING, NUMERAL_USE)
def wide_characters(passage: TextPassage) -> Iterator[RuleHit]:
    """Full-width figures and letters."""
    for match in WIDE_CHARACTERS.finditer(passage.text):
        narrow = unicodedata.normalize("NFKC", match[0])
        yield hit_at(passage, match, f"数字和字母应当用半角，请改为“{narrow}”。", narrow)


@passage_rule("doubled-mark", "标点重复", ERROR, PUNCTUATION)
def doubled_marks(passage: TextPassage) -> Iterator[RuleHit]:
    """Two marks where one belongs: 。。 ，。 and 。”。"""
    for match in DOUBLED.finditer(passage.text):
        single = match[1] or ("" if match[0] == "。" else "。")
        reason = f"标点重复，请只留“{single}”。" if single else "引号内已有句末点号，请删去引号后的“。”。"
        yield hit_at(passage, match, reason, single)
    for pattern in (CLASHING, END_TWICE):
        for match in pattern.finditer(passage.text):
            yield hit_at(passage, match, f"“{match[0]}”两个标点连用，请只留一个。")


@passage_rule("space", "多余空格", WARNING, ACCURACY, holding=" \t\u00a0\u3000")
def stray_spaces(passage: TextPassage) -> Iterator[RuleHit]:
    """A space inside Chinese text; slogans in quotation marks may have one between halves, articles a wide one."""
    text = passage.text.strip()
    if SPACED_NAME.fullmatch(text) or NAMES.match(text) or TABLE_ROW.fullmatch(text):
        return
    spaced = [covered_positions(one, passage.text) for one in (SLOGAN, BETWEEN_BODIES, ARTICLE)]
    for match in SPACE.finditer(passage.text):
        if not any(match.start() in positions for positions in spaced):
            yield hit_at(passage, match, "中文里不空格，请删去空格。", "")


@passage_rule("quoted-list", "引号、书名号之间的顿号", WARNING, f"{PUNCTUATION}，4.5.3.5", holding="”》")
def commas_between_quotations(passage: TextPassage) -> Iterator[RuleHit]:
    """《甲》、《乙》: items in marks of their own need none between them, unless other words stand there (4.5.3.5)."""
    for items in QUOTED_LIST.finditer(passage.text):
        for match in COMMA.finditer(passage.text, items.start(), items.end()):
            yield hit_at(passage, match, "并列的引号、书名号之间通常不用顿号，请删去。", "")
