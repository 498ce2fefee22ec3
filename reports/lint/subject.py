"""What a rule looks at, and what it returns."""

import re
from collections.abc import Iterator
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
    """Some characters of a passage that break a rule; without a passage the document as a whole does, in `part`."""

    reason: str
    passage: TextPassage | None = None
    start: int = 0
    end: int = 0
    replacement: str | None = None
    part: DocumentPart = DocumentPart.WHOLE


@dataclass(frozen=True, slots=True)
class WrittenDocument(OfficialDocument):
    """A text of any origin, its numbers written by hand, as far as it shows what its lines are.

    listed_annexes: how many annexes it names below its body.
    dated: the date in its last line.
    """

    listed_annexes: int = 0
    dated: date | None = None

    def __post_init__(self) -> None:
        """What an official document must have, a text need not."""

    @property
    def is_fragment(self) -> bool:
        """Whether it is a piece of a document only: nobody may ask it for what the rest of it would hold."""
        return not self.title or self.signature is None


@dataclass(frozen=True)
class LintSubject:
    """A document that is checked, with what a careful reader would know."""

    document: OfficialDocument
    context: LintContext

    @cached_property
    def passages(self) -> tuple[TextPassage, ...]:
        """Its pieces of text that are not empty, in reading order."""
        return tuple(one for one in passages_of_document(self.document) if one.text.strip())

    @cached_property
    def listed_words(self) -> tuple[tuple[TextPassage, int, ListedWord], ...]:
        """Where words of the list stand in its texts."""
        words = self.context.words
        return tuple((one, start, word) for one in self.passages for start, word in words.words_in(one.text))

    @cached_property
    def quantities(self) -> tuple[TextQuantity, ...]:
        """What it counts, in reading order; tables and annexes aside."""
        return quantities_of(self.running_text)

    @cached_property
    def figures(self) -> tuple[TextQuantity, ...]:
        """The same, and percentages and what is measured in other units as well."""
        return quantities_of(self.running_text, pattern=FIGURE)

    @property
    def running_text(self) -> Iterator[TextPassage]:
        """Its title and its body."""
        return (one for one in self.passages if one.part in (DocumentPart.TITLE, DocumentPart.BODY))

    @cached_property
    def quantity_lists(self) -> tuple[tuple[TextQuantity, ...], ...]:
        """What it counts, and, each alone, what its cells, its annexes and what else is no running text count."""
        return (self.quantities, *self._lists_beside(self.quantities, COUNT))

    @cached_property
    def figure_lists(self) -> tuple[tuple[TextQuantity, ...], ...]:
        """The same of its figures."""
        return (self.figures, *self._lists_beside(self.figures, FIGURE))

    def _lists_beside(
        self, known: tuple[TextQuantity, ...], pattern: re.Pattern[str]
    ) -> Iterator[tuple[TextQuantity, ...]]:
        read = {id(one.passage) for one in known}
        others = (one for one in self.passages if id(one) not in read)
        return filter(None, (quantities_of([one], tuple(PassageKind), pattern) for one in others))

    @property
    def day(self) -> date | None:
        """The day of the document: that of its signature, or of the check where it is not signed yet."""
        return self.issued_on or self.context.today

    @property
    def issued_on(self) -> date | None:
        signature, written = self.document.signature, self.written
        return (signature and signature.signed_on) or (written and written.dated) or None

    @cached_property
    def title(self) -> str:
        """Its title in one line; of a text without one its first sentence, if that is all that a title is."""
        title = "".join(self.document.title.split("\n")).strip()
        first = (
            INLINE_TITLE.match(self.passages[0].text)
            if self.written and not title and self.passages
            else None
        )
        return first["title"] if first else title

    @property
    def written(self) -> WrittenDocument | None:
        """Its document where that is a text whose numbers and annex list were written by hand."""
        return self.document if isinstance(self.document, WrittenDocument) else None

    @property
    def is_fragment(self) -> bool:
        return self.written is not None and self.written.is_fragment

    @property
    def year(self) -> int | None:
        """The year in which it is issued, None where it does not say."""
        masthead = self.document.masthead
        if self.issued_on:
            return self.issued_on.year
        return masthead.number.year if masthead and masthead.number else None

    def blocks_around(self, passage: TextPassage) -> tuple[Block, ...]:
        """The blocks among which a passage stands: of the body, of its annex, of the enclosure."""
        return self.document.blocks_of(passage.place.annex, enclosed=passage.part is DocumentPart.ENCLOSURE)

    def block_of(self, passage: TextPassage) -> Block | None:
        """The block that a passage is of; None for one outside of blocks."""
        return None if passage.place.block is None else self.blocks_around(passage)[passage.place.block]

    @property
    def body_paragraphs(self) -> Iterator[TextPassage]:
        """The paragraphs of its body, those of annexes and of an enclosure aside."""
        return (one for one in self.passages_of_kind(PassageKind.TEXT) if one.part is DocumentPart.BODY)

    def passages_of_kind(self, *kinds: PassageKind) -> Iterator[TextPassage]:
        return (one for one in self.passages if one.kind in kinds)


def covered_positions(pattern: re.Pattern[str], text: str) -> frozenset[int]:
    return frozenset(place for match in pattern.finditer(text) for place in range(*match.span()))


def unquoted_matches(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Where a pattern matches a text outside of words in quotation or title marks."""
    matches = list(pattern.finditer(text))
    quoted = covered_positions(QUOTATION, text) if matches else frozenset()
    return (match for match in matches if match.start() not in quoted)


def is_ended(text: str) -> bool:
    """Whether a text ends with an end mark, or with one inside closing marks."""
    return text.rstrip().rstrip(CLOSING_MARKS).endswith(tuple(END_MARKS))


def hit_at(
    passage: TextPassage, match: re.Match[str], reason: str, replacement: str | None = None
) -> RuleHit:
    return RuleHit(reason, passage, match.start(), match.end(), replacement)


def hit_of_whole(passage: TextPassage, reason: str) -> RuleHit:
    return RuleHit(reason, passage, 0, len(passage.text))
