"""The particulars of an official document: what stands around its text."""

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

# What makes an organ's name of a place's: 中共示例街道工作委员会 and 示例街道办事处 share one office.
ORGAN_AFFIX = re.compile(r"^中共|(?:工作委员会|党工委|办事处)$")
NUMBER = re.compile(
    r"(?P<agency>[一-鿿]{1,12})\s*[〔\[［【(（](?P<year>\d{4})[〕\]］】)）]\s*(?P<sequence>[1-9]\d{0,4})\s*号"
)


@dataclass(frozen=True)
class Particulars:
    """What the office decides about a document, beside its content.

    Attributes:
        issuers: 发文机关, as in the signature; the host first where several issue together. An internal paper is of
            the office or the department that made it.
        recipient: 主送机关.
        signers: 签发人, named on documents that go upwards.
        dated: 成文日期.
        copies_to: 抄送机关.
        number: 发文字号, given when the document is issued.
        word: 发文机关代字 in a draft; empty where the document has no number.
        form: how it is laid out, where there is a choice.
        copy_number, secrecy, urgency: 份号, 密级和保密期限, 紧急程度; empty where there is none.
        sealed: whether room is left for a seal.
        note: 附注, without its brackets.
        deadlines: the days that its text sets, where it sets any.
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
        """Return the number to print; a draft's place for it stays blank."""
        return self.number or DocumentNumber(self.word, self.dated.year)

    def word_problem(self, words: Mapping[str, str]) -> str:
        """Return what is wrong with a word that is none, or another organ's than the host's, or nothing.

        words: 发文机关代字 by the full name of the organ. A word of nobody's is let be: letters may have their own.
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
    """A leader with a post; `is_acting`: does the work of one that nobody holds (主持工作)."""

    name: str
    post: str
    is_acting: bool


@dataclass(frozen=True)
class IssuingOrganisation:
    """The sub-district as it issues documents.

    administration: the organ that issues what nobody else is named for.
    superior: 上级机关, whom its reports go up to.
    copies_to: 抄送机关 of those.
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
        """Return the office that signs what stays inside the sub-district."""
        return office_of(self.administration)

    def recipient_of(self, spec: KindSpec) -> str:
        """Return whom a document of a kind goes to as a rule (主送机关)."""
        return self.superior if spec.goes_upward else spec.recipient

    def word_of(self, issuers: tuple[str, ...]) -> str:
        """Return the word of a number: that of the host, who is named first (GB/T 9704-2012, 7.2.5); or nothing."""
        return self.words.get(issuers[0], "")


def usual_particulars(
    organisation: IssuingOrganisation,
    dated: date,
    spec: KindSpec,
    *,
    plan: PlanFacts | None = None,
    due: DueDates | None = None,
) -> Particulars:
    """Return what is proposed to the office; who heads the administration (主任) signs what goes upwards, or who
    does the head's work.

    plan: one whose whole wording is to be enclosed says itself who issued it, when, and to whom.
    due: the days of the quarter that it is about.
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
    """Return the deputies of the administration who do the head's work."""
    return (one.name for one in organisation.leaders if one.is_acting and "主任" in one.post)


def office_of(organ: str) -> str:
    """Return the office that works for an organ, and for the others of its place."""
    return f"{ORGAN_AFFIX.sub('', organ)}党政办公室"


def as_published(plan: PlanFacts, usual: Particulars) -> Particulars:
    """Return what a plan says itself of who issued it, when, and to whom, where its whole wording was gathered."""
    if plan.published is None:
        return usual
    return replace(
        usual,
        issuers=read_names(plan.issuer) or usual.issuers,
        recipient=plan.published.addressee or usual.recipient,
        dated=plan.issued_on or usual.dated,
    )


def read_number(text: str, *, year: int) -> DocumentNumber:
    """Read 示街〔2026〕12号, whatever brackets it was typed with (GB/T 9704-2012, 7.2.5).

    Raises FieldProblems where it is not a number, or not one of the document's year.
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
