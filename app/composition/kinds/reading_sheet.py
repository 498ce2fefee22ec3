"""呈批单, a sheet for one leader: key points of the leader's measures and directives, and space to write."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from app.base.days import written_day
from app.base.text import quoted_title
from app.composition.block_keys import BlockKey, BlockRole
from app.composition.chapters.demands import (
    filings_owed,
    is_none_explained,
    unanswered_directives,
)
from app.composition.chapters.directives import (
    OVERDUE,
    STATE_WORDS,
    directive_state_words,
    reply_opening,
)
from app.composition.chapters.measures_annex import DASH, elapsed_note
from app.composition.chapters.risks import (
    asked_of_stopped,
    close_behind,
    measures_to_correct,
    separate_chapter,
    stopped_among,
)
from app.composition.chapters.submissions import NOBODY, awaiting_words, missing_word
from app.composition.chapters.totals import STANDING_WORDS, STATUS_ORDER, counts_in_words, widest_gap_words
from app.composition.facts import AcceptedReport, DirectiveFacts, DocumentFacts, MeasureFacts
from app.composition.particulars import Particulars
from app.composition.phrases import division_words, names_no_problem, own_words, unspaced_title
from app.composition.rules import DocumentKind, DocumentSubject, KindGroup, KindSpec
from app.filing.core.content import LONG_TEXTS
from app.filing.core.measure_risk import is_hopeless
from app.filing.core.measure_status import NEEDS_STATUS_REASON, MeasureStatus
from reports.form_sheets import fits_one_page
from reports.model import (
    Align,
    Column,
    DocumentError,
    Enclosure,
    OfficialDocument,
    Sheet,
    SheetField,
    SheetRow,
    Table,
)

SPEC = KindSpec(
    kind=DocumentKind.READING_SHEET,
    group=KindGroup.INTERNAL,
    purpose="呈送一位领导审阅：一页写明其分管举措（全面负责的为全部举措）的要点，留出批示栏，后附明细表。",
    subject=DocumentSubject.LEADER,
    direction=None,
)
FORECAST = "年底预计"
COLUMNS = (
    Column("序号", 3, Align.CENTER),
    Column("举措", 6.5),
    Column("牵头部门", 6.5),
    Column("完成率", 4, Align.CENTER),
    Column("状态", 5, Align.CENTER),
    Column("亮灯", 3, Align.CENTER),
    Column(FORECAST, 5, Align.CENTER),
    Column(LONG_TEXTS["problems"], 11.6),
)
# Without the forecast: at the year's end there is nothing to expect.
LAST_COLUMNS = tuple(
    replace(one, width=16.6) if one is COLUMNS[-1] else one for one in COLUMNS if one.title != FORECAST
)
DIRECTIVE_COLUMNS = (
    Column("序号", align=Align.CENTER),
    Column("批示、督办内容"),
    Column("举措"),
    Column("承办部门"),
    Column("期限", align=Align.CENTER),
    Column("办理情况"),
)
ENCLOSED = "见所附情况表"
CATCHING_UP, STOPPED_TOO = "明确措施和完成时限", "明确措施、完成时限或者后续安排"
MAKING_UP = "提出补救措施或者下一年度安排"
# The measures at risk that stay named before another group is shortened.
FEWEST_NAMED = 5


def title_lines(facts: DocumentFacts) -> tuple[str, ...]:
    """Return the title, broken by meaning (GB/T 9704-2012, 7.3.1)."""
    return (f"{facts.leader}同志{facts.scope.short_words}{charge_words(facts)}工作呈批单",)


@dataclass(frozen=True)
class NamedMeasures:
    """How many measures at risk the summary names (furthest behind first), and which other groups it names."""

    at_risk: int
    missing: bool
    close_behind: bool


def compose(facts: DocumentFacts, particulars: Particulars) -> OfficialDocument:
    """Return the sheet. Raises DocumentError if the leader has no measures, or none with an accepted filing."""
    if not facts.measures:
        raise DocumentError(
            "工作计划中没有举措，无法生成呈批单。"
            if facts.in_overall_charge
            else f"{facts.leader}同志没有分管的举措，无法生成呈批单。请先在举措分工表中填写分管领导。"
        )
    if not facts.reported:
        whose = "工作计划的举措" if facts.in_overall_charge else f"{facts.leader}同志分管的举措"
        raise DocumentError(f"{whose}，{facts.scope.words}还没有已采用的填报，无法生成呈批单。")
    return OfficialDocument(
        title="\n".join(title_lines(facts)),
        body=(fitted_sheet(facts, particulars),),
        note=particulars.note,
        enclosure=Enclosure(
            "需要关注的举措推进情况表"
            if facts.in_overall_charge
            else f"{facts.leader}同志分管举措推进情况表",
            tuple(enclosed_tables(facts)),
        ),
    )


def charge_words(facts: DocumentFacts) -> str:
    """Return the word before 工作 and 举措: 分管, or empty if the leader is in overall charge."""
    return "" if facts.in_overall_charge else "分管"


def enclosed_tables(facts: DocumentFacts) -> Iterator[Table]:
    """Yield the table of measures, and of the leader's directives if there are any.

    For a leader in overall charge (全面), only the measures that are behind, at risk or not accepted.
    """
    listed = facts.measures
    if facts.in_overall_charge:
        risky = {measure.number for measure, _ in measures_to_correct(facts)}
        listed = tuple(one for one in listed if one.report is None or one.number in risky)
    columns = LAST_COLUMNS if facts.scope.ends_the_year else COLUMNS
    rows = tuple(tuple(reading_cells(measure)[one.title] for one in columns) for measure in listed)
    yield Table(columns, rows, note=reading_note(facts, len(listed)))
    if facts.directives:
        rows = tuple(directive_row(number, one) for number, one in enumerate(facts.directives, 1))
        yield Table(DIRECTIVE_COLUMNS, rows, caption=f"{facts.leader}同志批示、督办事项办理情况")


def directive_row(number: int, directive: DirectiveFacts) -> tuple[str, ...]:
    """Return the cells of a directive's row; of its answers only the last one."""
    state = directive_state_words(directive)
    if directive.replies:
        last = directive.replies[-1]
        state += f"；{reply_opening(last, directive)}：{own_words(last.text)}"
    return (
        str(number),
        own_words(directive.text),
        directive.measure or DASH,
        "、".join(directive.departments) or DASH,
        written_day(directive.due_on) or DASH,
        state,
    )


