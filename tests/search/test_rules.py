"""Words of a search, marked pieces and excerpts."""

from __future__ import annotations

from app.search.rules import LabelledText, excerpt_of_texts, pieces_of_text, words_of_search


def marked(text: str, *words: str) -> str:
    return "".join(f"[{piece.text}]" if piece.is_hit else piece.text for piece in pieces_of_text(text, words))


def test_words_are_each_looked_for_once_and_at_most_five() -> None:
    assert words_of_search("  电梯　加装 电梯\n") == ("电梯", "加装")
    assert words_of_search(" ") == ()
    assert len(words_of_search("甲 乙 丙 丁 戊 己")) == 5


def test_every_hit_is_marked_whatever_its_case_and_nothing_is_lost() -> None:
    assert marked("加装电梯3台，电梯维保。", "电梯") == "加装[电梯]3台，[电梯]维保。"
    assert marked("AI助手，ai", "Ai") == "[AI]助手，[ai]"
    assert marked("养老服务", "养老", "养老服务") == "[养老服务]"
    assert marked("完成50%（a.b）", "0%", ".") == "完成5[0%]（a[.]b）"


def test_an_excerpt_stands_around_the_first_hit_and_says_what_is_left_out() -> None:
    long = "前" * 50 + "电梯" + "后" * 100
    found = excerpt_of_texts([LabelledText("进展", "无"), LabelledText("问题", long)], ("电梯",))
    assert found is not None
    assert found.label == "问题"
    assert [piece.text for piece in found.pieces] == ["……" + "前" * 20, "电梯", "后" * 80 + "……"]
    short = excerpt_of_texts([LabelledText("问题", "前" * 20 + "电梯" + "后" * 80)], ("电梯",))
    assert short is not None
    assert [piece.text for piece in short.pieces] == ["前" * 20, "电梯", "后" * 80]
    both = excerpt_of_texts([LabelledText("问题", "楼里的电梯")], ("的", "电梯"))
    assert both is not None
    assert [piece.text for piece in both.pieces if piece.is_hit] == ["电梯"]
    assert excerpt_of_texts([LabelledText("进展", "无")], ("电梯",)) is None
