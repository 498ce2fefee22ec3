"""What stands above the title: the red head (版头, 7.2), that of a letter (10.1) and that of minutes (10.3)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, TypeAlias

from reports.model.errors import DocumentError
from reports.model.parts import DocumentPart

SUFFIX = "文件"


class Direction(StrEnum):
    """Where a document goes (行文方向): decides the place of its number and whether a 签发人 is named."""

    UPWARD = "upward"
    DOWNWARD = "downward"


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """发文字号 (GB/T 9704-2012, 7.2.5).

    `sequence` is None in a draft, and its place then stays blank: 示街〔2026〕　号.
    """

    agency: str
    year: int
    sequence: int | None = None

    def __str__(self) -> str:
        sequence = "　" if self.sequence is None else str(self.sequence)
        return f"{self.agency}〔{self.year}〕{sequence}号"


@dataclass(frozen=True, slots=True)
class Marking:
    """What is marked in the upper left corner, one below the other (7.2.1-3); what is empty is left out.

    copy_number: 份号, printed with six digits.
    secrecy: 密级, with its term where it has one: 机密★1年.
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
        """The lines as printed, from the top."""
        number = "" if self.copy_number is None else f"{self.copy_number:06d}"
        return tuple(line for line in (number, self.secrecy, self.urgency) if line)


# Every masthead tells the renderers and the lint the same things about itself, so that none of them asks which it is:
#
# template: the name of its template, and of its entry in Word's table of heads.
# named_fields: those of its fields that hold a name which is printed, each with the part of the document that it is.
# has_full_imprint: whether the imprint names office and day, and stands on the back of a sheet (7.4).
# counts_first_lines: whether its first page has lines of its own number, down to a red line below them (10.1).
# mark_lines, mark_suffix: the lines of the mark, and what stands beside the middle of several (7.2.4).
# issuers, signatories: 发文机关 and 签发人, as far as it names any; direction: 行文方向, where it shows one.


@dataclass(frozen=True, slots=True)
class Masthead:
    """The red head (版头, 7.2) of the form 文件.

    issuers: 发文机关, the host first where several issue together (7.2.4).
    signatories: 签发人, printed in upward documents only. A draft may still lack them.
    suffix: what follows the issuers' names in the mark; empty where it is the name alone.
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
        """发文机关标志: a single issuer's stands on one line with the suffix."""
        return self.issuers if len(self.issuers) > 1 else (f"{self.issuers[0]}{self.suffix}",)

    @property
    def mark_suffix(self) -> str:
        return self.suffix if len(self.issuers) > 1 else ""


@dataclass(frozen=True, slots=True)
class LetterMasthead:
    """The head of the form 信函 (10.1): the issuer's name alone, red double lines, the number at the right."""

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
    """The head of the form 纪要 (10.3): the mark is the meeting's name with 纪要: 街道办事处主任办公会议纪要."""

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
