"""Documents to measure, from one line to many pages."""

from dataclasses import replace
from datetime import date
from functools import lru_cache

from reports.model import (
    Align,
    Annex,
    Chart,
    ChartRow,
    Column,
    Direction,
    DocumentNumber,
    Heading,
    Imprint,
    Masthead,
    OfficialDocument,
    Paragraph,
    Signature,
    Table,
)
from reports.pdf import render_pdf

DAY = date(2026, 10, 9)
RARE_NAMES = "佷堃喆昇翀珺玥瑄龑"
PROGRESS = (
    "落实“1+11+17+X”招商机制，用好部门协同招商、展会招商、平台招商、产业链招商等方式，本季度新增落地企业23家，"
    "同比增长45.2%；《重点企业“深耕行动”实施方案》印发后，走访企业1,234家次——其中①重点企业96家，②科创企业58家……"
    "“数字硅巷”孵化器（No.1 创新空间）10月9日揭牌，愚园路-定西路-武夷路街区推进24小时×7天服务，PM2.5、A/B类指标达标，"
    "又又中心·主题市集平稳运行，形成“诉求—匹配—闭环”链条。"
)

UPWARD = OfficialDocument(
    title="华阳路街道办事处\n关于2026年第三季度工作计划推进情况的报告",
    masthead=Masthead(("华阳路街道办事处",), DocumentNumber("华街", 2026, 12), Direction.UPWARD, ("王玥",)),
    addressee="长宁区人民政府",
    body=(Paragraph("现将第三季度工作计划推进情况报告如下。"),),
    signature=Signature(("华阳路街道办事处",), DAY),
    imprint=Imprint("华阳路街道党政办公室", DAY, ("区委办公室", "区人大常委会办公室")),
)
DRAFT = replace(
    UPWARD,
    masthead=Masthead(("华阳路街道办事处",), DocumentNumber("华街", 2026), Direction.UPWARD),
    signature=Signature(("华阳路街道办事处",)),
)
DOWNWARD = replace(
    UPWARD,
    masthead=Masthead(("华阳路街道办事处",), DocumentNumber("华街", 2026, 3)),
    addressee="街道各办公室、各中心",
)
# 国 is one closed piece of ink, so that characters can be counted.
SQUARES = replace(UPWARD, body=(Paragraph("国" * 28 * 60),))
PROSE = replace(UPWARD, body=tuple(Paragraph(PROGRESS * 3) for _ in range(8)))

HEADS = (
    "序号",
    "举措",
    "牵头部门",
    "配合部门",
    "年度目标",
    "进展情况",
    "完成率",
    "亮灯",
    "存在问题",
    "下一步计划",
)
COLUMNS = tuple(
    Column(head, align=Align.CENTER if head in ("序号", "亮灯") else Align.LEFT) for head in HEADS
)


def table(rows: int, progress: str = PROGRESS) -> Table:
    """The annex table of a quarterly report."""
    row = (
        "夯实“蓄水池”",
        "党政办公室",
        "社区发展办公室",
        "新增30家",
        progress,
        "75%",
        "绿灯",
        "进度滞后",
        "走访企业",
    )
    return Table(COLUMNS, tuple((str(number), *row) for number in range(1, rows + 1)))


def parts(count: int) -> tuple[Heading | Paragraph, ...]:
    """Body text in three levels: parts of three sections of three measures."""
    blocks: list[Heading | Paragraph] = []
    for _ in range(count):
        blocks.append(Heading(1, "优化营商环境，推动经济动能更加澎湃强劲"))
        for _ in range(3):
            blocks.append(Heading(2, "紧抓招商引资，壮大经济增长源动力"))
            blocks += [Paragraph(PROGRESS, head=Heading(3, "夯实招商项目“蓄水池”。")) for _ in range(3)]
    return tuple(blocks)


CHART = Chart(
    "各部分推进情况",
    ("已完成", "正常推进", "滞后"),
    (ChartRow("优化营商环境", (4, 45, 1)), ChartRow("党建", (0, 8, 2))),
)
REPORT = replace(
    UPWARD,
    body=(
        Paragraph("报告如下。"),
        Heading(1, "总体情况"),
        CHART,
        *parts(2),
        Paragraph(f"未报送：{RARE_NAMES}。"),
    ),
    annexes=(Annex("第三季度工作计划推进情况表", (table(9),), landscape=True),),
)


@lru_cache(maxsize=16)
def pdf(document: OfficialDocument) -> bytes:
    """The document's PDF, rendered once in a test process."""
    return render_pdf(document)
