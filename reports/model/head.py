"""The heads above the title: the red head (版头, 7.2), that of a letter (10.1) and that of minutes (10.3)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, TypeAlias

from reports.model.errors import DocumentError
from reports.model.parts import DocumentPart

SUFFIX = "文件"


class Direction(StrEnum):
    """Whether a document goes up or down the hierarchy (行文方向).

    Decides where its number is printed and whether a 签发人 is named.
    """

    UPWARD = "upward"
    DOWNWARD = "downward"


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """发文字号 (GB/T 9704-2012, 7.2.5).

    `sequence` is None in a draft, which is printed with a blank in its place: 示街〔2026〕　号.
    """

    agency: str
    year: int
    sequence: int | None = None

    def __str__(self) -> str:
        sequence = "　" if self.sequence is None else str(self.sequence)
        return f"{self.agency}〔{self.year}〕{sequence}号"


@dataclass(frozen=True, slots=True)
class Marking:
    """The markings in the upper left corner, one below the other (7.2.1-3); empty ones are left out.

    copy_number: 份号, printed with six digits.
    secrecy: 密级, with its term if it has one: 机密★1年.
    urgency: 紧急程度: 特急 or 加急.
    """

    copy_number: int | None = None
    secrecy: str = ""
    urgency: str = ""

    def __post_init__(self) -> None:
        if self.copy_number is not None and not 0 < self.copy_number < 1_000_000:
            raise DocumentError(f"份号{self.copy_number}超出六位数字，请填写 1 至 999999。")

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines as printed, from top to bottom."""
        number = "" if self.copy_number is None else f"{self.copy_number:06d}"
        return tuple(line for line in (number, self.secrecy, self.urgency) if line)


# All mastheads have these attributes, so that neither the renderers nor the lint need to check the class:
#
# template: the name of its HTML template, and its key in `reports.docx.head.WORD_HEADS`.
# named_fields: its fields that hold printed names, each with the part of the document that it is.
# has_full_imprint: whether the imprint names office and date and is printed on the back of a sheet (7.4).
# counts_first_lines: whether the first page has its own number of lines, above a red line at its foot (10.1).
# mark_lines, mark_suffix: the lines of the mark, and the text beside the middle of several lines (7.2.4).
# issuers, signatories: 发文机关 and 签发人, empty if it names none; direction: 行文方向, None if it shows none.


@dataclass(frozen=True, slots=True)
class Masthead:
    """The red head (版头, 7.2) of a document in the form 文件.

    issuers: 发文机关; of joint issuers, the host comes first (7.2.4).
    signatories: 签发人, in upward documents only; a draft need not name them yet.
    suffix: the text after the issuers' names in the mark; empty if the mark is the name alone.
    """

    issuers: tuple[str, ...]
    number: DocumentNumber
    direction: Direction = Direction.DOWNWARD
    signatories: tuple[str, ...] = ()
    suffix: str = SUFFIX
    marking: Marking = Marking()

    template: ClassVar = "file"
    named_fields: ClassVar = {
        "issuers": DocumentPart.MASTHEAD_ISSUER,
        "signatories": DocumentPart.SIGNATORY,
    }
    has_full_imprint: ClassVar = True
    counts_first_lines: ClassVar = False

    def __post_init__(self) -> None:
        if not self.issuers or not all(issuer.strip() for issuer in self.issuers):
            raise DocumentError("版头缺少发文机关标志，请写明发文机关名称。")
        if self.signatories and self.direction is not Direction.UPWARD:
            raise DocumentError("只有上行文才标注签发人，请改为上行文或去掉签发人。")

    @property
    def mark_lines(self) -> tuple[str, ...]:
        """The lines of the 发文机关标志; a single issuer's name includes the suffix."""
        return self.issuers if len(self.issuers) > 1 else (f"{self.issuers[0]}{self.suffix}",)

    @property
    def mark_suffix(self) -> str:
        return self.suffix if len(self.issuers) > 1 else ""


@dataclass(frozen=True, slots=True)
class LetterMasthead:
    """The head of a letter (信函, 10.1): the issuer's name only, red double lines, the number on the right."""

    issuer: str
    number: DocumentNumber
    marking: Marking = Marking()

    template: ClassVar = "letter"
    named_fields: ClassVar = {"issuer": DocumentPart.MASTHEAD_ISSUER}
    has_full_imprint: ClassVar = False
    counts_first_lines: ClassVar = True
    mark_suffix: ClassVar = ""
    signatories: ClassVar[tuple[str, ...]] = ()
    direction: ClassVar[Direction | None] = None

    def __post_init__(self) -> None:
        if not self.issuer.strip():
            raise DocumentError("信函缺少发文机关标志，请写明发文机关名称。")

    @property
    def issuers(self) -> tuple[str, ...]:
        return (self.issuer,)

    @property
    def mark_lines(self) -> tuple[str, ...]:
        return self.issuers


@dataclass(frozen=True, slots=True)
class MinutesMasthead:
    """The head of minutes (纪要, 10.3); the mark is the meeting's name and 纪要: 街道办事处主任办公会议纪要."""

    mark: str
    number: DocumentNumber | None = None
    marking: Marking = Marking()

    template: ClassVar = "minutes"
    named_fields: ClassVar = {"mark": DocumentPart.MINUTES_MARK}
    has_full_imprint: ClassVar = True
    counts_first_lines: ClassVar = False
    mark_suffix: ClassVar = ""
    issuers: ClassVar[tuple[str, ...]] = ()
    signatories: ClassVar[tuple[str, ...]] = ()
    direction: ClassVar[Direction | None] = None

    def __post_init__(self) -> None:
        if not self.mark.strip().endswith("纪要"):
            raise DocumentError(f"纪要标志“{self.mark}”应写成“×××纪要”，请补上“纪要”二字。")

    @property
    def mark_lines(self) -> tuple[str, ...]:
        return (self.mark,)


AnyMasthead: TypeAlias = Masthead | LetterMasthead | MinutesMasthead
