"""关于印发《…》的通知, the notice that issues a plan, with the plan's whole wording enclosed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.composition.block_keys import BlockKey, BlockRole
from app.composition.facts import DocumentFacts, PlanPassage, PublishedPlan
from app.composition.frame import official_document
from app.composition.particulars import Particulars
from app.composition.phrases import unspaced_title
from app.composition.rules import DEPARTMENTS, DocumentKind, KindGroup, KindSpec
from app.composition.scope import ScopeSpan
from app.plan.core.rules import ItemKind
from reports.model import Block, DocumentError, Enclosure, Heading, OfficialDocument, Paragraph

SPEC = KindSpec(
    kind=DocumentKind.PLAN,
    group=KindGroup.NOTICE,
    purpose="印发年度工作计划，后附计划全文。",
    spans=(ScopeSpan.YEAR,),
    recipient=DEPARTMENTS,
    rests_on_filings=False,
    needs_period=False,
    encloses_plan=True,
)
# The form of its number decides the level of a heading (GB/T 9704-2012, 7.3.3), not its place in the plan.
LEVELS = (
    (re.compile(r"[一二三四五六七八九十百]+[、．.]"), 1),
    (re.compile(r"[（(][一二三四五六七八九十百]+[）)]"), 2),
    (re.compile(r"\d+[、．.]"), 3),
    (re.compile(r"[（(]?\d+[）)]"), 4),
)
LEVELS_BY_KIND = {ItemKind.PART: 1, ItemKind.SECTION: 2, ItemKind.MEASURE: 3}
CHAPTER = re.compile(r"第.+[分章节条篇编]")
RUN_IN_ENDS = tuple("。，：；！？")
# The copy and print lines of an earlier notice are left out: this notice has its own.
OLD_IMPRINT = re.compile(r"抄\s*送\s*[：:]|.*\d日\s*印发$")


def title_lines(facts: DocumentFacts) -> tuple[str, ...]:
    """Return the title, broken by meaning (GB/T 9704-2012, 7.3.1)."""
    return "关于印发", f"《{unspaced_title(facts.plan.title)}》的通知"


def compose(facts: DocumentFacts, particulars: Particulars) -> OfficialDocument:
    """Return the notice. Raises DocumentError if the facts hold no whole wording of the plan."""
    published = facts.plan.published
    if published is None:
        raise DocumentError("没有读到工作计划全文，请核对计划是否已经导入。")
    name = unspaced_title(facts.plan.title)
    notice = published.notice or f"现将《{name}》印发给你们，请认真组织实施。"
    enclosure = Enclosure(
        name, tuple(plan_blocks(facts.plan.lead_in, published)), byline=unspaced_title(published.byline)
    )
    return official_document(
        SPEC,
        title_lines(facts),
        (Paragraph(unspaced_title(notice), key=BlockKey(BlockRole.LEAD_IN)),),
        particulars,
        enclosure=enclosure,
    )


def plan_blocks(lead_in: str, published: PublishedPlan) -> Iterator[Block]:
    """Yield the plan as published, with its own numbers."""
    if lead_in:
        yield Paragraph(unspaced_title(lead_in))
    for passage in published.passages:
        yield from set_out(passage)
    for line in published.closing.split("\n"):
        if line and not OLD_IMPRINT.match(line):
            yield Paragraph(unspaced_title(line))


def set_out(passage: PlanPassage) -> Iterator[Block]:
    """Yield a heading and its text: as one run-in paragraph if the plan prints them on one line."""
    head, text = heading_of(passage), unspaced_title(passage.text)
    if head and text and runs_in(passage):
        yield Paragraph(text, head=head)
        return
    if head:
        yield head
    if text:
        yield Paragraph(text)


def heading_of(passage: PlanPassage) -> Heading | None:
    """Return a heading under the number that the plan printed; None if it has neither number nor words."""
    if not passage.label and not passage.heading:
        return None
    space = "　" if CHAPTER.fullmatch(passage.label) else ""
    return Heading(level_of(passage), unspaced_title(passage.heading), label=passage.label + space)


def level_of(passage: PlanPassage) -> int:
    """Return the level in whose type a heading is set."""
    by_form = (level for form, level in LEVELS if form.fullmatch(passage.label))
    return next(by_form, LEVELS_BY_KIND[passage.kind])


def runs_in(passage: PlanPassage) -> bool:
    """Return whether the text follows its heading on the same line."""
    return passage.heading.endswith(RUN_IN_ENDS) or passage.text.startswith(("（", "("))
