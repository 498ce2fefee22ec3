"""填报通知, the notice that opens a quarter's filing: what to file, by when, what to observe, and who files what."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from app.base.days import day_with_weekday, written_day
from app.composition.block_keys import BlockKey, BlockRole
from app.composition.chapters.demands import headed_paragraph
from app.composition.deadlines import late_notice_problem
from app.composition.facts import DocumentFacts, MeasureFacts
from app.composition.frame import official_document
from app.composition.particulars import Particulars
from app.composition.phrases import unspaced_title
from app.composition.rules import DEPARTMENTS, DocumentKind, KindGroup, KindSpec
from app.composition.scope import DocumentScope, ScopeSpan
from app.periods.due_dates import DueDates
from reports.model import (
    Align,
    Annex,
    Block,
    Column,
    DocumentError,
    Heading,
    OfficialDocument,
    Paragraph,
    Table,
)

SPEC = KindSpec(
    kind=DocumentKind.FILING_NOTICE,
    group=KindGroup.NOTICE,
    purpose="布置一个季度的填报：填报内容、时间要求、工作要求，附任务分工表。",
    spans=(ScopeSpan.QUARTER,),
    recipient=DEPARTMENTS,
    rests_on_filings=False,
    opens_filing=True,
)
COLUMNS = (
    Column("序号", 3, Align.CENTER),
    Column("部门", 9),
    Column("牵头举措", 19),
    Column("配合举措", 26),
)
NONE = "—"
official_day = partial(day_with_weekday, name="星期")


def title_lines(facts: DocumentFacts) -> tuple[str, ...]:
    """Return the title, broken by meaning (GB/T 9704-2012, 7.3.1)."""
    return (
        f"关于做好《{unspaced_title(facts.plan.title)}》",
        f"{facts.scope.short_words}推进情况填报工作的通知",
    )


def compose(facts: DocumentFacts, particulars: Particulars) -> OfficialDocument:
    """Return the notice. Raises DocumentError if the quarter was not opened, or the notice would come too late."""
    if facts.due is None:
        raise DocumentError(f"{facts.scope.words}还没有开启填报，请先在“季度”中开启。")
    if problem := late_notice_problem(particulars.dated, facts.scope.quarter, facts.due):
        raise DocumentError(problem)
    body = (
        Paragraph(
            f"{purpose_words(facts)}，现就做好{facts.scope.words}填报工作有关事项通知如下。",
            key=BlockKey(BlockRole.LEAD_IN),
        ),
        *coverage_chapter(facts),
        *content_chapter(facts),
        *deadlines_chapter(facts, facts.due, particulars.dated),
        *requirements_chapter(facts.scope),
        Paragraph("特此通知。", key=BlockKey(BlockRole.CLOSING)),
    )
    return official_document(SPEC, title_lines(facts), body, particulars, annexes=(duties_annex(facts),))


def purpose_words(facts: DocumentFacts) -> str:
    """Return the purpose of the filing; at the year's end there is no target left to be reached in time."""
    plan = f"《{unspaced_title(facts.plan.title)}》"
    if facts.scope.ends_the_year:
        return f"为全面掌握{plan}全年完成情况、总结年度工作"
    return f"为全面掌握{plan}推进情况，确保年度目标任务如期完成"


def coverage_chapter(facts: DocumentFacts) -> Iterator[Block]:
    """Yield the chapter on which measures are filed, and by whom."""
    parts = f"{len(facts.parts)}个部分、" if len(facts.parts) > 1 else ""
    yield Heading(1, "填报范围", key=BlockKey(BlockRole.FILING_SCOPE_HEADING))
    yield Paragraph(
        f"《{unspaced_title(facts.plan.title)}》确定的{parts}{len(facts.measures)}项举措全部纳入填报。"
        "每项举措由牵头部门填报推进情况；配合部门填报所承担工作的开展情况，供牵头部门汇总。"
        f"各部门承担的举措见附件。{measures_without_lead(facts)}",
        key=BlockKey(BlockRole.FILING_SCOPE),
    )


def measures_without_lead(facts: DocumentFacts) -> str:
    """Name the measures without a lead department; empty if all have one."""
    waiting = [str(measure.number) for measure in facts.measures if not measure.lead]
    if not waiting:
        return ""
    return f"其中第{'、'.join(waiting)}项举措的牵头部门尚未明确，明确后另行通知。"


def content_chapter(facts: DocumentFacts) -> Iterator[Block]:
    """Yield the chapter on the contents of a filing."""
    scope = facts.scope
    to_come = "下一年度" if scope.ends_the_year else "下一季度"
    yield Heading(1, "填报内容", key=BlockKey(BlockRole.FILING_CONTENT_HEADING))
    yield headed_paragraph(
        BlockRole.CONTENT_PROGRESS,
        "进展情况。",
        f"对照年度目标和本季度节点，写明截至{written_day(scope.last_day)}已经开展的工作、取得的成效，"
        "以及各项任务的落实情况和量化指标的完成数。",
    )
    yield headed_paragraph(
        BlockRole.CONTENT_PERCENT,
        "完成进度。",
        percent_asked(scope),
    )
    yield headed_paragraph(
        BlockRole.CONTENT_PROBLEMS, "存在问题。", "影响进度的困难和原因。暂停、取消的举措，须说明理由。"
    )
    yield headed_paragraph(BlockRole.CONTENT_NEXT_STEPS, "下一步计划。", f"{to_come}的工作安排和完成时限。")
    yield headed_paragraph(
        BlockRole.CONTENT_DIRECTIVES, "批示办理。", "尚未销号的领导批示和督办事项，逐件填写办理情况。"
    )


