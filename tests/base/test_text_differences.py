"""The difference of two texts: nothing lost, nothing added, nothing that a browser could take for markup."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from app.base.text_differences import (
    LONGEST_STRETCH,
    TextChange,
    TextDifference,
    compare_texts,
    split_sentences,
)

WORDS = (
    "走访企业",
    "32家",
    "35家",
    "，",
    "。",
    "；",
    "\n",
    "形成线索",
    "<b>",
    "&amp;",
    "”",
    "x",
    " ",
    "12.5%",
)
texts = st.lists(st.sampled_from(WORDS), max_size=40).map("".join) | st.text(max_size=60)
TAGS = re.compile(r"</?(?:ins|del)>")


def text_of(found: TextDifference, *changes: TextChange) -> str:
    return "".join(piece.text for piece in found.pieces if piece.change in changes)


@given(texts, texts)
def test_both_texts_can_be_put_together_again(old: str, new: str) -> None:
    found = compare_texts(old, new)
    assert text_of(found, TextChange.KEPT, TextChange.DELETED) == old
    assert text_of(found, TextChange.KEPT, TextChange.INSERTED) == new


@given(texts, texts)
def test_what_was_written_never_becomes_markup(old: str, new: str) -> None:
    found = compare_texts(old, new)
    for html, text in ((found.old, old), (found.new, new)):
        bare = TAGS.sub("", str(html))
        assert not set("<>\"'") & set(bare)
        assert Markup(bare).unescape() == text


@given(texts, texts)
def test_changes_are_gathered(old: str, new: str) -> None:
    changes = [piece.change for piece in compare_texts(old, new).pieces]
    assert (TextChange.INSERTED, TextChange.DELETED) not in list(pairwise(changes))
    assert all(first is not second for first, second in pairwise(changes))


@given(texts)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert compare_texts(text, text).is_empty
    assert "".join(split_sentences(text)) == text


@pytest.mark.parametrize(
    ("old", "new", "old_marked", "new_marked"),
    [
        ("走访企业32家。", "走访企业35家。", "走访企业<del>32</del>家。", "走访企业<ins>35</ins>家。"),
        ("甲。乙。", "甲。丙丁。乙。", "甲。乙。", "甲。<ins>丙丁。</ins>乙。"),
        ("完成改造。", "召开会议一次。", "<del>完成改造。</del>", "<ins>召开会议一次。</ins>"),
        ("", "<script>", "", "<ins>&lt;script&gt;</ins>"),
    ],
)
def test_marks_stand_where_a_reader_expects_them(
    old: str, new: str, old_marked: str, new_marked: str
) -> None:
    found = compare_texts(old, new)
    assert (str(found.old), str(found.new)) == (old_marked, new_marked)


def test_a_rewritten_long_text_is_compared_by_sentence_only() -> None:
    old, new = "甲" * (LONGEST_STRETCH + 1) + "。", "甲" * LONGEST_STRETCH + "乙。"
    assert [piece.change for piece in compare_texts(old, new).pieces] == [
        TextChange.DELETED,
        TextChange.INSERTED,
    ]


@pytest.mark.parametrize(
    ("old", "new", "rewritten"),
    [
        ("走访企业32家，形成线索12条。", "走访企业35家，形成线索12条。", False),
        ("完成改造项目收尾。", "召开会议一次。", True),
        ("完成改造。", "完成改造。" + "召开会议一次，形成纪要。" * 3, True),
        ("", "召开会议一次。", True),
        ("", "", False),
    ],
)
def test_a_text_with_little_kept_counts_as_rewritten(old: str, new: str, rewritten: bool) -> None:
    assert compare_texts(old, new).is_rewritten is rewritten
