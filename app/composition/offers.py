"""The kinds of documents as they are offered: grouped by where they go, each with what it is for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.base.labels import LabelledEnum
from app.composition.rules import DocumentKind


class KindGroup(LabelledEnum):
    """Where a document goes."""

    UPWARD = "upward", "向上报告"
    DOWNWARD = "downward", "向下通报"
    INTERNAL = "internal", "内部材料"
    NOTICE = "notice", "通知"


@dataclass(frozen=True)
class KindOffer:
    """A kind, and in a sentence what it is for."""

    kind: DocumentKind
    purpose: str


OFFERS: Mapping[KindGroup, tuple[KindOffer, ...]] = {
    KindGroup.UPWARD: (
        KindOffer(
            DocumentKind.QUARTERLY,
            "向上级报告一个季度、上半年或者前三季度的推进情况，标注签发人，不涉及内部办理过程。",
        ),
        KindOffer(
            DocumentKind.YEARLY, "一年一报：汇集四个季度的填报，写明哪些年度目标达到、哪些没有达到及其原因。"
        ),
    ),
    KindGroup.DOWNWARD: (
        KindOffer(DocumentKind.CIRCULAR, "向各部门、各居民区通报总体情况、存在问题和下一步工作要求。"),
        KindOffer(
            DocumentKind.SUPERVISION,
            "逐项列明滞后的举措和逾期、未报送的填报，提出整改要求和时限，附督查事项清单。",
        ),
    ),
    KindGroup.INTERNAL: (
        KindOffer(DocumentKind.SUMMARY, "供街道内部参阅，没有红头，不编文号。"),
        KindOffer(DocumentKind.DEPARTMENT, "一个部门的工作报告，只写该部门牵头和配合的举措。"),
        KindOffer(
            DocumentKind.READING, "呈送一位领导审阅：一页写明其分管举措的要点，留出批示栏，后附明细表。"
        ),
    ),
    KindGroup.NOTICE: (
        KindOffer(DocumentKind.OPENING, "布置一个季度的填报：填报内容、时间要求、工作要求，附任务分工表。"),
        KindOffer(DocumentKind.PLAN, "印发年度工作计划，后附计划全文。"),
    ),
}


def purpose_of(kind: DocumentKind) -> str:
    """Return what a kind is for."""
    return next(offer.purpose for offer in all_offers() if offer.kind is kind)


def all_offers() -> Iterator[KindOffer]:
    """Yield all offers in their groups' order."""
    for group in OFFERS.values():
        yield from group