def directive_sentence(facts: DocumentFacts) -> str:
    """Return the states of the leader's own directives."""
    total, states = len(facts.directives), [directive_state_words(one) for one in facts.directives]
    counts = [(word, states.count(word)) for word in (*STATE_WORDS.values(), OVERDUE)]
    return f"批示、督办事项{total}件{division_words(counts, total, '件')}，{ENCLOSED}。"


def fitted_sheet(facts: DocumentFacts, particulars: Particulars) -> Sheet:
    """Return the sheet that names as many measures as fit on the page beside the leader's own field."""
    wanted = ways_to_name(facts)
    sheets = (reading_sheet(facts, particulars, named) for named in wanted)
    title = title_lines(facts)[0]
    fitting = (sheet for sheet in sheets if fits_one_page(sheet, title, particulars.note))
    return next(fitting, None) or reading_sheet(facts, particulars, wanted[-1])


def ways_to_name(facts: DocumentFacts) -> list[NamedMeasures]:
    """Return the choices of what to name, the most first: slightly behind ones are left out first."""
    total = len(measures_to_correct(facts))
    some = min(total, FEWEST_NAMED)
    return [
        NamedMeasures(total, missing=True, close_behind=True),
        *(NamedMeasures(count, missing=True, close_behind=False) for count in range(total, some - 1, -1)),
        *(NamedMeasures(count, missing=False, close_behind=False) for count in range(total, -1, -1)),
    ]


