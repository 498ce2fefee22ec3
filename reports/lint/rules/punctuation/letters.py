"""Latin words and addresses in a Chinese text (《国家通用语言文字法》第十一条: foreign words are to be explained)."""

import re
from collections.abc import Iterator

from reports.lint.finding import PassageKind
from reports.lint.passages import TextPassage
from reports.lint.registration import ACCURACY, WARNING, document_rule, passage_rule
from reports.lint.rules.punctuation.marks import ADDRESS
from reports.lint.subject import HANZI, LintSubject, RuleHit, covered_positions, hit_at, unquoted_matches

# Beside a figure letters are a unit or part of a code: 5km, 5G, PM2.5.
WORD = re.compile(r"(?<![A-Za-z\d.\-_/&])[A-Za-z][A-Za-z&'’-]*[A-Za-z](?![A-Za-z\d_]|[.\-/][A-Za-z\d])")
# What every reader of an office knows, units and Roman numerals; in capitals.
KNOWN = re.compile(
    r"AI|APP|IT|IP|IC|ID|PC|TV|CT|GPS|USB|LED|ATM|CCTV|DNA|VIP|SUV|WI-?FI|OK|NO|VR|AR|QQ|POS|AED|ETC|AQI|CBD|SOHO|KTV|UPS|GDP|CPI|WTO|APEC|R&D|IPO|MBA|LNG|CNG|EMS|5A|SCI|ESG|OPC|NFC"
    r"|ISO|GB|PPT|PDF|WORD|EXCEL|KM|KG|MM|CM|ML|MW|KWH?|MPA|DB|HZ|PH|[IVX]+"
)
EXPLAINED_AFTER = re.compile(rf"[（(][^（）()\n]{{0,40}}[{HANZI}]")
LONGEST_ABBREVIATION = 5
# REITs, VOCs, DeepSeek: an abbreviation or a product, by the capitals within it.
WITH_CAPITALS = re.compile(r"[A-Z][A-Za-z]*[A-Z]")
OPENING_BRACKETS = ("（", "(")


@document_rule("foreign-word", "外文词语", WARNING, "《国家通用语言文字法》第十一条")
def foreign_words(subject: LintSubject) -> Iterator[RuleHit]:
    """A Latin word or abbreviation that is not explained where it first stands; names in quotation marks are names."""
    seen: set[str] = set()
    for passage in subject.passages_of_kind(
        PassageKind.TITLE, PassageKind.HEADING, PassageKind.HEAD, PassageKind.TEXT, PassageKind.CELL
    ):
        if passage.text.isascii():
            continue  # a code or a number in a cell
        for match in _latin_words(passage):
            word = match[0].upper()
            if word in seen or KNOWN.fullmatch(word):
                continue
            seen.add(word)
            is_short = not match[0].isupper() or len(word) <= LONGEST_ABBREVIATION
            if subject.is_fragment and is_short and WITH_CAPITALS.match(match[0]):
                continue  # it may have been explained before
            if not _is_explained(passage.text, match):
                reason = f"“{match[0]}”第一次出现，应当用中文名称，或者在后面的括号里注明中文意思。"
                yield hit_at(passage, match, reason)


def _latin_words(passage: TextPassage) -> Iterator[re.Match[str]]:
    """The Latin words of a text outside of quotations and addresses."""
    words = list(unquoted_matches(WORD, passage.text))
    addresses = covered_positions(ADDRESS, passage.text) if words else frozenset()
    return (match for match in words if match.start() not in addresses)


def _is_explained(text: str, match: re.Match[str]) -> bool:
    """Whether a bracket explains a word, or the word stands in a bracket behind its Chinese name."""
    in_bracket = text[: match.start()].endswith(OPENING_BRACKETS)
    return in_bracket or EXPLAINED_AFTER.match(text, match.end()) is not None


@passage_rule("address", "网址、邮箱", WARNING, ACCURACY, kinds=(PassageKind.TEXT,))
def web_addresses(passage: TextPassage) -> Iterator[RuleHit]:
    """An address outside of a contact line: nobody can follow it on paper, and one letter wrong makes it useless."""
    if "联系" not in passage.text:
        for match in ADDRESS.finditer(passage.text):
            yield hit_at(passage, match, "正文中写有网址或者邮箱，请核对是否必要、有无错漏。")
