"""The particulars of an official document: what stands around its text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from app.errors import FieldProblems
from reports.model import DocumentNumber

AGENCY = "华街"
RECIPIENT = "长宁区人民政府"
COPIES_TO = ("区委办公室", "区政府办公室")
NUMBER = re.compile(
    r"(?P<agency>[一-鿿]{1,12})\s*[〔\[［【(（](?P<year>\d{4})[〕\]］】)）]\s*(?P<sequence>[1-9]\d{0,4})\s*号"
)


@dataclass(frozen=True)
class Particulars:
    """What the office decides about a document, beside its content.

    Attributes:
        issuer: 发文机关, as in its signature.
        recipient: 主送机关.
        signer: 签发人, named on documents that go upwards.
        dated: 成文日期.
        copies_to: 抄送机关.
        number: 发文字号, given when the document is issued.
    """

    issuer: str
    recipient: str
    signer: str
    dated: date
    copies_to: tuple[str, ...] = ()
    number: DocumentNumber | None = None

    @property
    def office(self) -> str:
        """Return the office that prints the document (印发机关)."""
        return f"{self.issuer.removesuffix('办事处')}党政办公室"

    @property
    def printed_number(self) -> DocumentNumber:
        """Return the number to print; a draft's place for it stays blank."""
        return self.number or DocumentNumber(AGENCY, self.dated.year)


class Official(Protocol):
    """A leader with a post."""

    name: str
    post: str


def usual_particulars(site_name: str, leaders: Iterable[Official], dated: date) -> Particulars:
    """Return what is proposed to the office; whoever heads the administration (主任) signs what goes upwards."""
    signers = (one.name for one in leaders if "主任" in one.post and "副主任" not in one.post)
    return Particulars(f"{site_name}办事处", RECIPIENT, next(signers, ""), dated, COPIES_TO)


def read_number(text: str, *, year: int) -> DocumentNumber:
    """Read 华街〔2026〕12号, whatever brackets it was typed with (GB/T 9704-2012, 7.2.5).

    Raises FieldProblems where it is not a number, or not one of the document's year.
    """
    found = NUMBER.fullmatch(text.strip())
    if found is None:
        example = DocumentNumber(AGENCY, year, 12)
        raise FieldProblems({"number": f"文号请写成“{example}”的样子：不加“第”，序号前不补零。"})
    if int(found["year"]) != year:
        raise FieldProblems({"number": f"文号的年份是{found['year']}年，成文日期是{year}年，请核对。"})
    return DocumentNumber(found["agency"], year, int(found["sequence"]))


def read_names(text: str) -> tuple[str, ...]:
    """Return the names in a list that people separate by 、 ， ； or line breaks."""
    return tuple(name.strip(" 。") for name in re.split(r"[、，,；;\n]", text) if name.strip(" 。"))


def next_number(given: Iterable[str], year: int) -> DocumentNumber:
    """Return the number after the highest of those given in a year, to be suggested."""
    sequences = [read_number(text, year=year).sequence or 0 for text in given]
    return DocumentNumber(AGENCY, year, max(sequences, default=0) + 1)