def reading_sheet(facts: DocumentFacts, particulars: Particulars, named: NamedMeasures) -> Sheet:
    subject = (
        f"《{unspaced_title(facts.plan.title)}》{facts.scope.short_words}{charge_words(facts)}举措推进情况"
    )
    return Sheet(
        (
            SheetRow((SheetField("标题", subject),)),
            SheetRow(
                (
                    SheetField("呈送领导", facts.leader),
                    SheetField("密级", particulars.secrecy),
                    SheetField("紧急程度", particulars.urgency),
                )
            ),
            SheetRow(
                (
                    SheetField("呈送部门", "、".join(particulars.issuers)),
                    SheetField("日期", written_day(particulars.dated)),
                )
            ),
            SheetRow((SheetField("内容摘要", "\n".join(summary_paragraphs(facts, named))),), lines=4),
            SheetRow((SheetField("拟办意见", proposal_words(facts)),), lines=2),
            SheetRow((SheetField("领导批示"),), lines=4),
            SheetRow((SheetField("办理结果"),), lines=2),
        ),
        key=BlockKey(BlockRole.READING_SHEET),
    )


def summary_paragraphs(facts: DocumentFacts, named: NamedMeasures) -> Iterator[str]:
    """Yield the summary: totals, what is behind, what is missing, named as far as there is space."""
    yield standing_words(facts)
    if measures_to_correct(facts):
        yield risk_sentence(facts, named.at_risk)
    slight = () if facts.in_overall_charge else close_behind(facts)
    if slight:
        lines = [risk_line(facts, *pair) for pair in slight]
        others = "其他" if measures_to_correct(facts) else ""
        whose = f"{others}{facts.scope.pace.missed}的{len(slight)}项"
        yield named_or_enclosed(whose, lines if named.close_behind else [])
    if facts.missing:
        lines = [f"{quoted_title(one.title)}（{who_and_why(one)}）" for one in facts.missing]
        whose = f"{awaiting_words(facts.missing, '和')}的{len(facts.missing)}项"
        yield named_or_enclosed(whose, lines if named.missing else [])
    if facts.directives:
        yield directive_sentence(facts)


def risk_sentence(facts: DocumentFacts, count: int) -> str:
    """Name the measures behind or at risk in the plan's order: all, or the `count` furthest behind."""
    risks = measures_to_correct(facts)
    first = sorted(risks, key=lambda pair: pair[1].percent)[:count]
    lines = [risk_line(facts, *pair) for pair in risks if pair in first]
    whose = f"{separate_chapter(facts.scope).words}{len(risks)}项"
    if count in (0, len(risks)):
        return named_or_enclosed(whose, lines)
    return f"{whose}，其中完成率最低的{count}项：{'；'.join(lines)}；其余{len(risks) - count}项{ENCLOSED}。"


def named_or_enclosed(whose: str, lines: list[str]) -> str:
    return f"{whose}：{'；'.join(lines)}。" if lines else f"{whose}，{ENCLOSED}。"


def standing_words(facts: DocumentFacts) -> str:
    """Return how many measures are in which state; for a leader in overall charge, also how far the slight gaps go."""
    total, accepted, target = len(facts.measures), len(facts.reported), facts.scope.pace
    by_status = counts_in_words(STATUS_ORDER, [report.status for _, report in facts.reported])
    reached = sum(report.percent >= target.percent for _, report in facts.reported)
    division = [(target.reached, reached), (target.missed, accepted - reached)]
    pace = division_words(division, accepted, shares=False)
    elapsed = facts.scope.elapsed_words
    slight = [target.percent - report.percent for _, report in close_behind(facts)]
    among = f"其中差距较小的{len(slight)}项" if len(slight) < accepted - reached else ""
    apart = f"，{among}{widest_gap_words(slight)}" if slight else ""
    statuses = {report.status for _, report in facts.reported}
    standing = f"其中{by_status}"
    if len(statuses) == 1:
        (status,) = statuses
        standing = f"{'均' if accepted > 1 else ''}{STANDING_WORDS.get(status, status.label)}"
    filed = f"填报均已采用，{standing}" if accepted == total else f"已采用填报{accepted}项，{standing}"
    if facts.is_of_one:
        filed = f"填报已采用，{standing}"
    whose = "该项" if facts.is_of_one else f"{accepted}项" if elapsed and reached in (0, accepted) else ""
    return (
        f"{charge_words(facts) or '工作计划全部'}举措{total}项，{filed}"
        f"{'。' if elapsed else '；'}{elapsed and elapsed + '，'}{whose}{pace.removeprefix('中，')}"
        f"{apart if facts.in_overall_charge else ''}。"
    )


