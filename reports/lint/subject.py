"""What a rule looks at, and what it hands back."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from reports.lint.finding import Context, Kind
from reports.lint.passages import Passage, passages
from reports.model import Block, LetterMasthead, Masthead, OfficialDocument

# Hanzi, and with them the marks that only Chinese text has: what stands beside these is Chinese text.
HANZI = "㐀-䶿一-鿿"
CHINESE = f"{HANZI}，。、；：？！“”‘’（）《》〈〉【】〔〕…"
NUMERALS = "一二三四五六七八九十"
# Words in quotation or title marks. Patterns are bounded, so that no text, however long, takes more than a moment.
QUOTATION = re.compile(r"[“《][^”》\n]{0,100}[”》]")
# Half-width ones end a text too, if badly: that is another rule's affair.
END_MARKS = "。！？…：；.!?:;"
CLOSING_MARKS = "”’）》〉】)\"'"


@dataclass(frozen=True, slots=True)
class Hit:
    """Some characters of a passage that break a rule; without a passage the document as a whole does, in `part`."""

    reason: str
    passage: Passage | None = None
    start: int = 0
    end: int = 0
    replacement: str | None = None
    part: str = ""


@dataclass(frozen=True)
class Subject:
    """A document under the lint's eyes."""

    document: OfficialDocument
    context: Context

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Its pieces of text that are not empty, in reading order."""
        return tuple(one for one in passages(self.document) if one.text.strip())

    @cached_property
    def title(self) -> str:
        """Its title in one line."""
        return "".join(self.document.title.split("\n")).strip()

    @property
    def year(self) -> int:
        """The year in which it is issued, 0 where it does not say."""
        masthead, signature = self.document.masthead, self.document.signature
        if signature and signature.signed_on:
            return signature.signed_on.year
        return masthead.number.year if isinstance(masthead, Masthead | LetterMasthead) else 0

    def blocks(self, passage: Passage) -> tuple[Block, ...]:
        """The blocks among which a passage stands: of the body, of its annex, of the enclosure."""
        if passage.annex is not None:
            return self.document.annexes[passage.annex].blocks
        if passage.enclosure and self.document.enclosure:
            return self.document.enclosure.blocks
        return self.document.body

    def block(self, passage: Passage) -> Block | None:
        """The block that a passage is of; None for one outside of blocks."""
        return None if passage.block is None else self.blocks(passage)[passage.block]

    @property
    def paragraphs(self) -> Iterator[Passage]:
        """The paragraphs of its body, those of annexes and of an enclosure aside."""
        return (one for one in self.of_kind(Kind.TEXT) if one.annex is None and not one.enclosure)

    def of_kind(self, *kinds: Kind) -> Iterator[Passage]:
        """Its passages of these kinds."""
        return (one for one in self.passages if one.kind in kinds)


Finder: TypeAlias = Callable[[Subject], Iterator[Hit]]
PassageFinder: TypeAlias = Callable[[Passage], Iterator[Hit]]


def covered(pattern: re.Pattern[str], text: str) -> frozenset[int]:
    """The positions of a text that a pattern covers."""
    return frozenset(place for match in pattern.finditer(text) for place in range(*match.span()))


def unquoted(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Where a pattern matches a text outside of words in quotation or title marks."""
    matches = list(pattern.finditer(text))
    quoted = covered(QUOTATION, text) if matches else frozenset()
    return (match for match in matches if match.start() not in quoted)


def is_ended(text: str) -> bool:
    """Whether a text ends with an end mark, or with one inside closing marks."""
    return text.rstrip().rstrip(CLOSING_MARKS).endswith(tuple(END_MARKS))


def at(passage: Passage, match: re.Match[str], reason: str, replacement: str | None = None) -> Hit:
    """A hit at what a pattern matched."""
    return Hit(reason, passage, match.start(), match.end(), replacement)


def each(find: PassageFinder, *kinds: Kind, holding: str = "") -> Finder:
    """A rule that looks at one passage at a time: at all of them, or at those of some kinds.

    holding: characters of which one must occur in a passage for the rule to find anything there; with them a long
    document is read in a fraction of the time.
    """
    wanted, needed = kinds or tuple(Kind), re.compile(f"[{re.escape(holding)}]" if holding else "")

    def finder(subject: Subject) -> Iterator[Hit]:
        for passage in subject.of_kind(*wanted):
            if needed.search(passage.text):
                yield from find(passage)

    return finder
