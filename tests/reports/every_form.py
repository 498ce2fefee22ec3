"""Every form of an official document that the model can say, to be filled with any text."""

from dataclasses import dataclass, replace

from reports.model import (
    Annex,
    Attendance,
    Block,
    Enclosure,
    Heading,
    Imprint,
    LetterMasthead,
    Marking,
    Masthead,
    MinutesMasthead,
    OfficialDocument,
    Paragraph,
    Sheet,
    SheetField,
    SheetRow,
    Signature,
)
from tests.reports.samples import (
    DAY,
    DOWNWARD,
    PROGRESS,
    UPWARD,
    parts,
    table,
)

OFFICE = "华阳路街道办事处"
PARTY = "中共华阳路街道工作委员会"
TWO = (PARTY, OFFICE)
FOUR = (*TWO, "华阳路街道人大工作委员会", "长宁区民政局")
NUMBER = UPWARD.masthead.number
ALL_MARKINGS = Marking(copy_number=12, secrecy="机密★1年", urgency="特急")


@dataclass(frozen=True)
class Form:
    """A form: its document but for the text, and what its text begins with."""

    document: OfficialDocument
    opening: tuple[Block, ...] = ()

    def filled(self, text: tuple[Block, ...]) -> OfficialDocument:
        """The form with a text."""
        return replace(self.document, body=(*self.opening, *text))


def _with(document: OfficialDocument = DOWNWARD, **changes: object) -> Form:
    return Form(replace(document, **changes))


def joint(issuers: tuple[str, ...], sealed: bool = False) -> OfficialDocument:
    """A document that several issue."""
    return replace(DOWNWARD, masthead=Masthead(issuers, NUMBER), signature=Signature(issuers, DAY, sealed))


LETTER = replace(
    DOWNWARD,
    title="关于商请协助做好重点工作的函",
    masthead=LetterMasthead(OFFICE, NUMBER),
    addressee="长宁区民政局",
    imprint=Imprint("", None, ("区委办公室", "区人大常委会办公室")),
)
MINUTES = replace(
    DOWNWARD,
    title="研究第三季度重点工作",
    masthead=MinutesMasthead("街道办事处主任办公会议纪要", NUMBER),
    addressee="",
    signature=None,
    attendance=Attendance(("党政办公室 王玥",) * 4, ("社区发展办公室 李喆",), ("长宁区民政局 张堃",)),
)
SHEET = Sheet(
    (
        SheetRow((SheetField("来文单位", "长宁区人民政府"), SheetField("来文字号", "长府〔2026〕8号"))),
        SheetRow(
            (SheetField("收文日期", "2026年10月9日"), SheetField("紧急程度", "特急"), SheetField("密级"))
        ),
        SheetRow((SheetField("内容摘要", PROGRESS),), lines=3),
        SheetRow((SheetField("领导批示"),), lines=6),
    )
)
TEXT = Paragraph(PROGRESS)
LONG_SHEET = Sheet((*SHEET.rows, SheetRow((SheetField("办理情况", PROGRESS * 12),)), *SHEET.rows))
LONG_TABLE = replace(
    table(14),
    columns=table(0).columns[1:6],
    rows=tuple(row[1:6] for row in table(14).rows),
    caption="推进情况",
    note="注：以上为季度末数。",
)
ANNEXES = (
    Annex("重点任务清单", (Heading(1, "优化营商环境"), Paragraph(PROGRESS))),
    Annex("推进情况表", (table(3),), landscape=True),
)
FORMS: dict[str, Form] = {
    "upward": _with(UPWARD, signature=Signature((OFFICE,), DAY, sealed=True)),
    "downward": _with(),
    "marked": _with(masthead=replace(DOWNWARD.masthead, marking=ALL_MARKINGS), note="此件公开发布"),
    "joint-two": Form(joint(TWO)),
    "joint-four-sealed": Form(joint(FOUR, sealed=True)),
    "letter": Form(LETTER),
    "minutes": Form(MINUTES),
    "plain": _with(masthead=None, imprint=None),
    "annexed": _with(annexes=ANNEXES),
    "upright-annex": _with(annexes=(Annex("推进情况表", (LONG_TABLE,)),)),
    "issuing": _with(enclosure=Enclosure("2026年工作计划", ANNEXES[0].blocks, byline=OFFICE)),
    "tabled": Form(DOWNWARD, opening=(TEXT, LONG_TABLE)),
    "reading-sheet": Form(OfficialDocument("公文呈批单", (SHEET,)), opening=(SHEET,)),
    "long-sheet": Form(OfficialDocument("公文呈批单", (LONG_SHEET,)), opening=(LONG_SHEET,)),
}
TEXTS: dict[str, tuple[Block, ...]] = {
    "one line": (Paragraph("现将有关情况报告如下。"),),
    "three pages": tuple(Paragraph(PROGRESS * 2) for _ in range(5)),
    "headings": (Heading(1, "总体情况"), Heading(2, "进展"), Paragraph(PROGRESS, head=Heading(3, "夯实。"))),
}
EIGHTY_PAGES = parts(23)
