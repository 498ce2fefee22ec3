"""The parts settings.xml and fontTable.xml: Chinese line breaking, odd and even pages, stand-ins for fonts."""

from reports.docx.stylesheet import LANGUAGE, official_name
from reports.docx.wordml import Element, w
from reports.fonts import FontRole

# GB/T 15834-2011, 5.1: what never starts a line, and what never ends one.
NEVER_FIRST = "!%),.:;>?]}·—‖’”…‰℃、。〃〉》」』】〕〗！＂％＇），．：；？］｀｜｝～￠"
NEVER_LAST = "$([{£¥‘“〈《「『【〔〖〝＄（．［｛￡￥"
WORD_2013 = "15"
MICROSOFT = "http://schemas.microsoft.com/office/word"
GB_CHARSET = "86"

# Under which other names the faces are found on machines that lack the official ones.
STAND_INS = {
    FontRole.TITLE: "方正小标宋_GBK",
    FontRole.TEXT: "仿宋",
    FontRole.LEVEL1: "SimHei",
    FontRole.LEVEL2: "楷体",
    FontRole.FOLIO: "SimSun",
}


def settings_part() -> Element:
    """How Word treats the whole document: as one of Word 2013 and later, with no compressed punctuation."""
    mode = w("compatSetting", name="compatibilityMode", uri=MICROSOFT, val=WORD_2013)
    return w(
        "settings",
        w("zoom", percent=100),
        w("evenAndOddHeaders"),
        w("characterSpacingControl", val="doNotCompress"),
        w("noLineBreaksAfter", lang=LANGUAGE, val=NEVER_LAST),
        w("noLineBreaksBefore", lang=LANGUAGE, val=NEVER_FIRST),
        w("compat", mode),
        w("themeFontLang", val="en-US", eastAsia=LANGUAGE),
        w("decimalSymbol", val="."),
        w("listSeparator", val=","),
    )


def font_table() -> Element:
    """The official fonts, each with another that may stand in for it."""
    return w("fonts", *(_font_entry(face, stand_in) for face, stand_in in STAND_INS.items()))


def _font_entry(face: FontRole, stand_in: str) -> Element:
    return w("font", w("altName", val=stand_in), w("charset", val=GB_CHARSET), name=official_name(face))