def percent_asked(scope: DocumentScope) -> str:
    """Return what to file about progress; at the year's end, no forecast."""
    if scope.ends_the_year:
        return "年度目标的完成比例和推进状态。没有达到年度目标的，写明差距、原因和后续安排。"
    return f"年度目标的完成比例、推进状态和年底预计。本季度末的序时进度为{scope.elapsed_percent}%。"


def deadlines_chapter(facts: DocumentFacts, due: DueDates, dated: date) -> Iterator[Block]:
    """Yield the chapter on the days by which it must be done."""
    begins = f"{official_day(due.opens_on)}起" if due.opens_on > dated else "即日起"
    yield Heading(1, "时间要求", key=BlockKey(BlockRole.DUE_DAYS_HEADING))
    yield headed_paragraph(
        BlockRole.DEPARTMENT_DUE,
        "部门填报。",
        f"{begins}开始填报。各部门、各居民区须在{official_day(due.department_due)}前（含当日）完成填报，"
        f"经部门负责人审签后报送。{grace_sentence(facts, due)}",
    )
    yield headed_paragraph(
        BlockRole.OFFICE_DUE,
        "审核采用。",
        f"街道党政办公室在{official_day(due.office_due)}前完成审核。退回补充的，有关部门要按退回意见及时修改，重新报送。",
    )
    yield headed_paragraph(
        BlockRole.LEADER_DUE, "领导审阅。", f"{official_day(due.leader_due)}前，呈街道领导审阅。"
    )


def grace_sentence(facts: DocumentFacts, due: DueDates) -> str:
    """Return from when a missing filing is overdue."""
    last = due.grace_ends_on(facts.calendar)
    until = "" if last == due.department_due else f"至{official_day(last)}"
    return f"逾期{until}仍未报送的，在通报中列名。"


def requirements_chapter(scope: DocumentScope) -> Iterator[Block]:
    """Yield the chapter on requirements; those for missed targets are with the percentages."""
    of_lagging = "" if scope.ends_the_year else "进度滞后的举措，要写明原因、措施和完成时限。"
    yield Heading(1, "工作要求", key=BlockKey(BlockRole.REQUIREMENTS_HEADING))
    yield headed_paragraph(
        BlockRole.REQUIRED_CARE,
        "压实责任。",
        "各部门、各居民区主要负责同志要亲自审核把关，明确专人负责填报。牵头部门要主动对接配合部门，做好汇总。",
    )
    yield headed_paragraph(
        BlockRole.REQUIRED_TRUTH,
        "实事求是。",
        f"填报内容要有事实、有数据，如实反映进度和问题。{of_lagging}",
    )
    yield headed_paragraph(
        BlockRole.REQUIRED_LESS_PAPER,
        "减轻负担。",
        "填报统一在线办理，不另行报送纸质材料。佐证材料自愿提供，不作统一要求。",
    )
    yield headed_paragraph(
        BlockRole.REQUIRED_SECRECY,
        "严守保密规定。",
        "涉及国家秘密、工作秘密的内容不得在线填报，须按保密规定另行报送。",
    )


def duties_annex(facts: DocumentFacts) -> Annex:
    """Return the annex: what each department leads and supports, departments in the order of the plan."""
    lead, support = by_department(facts)
    rows = tuple(
        (str(number), name, numbered_titles(lead.get(name, [])), numbered_titles(support.get(name, [])))
        for number, name in enumerate(dict.fromkeys((*lead, *support)), 1)
    )
    note = (
        f"注：举措前的数字为其在《{unspaced_title(facts.plan.title)}》中的序号，共{len(facts.measures)}项。"
    )
    return Annex(f"{facts.scope.words}填报任务分工表", (Table(COLUMNS, rows, note=note),), landscape=True)


def by_department(
    facts: DocumentFacts,
) -> tuple[dict[str, list[MeasureFacts]], dict[str, list[MeasureFacts]]]:
    """Return the measures that each department leads, and those that it supports."""
    lead: dict[str, list[MeasureFacts]] = {}
    support: dict[str, list[MeasureFacts]] = {}
    for measure in facts.measures:
        if measure.lead:
            lead.setdefault(measure.lead, []).append(measure)
        for name in measure.supports:
            support.setdefault(name, []).append(measure)
    return lead, support


def numbered_titles(measures: list[MeasureFacts]) -> str:
    """Return measures as number and title, preceded by their count; NONE if there are none."""
    if not measures:
        return NONE
    return f"{len(measures)}项：" + "；".join(f"{one.number}.{one.title}" for one in measures)
