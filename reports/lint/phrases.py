"""Phrases that are wrong in any text: a table of patterns, each with a reason, a fix and an example."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reports.lint.counts import NUMBER
from reports.lint.finding import PassageKind, Severity
from reports.lint.passages import TextPassage
from reports.lint.registration import RegisteredRule, passage_rule
from reports.lint.subject import CHINESE, HANZI, NUMERALS, QUOTATION, RuleHit, covered_positions

TABLE = Path(__file__).with_name("phrases.csv")
RELATIONS = Path(__file__).with_name("relations")
WORD_GROUPS = Path(__file__).with_name("word_groups.csv")
# The most frequent surnames that are no words before a post, as 高 and 任 would be.
SURNAMES = (
    "张王李赵刘陈杨黄吴周徐孙马朱胡郭林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘蒋蔡余杜叶程苏魏吕丁沈姚卢"
    "姜崔钟谭陆汪范廖石贾夏方邹熊孟秦邱江尹薛闫段侯陶黎贺顾毛郝龚邵万钱严覃戴莫孔汤"
)
# What patterns of the table write for short: 〖首〗 is where a clause begins, 〖句首〗 where a sentence does.
SHORT = {
    "字": f"[{HANZI}]",
    "文": f"[{CHINESE}]",
    "姓": f"[{SURNAMES}]",
    "序": f"[{NUMERALS}]",
    "数": NUMBER,
    "概数": rf"(?:{NUMBER}|[{NUMERALS}两百千]{{1,6}}(?:成[半多]?)?|半数|一?半|[{NUMERALS}]分之[{NUMERALS}])",
    "约": "(?:约|近|逾|达到?|超过?|增至|共|合计|总计|累计|分别|平均|总额|计|为|有)*",
    "量止": "(?=[，。；、）（和]|$)",
    "顿号": "、",
    "句读": "[，。；、]",
    "句": r"[^，。；！？\n]",
    "首": r"(?:^|(?<=[，。；：！？\n]))",
    "句首": r"(?:^|(?<=[。；！？\n]))",
}
BETWEEN = "、"
NOTHING = "(?!)"  # as what must not stand there
DELETED = "（删去）"


@dataclass(frozen=True)
class WrongPhrase:
    """A pattern that never matches a correct text.

    reason, fix: may contain the pattern's named groups. The group `wrong` is quoted and replaced; without it, the whole
    match.
    """

    pattern: re.Pattern[str]
    reason: str
    fix: str
    example: str

    def hits_in(self, passage: TextPassage) -> Iterator[RuleHit]:
        for match in self.pattern.finditer(passage.text):
            group = "wrong" if "wrong" in self.pattern.groupindex else 0
            words = {name: word or "" for name, word in match.groupdict().items()} | {"wrong": match[group]}
            fix = "" if self.fix == DELETED else self.fix.format_map(words) or None
            yield RuleHit(self.reason.format_map(words), passage, *match.span(group), fix)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _any_of(cell: str) -> str:
    words = "|".join(cell.split(BETWEEN))
    return f"(?:{words})" if "|" in words else words


def _put_in(text: str, words: Mapping[str, str], *, without: str = "") -> str:
    """A text with its 〖names〗 replaced; a name without words becomes `without`, or nothing if written 〖name?〗."""
    while "〖" in text:
        text = re.sub(r"〖(\w+)(\??)〗", lambda name: words[name[1]] or ("" if name[2] else without), text)
    return text


def _phrase_of(row: Mapping[str, str], related: Mapping[str, str], short: Mapping[str, str]) -> WrongPhrase:
    """The phrase made of a row and of one row of its relation: the pattern matches any word of a cell, the example uses
    the first one.
    """
    any_of = {name: _any_of(cell) for name, cell in related.items()}
    first = {name: cell.split(BETWEEN)[0] for name, cell in related.items()} | {"例": related.get("例", "")}
    return WrongPhrase(
        re.compile(_put_in(row["错法"], {**short, **any_of}, without=NOTHING), re.MULTILINE),
        _put_in(row["理由"], related),
        _put_in(row["改为"], related),
        _put_in(row["例"], {**short, **first}),
    )


@cache
def phrases_by_rule() -> Mapping[str, tuple[WrongPhrase, ...]]:
    """Return the patterns by rule; compiling them takes a quarter of a second, so it is not done at start.

    A row that names a table in `relations` holds for each row of that table; its 〖…〗 are columns of it.
    """
    short = SHORT | {row["名称"]: _any_of(row["词"]) for row in _rows(WORD_GROUPS)}
    found: defaultdict[str, list[WrongPhrase]] = defaultdict(list)
    for row in _rows(TABLE):
        for related in _rows(RELATIONS / f"{row['表']}.csv") if row["表"] else ({},):
            found[row["规则"]].append(_phrase_of(row, related, short))
    return {rule: tuple(phrases) for rule, phrases in found.items()}


def phrase_hits(rule_id: str, passage: TextPassage, *, unquoted: bool = False) -> Iterator[RuleHit]:
    """Yield the matches of a rule's patterns; of several at one place the first.

    unquoted: ignore matches inside quotation and title marks, which are other people's words.
    """
    taken: set[int] = set()
    for phrase in phrases_by_rule()[rule_id]:
        for hit in phrase.hits_in(passage):
            if not taken and unquoted:
                taken |= covered_positions(QUOTATION, passage.text)
            if hit.start not in taken:
                taken |= set(range(hit.start, hit.end))
                yield hit


def phrase_rule(
    rule_id: str,
    label: str,
    severity: Severity,
    clause: str,
    *,
    kinds: tuple[PassageKind, ...] = tuple(PassageKind),
    unquoted: bool = False,
    is_certain: bool = True,
) -> RegisteredRule:
    """Make a rule from the patterns of the table alone."""

    @passage_rule(rule_id, label, severity, clause, kinds=kinds, is_certain=is_certain)
    def wrong_phrases(passage: TextPassage) -> Iterator[RuleHit]:
        return phrase_hits(rule_id, passage, unquoted=unquoted)

    return wrong_phrases
