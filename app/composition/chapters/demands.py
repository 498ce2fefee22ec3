"""The demands of a circular: what is asked, of whom, and by which working day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from app.base.days import written_day
from app.base.text import quoted_title
from app.composition.audience import Audience
from app.composition.block_keys import BlockKey, BlockRole
from app.composition.chapters.risks import (
    asked_of_stopped,
    gives_reason,
    measures_to_correct,
    separate_chapter,
    stopped_among,
    stopped_words,
)
from app.composition.chapters.submissions import (
    OWED_BY_DEPARTMENTS,
    by_word,
    is_awaited,
    missing_word,
)
from app.composition.deadlines import DocumentDeadlines, usual_deadlines
from app.composition.facts import AcceptedReport, DirectiveFacts, DocumentFacts, MeasureFacts
from app.composition.particulars import Particulars
from app.directives.core.life_cycle import DirectiveState
from app.filing.core.measure_status import NEEDS_STATUS_REASON
from app.periods.rules import QUARTER_WORDS, quarter_of_day
from reports.model import Block, Heading, Paragraph


def deadlines_in_force(facts: DocumentFacts, particulars: Particulars) -> DocumentDeadlines:
    """Return the deadlines that the document sets: those the office chose, otherwise the usual ones."""
    return particulars.deadlines or usual_deadlines(particulars.dated, facts.calendar, facts.due)


def filings_owed(facts: DocumentFacts) -> tuple[MeasureFacts, ...]:
    """Return the measures without an accepted report whose filing is still with a department, not with the office."""
    return tuple(measure for measure in facts.missing if measure.state in OWED_BY_DEPARTMENTS)


def unanswered_directives(facts: DocumentFacts) -> tuple[DirectiveFacts, ...]:
    """Return the directives that still await an answer."""
    return tuple(one for one in facts.directives if one.state is DirectiveState.OPEN)


def demands_chapter(facts: DocumentFacts, particulars: Particulars, title: str) -> Iterator[Block]:
    """Yield the chapter: demands on named departments first, demands on everyone last."""
    yield Heading(1, title, key=BlockKey(BlockRole.DEMANDS_HEADING))
    last_days = deadlines_in_force(facts, particulars)
    found = (
        catch_up_demand(facts, last_days),
        filing_demand(filings_owed(facts), facts, last_days),
        answer_demand(unanswered_directives(facts)),
        coming_quarter_demand(facts, particulars.dated),
        honest_filing_demand(),
    )
    yield from (one for one in found if one is not None)


def catch_up_demand(facts: DocumentFacts, last_days: DocumentDeadlines) -> Paragraph | None:
    """Ask to catch up with what is behind; at the year's end, to remedy it or move it to next year."""
    found = measures_to_correct(facts)
    if not found:
        return None
    several, is_over = len(found) > 1, facts.scope.ends_the_year
    counted = f"{len(found)}项{separate_chapter(facts.scope).words}举措"
    about = f"上述{counted}" if several else quoted_title(found[0][0].title)
    each = "逐项" if several else ""
    by_when = f"于{written_day(last_days.mend_by)}前书面报送党政办公室"
    if len(stopped_among(found)) == len(found):
        return headed_paragraph(
            BlockRole.DEMAND_TO_CATCH_UP,
            f"妥善处理{stopped_words(found)}的举措。",
            f"对{about}，牵头部门要{each}{asked_of_stopped(found)}，{by_when}。",
        )
    are_silent, apart = is_none_explained(found), asked_of_some(found)
    if is_over:
        first = f"{each}查明原因，" if are_silent else f"针对存在的问题{each and '逐项研究'}，"
        return headed_paragraph(
            BlockRole.DEMAND_TO_CATCH_UP,
            "做好未达标举措的收尾工作。",
            f"对{about}，牵头部门要{first}能够补办的明确补救措施、责任人和完成时限，"
            f"需要转入下一年度的提出安排，{apart}{apart and '，'}{by_when}；配合部门要按照分工主动支持。",
        )
    first = f"{each}查明原因，" if are_silent else f"针对存在的问题，{each}"
    return headed_paragraph(
        BlockRole.DEMAND_TO_CATCH_UP,
        "加快补齐进度差距。",
        f"对{about}，牵头部门要{first}明确追赶措施、责任人和完成时限，"
        f"{apart}{apart and '，'}{by_when}；配合部门要按照分工主动支持，需要跨部门协调的，由分管领导牵头解决。",
    )


