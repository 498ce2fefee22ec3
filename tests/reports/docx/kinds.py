"""A document of every kind as the office composes it from sample facts: in full, in short, as a letter."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from app.composition.facts import DocumentFacts, MeasureFacts, PlanFacts
from app.composition.kinds import compose_document, spec_of
from app.composition.particulars import IssuingOrganisation, Particulars
from app.composition.published_wording import read_publication
from app.composition.rules import (
    DocumentForm,
    DocumentKind,
    DocumentSubject,
    TextFullness,
)
from app.composition.scope import read_scope
from app.directives.core.life_cycle import HANDLED
from reports.model import DocumentNumber, OfficialDocument
from tests.composition.contents import DUE, directive, each
from tests.drafting.sample_documents import quarter_facts
from tests.world import PLAN_TEXT

DAY = date(2026, 10, 9)
DEPARTMENT = "第1办公室"
ISSUER = "示例街道办事处"
ORGANISATION = IssuingOrganisation("示例街道办事处", superior="长宁区人民政府")
COPIES_TO = ("区委办公室", "区政府办公室")


def facts_for(kind: DocumentKind, fullness: TextFullness) -> DocumentFacts:
    """Return facts of twelve measures, some of them lagging, late or not filed at all, as a kind needs them."""
    facts = each(quarter_facts(parts=2, sections=2, measures=3), led_by_department)
    wording = read_publication(PLAN_TEXT) if spec_of(kind).encloses_plan else None
    subject = spec_of(kind).subject
    return replace(
        facts,
        plan=PlanFacts(facts.plan.title, 2026, published=wording),
        scope=read_scope("2026") if spec_of(kind).is_yearly else facts.scope,
        due=DUE,
        directives=tuple(map(directive, HANDLED)),
        department=DEPARTMENT if subject is DocumentSubject.DEPARTMENT else "",
        leader="周示例" if subject is DocumentSubject.LEADER else "",
        fullness=fullness,
    )


def led_by_department(measure: MeasureFacts) -> MeasureFacts:
    """Let the department lead two measures: the only head of its level has no number, by which the checker knows it."""
    return replace(measure, lead=DEPARTMENT) if measure.number == 2 else measure


def particulars_for(kind: DocumentKind, form: DocumentForm) -> Particulars:
    """Return what the office decides about a kind."""
    spec = spec_of(kind)
    return Particulars(
        issuers=(ISSUER,),
        recipient=ORGANISATION.recipient_of(spec),
        signers=("王玥",) if spec.goes_upward else (),
        dated=DAY,
        copies_to=COPIES_TO,
        number=DocumentNumber("示", 2026, 12) if spec.is_numbered else None,
        form=form,
    )


def _documents() -> Iterator[tuple[str, OfficialDocument]]:
    for kind in DocumentKind:
        for fullness in TextFullness if spec_of(kind).may_abridge else (TextFullness.FULL,):
            document = compose_document(
                kind, facts_for(kind, fullness), particulars_for(kind, DocumentForm.FILE)
            )
            yield f"{kind.value}-{fullness.value}", document
    letter = particulars_for(DocumentKind.CIRCULAR, DocumentForm.LETTER)
    yield (
        "circular-letter",
        compose_document(DocumentKind.CIRCULAR, facts_for(DocumentKind.CIRCULAR, TextFullness.FULL), letter),
    )


KINDS = dict(_documents())
