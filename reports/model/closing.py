"""The parts after the body: signature, attendance, annexes, enclosure and imprint."""

from dataclasses import dataclass
from datetime import date

from reports.model.blocks import Block
from reports.model.errors import DocumentError


@dataclass(frozen=True, slots=True)
class Signature:
    """The issuers and the date below the text (7.3.5); of joint issuers, the host comes first.

    `signed_on` is None in a draft; `sealed` leaves room for the seals.
    """

    issuers: tuple[str, ...]
    signed_on: date | None = None
    sealed: bool = False

    def __post_init__(self) -> None:
        if not self.issuers or not all(issuer.strip() for issuer in self.issuers):
            raise DocumentError("落款缺少发文机关署名，请写明发文机关。")


@dataclass(frozen=True, slots=True)
class Attendance:
    """Who attended a meeting (出席), was excused (请假) or observed (列席) (10.3), each as 单位 姓名."""

    present: tuple[str, ...]
    excused: tuple[str, ...] = ()
    observers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex, on a page of its own (7.3.7) and listed by title below the body (7.3.4).

    `landscape` turns its pages for a wide table (clause 8).
    """

    title: str
    blocks: tuple[Block, ...]
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A text that a notice issues or forwards (印发、转发), printed on a new page after the signature.

    It is not an annex: it is not marked 附件 and not listed below the body. `byline` is centred below the
    title.
    """

    title: str
    blocks: tuple[Block, ...]
    byline: str = ""


@dataclass(frozen=True, slots=True)
class Imprint:
    """The imprint (版记, 7.4) on the last page: printing office, date of printing, recipients of copies (抄送).

    A letter's imprint prints neither office nor date (10.1).
    """

    office: str
    issued_on: date | None = None
    copies_to: tuple[str, ...] = ()
