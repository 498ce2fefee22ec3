"""Sentences that lack a part, say the opposite, begin in one construction and end in another, or begin what they do not
go on with (条例第二十条（四）: 用语准确). Most are patterns of the table of phrases.
"""

import csv
import re
from collections.abc import Iterator
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path

from reports.lint.finding import PassageKind
from reports.lint.passages import TextPassage
from reports.lint.phrases import phrase_rule
from reports.lint.registration import ACCURACY, PUNCTUATION, WARNING, document_rule, passage_rule
from reports.lint.subject import HANZI, LintSubject, RuleHit, hit_at, unquoted_matches

TEXTS = (PassageKind.TEXT, PassageKind.CELL)
FIRST = re.compile(
    r"(?:^|(?<=[。；：！？\n]))(?P<word>首先|一方面|第一|一是|其一)(?:，|(?<=一是)(?![一二]))", re.MULTILINE
)
FOLLOWED_BY = {
    "首先": re.compile(
        "其次|然后|接着|随后|第二|再次|再者|二是|最后|其二|还要|同时|此外|另外|接下来|而后|再"
    ),
    "一方面": re.compile("另一方面|另方面|又一方面|一方面"),
    "第一": re.compile("第[二三]"),
    "一是": re.compile("[二三四五]是|其二|二要"),
    "其一": re.compile("其二"),
}
# How many passages a list may run over.
RUN_ON = 12
FAR = 2_000  # characters
# What some verbs take, of which one stands in their object.
VERB_OBJECTS = Path(__file__).parents[1] / "verb_objects.csv"

sentence_rule = partial(phrase_rule, kinds=TEXTS, unquoted=True)
mixed_constructions = sentence_rule("mixed-construction", "句式杂糅", WARNING, ACCURACY, is_certain=False)
broken_sentences = sentence_rule("broken-sentence", "句子不完整", WARNING, ACCURACY, is_certain=False)
hidden_subjects = sentence_rule("hidden-subject", "缺主语", WARNING, ACCURACY)
missing_unders = sentence_rule("missing-under", "“在……下”缺“下”", WARNING, ACCURACY)
missing_as = sentence_rule("missing-as", "“以……为”缺“为”", WARNING, ACCURACY, is_certain=False)
missing_words = sentence_rule("missing-word", "缺词", WARNING, ACCURACY, is_certain=False)
missing_verbs = sentence_rule("missing-verb", "缺谓语", WARNING, ACCURACY, is_certain=False)
missing_objects = sentence_rule("missing-object", "缺宾语", WARNING, ACCURACY)
missing_activities = sentence_rule("missing-activity", "缺宾语", WARNING, ACCURACY, is_certain=False)
double_negations = sentence_rule("double-negation", "否定失当", WARNING, ACCURACY)
both_sides_to_one = sentence_rule("both-sides", "两面对一面", WARNING, ACCURACY)
mismatched_conjunctions = sentence_rule("conjunction", "关联词语搭配", WARNING, ACCURACY)
broken_correlatives = sentence_rule("correlative", "关联词语搭配", WARNING, ACCURACY, is_certain=False)
indirect_questions = sentence_rule("indirect-question", "陈述句用问号", WARNING, f"{PUNCTUATION}，4.2")


@lru_cache(maxsize=1)
def needed_objects() -> tuple[re.Pattern[str], dict[str, tuple[str, ...]]]:
    """A pattern for a verb with what stands behind it, and what each verb takes."""
    with VERB_OBJECTS.open(encoding="utf-8", newline="") as file:
        taken = {row["动词"]: tuple(row["宾语"].split("、")) for row in csv.DictReader(file)}
    pattern = (
        rf"(?<![感的没势用])(?P<verb>{'|'.join(taken)})(?:了|好|着)?(?P<object>[{HANZI}“”、\d]{{2,24}})"
        r"(?:[。；！]|，(?P<next>[^，。；！？\n]{0,40}))"
    )
    return re.compile(pattern), taken


@passage_rule("missing-noun", "缺宾语", WARNING, ACCURACY, kinds=TEXTS, is_certain=False)
def missing_nouns(passage: TextPassage) -> Iterator[RuleHit]:
    """发挥党员先锋模范，……: a verb that goes with a few nouns only, of which none stands behind it."""
    pattern, taken = needed_objects()
    for match in unquoted_matches(pattern, passage.text):
        # 营造公平透明，便捷高效的环境: the object stands behind the next comma.
        later = match["next"] if "的" in (match["next"] or "") else ""
        words = taken[match["verb"]]
        is_cause = match["object"].endswith(("所致", "造成", "引起"))
        if not is_cause and not any(word in match["object"] + later for word in words):
            reason = f"“{match['verb']}”后面缺宾语，如“{words[0]}”“{words[1]}”，请补上。"
            yield RuleHit(reason, passage, match.start(), match.end("object"))


@document_rule("lone-ordinal", "只有“首先”没有下文", WARNING, ACCURACY)
def lone_ordinals(subject: LintSubject) -> Iterator[RuleHit]:
    """首先 without 其次, 一是 without 二是, in the same paragraph or in those that follow."""
    passages = list(subject.passages_of_kind(PassageKind.TEXT, PassageKind.CELL, PassageKind.HEAD))
    for number, passage in enumerate(passages):
        for match in FIRST.finditer(passage.text):
            follow = FOLLOWED_BY[match["word"]]
            following = islice(passages, number + 1, number + RUN_ON)
            later = [passage.text[match.end() : match.end() + FAR], *(one.text[:FAR] for one in following)]
            is_last = subject.is_fragment and number == len(passages) - 1
            is_last = is_last and passage.text.count("。", match.end()) < 2
            if not is_last and not any(follow.search(text) for text in later):
                yield hit_at(passage, match, f"有“{match['word']}”而没有下文，请补写或者改写。")