def risk_line(facts: DocumentFacts, measure: MeasureFacts, report: AcceptedReport) -> str:
    """Return one measure's lead and progress in one line."""
    gap = facts.scope.pace.percent - report.percent
    behind = f"，{'差' if facts.scope.ends_the_year else '落后'}{gap}个百分点" if gap > 0 else ""
    stopped = report.status in NEEDS_STATUS_REASON
    doubts = (
        f"已{report.status.label}" if stopped else "",
        report.status.label if gap <= 0 and report.status is MeasureStatus.LAGGING else "",
        "年底预计不能完成" if is_hopeless(report) and not stopped else "",
        report.light.label,
    )
    standing = f"完成率{report.percent}%{behind}，{'，'.join(filter(None, doubts))}"
    return f"{quoted_title(measure.title)}（{measure.lead or NOBODY}，{standing}）"


def who_and_why(measure: MeasureFacts) -> str:
    """Return a missing measure's lead department and what its report waits for."""
    return f"{measure.lead or NOBODY}，{missing_word(measure)}"


def proposal_words(facts: DocumentFacts) -> str:
    """Return the proposal for what to do (拟办意见)."""
    steps = []
    found = measures_to_correct(facts)
    if found:
        steps.append(
            f"对{separate_chapter(facts.scope).words}{len(found)}项，请牵头部门{asked_of_leads(facts)}"
        )
    waiting = len(filings_owed(facts))
    if waiting:
        steps.append(f"对尚未完成报送的{waiting}项，由党政办公室催报")
    if len(facts.missing) > waiting:
        steps.append(f"对待审核采用的{len(facts.missing) - waiting}项，由党政办公室抓紧审核")
    if unanswered := len(unanswered_directives(facts)):
        steps.append(f"对尚未回复的{unanswered}件批示、督办事项，由党政办公室催办")
    ask = f"呈请{facts.leader}同志阅示。"
    return f"建议：{'；'.join(steps)}。\n{ask}" if steps else ask


def asked_of_leads(facts: DocumentFacts) -> str:
    """Return what the lead departments should do; a paused or cancelled measure cannot catch up."""
    found = measures_to_correct(facts)
    stopped = len(stopped_among(found))
    if stopped == len(found):
        return asked_of_stopped(found)
    steps = MAKING_UP if facts.scope.ends_the_year else STOPPED_TOO if stopped else CATCHING_UP
    return f"{'说明原因，' if is_none_explained(found) else ''}{steps}"


def reading_cells(measure: MeasureFacts) -> dict[str, str]:
    """Return the cells of a measure's row by column title."""
    known = (str(measure.number), measure.title, measure.lead_words or DASH)
    if report := measure.report:
        words = (report.status.label, report.light.label, report.forecast.label)
        problems = DASH if names_no_problem(report.problems) else own_words(report.problems)
        cells = (*known, f"{report.percent}%", *words, problems)
    else:
        cells = (*known, DASH, DASH, DASH, DASH, f"（{missing_word(measure)}）")
    return dict(zip((column.title for column in COLUMNS), cells, strict=True))


def reading_note(facts: DocumentFacts, listed: int) -> str:
    """Return the note below the table."""
    which = "未达到年度目标" if facts.scope.ends_the_year else "进度滞后、存在风险"
    only = f"本表列出其中{which}和尚未采用的{listed}项。" if facts.in_overall_charge else ""
    counts = f"共{len(facts.measures)}项，其中已采用{len(facts.reported)}项。{only}"
    return f"注：完成率为牵头部门填报的年度目标完成比例{elapsed_note(facts)}。{counts}"
