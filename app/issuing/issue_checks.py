"""The checklist that the office sees before it issues a draft."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.base.clock import today
from app.base.days import written_day
from app.composition.deadlines import DraftCaution, deadline_problems, distance_words
from app.composition.facts import DocumentFacts
from app.composition.kinds import spec_of
from app.drafting.core.duplicates import duplicate_caution
from app.drafting.core.models import Document
from app.drafting.editing.draft_page import DraftPage
from app.issuing.addressing import addressees_of, in_words
from app.issuing.register import number_for
from app.periods.queries import work_calendar
from app.web.template_functions import share_text
from reports.model import DocumentNumber


@dataclass(frozen=True)
class CheckNote:
    """One entry of the checklist: a text with the `finding` to be stressed, and a link to where it can be corrected.

    target: the linked page, by the name that the template uses; empty without a link. after: the text between finding
    and link. end: the text behind the link.
    """

    label: str
    words: str = ""
    finding: str = ""
    after: str = ""
    target: str = ""
    link: str = ""
    end: str = ""


@dataclass(frozen=True)
class IssueChecks:
    """What has to be checked before issuing.

    number: the number it will get; None if its kind has none. distance: how far its date is from today, if that looks
    like a mistake. goes_to: the departments that will be able to read it; empty if none. deadline_problems: dates in
    its text that are wrong by now. duplicate: an existing document about the same. facts: the filings that it is based
    on; None if on none.
    """

    draft_page: DraftPage
    number: DocumentNumber | None
    distance: str
    goes_to: str
    deadline_problems: tuple[str, ...]
    duplicate: DraftCaution | None
    facts: DocumentFacts | None

    @property
    def document(self) -> Document:
        return self.draft_page.document

    @property
    def question(self) -> str:
        """Return the last question before it is issued."""
        number = f"文号 {self.number}，" if self.number else ""
        distance = f"（{self.distance}）" if self.distance else ""
        return (
            f"{self.base_caution}{number}成文日期 {written_day(self.document.dated)}{distance}。"
            "印发后，公文的内容、文号和文件都不能再改。已核对无误，现在印发吗？"
        )

    @property
    def base_caution(self) -> str:
        """Return the warning that only few measures are included, if so."""
        if self.facts is None or not self.facts.has_small_base:
            return ""
        counted = share_text(len(self.facts.reported), len(self.facts.measures))
        return f"计入统计的举措只有 {counted}，不到八成，请斟酌是否等待其余填报。"

    def length_notes(self) -> Iterator[CheckNote]:
        """Yield the note on the length of the text; nothing for a form."""
        length = self.draft_page.text_length
        if length.excess:
            yield CheckNote(
                "篇幅", f"正文 {length.total} 字，", f"超出要求（{length.limit} 字）{length.excess} 字"
            )
        elif length.total:
            yield CheckNote("篇幅", f"正文 {length.total} 字，在 {length.limit} 字以内")

    @property
    def notes(self) -> tuple[CheckNote, ...]:
        """Return the notes on the draft, then those on the effects of issuing it."""
        return (*self.draft_notes(), *self.issue_notes())

    def draft_notes(self) -> Iterator[CheckNote]:
        page = self.draft_page
        if not (page.unsettled_lines or page.changed_since or page.unsent_lines):
            yield CheckNote("部门确认", "没有待确认的改动")
        if page.newer_filings:
            found = f"{page.newer_filings} 项没有计入"
            yield CheckNote("汇编后新采用的填报", "", found, "，", "renewal", "更新填报数据")
        if page.outdated_lines:
            found = f"{len(page.outdated_lines)} 段的填报在汇编后有变化"
            yield CheckNote("填报变化", "", found, "，", "text", "查看")
        if self.facts and self.facts.missing:
            share = share_text(len(self.facts.missing), len(self.facts.measures))
            yield CheckNote("未计入的举措", "", share, "，见下")
        if self.base_caution:
            yield CheckNote("统计基数", "", self.base_caution)
        if self.document.secrecy:
            after = "，请确认本系统所在的网络准许处理、存放该密级的内容"
            yield CheckNote("密级", "", self.document.secrecy, after)

    def issue_notes(self) -> Iterator[CheckNote]:
        if self.goes_to:
            yield CheckNote("送达", "印发后，", self.goes_to, "可以查阅、下载，并收到提醒")
        else:
            yield CheckNote("送达", "主送、抄送机关中没有本街道的部门，印发后只供街道领导和办公室查阅")
        day = written_day(self.document.dated)
        if self.distance:
            yield CheckNote("成文日期", f"{day}，", self.distance, "，请", "dated", "核对")
        else:
            yield CheckNote("成文日期", day)
        if self.deadline_problems:
            after = "时限写在正文和附件中，请"
            end = "；需要另定时限的，请作废后重新汇编"
            yield CheckNote("时限", "", "".join(self.deadline_problems), after, "text", "核对", end)
        if self.number:
            kept = "沿用被更正公文的文号" if self.document.supersedes_id else "按登记簿顺延，不留空号"
            yield CheckNote("文号", "将编为 ", str(self.number), f"（{kept}）")


def checks_of(draft_page: DraftPage) -> IssueChecks:
    """Return the checklist of a draft. The date of a correction is not compared with today, since the
    original had it.
    """
    document = draft_page.document
    is_kept = document.supersedes is not None and document.supersedes.dated == document.dated
    spec = spec_of(document.kind)
    return IssueChecks(
        draft_page=draft_page,
        number=number_for(document) if spec.is_numbered else None,
        distance="" if is_kept else distance_words(document.dated, today()),
        goes_to=in_words(addressees_of(document)),
        deadline_problems=deadline_problems_of(document),
        duplicate=duplicate_caution(document),
        facts=DocumentFacts.from_json(document.facts) if spec.rests_on_filings else None,
    )


def deadline_problems_of(document: Document) -> tuple[str, ...]:
    """Return the dates in a draft's text that are wrong because calendar or quarter have changed."""
    days, due = document.particulars.deadlines, document.period.due_dates if document.period else None
    return tuple(deadline_problems(days, document.dated, work_calendar(), due).values()) if days else ()
