"""Where a Chinese line may end: what Pango gets wrong by GB/T 15834-2011, 5.1.

Pango already keeps closing marks from the start of a line, opening marks from its end, —— and …… in one piece.
"""

import re

WORD_JOINER = "\u2060"
SOFT_BREAK = "\u200b"

# 5.1.6, 5.1.7, 5.1.9: a connecting dash, ～, · and / never start a line, / never ends one either. A figure
# stays with its 年, 月, 日, 号, an item's number with its words, and the number of a document in one piece.
UNBREAKABLE = re.compile(
    r"(?<=\S)(?=[·～/])|(?<=/)(?=\S)|(?<=[^\s—])(?=—(?!—))|(?<=\d)(?=[年月日号])|(?<=〕)(?=\d+号)"
    r"|(?<=\d\.)(?=[\u4e00-\u9fff“])"
)

# Pango takes quotation marks for Latin ones, which hold on to both their neighbours; in Chinese a line may end
# before an opening one and after a closing one. A chain such as 1+11+17+X may go on after a plus sign.
BREAKABLE = re.compile(
    r"(?<=[\u4e00-\u9fff，。、；：！？）》〉”’])(?=[“‘])|(?<=[”’])(?=[\u4e00-\u9fff（《〈])"
    r"|(?<=[0-9A-Za-z%])(?=“)|(?<=”)(?=[0-9A-Za-z])|(?<=[0-9A-Za-z]\+)(?=[0-9A-Za-z])"
)

# Words of the names of offices, posts and works that a line does not end within.
NAME_WORDS = re.compile(
    "办公室|办事处|委员会|居委会|居民区|执法队|指挥部|领导小组|工作站|志愿者|孵化器|数字化|"
    "街道|社区|党建|党群|党政|中心|服务|事务|受理|综合|行政|执法|城市|管理|网格|文化|活动|平安|营商|环境|经济|发展|"
    "规划|建设|公共|自治|宣传|统战|组织|人事|财政|财务|纪检|监察|人民|武装|信访|司法|卫生|健康|退役|军人|民生|保障|"
    "更新|改造|楼宇|园区|企业|产业|项目|招商|投资|物业|治理|安全|应急|消防|养老|托育|就业|青年|青少年|垃圾|分类|"
    "提升|推进|构建|打造|强化|深化|优化|完善|落实|加强|提供|激活|培育|夯实|拓展|精准|融合|多元"
)
# What stands in quotation marks within a name, such as “蓄水池”.
QUOTED_WORD = re.compile("“[^“”]{1,6}”")
# A longer text, or one with sentences, is no name.
LONGEST_NAME = 40
SENTENCE_MARK = re.compile("[。；，：？！\n]")

# A paragraph ends in no line of a single character, a heading or a name in none of a part of a word.
LEAST_OF_TEXT, LEAST_OF_HEADING, LEAST_OF_NAME = 2, 4, 5
CLOSING_MARKS = "。，、；：？！）》〉」』】〕”’…—"

WORDS = re.compile(r"[!-~]+")


def mark_line_breaks(text: str) -> str:
    """Text with word joiners where GB/T 15834 forbids a line break, and soft breaks where only Pango does."""
    return BREAKABLE.sub(SOFT_BREAK, UNBREAKABLE.sub(WORD_JOINER, text))


def keep_words_whole(text: str, room: float) -> str:
    """A name with word joiners in those of its words for which a line of this many ems has room; a text as it is."""
    if len(text) > LONGEST_NAME or rough_width(text) <= room or SENTENCE_MARK.search(text):
        return text

    def joined(word: re.Match[str]) -> str:
        return WORD_JOINER.join(word[0]) if len(word[0]) <= room else word[0]

    return NAME_WORDS.sub(joined, QUOTED_WORD.sub(joined, text))


def keep_end_whole(text: str, count: int) -> str:
    """A text with its last characters joined: its last line has at least so many, not counting closing marks."""
    end = len(text.rstrip(CLOSING_MARKS))
    start = max(0, end - count)
    return text[:start] + WORD_JOINER.join(text[start:end]) + text[end:]


def rough_width(text: str) -> float:
    """The width of a text in ems, near enough to share out room: a Latin letter or figure takes half an em."""
    return len(text) - 0.45 * len(text.encode("ascii", "ignore"))


def longest_word(text: str) -> str:
    return max(WORDS.findall(text), key=len, default="")
