"""What a text begins and does not go on with (条例第二十条（四）: 用语准确)."""

import re
from collections.abc import Iterator
from itertools import islice

from reports.lint.finding import PassageKind
from reports.lint.registration import ACCURACY, WARNING, document_rule
from reports.lint.subject import LintSubject, RuleHit, hit_at

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
