"""What is said twice: a word by a slip of the hand (的的), last period's text, or a paragraph of the same document."""

import re
from collections.abc import Iterator

from rapidfuzz import fuzz, process

from reports.lint.finding import FindingPlace, PassageKind
from reports.lint.language import WordModel, find_word_model
from reports.lint.passages import TextPassage, text_before
from reports.lint.phrases import phrase_hits
from reports.lint.place_words import place_words
from reports.lint.registration import ACCURACY, ERROR, WARNING, document_rule, passage_rule
from reports.lint.subject import HANZI, LintSubject, RuleHit, hit_at, hit_of_whole, unquoted_matches
from reports.model import Paragraph

# Shorter texts are alike by chance: 本季度无新增问题。
SHORTEST = 20
# Under heads of their own even longer ones are: 完成率55%，落后序时进度20个百分点，年底预计有困难但能完成。
SHORTEST_UNDER_HEAD = 60
ALIKE_PERCENT = 90.0
SHOWN = 16
# What such a paragraph counts depends on the heading that it stands under.
OF_ITS_HEADING = ("本部分", "本专项", "本章", "本节", "本部门", "本居民区")
# What says nothing more when said twice, unless one of the two belongs to a word beside it.
NEVER_DOUBLED = (
    "共已为以于其后前至有不就再更还均则能该因但且而如若使让给向所此到按据经应须拟请报由从较约达超近仍"
    "对与将把被并要在了的及或各"
)
DOUBLED_ALONE = re.compile(f"([{NEVER_DOUBLED}])\\1(?!\\1)")
# 开展了开展了: no text says so many characters twice in a row, but titles of notices about notices do.
DOUBLED_PHRASE = re.compile(rf"(?!的(?:通知|通报|意见|报告))([{HANZI}]{{3,12}})\1")
# 城管、房管、城管.
LIST = re.compile(rf"(?:[{HANZI}“”]{{2,12}}、){{2,20}}[{HANZI}“”]{{2,12}}")
BEFORE_LIST = "由在对向与和是为有的会同从到将把及了于"
AND_SO_ON = re.compile("等.*")
LAST_JOINT = re.compile("以及|[和与及]")
# 登记、转送、交办而未按照规定登记、转送、交办: of two lists.
NEW_LIST = re.compile("以及|[和与及而]")
AND_OTHERS = re.compile("(?:等|共同|参与|参加|组成|联合|一起|协同|牵头|开展|组织).*")
WORD_SIZES = (2, 3, 4)
# Any word of two characters, but what people do a little (研究研究), what goes one by one, and 物业管理管理规约.
DOUBLED_PAIR = re.compile(rf"(?<![本该])(?![一两逐很非各每某])([{HANZI}])(?!\1)([{HANZI}])\1\2")
DONE_A_LITTLE = re.compile(
    "管理|服务|工作|生产|经营|会议|研究|讨论|商量|了解|学习|考虑|休息|打听|介绍|检查|锻炼|体验|交流|回忆|准备|活动"
)


# 进行了全面检查检查, 服务服务200余次: what people do a little has something behind it, and none of these before.
DONE_ONCE = re.compile(r"(?:进行|开展|组织|加强|实施|提供|接受|通过)(?:了|全面|深入|专项|集中|认真|的)*$")
ENDED = re.compile(r"[，。；、\d]|了|作了|$")


@passage_rule("doubled-word", "字词重复", ERROR, ACCURACY)
def doubled_words(passage: TextPassage) -> Iterator[RuleHit]:
    """A word that stands twice in a row, or in one clause."""
    found: dict[int, RuleHit] = {}
    for hit in _doublings(passage):
        found.setdefault(hit.start, hit)
    return iter(found.values())


def _doublings(passage: TextPassage) -> Iterator[RuleHit]:
    yield from phrase_hits("doubled-word", passage)
    for match in unquoted_matches(DOUBLED_PHRASE, passage.text):
        if not _goes_on_repeating(passage.text, match):
            yield hit_at(passage, match, f"“{match[1]}”重复，请删去一处。", match[1])
    model = find_word_model()
    if model:
        yield from _doubled_by_model(passage, model)


def _goes_on_repeating(text: str, doubled: re.Match[str]) -> bool:
    """Whether what is doubled stands there more than twice, which nobody does by a slip."""
    before, behind = text[doubled.start() - 1 : doubled.start()], text[doubled.end() : doubled.end() + 1]
    return before == doubled[1][-1] or behind == doubled[1][0]


