"""Documents of every form, to be written as DOCX."""

from dataclasses import replace
from datetime import date

from reports.form_sheets import fits_one_page
from reports.model import (
    Annex,
    Attendance,
    Column,
    Direction,
    DocumentNumber,
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
    Table,
)
from tests.reports import samples as upright
from tests.reports.every_form import (
    FORMS,
    FOUR,
    TEXTS,
    joint,
)
from tests.reports.samples import (
    CHART,
    DAY,
    DOWNWARD,
    PROGRESS,
    RARE_NAMES,
    UPWARD,
    parts,
    table,
)


def columns(count: int) -> Table:
    """A table of so many columns."""
    return Table(tuple(Column(f"指标{number}") for number in range(count)), (("75.5%",) * count,) * 3)


NUMBER = DocumentNumber("华街", 2026, 12)
ISSUER = "华阳路街道办事处"
JOINT_ISSUERS = (ISSUER, "中共长宁区华阳路街道工作委员会", "市场所")

SMALL_TABLE = Table(
    (Column("部分"), Column("举措数")),
    (("优化营商环境", "9"), ("城市更新", "9")),
    caption="推进情况",
    note="注：按项计。",
)
MARKED = replace(
    UPWARD,
    masthead=Masthead(
        (ISSUER,),
        NUMBER,
        Direction.UPWARD,
        ("王玥", "李喆", "张堃"),
        marking=Marking(1, "机密★1年", "特急"),
    ),
    note="联系人：张堃",
)
JOINT = replace(
    DOWNWARD,
    masthead=Masthead(JOINT_ISSUERS, NUMBER),
    signature=Signature(JOINT_ISSUERS, DAY),
    body=(Paragraph(PROGRESS), Paragraph(PROGRESS)),
)
SEALED = replace(DOWNWARD, signature=Signature((ISSUER,), DAY, sealed=True))
JOINTLY_SEALED = replace(JOINT, signature=Signature(JOINT_ISSUERS, DAY, sealed=True))
LETTER = OfficialDocument(
    title="关于商请支持愚园路街区更新工作的函",
    masthead=LetterMasthead(ISSUER, DocumentNumber("华街函", 2026, 3), Marking(None, "", "加急")),
    addressee="长宁区规划和自然资源局",
    body=tuple(Paragraph(PROGRESS * 2) for _ in range(5)),
    signature=Signature((ISSUER,), DAY),
    imprint=Imprint("", None, ("区委办公室",)),
)
MINUTES = OfficialDocument(
    title="研究第三季度工作计划推进情况",
    masthead=MinutesMasthead(f"{ISSUER}主任办公会议纪要", DocumentNumber("华街纪", 2026, 3)),
    body=(Paragraph("10月9日，街道召开主任办公会议。"), *parts(1)),
    attendance=Attendance(("王玥", "李喆", "张堃" * 12), ("赵昇",), ("党政办公室 钱翀",)),
    imprint=Imprint("华阳路街道党政办公室", DAY),
)
UNNUMBERED_MINUTES = replace(MINUTES, masthead=MinutesMasthead("工作例会纪要"))
READING_SHEET = OfficialDocument(
    title="华阳路街道呈批单",
    body=(
        Sheet(
            (
                SheetRow((SheetField("来文单位", "区委办公室"), SheetField("收文日期", "2026年10月9日"))),
                SheetRow((SheetField("标题", "关于报送第三季度工作计划推进情况的通知"),), 2),
                SheetRow((SheetField("拟办意见", f"{PROGRESS}\n{PROGRESS}"),), 4),
                SheetRow((SheetField("领导批示"),), 6),
            )
        ),
    ),
)
ISSUING = OfficialDocument(
    title="关于印发《华阳路街道2026年工作计划》的通知",
    masthead=Masthead((ISSUER,), NUMBER),
    addressee="各办公室、各中心",
    body=(Paragraph("现将《华阳路街道2026年工作计划》印发给你们，请认真贯彻执行。"),),
    signature=Signature((ISSUER,), DAY),
    enclosure=Enclosure("华阳路街道2026年工作计划", parts(1), "（2026年1月15日）"),
    imprint=Imprint("华阳路街道党政办公室", DAY, ("区委办公室",) * 9),
)
PAPER = replace(UPWARD, masthead=None, addressee="", imprint=None)
ANNEXES = replace(
    DOWNWARD,
    body=(
        Heading(1, "总体情况"),
        SMALL_TABLE,
        CHART,
        Paragraph(PROGRESS, head=Heading(4, "一是")),
        *parts(1),
    ),
    annexes=(
        Annex("推进情况表", (table(3),), landscape=True),
        Annex("推进情况说明及其附表和有关材料清单（征求意见稿）", (Paragraph(PROGRESS), SMALL_TABLE)),
        Annex("名单", (Paragraph(RARE_NAMES), SMALL_TABLE)),
        Annex("未完成任务表", (table(2), SMALL_TABLE), landscape=True),
    ),
)

