"""Finding the measures: the leaves of the outline, divided in the way in which the document writes its heads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import pairwise

from app.plan.importer.blocks import BlockKind
from app.plan.importer.duties import find_bracketed_duty
from app.plan.importer.frame_lines import is_salutation
from app.plan.importer.numbering import BULLET_RANK, ITEM_RANK, NumberMark, bullet_length, mark_of, marks_of
from app.plan.importer.outline import (
    FEWEST,
    LONGEST_HEAD,
    PARAGRAPH,
    RUN_IN,
    OutlineNode,
    TextSpan,
    decide_siblings,
)
from app.plan.importer.paragraph_heads import (
    find_paragraph_heads,
    first_sentence_end,
    is_duty_span,
    paragraph_head_end,
)
from app.plan.importer.paragraphs import PlanParagraph
from app.plan.importer.part_kinds import states_purpose
from app.plan.importer.plan_draft import PlanWarning
from app.plan.importer.run_in_heads import (
    MeasureHead,
    TextBody,
    body_of,
    heads_by_turns,
    heads_of_bodies,
)
from app.plan.importer.sentences import THIS_YEAR, says_work

_MOSTLY = 0.9  # share of the paragraphs
_NAMES_MEASURE = re.compile("[\u4e00-\u9fff]{0,4}名称|(?:工作|重点|主要)?(?:任务|事项|项目|举措)")
_TALK = re.compile("[^。]*(?:我们(?:[要将应]|必须|一定)|提出了)")
_LABEL = re.compile(r"[【\[]?([\u4e00-\u9fff]{2,8})[】\]]?\s?[：:]")


def settle_measures(root: OutlineNode) -> list[PlanWarning]:
    """Divide the leaves in the document's way and decide which nodes are measures; return the warnings."""
    reported = [node for node in root.children if node.kind is BlockKind.REPORTED]
    for node in root.children:
        if node.kind is BlockKind.UNREPORTED and any(child.habit == "enumeration" for child in node.children):
            node.close_children()
    leaves = list(_leaves(root if not root.children else reported))
    above = dict(_heads_above(root.children, ""))
    warnings: list[PlanWarning] = []
    for cut in (_cut_records, _cut_at_duties, _cut_by_turns):
        cut(leaves)
        leaves = [leaf for leaf in leaves if not leaf.children]
    labelled = _labelled_leaves(leaves)
    leaves = [leaf for leaf in leaves if id(leaf) not in labelled]
    if ends_of_leaves := find_paragraph_heads(leaves):
        headless = _headless_measures(leaves, ends_of_leaves)
        for leaf, ends in zip(leaves, ends_of_leaves, strict=True):
            _cut_paragraphs(leaf, ends, headless)
        _divide_headless(root)
    else:
        warnings = _cut_inside(leaves, above)
    if not root.children:
        _hang_paragraphs(root)
    decide_siblings(root.children)
    if not labelled:
        _divide_into_paragraphs(reported)
    return warnings


def _labelled_leaves(leaves: Sequence[OutlineNode]) -> set[int]:
    """Return the leaves whose paragraphs are labelled fields that most leaves share (工作目标：…主要措施：…)."""
    found = {id(leaf): {label for span in leaf.texts if (label := _label_of(span))} for leaf in leaves}
    times = Counter(label for labels in found.values() for label in labels)
    common = {label for label, count in times.items() if count >= FEWEST and 2 * count > len(leaves)}
    return {leaf for leaf, labels in found.items() if len(labels & common) >= FEWEST}


def _cut_records(leaves: Sequence[OutlineNode]) -> None:
    for leaf in leaves:
        _hang_records(leaf)


def _hang_records(leaf: OutlineNode) -> None:
    """If one head covers the fields of several measures (任务名称：…责任单位：…), begin a measure at each name."""
    texts = leaf.following
    label = _label_of(texts[0]) if texts else ""
    starts = [place for place, span in enumerate(texts) if label and _label_of(span) == label]
    if len(starts) < FEWEST or not _NAMES_MEASURE.fullmatch(label):
        return
    leaf.texts = leaf.texts[: len(leaf.texts) - len(texts)]
    for start, end in pairwise([*starts, len(texts)]):
        head, *fields = texts[start:end]
        printed = _LABEL.match(head.text)
        mark = NumberMark(BULLET_RANK, "label", printed[0], "", 0) if printed else None
        leaf.children.append(OutlineNode(head, PARAGRAPH, mark, texts=fields))


