"""What follows the text: signature, who was present, annexes, an issued text, imprint."""

from dataclasses import dataclass
from datetime import date

from reports.model.blocks import Block
from reports.model.errors import DocumentError


@dataclass(frozen=True, slots=True)
class Signature:
    """Issuers and date below the text (7.3.5); of several, the host comes first.

    `signed_on` is None in a draft; `sealed` leaves the room that a seal needs.
    """

    issuers: tuple[str, ...]
    signed_on: date | None = None
    sealed: bool = False

    def __post_init__(self) -> None:
        if not self.issuers or not all(issuer.strip() for issuer in self.issuers):
            raise DocumentError("落款缺少发文机关署名，请写明发文机关。")


@dataclass(frozen=True, slots=True)
class Attendance:
    """Who took part in a meeting (10.3), each as 单位 姓名: 出席, 请假, 列席."""

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
    """A text that a notice issues or passes on (印发、转发): on a new page behind the signature.

    It is not an annex: it carries no 附件 mark and is not listed below the body. `byline` is set centred below
    the title.
    """

    title: str
    blocks: tuple[Block, ...]
    byline: str = ""


@dataclass(frozen=True, slots=True)
class Imprint:
    """版记 (7.4), on the last page: who prints the document, when, and who receives a copy (抄送).

    A letter's names neither office nor day (10.1).
    """

    office: str
    issued_on: date | None = None
    copies_to: tuple[str, ...] = ()
