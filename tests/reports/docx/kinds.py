"""A document of every kind as the office composes it from sample facts: in full, in short, as a letter."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from app.composition import compose
from app.composition.facts import Facts, PlanFacts
from app.composition.kinds.publication import published
from app.composition.particulars import House, Particulars
from app.composition.rules import (
    TRAITS,
    DocumentKind,
    Form,
    Fullness,
    Subject,
)
from app.composition.scope import read_scope
from app.directives.rules import DirectiveState
from reports.model import DocumentNumber, OfficialDocument
from tests.composition.contents import DUE, directive
from tests.drafting.stage import quarter_facts
from tests.world import PLAN_TEXT

DAY = date(2026, 10, 9)
ISSUER = "示例街道办事处"
HOUSE = House("示例街道", superior="长宁区人民政府")
COPIES_TO = ("区委办公室", "区政府办公室")


def facts_for(kind: DocumentKind, fullness: Fullness) -> Facts:
    """Return facts of twelve measures, some of them lagging, late or not filed at all, as a kind needs them."""
    facts = quarter_facts(parts=2, sections=2, measures=3)
    wording = published(PLAN_TEXT) if TRAITS[kind].encloses_plan else None
    subject = TRAITS[kind].subject
    return replace(
        facts,
        plan=PlanFacts(facts.plan.title, 2026, published=wording),
        scope=read_scope("2026") if TRAITS[kind].is_yearly else facts.scope,
        due=DUE,
        directives=tuple(map(directive, DirectiveState)),
        department="第1办公室" if subject is Subject.DEPARTMENT else "",
        leader="周示例" if subject is Subject.LEADER else "",
        fullness=fullness,
    )


def particulars_for(kind: DocumentKind, form: Form) -> Particulars:
    """Return what the office decides about a kind."""
    traits = TRAITS[kind]
    return Particulars(
        issuers=(ISSUER,),
        recipient=HOUSE.recipient_of(kind),
        signers=("王玥",) if traits.goes_upward else (),
        dated=DAY,
        copies_to=COPIES_TO,
        number=DocumentNumber("示", 2026, 12) if traits.is_numbered else None,
        form=form,
    )


def _documents() -> Iterator[tuple[str, OfficialDocument]]:
    for kind in DocumentKind:
        for fullness in Fullness if TRAITS[kind].may_abridge else (Fullness.FULL,):
            document = compose(kind, facts_for(kind, fullness), particulars_for(kind, Form.FILE))
            yield f"{kind.value}-{fullness.value}", document
    letter = particulars_for(DocumentKind.CIRCULAR, Form.LETTER)
    yield (
        "circular-letter",
        compose(DocumentKind.CIRCULAR, facts_for(DocumentKind.CIRCULAR, Fullness.FULL), letter),
    )


KINDS = dict(_documents())
