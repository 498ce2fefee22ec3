"""Where a Chinese line may end: what Pango gets wrong by GB/T 15834-2011, 5.1.

Pango already keeps closing marks from the start of a line, opening marks from its end, —— and …… in one piece.
"""

import re

WORD_JOINER = "\u2060"
SOFT_BREAK = "\u200b"

# 5.1.6, 5.1.7, 5.1.9: a connecting dash, ～, · and / never start a line, / never ends one either. A figure
# stays with its 年, 月, 日, 号, and the number of a document in one piece.
UNBREAKABLE = re.compile(
    r"(?<=\S)(?=[·～/])|(?<=/)(?=\S)|(?<=[^\s—])(?=—(?!—))|(?<=\d)(?=[年月日号])|(?<=〕)(?=\d+号)"
)

# Pango takes quotation marks for Latin ones, which hold on to both their neighbours; in Chinese a line may end
# before an opening one and after a closing one. A chain such as 1+11+17+X may go on after a plus sign.
BREAKABLE = re.compile(
    r"(?<=[\u4e00-\u9fff，。、；：！？）》〉”’])(?=[“‘])|(?<=[”’])(?=[\u4e00-\u9fff（《〈])|(?<=[0-9A-Za-z]\+)(?=[0-9A-Za-z])"
)

WORDS = re.compile(r"[!-~]+")


def mark_line_breaks(text: str) -> str:
    """Text with word joiners where GB/T 15834 forbids a line break, and soft breaks where only Pango does."""
    return BREAKABLE.sub(SOFT_BREAK, UNBREAKABLE.sub(WORD_JOINER, text))


def rough_width(text: str) -> float:
    """The width of a text in ems, near enough to share out room: a Latin letter or figure takes half an em."""
    return len(text) - 0.45 * len(text.encode("ascii", "ignore"))


def longest_word(text: str) -> str:
    return max(WORDS.findall(text), key=len, default="")