def _doubled_by_model(passage: TextPassage, model: WordModel) -> Iterator[RuleHit]:
    """What is doubled, as far as it takes the words of the language to tell."""
    for match in unquoted_matches(DOUBLED_ALONE, passage.text):
        if not _is_of_other_words(passage.text, match.start(), model):
            yield hit_at(passage, match, f"“{match[1]}”重复，请删去一个。", match[1])
    for match in unquoted_matches(DOUBLED_PAIR, passage.text):
        right, behind = match[1] + match[2], passage.text[match.end() :][:2]
        is_slip = DONE_ONCE.search(text_before(passage.text, match.start())) and ENDED.match(behind)
        if right in model.candidates and (is_slip or not DONE_A_LITTLE.match(right)):
            yield hit_at(passage, match, f"“{right}”重复，请删去一个。", right)


def _is_of_other_words(text: str, start: int, model: WordModel) -> bool:
    """Whether of two equal characters one belongs to a word with what stands beside it."""

    def ends_word(place: int) -> list[int]:
        """How long the words are that end at a place."""
        return [
            size for size in WORD_SIZES if size <= place and text[place - size : place] in model.candidates
        ]

    # 完成对对: a word that begins within another one is none, but in 立项|目的的 the other one is 立项 and not 项目.
    before = ends_word(start)
    first_words = (
        text[start + 1 - size : start + 1]
        for size in WORD_SIZES
        if size <= start + 1 and (not any(size <= one for one in before) or ends_word(start + 1 - size))
    )
    second_words = (text[start + 1 : start + 1 + size] for size in WORD_SIZES)
    return any(len(word) > 1 and word in model.numbers for word in (*first_words, *second_words))


@passage_rule("listed-twice", "列举重复", WARNING, ACCURACY, holding="、")
def things_listed_twice(passage: TextPassage) -> Iterator[RuleHit]:
    """城管、房管、城管等部门."""
    for match in LIST.finditer(passage.text):
        first, *listed, last = match[0].split("、")
        *joined, end = LAST_JOINT.split(last)
        twice = AND_OTHERS.sub("", end)
        if joined and len(twice) > 2 and twice in (*listed, first) and twice != end:
            start = match.end() - len(end)
            yield RuleHit(f"“{twice}”列举了两次，请核对。", passage, start, start + len(twice))
        ended = AND_OTHERS.sub("", last)
        last = ended if len(ended) > 2 else AND_SO_ON.sub("", last)
        for name in dict.fromkeys((*listed, last)):
            begins = first.endswith(name) and (first == name or first[-len(name) - 1] in BEFORE_LIST)
            start = match.start() + match[0].rindex(name)
            is_one_list = not NEW_LIST.search(match[0], match[0].index(name), start - match.start())
            if len(name) > 1 and is_one_list and (listed.count(name) + (name == last) > 1 or begins):
                yield RuleHit(f"“{name}”列举了两次，请核对。", passage, start, start + len(name))


@document_rule("near-copy", "与上期雷同", WARNING, "条例第十九条（三）")
def copied_from_last_period(subject: LintSubject) -> Iterator[RuleHit]:
    """A paragraph or cell nearly the same as one of last period; the same text is reported where it first stands."""
    previous = [text for text in subject.context.previous if len(text.strip()) >= SHORTEST]
    seen: set[str] = set()
    for passage in subject.passages_of_kind(PassageKind.TEXT, PassageKind.CELL):
        if len(passage.text) < SHORTEST or passage.text in seen:
            continue
        seen.add(passage.text)
        found = process.extractOne(passage.text, previous, scorer=fuzz.ratio, score_cutoff=ALIKE_PERCENT)
        if found:
            reason = f"与上期“{found[0][:SHOWN]}……”{found[1]:.0f}%相同，请核对是否写了本期的新进展。"
            yield hit_of_whole(passage, reason)


@document_rule("repeated-paragraph", "段落重复", WARNING, "条例第十九条（三）")
def repeated_paragraphs(subject: LintSubject) -> Iterator[RuleHit]:
    """A paragraph that stands in the body twice."""
    first: dict[str, FindingPlace] = {}
    for passage in subject.body_paragraphs:
        text = passage.text.strip()
        if len(text) < _shortest_length(subject, passage) or text.startswith(OF_ITS_HEADING):
            continue
        if text in first:
            other = place_words(subject.document, first[text])
            yield hit_of_whole(passage, f"与{other}完全相同，请删去一处或者改写。")
        first.setdefault(text, passage.place)


def _shortest_length(subject: LintSubject, passage: TextPassage) -> int:
    """How long a paragraph must be for its like not to be chance."""
    block = subject.block_of(passage)
    return SHORTEST_UNDER_HEAD if isinstance(block, Paragraph) and block.head else SHORTEST