def _label_of(span: TextSpan) -> str:
    """Return the label before a colon at the start of a paragraph; empty if it names departments."""
    found = _LABEL.match(span.text.lstrip())
    return found[1] if found else ""


def _leaves(nodes: OutlineNode | Sequence[OutlineNode]) -> Iterator[OutlineNode]:
    if isinstance(nodes, OutlineNode):
        yield nodes
        return
    for node in nodes:
        if node.kind is not BlockKind.REPORTED:
            continue
        if node.children:
            yield from _leaves(node.children)
        elif not states_purpose(node.title):
            yield node


def _cut_at_duties(leaves: Sequence[OutlineNode]) -> None:
    """If every paragraph under a head names its own departments, make each a measure.

    Under numbered items with their text in the head's paragraph, only if most begin with a head.
    """
    within = [span for leaf in leaves if leaf.run_in for span in leaf.following if _states_duty(span)]
    headed = 2 * sum(bool(paragraph_head_end(span)) for span in within) > len(within)
    for leaf in leaves:
        if headed or not leaf.run_in:
            _hang_stated(leaf, headed)


def _hang_stated(leaf: OutlineNode, headed: bool) -> None:
    own = leaf.texts if leaf.run_in and _states_duty(leaf.texts[0]) else leaf.following
    stated = _stated_below(own) or list(map(_states_duty, own))
    if sum(stated) < FEWEST or 2 * sum(stated) < len(own):
        return
    leaf.texts = leaf.texts[: len(leaf.texts) - len(own)]
    for span, is_stated in zip(own, stated, strict=True):
        if is_stated:
            end = paragraph_head_end(span) or (first_sentence_end(span) if headed else 0)
            head = TextSpan(span.paragraph, span.start, span.start + (end or _duty_start(span)))
            node = OutlineNode(head, RUN_IN if end else PARAGRAPH)
            leaf.children.append(node)
            _add_span(node, span, head.end - span.start, span.end - span.start)
        else:
            (leaf.children[-1] if leaf.children else leaf).texts.append(span)


def _stated_below(spans: Sequence[TextSpan]) -> list[bool]:
    """Return which paragraphs have their departments on the line below; empty unless all have."""
    names = list(map(is_duty_span, spans))
    by_turns = names and all(
        name != below for name, below in zip(names, [*names[1:], not names[-1]], strict=True)
    )
    return [not name for name in names] if by_turns and names[-1] else []


def _states_duty(span: TextSpan) -> bool:
    """Return whether a paragraph names departments in brackets beside other words."""
    return not is_duty_span(span) and find_bracketed_duty(span.text) is not None


def _duty_start(span: TextSpan) -> int:
    """Return where the departments in a paragraph begin; its end if nothing precedes them."""
    mention = find_bracketed_duty(span.text)
    return mention.start if mention and mention.start else len(span.text)


def _cut_paragraphs(leaf: OutlineNode, ends: Sequence[int], headless: Container[int]) -> None:
    """Turn the paragraphs under a leaf that begin with a head (`ends`), and headless measures, into nodes."""
    if not any(ends):
        return
    following, leaf.texts = leaf.following, leaf.texts[: len(leaf.texts) - len(ends)]
    for span, end in zip(following, ends, strict=True):
        if end:
            leaf.children.append(OutlineNode(TextSpan(span.paragraph, span.start, span.start + end), RUN_IN))
        elif id(span) in headless:
            leaf.children.append(OutlineNode(span, PARAGRAPH))
            continue
        _add_span(leaf, span, end, span.end - span.start)


def _headless_measures(leaves: Sequence[OutlineNode], ends_of_leaves: Sequence[Sequence[int]]) -> set[int]:
    """Return the paragraphs after headed ones that state work without a head.

    Empty if in most sections the paragraphs after headed ones are their text. A paragraph before the headed ones also
    counts if it is as long as they are and most sections have no such paragraph.
    """
    held = [
        list(zip(leaf.following, ends, strict=True))
        for leaf, ends in zip(leaves, ends_of_leaves, strict=True)
        if any(ends)
    ]
    if any(end == len(span.text) for pairs in held for span, end in pairs):
        return set()  # heads that are paragraphs of their own are followed by text
    behind = [[span for span, end in pairs[1:] if not end] for pairs in held]
    if 2 * sum(map(bool, behind)) > max(len(held), FEWEST):
        behind = []
    before = [pairs[0][0] for pairs in held if not pairs[0][1] and _says_as_much(pairs)]
    if 2 * sum(not pairs[0][1] for pairs in held) < len(held):
        behind.append(before)
    return {id(span) for spans in behind for span in spans if _is_headless_measure(span)}


