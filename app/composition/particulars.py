"""The particulars of an official document: everything around its text that the office decides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

from app.base.errors import FieldProblems
from app.composition.deadlines import DocumentDeadlines, usual_deadlines, usual_notice_day
from app.composition.facts import PlanFacts
from app.composition.rules import DocumentForm, KindSpec
from app.org.rules import ISSUER_WORD
from app.periods.calendar import CHINA, WorkCalendar
from app.periods.due_dates import DueDates
from reports.model import DocumentNumber

# The parts of an organ's name that go beyond the place: 中共示例街道工作委员会 and 示例街道办事处 share one office.
ORGAN_AFFIX = re.compile(r"^中共|(?:工作委员会|党工委|办事处)$")
NUMBER = re.compile(
    r"(?P<agency>[一-鿿]{1,12})\s*[〔\[［【(（](?P<year>\d{4})[〕\]］】)）]\s*(?P<sequence>[1-9]\d{0,4})\s*号"
)


@dataclass(frozen=True)
class Particulars:
    """What the office decides about a document, apart from its content.

    Attributes:
        issuers: 发文机关 as signed; the host first if several issue together. For an internal paper, the office or
            the department that wrote it.
        recipient: 主送机关.
        signers: 签发人, named on documents to superiors.
        dated: 成文日期.
        copies_to: 抄送机关.
        number: 发文字号, given when the document is issued; None before.
        word: 发文机关代字 of a draft; empty if the document has no number.
        form: the layout, if there is a choice.
        copy_number, secrecy, urgency: 份号, 密级和保密期限, 紧急程度; None or empty if there is none.
        sealed: whether to leave space for a seal.
        note: 附注 without its brackets.
        deadlines: the deadlines that the text sets; None if it sets none.
    """

    issuers: tuple[str, ...]
    recipient: str
    signers: tuple[str, ...]
    dated: date
    copies_to: tuple[str, ...] = ()
    number: DocumentNumber | None = None
    word: str = ""
    form: DocumentForm = DocumentForm.FILE
    copy_number: int | None = None
    secrecy: str = ""
    urgency: str = ""
    sealed: bool = False
    note: str = ""
    deadlines: DocumentDeadlines | None = None

    @property
    def office(self) -> str:
        """Return the office that prints the document (印发机关)."""
        return office_of(self.issuers[0])

    @property
    def printed_number(self) -> DocumentNumber:
        """Return the number to print; for a draft, one with a blank sequence."""
        return self.number or DocumentNumber(self.word, self.dated.year)

    def word_problem(self, words: Mapping[str, str]) -> str:
        """Return what is wrong with the 代字; empty if nothing.

        It must be Chinese characters and not belong to another organ than the host. A word of no organ is accepted,
        because letters may use their own.
        words: 发文机关代字 by the full name of the organ.
        """
        host = self.issuers[0]
        if not self.word:
            return f"还没有登记{host}的代字。请先登记发文机关和代字：flask org issuer {host} 代字。"
        if ISSUER_WORD.match(self.word) is None:
            example = next((f"，例如“{one}”" for one in (words.get(host), *words.values()) if one), "")
            return f"代字只写汉字，不写括号、数字和“号”{example}；年份和序号在印发时自动编定。"
        own, others = words.get(host), [name for name, word in words.items() if word == self.word]
        if own is None or own == self.word or not others:
            return ""
        return f"“{self.word}”是{others[0]}的代字。主办机关是{host}，发文机关代字请填“{own}”。"


class LeaderWithPost(Protocol):
    """A leader with a post; `is_acting` means doing the work of a vacant post (主持工作)."""

    name: str
    post: str
    is_acting: bool


@dataclass(frozen=True)
class IssuingOrganisation:
    """The sub-district as an issuer of documents.

    administration: the organ that issues unless another one is named.
    superior: 上级机关, the recipient of its reports.
    copies_to: 抄送机关 of those reports.
    words: 发文机关代字 by the full name of the organ whose numbers begin with it.
    """

    administration: str
    superior: str = ""
    copies_to: tuple[str, ...] = ()
    leaders: tuple[LeaderWithPost, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    calendar: WorkCalendar = CHINA

    @property
    def office(self) -> str:
        """Return the office that signs internal papers."""
        return office_of(self.administration)

    def recipient_of(self, spec: KindSpec) -> str:
        """Return the usual recipient of a kind of document (主送机关)."""
        return self.superior if spec.goes_upward else spec.recipient

    def word_of(self, issuers: tuple[str, ...]) -> str:
        """Return the 代字 of the host, who is named first (GB/T 9704-2012, 7.2.5); empty if it has none."""
        return self.words.get(issuers[0], "")


def usual_particulars(
    organisation: IssuingOrganisation,
    dated: date,
    spec: KindSpec,
    *,
    plan: PlanFacts | None = None,
    due: DueDates | None = None,
) -> Particulars:
    """Return the particulars proposed to the office.

    Reports to superiors are signed by the head of the administration (主任), otherwise by the acting head.
    plan: if its whole wording is enclosed, its own issuer, date and recipient are proposed.
    due: the due dates of the document's quarter.
    """
    signers = (*heads_of_administration(organisation), *acting_heads(organisation))[:1]
    usual = Particulars(
        issuers=(organisation.administration if spec.is_numbered else organisation.office,),
        recipient=organisation.recipient_of(spec),
        signers=signers if spec.goes_upward else (),
        dated=usual_notice_day(dated, due) if due and spec.opens_filing else dated,
        copies_to=organisation.copies_to if spec.goes_upward else (),
        deadlines=usual_deadlines(dated, organisation.calendar, due) if spec.sets_deadlines else None,
    )
    whole = as_published(plan, usual) if plan else usual
    return replace(whole, word=organisation.word_of(whole.issuers) if spec.is_numbered else "")


def heads_of_administration(organisation: IssuingOrganisation) -> Iterator[str]:
    return (one.name for one in organisation.leaders if "主任" in one.post and "副主任" not in one.post)


def acting_heads(organisation: IssuingOrganisation) -> Iterator[str]:
    """Return the deputies of the administration who act as its head."""
    return (one.name for one in organisation.leaders if one.is_acting and "主任" in one.post)


def office_of(organ: str) -> str:
    """Return the office that serves an organ and the other organs of the same place."""
    return f"{ORGAN_AFFIX.sub('', organ)}党政办公室"


def as_published(plan: PlanFacts, usual: Particulars) -> Particulars:
    """Return the particulars with the issuer, date and recipient that an enclosed plan names itself."""
    if plan.published is None:
        return usual
    return replace(
        usual,
        issuers=read_names(plan.issuer) or usual.issuers,
        recipient=plan.published.addressee or usual.recipient,
        dated=plan.issued_on or usual.dated,
    )


def read_number(text: str, *, year: int) -> DocumentNumber:
    """Read 示街〔2026〕12号 with any kind of brackets (GB/T 9704-2012, 7.2.5).

    Raises FieldProblems if it is no number, or its year is not the document's.
    """
    found = NUMBER.fullmatch(text.strip())
    if found is None:
        word = re.match(r"[一-鿿]{1,12}", text.strip())
        example = DocumentNumber(word[0] if word else "代字", year, 12)
        raise FieldProblems({"number": f"文号请写成“{example}”的样子：不加“第”，序号前不补零。"})
    if int(found["year"]) != year:
        raise FieldProblems({"number": f"文号的年份是{found['year']}年，成文日期是{year}年，请核对。"})
    return DocumentNumber(found["agency"], year, int(found["sequence"]))


def read_names(text: str) -> tuple[str, ...]:
    """Return the names in a list that people separate by 、 ， ； or line breaks."""
    return tuple(name.strip(" 。") for name in re.split(r"[、，,；;\n]", text) if name.strip(" 。"))
