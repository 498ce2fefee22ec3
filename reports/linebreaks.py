"""Where a Chinese line may end: what Pango gets wrong by GB/T 15834-2011, 5.1, and how a title is broken.

Pango already keeps closing marks from the start of a line, opening marks from its end, —— and …… in one piece.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from reports.characters import paragraphs

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
    r"(?<=[\u4e00-\u9fff，。、；：])(?=[“‘])|(?<=[”’])(?=[\u4e00-\u9fff])|(?<=[0-9A-Za-z]\+)(?=[0-9A-Za-z])"
)

WORDS = re.compile(r"[!-~]+")

CLOSING = "，。、；：？！）》〉”’』」】〕％%·～…—的和与及了"
OPENING = "（《〈“‘『「【〔"


def join(text: str) -> str:
    """Text with word joiners where GB/T 15834 forbids a line break, and soft breaks where only Pango does."""
    return BREAKABLE.sub(SOFT_BREAK, UNBREAKABLE.sub(WORD_JOINER, text))


def rough_width(text: str) -> float:
    """The width of a text in ems, near enough to share out room: a Latin letter or figure takes half an em."""
    return sum(0.55 if character.isascii() else 1.0 for character in text)


def longest_word(text: str) -> str:
    """The longest run of Latin letters and figures in a text."""
    return max(WORDS.findall(text), key=len, default="")


def title_lines(title: str, longest: int) -> list[str]:
    """Break a title into lines of at most `longest` characters (GB/T 9704-2012, 7.3.1).

    Lines that the composer gave stay as they are. Otherwise the lines come out about equally long, broken where
    it does not hurt the meaning, as a trapezoid or a diamond: never narrower in the middle.
    """
    given = paragraphs(title)
    if len(given) > 1 or len(given[0]) <= longest:
        return given
    cuts = _best_cuts(given[0], longest)
    return [given[0][start:end] for start, end in pairwise(cuts)]


@dataclass(frozen=True)
class _Way:
    """A way to break the first lines of a title.

    cuts: where lines begin and end; narrows: the last line is narrower than the one before; badness: how it looks.
    """

    cuts: tuple[int, ...] = (0,)
    narrows: bool = False
    badness: float = 0.0

    @property
    def _length(self) -> int:
        """The length of the last line, 0 before the first."""
        return self.cuts[-1] - self.cuts[-2] if len(self.cuts) > 1 else 0

    @property
    def state(self) -> tuple[int, int, bool]:
        """All that matters to how the way goes on."""
        return self.cuts[-1], self._length, self.narrows

    def longer(self, text: str, place: int, even: float, longest: int) -> "_Way":
        """The way with one more line, up to `place`."""
        length = place - self.cuts[-1]
        waist = 50 if self.narrows and length > self._length else 0
        too_long = 0 if 2 <= length <= longest else 1000
        harm = _harm(text, place) if place < len(text) else 0
        badness = self.badness + (length - even) ** 2 + waist + too_long + harm
        return _Way((*self.cuts, place), length < self._length, badness)


def _best_cuts(text: str, longest: int) -> tuple[int, ...]:
    """Where a title is cut so that it looks best, its beginning and end among the places."""
    count = -(-len(text) // longest)
    even = len(text) / count
    ways = [_Way()]
    for index in range(1, count + 1):
        reach = range(-6, 7) if index < count else (0,)
        places = [round(even * index) + shift for shift in reach]
        found: dict[tuple[int, int, bool], _Way] = {}
        for way in ways:
            for place in places:
                new = way.longer(text, place, even, longest)
                found[new.state] = min(new, found.get(new.state, new), key=lambda one: one.badness)
        ways = list(found.values())
    return min(ways, key=lambda way: way.badness).cuts


def _harm(text: str, cut: int) -> float:
    """How much a line break at this place hurts the meaning."""
    if not 0 < cut < len(text):
        return 1000
    before, after = text[cut - 1], text[cut]
    if (
        before in OPENING
        or after in CLOSING
        or (before.isascii() and (after.isascii() or after in "年月日号"))
    ):
        return 400
    if text.startswith("关于", cut) or before in "的、，》”年":
        return 0
    return 12
