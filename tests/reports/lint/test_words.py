"""The word list: what is found, what keeps a word right, and lists that contradict themselves."""

import pytest

from reports.lint import LintContext
from reports.lint.words import ListedWord, WordLevel, WordList, default_words
from tests.reports.lint.cases import of_rule, with_text

SIMPLE = ListedWord("甲乙", WordLevel.WRONG, "甲丁")


def found(words: tuple[ListedWord, ...], text: str) -> list[tuple[int, str]]:
    return [(start, one.word) for start, one in WordList(words).words_in(text)]


def test_a_word_is_right_by_what_stands_beside_it() -> None:
    word = ListedWord(
        "帐", WordLevel.WRONG, "账", not_after=("蚊",), before=("目", "户"), not_before=("户口",)
    )
    assert found((word,), "蚊帐目，帐目，帐篷，帐户口，帐户。") == [(4, "帐"), (14, "帐")]


def test_of_several_words_at_one_place_the_longest_counts() -> None:
    longer = ListedWord("甲乙丙", WordLevel.HINT, "丁")
    assert found((SIMPLE, longer), "甲乙丙甲乙") == [(0, "甲乙丙"), (3, "甲乙")]


def test_the_lists_of_a_context_are_used_instead_of_the_defaults() -> None:
    document = with_text("开设帐户，甲乙并列。")
    context = LintContext(words=WordList((SIMPLE,)))
    (finding,) = of_rule("misspelling", document, context)
    assert (finding.quote, finding.fix and finding.fix.replacement) == ("甲乙", "甲丁")


def test_a_fix_of_a_suspect_word_is_not_safe() -> None:
    words = WordList((ListedWord("甲乙", WordLevel.SUSPECT, "甲丁"),))
    (finding,) = of_rule("suspect-word", with_text("甲乙并列。"), LintContext(words=words))
    assert finding.fix
    assert not finding.has_safe_fix


def test_each_default_stands_once() -> None:
    """The page of the list shows a word once, and changes it by its name."""
    words = [one.word for one in default_words().words]
    assert len(words) == len(set(words))


def test_the_defaults_do_not_contradict_themselves() -> None:
    assert len(default_words().words) > 400
    assert default_words().problems == ()


def test_a_word_is_read_from_its_own_row() -> None:
    for word in default_words().words:
        names = ("词", "级别", "前面不是", "后面是", "后面不是", "改为", "理由", "来源")
        assert ListedWord.from_row(dict(zip(names, word.row, strict=True))) == word


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((SIMPLE, ListedWord("甲丁", WordLevel.WRONG, "甲乙")), "两条互相矛盾"),
        ((ListedWord("其它", WordLevel.HINT, "其它的"),), "改了以后还是错的"),
        ((SIMPLE, ListedWord("丙", WordLevel.HINT, "甲乙丙")), "两条互相矛盾"),
        ((SIMPLE, SIMPLE), "有两条"),
        ((ListedWord("甲", WordLevel.HINT, "甲"),), "和它自己一样"),
        ((ListedWord("", WordLevel.HINT, "甲"),), "没有写词"),
        ((ListedWord("甲" * 21, WordLevel.HINT, "乙"),), "太长"),
        ((ListedWord("甲", WordLevel.HINT, "乙", reason="理" * 101),), "理由或者来源太长"),
        ((ListedWord("甲", WordLevel.HINT, "乙", before=("丙" * 301,)),), "前后的字词太多"),
        ((ListedWord("甲", WordLevel.HINT, "乙", before=("丙丁",), not_before=("丙",)),), "永远查不到"),
        ((SIMPLE,) * 5_001, "最多5000个"),
    ],
)
def test_a_list_with_a_word_against_itself_is_refused(words: tuple[ListedWord, ...], sentence: str) -> None:
    problems = WordList(words).problems
    assert sentence in problems[0]
    assert all(problem.endswith("。") for problem in problems)
