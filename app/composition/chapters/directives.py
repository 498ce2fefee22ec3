"""批示和督办事项办理情况: how the directives of the scope were handled, one by one, or in total for superiors."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import date

from app.base.days import written_day
from app.composition.block_keys import BlockKey, BlockRole
from app.composition.chapters.sections import without_lone_heading
from app.composition.facts import DirectiveFacts, DocumentFacts, ReplyFacts
from app.composition.phrases import cited_words, division_words, title_list
from app.composition.scope import DocumentScope
from app.directives.core.life_cycle import UNSETTLED, DirectiveState
from reports.model import Block, Heading, Paragraph
from reports.numbering import with_higher_head

TITLE = "批示和督办事项办理情况"
SECTIONS = frozenset({BlockRole.UNSETTLED_HEADING, BlockRole.SETTLED_HEADING})
UNIT = "件"
STATE_WORDS = {
    DirectiveState.CLOSED: "已销号",
    DirectiveState.REPLIED: "已回复、尚未销号",
    DirectiveState.OPEN: "正在办理",
}
OVERDUE = "逾期未回复"
DOING = {
    DirectiveState.REPLIED: ("已回复", "抓紧核实办理成效，及时销号"),
    DirectiveState.OPEN: ("正在办理", "按照时限要求抓紧推进"),
}


def directives_chapter(facts: DocumentFacts, dated: date) -> Iterator[Block]:
    """Yield the chapter as of the document's date; nothing if there are no directives."""
    if not facts.directives:
        return
    yield Heading(1, TITLE, key=BlockKey(BlockRole.DIRECTIVES_HEADING))
    words = f"{directive_totals(facts, dated, directive_state_words)}。"
    yield Paragraph(words, key=BlockKey(BlockRole.DIRECTIVE_TOTALS))
    sections = (*unsettled_section("尚未销号的事项", facts), *settled_section(facts))
    yield from without_lone_heading(sections, SECTIONS)


def settled_section(facts: DocumentFacts) -> Iterator[Block]:
    found = [directive_paragraph(one, BlockRole.SETTLED) for one in facts.directives if is_settled(one)]
    if found:
        yield Heading(2, "已销号的事项", key=BlockKey(BlockRole.SETTLED_HEADING))
    yield from found


def summed_up(facts: DocumentFacts, dated: date) -> Iterator[Block]:
    """Yield the chapter for superiors: totals by state and what is being done.

    It quotes nobody and names no department that owes an answer: that stays inside the sub-district.
    """
    if not facts.directives:
        return
    yield Heading(1, TITLE, key=BlockKey(BlockRole.DIRECTIVES_HEADING))
    words = f"{directive_totals(facts, dated, words_for_superiors)}{under_way(facts)}。"
    yield Paragraph(words, key=BlockKey(BlockRole.DIRECTIVE_TOTALS))


def under_way(facts: DocumentFacts) -> str:
    """Return the words after the totals: what the directives not yet closed are about, and what is being done."""
    unsettled = [one for one in facts.directives if not is_settled(one)]
    if not unsettled:
        return ""
    titles = dict.fromkeys(title for one in unsettled for title in one.titles or (one.measure,) if title)
    about = f"，涉及{title_list(titles)}" if titles else ""
    states = {one.state for one in unsettled}
    if len(states) == 1:  # the totals already give their number
        each = "逐件" if len(unsettled) > 1 else ""
        return f"{about}。街道正在{each}跟踪督办，{DOING[unsettled[0].state][1]}"
    doing = "；".join(f"对{which}的，{words}" for state, (which, words) in DOING.items() if state in states)
    return f"。尚未销号的{len(unsettled)}{UNIT}{about}。街道正在逐件跟踪督办：{doing}"


def is_settled(directive: DirectiveFacts) -> bool:
    """Return whether a directive has been closed (销号)."""
    return directive.state is DirectiveState.CLOSED