def _says_as_much(pairs: Sequence[tuple[TextSpan, int]]) -> bool:
    """Return whether the first of several paragraphs is as long as the shortest one with a head."""
    return len(pairs[0][0].text) >= min(len(span.text) for span, end in pairs if end)


def _is_headless_measure(span: TextSpan) -> bool:
    """Return whether a paragraph states work, at once or after a maxim (文化是民族的血脉。要培育…)."""
    if _own_mark(span) or is_salutation("".join(span.text.split())) or span.text.startswith(("（", "(")):
        return False
    this_year, end = THIS_YEAR.match(span.text), first_sentence_end(span)
    first, rest = span.text[len(this_year[0]) if this_year else 0 : end], span.text[end:]
    if _TALK.match(first):
        return False
    return says_work(first) or (end <= LONGEST_HEAD and "是" in first and says_work(rest))


def _cut_inside(leaves: Sequence[OutlineNode], above: Mapping[int, str]) -> list[PlanWarning]:
    """Turn the heads inside the paragraphs under the leaves into nodes; return the warnings."""
    able = [leaf for leaf in leaves if leaf.texts and _may_hold_heads(leaf)]
    bodies = [_body_of_leaf(leaf, above.get(id(leaf), "")) for leaf in able]
    warnings: list[PlanWarning] = []
    found_heads = heads_of_bodies(bodies)
    if _open_bodies_only(able, [heads for heads, _ in found_heads]) or _stands_alone(able, found_heads):
        return warnings
    for leaf, body, (heads, found) in zip(able, bodies, found_heads, strict=True):
        warnings += found
        if heads:
            places = [(body.sentences[head.place], head.end) for head in heads]
            _hang_inside(leaf, [(one.paragraph, one.start, one.start + end) for one, end in places])
    return warnings


def _cut_by_turns(leaves: Sequence[OutlineNode]) -> None:
    """Turn heads that alternate with their text in the paragraphs of most chapters into nodes."""
    able = [leaf for leaf in leaves if leaf.run_in and not _is_item(leaf)]
    heads = [heads_by_turns(_body_of_leaf(leaf, "")) for leaf in able]
    if sum(map(bool, heads)) > max(FEWEST, len(leaves) / 2):
        for leaf, found in zip(able, heads, strict=True):
            if found:
                _hang_inside(leaf, [(one.paragraph, one.start, one.start + len(one.text)) for one in found])


def _open_bodies_only(leaves: Sequence[OutlineNode], heads: Sequence[Sequence[MeasureHead]]) -> bool:
    """Return whether all heads found are only the first sentences under numbered titles, one under nearly each."""
    titled = all(leaf.mark is not None and len(leaf.texts) <= FEWEST for leaf in leaves)
    single = sum(len(found) == 1 and not found[0].place for found in heads)
    several = sum(len(found) > 1 for found in heads)
    return titled and single >= FEWEST and single > FEWEST * several and not any(map(_has_bold, leaves))


def _stands_alone(
    leaves: Sequence[OutlineNode], found: Sequence[tuple[list[MeasureHead], list[PlanWarning]]]
) -> bool:
    """Return whether a single head was found in all leaves, so that the document does not write such heads."""
    return (
        len(leaves) >= FEWEST
        and sum(len(heads) for heads, _ in found) == 1
        and not any(map(_has_bold, leaves))
    )


def _has_bold(leaf: OutlineNode) -> bool:
    return any(span.bold_marks for span in leaf.texts)


def _may_hold_heads(leaf: OutlineNode) -> bool:
    """Return whether heads may be inside a leaf: a numbered item with text is one measure, unless it has bold type."""
    is_item = leaf.run_in or leaf.is_sentence or all(bullet_length(span.text) for span in leaf.texts)
    return not is_item or any(span.bold_marks for span in leaf.texts)


def _heads_above(nodes: Sequence[OutlineNode], above: str) -> Iterator[tuple[int, str]]:
    """Yield the printed numbers above each node."""
    for node in nodes:
        yield id(node), above
        yield from _heads_above(node.children, above + node.heading[: node.number_length].strip())


def _body_of_leaf(leaf: OutlineNode, above: str) -> TextBody:
    paragraphs = [
        PlanParagraph(span.text, span.paragraph.line, span.bold_marks, own_line=span.paragraph.own_line)
        for span in leaf.texts
    ]
    return body_of((above + leaf.heading)[:40] or "全文", paragraphs)