# A table without a caption, right below the text.
TABLE_BELOW_TEXT = replace(
    UPWARD, body=(Paragraph("国" * 60), replace(SMALL_TABLE, caption=""), Paragraph("国")), imprint=None
)
FOUR_ISSUERS = replace(joint(FOUR, sealed=True), body=(Paragraph(PROGRESS * 2), Paragraph(PROGRESS)))
# A text whose last line is on page 2, with room for the imprint there.
TWO_PAGES = replace(UPWARD, body=(Paragraph("国" * (28 * 12 - 2)),))
# Page 2 is full: the imprint gets page 4 for itself, behind a blank page, and neither has a number.
FULL_TWO_PAGES = replace(UPWARD, body=(Paragraph("国" * (28 * 25)),))
# The same where page 2 is a turned one, which takes no imprint.
LANDSCAPE_PAGE_2 = replace(UPWARD, annexes=(Annex("推进情况表", (table(1),), landscape=True),))
# Page 2 has room for the whole table, but not for its note as well.
NOTE_OVERLEAF = replace(
    UPWARD,
    body=(
        *(Paragraph("国"),) * 17,
        replace(SMALL_TABLE, rows=(("优化营商环境", "9"),) * 9, note="注：按项计。" * 9),
        Paragraph("特此报告。"),
    ),
    imprint=None,
)
# The date begins two characters behind its issuer's first and fills the line.
SHORT_NAME = replace(UPWARD, signature=Signature(("示例街道办事处",), date(2026, 12, 10)), imprint=None)
# Page 1 has room for the text, but not for all that follows it.
SIGNED_OVERLEAF = replace(
    UPWARD,
    body=(*(Paragraph("国" * 20),) * 2, Paragraph("特此报告。")),
    annexes=(Annex("名单", (Paragraph("国"),)), Annex("清单", (Paragraph("国"),))),
    note="联系人：王玥",
    imprint=None,
)

DOCUMENTS = {
    name.lower(): value
    for name, value in {**vars(upright), **globals()}.items()
    if isinstance(value, OfficialDocument)
}

# The imprint of these gets the page behind a blank one.
BEHIND_BLANK_PAGE = ("full_two_pages", "landscape_page_2", "annexes")

# Every form with a text of all levels and figures, and with one that fills a page.
FILLINGS = {"headings": TEXTS["headings"], "full pages": (Paragraph("国" * 28 * 60),)}
MATRIX = {f"{form}, {text}": FORMS[form].filled(FILLINGS[text]) for form in FORMS for text in FILLINGS}


def brimming_sheet(note: str = "") -> OfficialDocument:
    """A sheet with as much text as leaves all of its fields, and a note, on one page."""
    title, made = "呈批单", []
    while not made or fits_one_page(made[-1], title, note):
        text = "国" * 10 * (len(made) + 1)
        fields = (("标题", "国", 1), ("部门", "国", 1), ("日期", "国", 1), ("内容摘要", text, 4))
        room = (("拟办意见", "国" * 70, 2), ("领导批示", "", 4), ("办理结果", "", 2))
        rows = (SheetRow((SheetField(label, words),), lines) for label, words, lines in (*fields, *room))
        made.append(Sheet(tuple(rows)))
    return OfficialDocument(title, (made[-2],), note=note)


# What no page was made for.
LONG = "国" * 30_000
PLAIN = replace(DOWNWARD, imprint=None)
EXTREMES = {
    "long paragraph": replace(PLAIN, body=(Paragraph(LONG), Paragraph("特此通知。"))),
    "long cell": replace(
        PLAIN, annexes=(Annex("进展", (Table((Column("序号"), Column("进展情况")), (("1", LONG),)),)),)
    ),
    "many columns": replace(PLAIN, annexes=(Annex("指标", (columns(25),), landscape=True),)),
    "brimming sheet": brimming_sheet(),
    "brimming sheet with a note": brimming_sheet("此件公开发布"),
}
