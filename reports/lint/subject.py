"""What a rule examines (LintSubject) and what it returns (RuleHit)."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from reports.lint.counts import COUNT, FIGURE
from reports.lint.finding import LintContext, PassageKind
from reports.lint.passages import TextPassage, passages_of_document
from reports.lint.quantities import TextQuantity, quantities_of
from reports.lint.words import ListedWord
from reports.model import Block, DocumentPart, OfficialDocument

# Hanzi, and with them the marks that only Chinese text has: what stands beside these is Chinese text.
HANZI = "㐀-䶿一-鿿"
CHINESE = f"{HANZI}，。、；：？！“”‘’（）《》〈〉【】〔〕…"
NUMERALS = "一二三四五六七八九十"
# Words in quotation or title marks. Patterns are bounded, so that no text, however long, takes more than a moment.
QUOTATION = re.compile(r"[“《][^”》\n]{0,100}[”》]")
# A title that begins a line of running text: 关于……的报告。区人民政府：……
INLINE_TITLE = re.compile(
    r"(?P<title>[^，。：；“”\n]{0,20}关于[^，。：；\n]{2,50}的(?:通知|通报|报告|请示|批复|函))[。：]?(?=[^，。；\n]{2,30}：)"
)
# Half-width ones too: they end a sentence, and another rule reports them.
END_MARKS = "。！？…：；.!?:;"
CLOSING_MARKS = "”’）》〉】)\"'"


@dataclass(frozen=True, slots=True)
class RuleHit:
    """A range of a passage that breaks a rule; without a passage, the document as a whole does, in `part`."""

    reason: str
    passage: TextPassage | None = None
    start: int = 0
    end: int = 0
    replacement: str | None = None
    part: DocumentPart = DocumentPart.WHOLE


@dataclass(frozen=True, slots=True)
class WrittenDocument(OfficialDocument):
    """A text of any origin, with numbers written by hand, as far as its structure can be recognised.

    listed_annexes: the number of annexes listed below its body. dated: the date in its last line.
    """

    listed_annexes: int = 0
    dated: date | None = None

    def __post_init__(self) -> None:
        """What an official document must have, a text need not."""

    @property
    def is_fragment(self) -> bool:
        """Whether it is only a piece of a document, in which nothing can be said to be missing."""
        return not self.title or self.signature is None


@dataclass(frozen=True)
class LintSubject:
    """A document to be checked, with its context."""

    document: OfficialDocument
    context: LintContext

    @cached_property
    def passages(self) -> tuple[TextPassage, ...]:
        """Its passages that are not empty, in reading order."""
        return tuple(one for one in passages_of_document(self.document) if one.text.strip())

    @cached_property
    def listed_words(self) -> tuple[tuple[TextPassage, int, ListedWord], ...]:
        """The words of the word list in its texts, with their places."""
        words = self.context.words
        return tuple((one, start, word) for one in self.passages for start, word in words.words_in(one.text))

    @cached_property
    def quantities(self) -> tuple[TextQuantity, ...]:
        """The counts in its title and body, in reading order."""
        return quantities_of(self.running_text)

    @cached_property
    def figures(self) -> tuple[TextQuantity, ...]:
        """The same with percentages and all other units."""
        return quantities_of(self.running_text, pattern=FIGURE)

    @property
    def running_text(self) -> Iterator[TextPassage]:
        """The passages of its title and body."""
        return (one for one in self.passages if one.part in (DocumentPart.TITLE, DocumentPart.BODY))

    @cached_property
    def quantity_lists(self) -> tuple[tuple[TextQuantity, ...], ...]:
        """The counts of the running text as one list, and those of each cell, annex title and other passage as lists of
        their own.
        """
        return (self.quantities, *self._lists_beside(self.quantities, COUNT))

    @cached_property
    def figure_lists(self) -> tuple[tuple[TextQuantity, ...], ...]:
        """The same for its figures."""
        return (self.figures, *self._lists_beside(self.figures, FIGURE))

    def _lists_beside(
        self, known: tuple[TextQuantity, ...], pattern: re.Pattern[str]
    ) -> Iterator[tuple[TextQuantity, ...]]:
        read = {id(one.passage) for one in known}
        others = (one for one in self.passages if id(one) not in read)
        return filter(None, (quantities_of([one], tuple(PassageKind), pattern) for one in others))

    @property
    def day(self) -> date | None:
        """The day of the document: of its signature or, if it is not signed, of the check."""
        return self.issued_on or self.context.today

    @property
    def issued_on(self) -> date | None:
        signature, written = self.document.signature, self.written
        return (signature and signature.signed_on) or (written and written.dated) or None

    @cached_property
    def title(self) -> str:
        """Its title in one line; for a text without one, a first sentence that reads like a title."""
        title = "".join(self.document.title.split("\n")).strip()
        first = (
            INLINE_TITLE.match(self.passages[0].text)
            if self.written and not title and self.passages
            else None
        )
        return first["title"] if first else title

    @property
    def written(self) -> WrittenDocument | None:
        """The document if it is a WrittenDocument, else None."""
        return self.document if isinstance(self.document, WrittenDocument) else None

    @property
    def is_fragment(self) -> bool:
        return self.written is not None and self.written.is_fragment

    @property
    def year(self) -> int | None:
        """The year of issue, or None if it is not stated."""
        masthead = self.document.masthead
        if self.issued_on:
            return self.issued_on.year
        return masthead.number.year if masthead and masthead.number else None

    def blocks_around(self, passage: TextPassage) -> tuple[Block, ...]:
        """The blocks among which a passage stands: of the body, of its annex or of the enclosure."""
        return self.document.blocks_of(passage.place.annex, enclosed=passage.part is DocumentPart.ENCLOSURE)

    def block_of(self, passage: TextPassage) -> Block | None:
        """The block of a passage, or None."""
        return None if passage.place.block is None else self.blocks_around(passage)[passage.place.block]

    @cached_property
    def block_texts(self) -> Mapping[tuple[DocumentPart, int | None, int], str]:
        """The text of each block by its part, its annex and its place among the blocks around it."""
        texts: defaultdict[tuple[DocumentPart, int | None, int], str] = defaultdict(str)
        for one in self.passages:
            if one.place.block is not None:
                texts[one.part, one.place.annex, one.place.block] += one.text
        return texts

    @property
    def body_paragraphs(self) -> Iterator[TextPassage]:
        """The paragraphs of the body, without annexes and enclosure."""
        return (one for one in self.passages_of_kind(PassageKind.TEXT) if one.part is DocumentPart.BODY)

    def passages_of_kind(self, *kinds: PassageKind) -> Iterator[TextPassage]:
        return (one for one in self.passages if one.kind in kinds)


def covered_positions(pattern: re.Pattern[str], text: str) -> frozenset[int]:
    return frozenset(place for match in pattern.finditer(text) for place in range(*match.span()))


def unquoted_matches(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """The matches of a pattern outside quotation and title marks."""
    matches = list(pattern.finditer(text))
    quoted = covered_positions(QUOTATION, text) if matches else frozenset()
    return (match for match in matches if match.start() not in quoted)


def is_ended(text: str) -> bool:
    """Whether a text ends with an end mark, even inside closing marks."""
    return text.rstrip().rstrip(CLOSING_MARKS).endswith(tuple(END_MARKS))


def hit_at(
    passage: TextPassage, match: re.Match[str], reason: str, replacement: str | None = None
) -> RuleHit:
    return RuleHit(reason, passage, match.start(), match.end(), replacement)


def hit_of_whole(passage: TextPassage, reason: str) -> RuleHit:
    return RuleHit(reason, passage, 0, len(passage.text))
