"""The content of an official document as immutable data classes; the renderers decide how it looks.

All text is plain text without markup: a `<` is printed as a `<`. Leave out heading numbers, the colon after
the addressee, "附件：" and the brackets around the note: the renderers add them, so that PDF and DOCX agree.

    document = OfficialDocument(
        title="示例街道办事处\\n关于2026年第三季度工作计划推进情况的报告",
        masthead=Masthead(
            issuers=("示例街道办事处",),
            number=DocumentNumber("示街", 2026, 12),
            direction=Direction.UPWARD,
            signatories=("王玥",),
        ),
        addressee="示例区人民政府",
        body=(
            Paragraph("现将第三季度工作计划推进情况报告如下。"),
            Heading(1, "总体情况"),
            Paragraph("45项举措中，已完成12项，占26.7%。"),
            Heading(1, "优化营商环境，推动经济动能更加澎湃强劲"),
            Heading(2, "紧抓招商引资，壮大经济增长源动力"),
            Paragraph("本季度新增落地企业23家。", head=Heading(3, "夯实招商项目“蓄水池”。")),
        ),
        signature=Signature(("示例街道办事处",), date(2026, 10, 9)),
        annexes=(Annex("工作计划推进情况表", (table,), landscape=True),),
        imprint=Imprint("示例街道党政办公室", date(2026, 10, 9)),
    )
"""

from reports.model.blocks import (
    Align,
    Block,
    Chart,
    ChartRow,
    Column,
    Heading,
    Paragraph,
    Sheet,
    SheetField,
    SheetRow,
    Table,
)
from reports.model.closing import (
    Annex,
    Attendance,
    Enclosure,
    Imprint,
    Signature,
)
from reports.model.document import OfficialDocument
from reports.model.errors import DocumentError
from reports.model.head import (
    AnyMasthead,
    Direction,
    DocumentNumber,
    LetterMasthead,
    Marking,
    Masthead,
    MinutesMasthead,
)
from reports.model.parts import DocumentPart

__all__ = [
    "Align",
    "Annex",
    "AnyMasthead",
    "Attendance",
    "Block",
    "Chart",
    "ChartRow",
    "Column",
    "Direction",
    "DocumentError",
    "DocumentNumber",
    "DocumentPart",
    "Enclosure",
    "Heading",
    "Imprint",
    "LetterMasthead",
    "Marking",
    "Masthead",
    "MinutesMasthead",
    "OfficialDocument",
    "Paragraph",
    "Sheet",
    "SheetField",
    "SheetRow",
    "Signature",
    "Table",
]