def directive_totals(facts: DocumentFacts, dated: date, words_of: Callable[[DirectiveFacts], str]) -> str:
    """Count the directives of the scope by their state on the document's date."""
    total = len(facts.directives)
    states = [words_of(one) for one in facts.directives]
    by_state = division_words(
        [(word, states.count(word)) for word in (*STATE_WORDS.values(), OVERDUE)], total, UNIT
    )
    handled = f"{time_covered(facts.scope, dated)}，共办理批示、督办事项{total}{UNIT}"
    if total == 1:
        return f"{handled}，截至{written_day(dated)}{by_state}"
    return f"{handled}。截至{written_day(dated)}，{total}{UNIT}{by_state}"


def time_covered(scope: DocumentScope, dated: date) -> str:
    """Return 2026年第三季度, or 2026年7月以来 if the document is dated before the scope ends."""
    first = scope.quarters[0].first_day
    return scope.words if dated > scope.last_day else f"{first.year}年{first.month}月以来"


def directive_state_words(directive: DirectiveFacts) -> str:
    """Return the state of a directive in words that can follow 均."""
    return OVERDUE if directive.is_overdue else STATE_WORDS[directive.state]


def words_for_superiors(directive: DirectiveFacts) -> str:
    return STATE_WORDS[directive.state]


def replied_chapter(facts: DocumentFacts) -> Iterator[Block]:
    """Yield a chapter of the directives that were answered but not closed: nobody owes an answer to them."""
    found = unsettled_paragraphs(facts, (DirectiveState.REPLIED,))
    if found:
        yield Heading(1, "已回复、尚未销号的批示和督办事项", key=BlockKey(BlockRole.DIRECTIVES_HEADING))
    # A single one gets no number: numbered as a second level, it would look as if its heading were missing.
    yield from map(with_higher_head, found) if len(found) > 1 else found


def unsettled_section(
    title: str, facts: DocumentFacts, states: Collection[DirectiveState] = UNSETTLED
) -> Iterator[Block]:
    """Yield a section of the directives that are not closed; nothing if there are none."""
    found = unsettled_paragraphs(facts, states)
    if found:
        yield Heading(2, title, key=BlockKey(BlockRole.UNSETTLED_HEADING))
    yield from found


def unsettled_paragraphs(facts: DocumentFacts, states: Collection[DirectiveState]) -> list[Paragraph]:
    return [directive_paragraph(one, BlockRole.UNSETTLED) for one in facts.directives if one.state in states]


def directive_paragraph(directive: DirectiveFacts, role: BlockRole) -> Paragraph:
    """Return the directive, who was to handle it, the answers, and who still owes one; headed by its measure."""
    quoted = f"{directive.author}{written_day(directive.given_on)}{directive.kind.label}：{cited_words(directive.text)}"
    answers = "".join(
        f"{reply_opening(one, directive)}：{cited_words(one.text)}" for one in directive.replies
    )
    head = Heading(3, f"{directive.measure}。") if directive.measure else None
    words = f"{quoted}{assignment_sentence(directive)}{answers}{owed_answer(directive)}"
    return Paragraph(words, head, key=BlockKey(role, directive=directive.directive))


def reply_opening(reply: ReplyFacts, directive: DirectiveFacts) -> str:
    """Return who answered and when (if known), marked 逾期 if after the due day."""
    when, due = reply.given_on, directive.due_on
    late = "逾期" if when and due and when > due else ""
    return f"{reply.department}{written_day(when)}{late}回复"


def assignment_sentence(directive: DirectiveFacts) -> str:
    """Return who was to handle it and by when; empty if no department was named."""
    if not directive.departments:
        return ""
    due = f"，要求{written_day(directive.due_on)}前回复" if directive.due_on else ""
    return f"由{'、'.join(directive.departments)}办理{due}。"


def owed_answer(directive: DirectiveFacts) -> str:
    """Name the departments that still owe an answer; empty if the directive is no longer open."""
    if directive.state is not DirectiveState.OPEN:
        return ""
    owing = "、".join(departments_without_reply(directive)) or "承办部门"
    if directive.is_overdue:
        return f"{owing}逾期未回复。"
    return f"{owing}正在办理，尚未{'办结' if departments_without_reply(directive) == () else '回复'}。"


def departments_without_reply(directive: DirectiveFacts) -> tuple[str, ...]:
    """Return the departments that have not answered yet."""
    answered = {reply.department for reply in directive.replies}
    return tuple(name for name in directive.departments if name not in answered)
