"""How long the lint takes over a quarterly report, and how that grows, whatever the text.

    python -m benchmarks.lint

Prints the CPU milliseconds of a report of 45 measures with its annex, the ratio for ten times the text (more than
80 pages of body), and the worst ratio of ten times a text that consists of one piece over and over: what rules look
for, without the end that they wait for.
"""

from datetime import date
from time import process_time
from timeit import repeat

from benchmarks.report_pdf import report
from benchmarks.targets import Targets, as_program
from reports.lint import LintContext, check_document
from reports.model import OfficialDocument, Paragraph, Signature

RUNS = 5
RUNS_OF_A_PIECE = 2
TIMES = 10
TARGET_GROWTH = 11.0
# What grew with the square would be at 100.
WORST_GROWTH = 20.0
SHORT = 3_000  # characters
PIECES = (
    *("国", "1", "a", " ", "　", "\n", "…", "——", "～", "。", "等", "等…", "A-", "a.", "a@", "www."),
    *("“", "（", "《", "(", "《甲》、", "“甲”、", "国(", "<b ", "（以下简称“", "附件：", "附件1", "[2026]"),
    *(
        "一、",
        "甲、",
        "甲、乙分别为",
        "45项中，",
        "已完成1项",
        "由1家增加",
        "共1项，",
        "约1",
        "不足1",
        "1～",
        "百分之1",
    ),
    *("2026年", "2026 年", "1月", "较去年同期", "关于", "请", "望各", "恳请", "街道", "社区平安"),
)
CONTEXT = LintContext(
    previous=("制定招商机制年度任务分解表，明确各部门的线索报送要求。",),
    names=(("社区平安办公室", "平安办"), ("营商环境办公室", "营商办")),
    persons=("林知远", "程思齐"),
)


def main(targets: Targets) -> None:
    """Print what was measured."""
    once, ten = seconds(report(1), RUNS), seconds(report(1, times=TIMES), RUNS)
    target = targets.at_most(TARGET_GROWTH, ten / once, f"linting {TIMES} times the report")
    print(f"report: {1000 * once:.0f} ms; {TIMES} times the text: {ten / once:.1f} × ({target})")
    growths = {
        piece: seconds(repeated(piece, SHORT * TIMES)) / seconds(repeated(piece, SHORT)) for piece in PIECES
    }
    worst = max(growths, key=lambda piece: growths[piece])
    longest = 1000 * seconds(repeated(worst, SHORT * TIMES))
    target = targets.at_most(WORST_GROWTH, growths[worst], f"linting {worst!r} {TIMES} times as often")
    print(
        f"one paragraph of {SHORT * TIMES} characters, {worst!r} over and over: {longest:.0f} ms,"
        f" {growths[worst]:.1f} × those of {SHORT} ({target})"
    )


def repeated(piece: str, length: int) -> OfficialDocument:
    """A report of one paragraph that says the same until it is long enough."""
    return OfficialDocument(
        title="关于工作推进情况的报告",
        body=(Paragraph(f"国{piece * (length // len(piece))}"),),
        signature=Signature(("示例街道办事处",), date(2026, 10, 9)),
    )


def seconds(document: OfficialDocument, runs: int = RUNS_OF_A_PIECE) -> float:
    """The CPU seconds of the fastest of some checks, the collector of garbage aside."""
    return min(repeat(lambda: check_document(document, CONTEXT), timer=process_time, number=1, repeat=runs))


if __name__ == "__main__":
    as_program(main)
