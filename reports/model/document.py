"""An official document as a whole."""

from dataclasses import dataclass

from reports.model.blocks import Block, Table
from reports.model.closing import Annex, Attendance, Enclosure, Imprint, Signature
from reports.model.errors import DocumentError
from reports.model.head import AnyMasthead

LONGEST_TITLE = 120  # our choice: six lines


@dataclass(frozen=True, slots=True)
class OfficialDocument:
    """An official document, from red head to imprint.

    title: newlines break it where its meaning allows (7.3.1); without any, the renderer balances the lines.
    masthead: None for an internal paper without a red head.
    addressee: 主送机关, without its colon.
    attendance: 出席, 请假 and 列席, for minutes of a meeting.
    note: 附注 (7.3.6), without its brackets.
    enclosure: the text that the document issues or forwards.
    """

    title: str
    body: tuple[Block, ...]
    masthead: AnyMasthead | None = None
    addressee: str = ""
    signature: Signature | None = None
    attendance: Attendance | None = None
    note: str = ""
    annexes: tuple[Annex, ...] = ()
    enclosure: Enclosure | None = None
    imprint: Imprint | None = None

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise DocumentError("公文缺少标题，请写明标题。")
        if (length := len("".join(self.title.split()))) > LONGEST_TITLE:
            raise DocumentError(f"公文标题有{length}字，超过{LONGEST_TITLE}字，请缩短标题。")
        if not self.body:
            raise DocumentError("公文没有正文，请至少写一段。")

    def blocks_of(self, annex: int | None, *, enclosed: bool = False) -> tuple[Block, ...]:
        """Return the blocks of the annex with this index.

        With None, return those of the enclosure if `enclosed` and there is one, else those of the body.
        """
        if annex is not None:
            return self.annexes[annex].blocks
        return self.enclosure.blocks if enclosed and self.enclosure else self.body

    @property
    def has_full_imprint(self) -> bool:
        """Whether the imprint names the office and the date and is printed on the back of a sheet (7.4)."""
        return self.masthead is None or self.masthead.has_full_imprint

    @property
    def has_tables(self) -> bool:
        """Whether an annex contains a table, so that the document can also be exported as a workbook."""
        return any(isinstance(block, Table) for annex in self.annexes for block in annex.blocks)