def is_none_explained(found: Iterable[tuple[MeasureFacts, AcceptedReport]]) -> bool:
    """Return whether no department explains why its measure is behind, leaving out paused and cancelled ones."""
    return not any(gives_reason(report, Audience.DEPARTMENTS) for _, report in going_on(found))


def asked_of_some(found: Sequence[tuple[MeasureFacts, AcceptedReport]]) -> str:
    """Return what is asked of paused or cancelled measures, and of those without a reason if only some lack one.

    Example: 其中已暂停的2项明确后续安排，没有说明原因的1项查明原因.
    """
    stopped, going = len(stopped_among(found)), going_on(found)
    silent = sum(not gives_reason(report, Audience.DEPARTMENTS) for _, report in going)
    clauses = (
        f"已{stopped_words(found)}的{stopped}项{asked_of_stopped(found)}" if stopped else "",
        f"没有说明原因的{silent}项查明原因" if 0 < silent < len(going) else "",
    )
    return "其中" * any(clauses) + "，".join(filter(None, clauses))


def going_on(
    found: Iterable[tuple[MeasureFacts, AcceptedReport]],
) -> list[tuple[MeasureFacts, AcceptedReport]]:
    return [pair for pair in found if pair[1].status not in NEEDS_STATUS_REASON]


def filing_demand(
    measures: tuple[MeasureFacts, ...], facts: DocumentFacts, last_days: DocumentDeadlines
) -> Paragraph | None:
    """Ask for missing filings; None if none are missing."""
    if not measures:
        return None
    words = {missing_word(measure) for measure in measures}
    waiting = "、".join(word for word in by_word(facts) if word in words)
    has_time = all(is_awaited(measure) for measure in measures)
    return headed_paragraph(
        BlockRole.DEMAND_TO_FILE,
        "按时完成填报工作。" if has_time else "抓紧做好补报工作。",
        f"{facts.scope.quarter.words}填报{waiting}的{len(measures)}项举措，牵头部门要于"
        f"{written_day(last_days.file_by)}前完成报送；部门负责人要及时审签，对填报内容负责。",
    )


def answer_demand(directives: tuple[DirectiveFacts, ...]) -> Paragraph | None:
    """Ask for answers to directives; None if all were answered."""
    if not directives:
        return None
    overdue, total = sum(one.is_overdue for one in directives), len(directives)
    at_once = "要立即办理回复，并说明逾期原因。"
    words = f"对逾期未回复的{total}件批示、督办事项，承办部门{at_once}"
    if overdue < total:
        every = "，做到件件有着落、事事有回音" if total > 1 else ""
        words = (
            f"对尚未回复的{total}件批示、督办事项，承办部门要按照时限要求办理并书面回复{every}。"
            f"{f'已经逾期的，{at_once}' if overdue else ''}"
        )
    return headed_paragraph(BlockRole.DEMAND_TO_ANSWER, "认真办理批示、督办事项。", words)


def coming_quarter_demand(facts: DocumentFacts, dated: date) -> Paragraph:
    """Ask everyone to carry on with the coming quarter.

    That is the quarter after the scope, or the quarter of the document's date if that is later.
    """
    coming = max(facts.scope.quarter.next_quarter, quarter_of_day(dated))
    if coming.year > facts.scope.quarter.year:
        return headed_paragraph(
            BlockRole.DEMAND_TO_GO_ON,
            "扎实做好年度收官。",
            "各部门、各居民区要对照年度目标逐项核对完成情况，抓好收尾工作和成果巩固。",
        )
    following = QUARTER_WORDS[coming.number]
    return headed_paragraph(
        BlockRole.DEMAND_TO_GO_ON,
        "持续抓好推进落实。",
        f"各部门、各居民区要对照年度目标和序时进度，统筹抓好{following}各项工作，"
        "已经完成的要巩固成果，正在推进的要把握节点，确保年度任务如期完成。",
    )


def honest_filing_demand() -> Paragraph:
    """Ask for honest reporting."""
    return headed_paragraph(
        BlockRole.DEMAND_FOR_TRUTH,
        "如实填报工作进展。",
        "各部门、各居民区要按时、准确填报，既反映工作成效，也讲清存在的问题和下一步措施，做到数据真实、内容具体。",
    )


def headed_paragraph(role: BlockRole, head: str, text: str) -> Paragraph:
    """Return a paragraph that begins with a run-in heading of the second level."""
    return Paragraph(text, head=Heading(2, head), key=BlockKey(role))