def _hang_inside(leaf: OutlineNode, heads: Sequence[tuple[int, int, int]]) -> None:
    texts, leaf.texts = leaf.texts, []
    waiting = list(heads)
    for number, span in enumerate(texts):
        place = 0
        while waiting and waiting[0][0] == number:
            _, start, end = waiting.pop(0)
            _add_span(leaf, span, place, start)
            head = TextSpan(span.paragraph, span.start + start, span.start + _cut_duty(span, start, end))
            leaf.children.append(OutlineNode(head, RUN_IN))
            place = head.end - span.start
        _add_span(leaf, span, place, span.end - span.start)


def _cut_duty(span: TextSpan, start: int, end: int) -> int:
    """Return the end of a head, without departments named in it."""
    duty = find_bracketed_duty(span.text[start:end])
    return start + duty.start if duty and duty.start else end


def _add_span(leaf: OutlineNode, span: TextSpan, start: int, end: int) -> None:
    if span.text[start:end].strip():
        node = leaf.children[-1] if leaf.children else leaf
        node.texts.append(TextSpan(span.paragraph, span.start + start, span.start + end))


def _divide_into_paragraphs(parts: Sequence[OutlineNode]) -> None:
    """Make each paragraph a measure if the lowest heads mostly hold several paragraphs.

    Directly under parts, only if each paragraph is one sentence.
    """
    is_flat = all(child.habit == PARAGRAPH for part in parts for child in part.children)
    leaves = [part for part in parts if not part.children] if is_flat else list(_leaves(parts))
    if any(leaf.run_in or leaf.is_sentence or (not is_flat and _is_item(leaf)) for leaf in leaves):
        return
    own = [_own_paragraphs(leaf) for leaf in leaves]
    several = sum(len(spans) >= FEWEST for spans in own)
    if 2 * several > len(leaves) and (is_flat or _are_sentences([span for spans in own for span in spans])):
        for leaf in leaves:
            _hang_paragraphs(leaf)


def _divide_headless(root: OutlineNode) -> None:
    """If the paragraphs of most siblings begin with heads, make those of the others measures without heads."""
    for parent in (root, *root.all_nodes()):
        siblings = [node for node in parent.children if node.kind is BlockKind.REPORTED]
        holders = [node for node in siblings if node.children and node.children[0].habit == RUN_IN]
        if 2 * len(holders) > len(siblings):
            for node in siblings:
                _hang_paragraphs(node)


def _is_item(leaf: OutlineNode) -> bool:
    """Return whether a leaf is already an item of work, not a chapter of items."""
    return leaf.habit in (RUN_IN, PARAGRAPH) or (leaf.mark is not None and leaf.mark.rank >= ITEM_RANK)


def _are_sentences(spans: Sequence[TextSpan]) -> bool:
    """Return whether nearly all paragraphs are one sentence, and none has a number (those were decided before)."""
    whole = sum(first_sentence_end(span) == len(span.text) for span in spans)
    return whole >= _MOSTLY * len(spans) and not any(_own_mark(span) for span in spans)


def _own_paragraphs(part: OutlineNode) -> list[TextSpan]:
    paragraphs = {
        id(span.paragraph): span for span in part.texts if not (is_duty_span(span) or _announces(span))
    }
    return list(paragraphs.values())


def _hang_paragraphs(node: OutlineNode) -> None:
    """Make each paragraph a node, or each numbered one if there are two; lead-ins and departments are not."""
    if node.children:
        return
    texts = node.following
    node.texts = node.texts[: len(node.texts) - len(texts)]
    marks = [_own_mark(span) for span in texts]
    is_numbered = sum(mark is not None for mark in marks) >= FEWEST
    for place, (span, own) in enumerate(zip(texts, marks, strict=True)):
        announces = _announces(span) and place + 1 < len(texts)
        goes_on = own is None and (
            is_numbered or (place > 0 and span.paragraph is texts[place - 1].paragraph)
        )
        if is_duty_span(span) or goes_on or (announces and not node.children):
            (node.children[-1] if node.children else node).texts.append(span)
        else:
            node.children.append(OutlineNode(span, PARAGRAPH, own))


def _announces(span: TextSpan) -> bool:
    """Return whether a paragraph only announces what follows."""
    return span.text.endswith(("：", ":"))


def _own_mark(span: TextSpan) -> NumberMark | None:
    """Return the number or bullet of a paragraph, or of the item inside it, if numbered like the paragraph."""
    first = span.paragraph.mark
    if not span.start:
        return first or (mark_of(span.text) if bullet_length(span.text) else None)
    if first is None:
        return None
    return next((mark for mark in marks_of(span.text) if mark.key == first.key), None)
