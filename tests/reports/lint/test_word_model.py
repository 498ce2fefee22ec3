"""What is known of words: their costs and sounds, what follows them, and what is left of them without a character."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from deploy.setup.language_model import characters_sharing_parts
from reports.lint.language.word_model import merged_sound, words_by_what_is_left
from tests.reports.lint.small_language import COST_OF_WORD, COST_TOGETHER, PAIRS, WORDS, small_model

# By sunpinyin's numbers: zh z, ch c, sh s, n l; ing in, ang an, eng en.
MIXED_INITIALS = {15: 19, 16: 20, 17: 21, 7: 8}
MIXED_FINALS = {21: 19, 10: 8, 11: 9}


def syllable(initial: int, final: int) -> str:
    return chr(0x4000 + 64 * initial + final)


def test_only_what_speakers_mix_up_sounds_the_same() -> None:
    for initial in range(32):
        for final in range(64):
            merged = syllable(MIXED_INITIALS.get(initial, initial), MIXED_FINALS.get(final, final))
            assert merged_sound(syllable(initial, final)) == merged


def test_official_words_cost_more_the_longer_they_are_and_never_more_than_others_do() -> None:
    model = small_model()
    words = ("落实", "鼠害", "高起点", "齐抓共管", "高质量发展")
    costs = [model.costs[model.numbers[one]] for one in words]
    assert costs == pytest.approx([COST_OF_WORD, 10.5, 10.5, 11.2, 11.9])
    assert {"工作", "落实", "鼠害"} <= model.candidates
    assert "的" not in model.candidates


def test_words_of_two_to_five_characters_are_found_by_their_sounds() -> None:
    model = small_model()
    assert {*model.words_sounding_like("鼠害")} == {"鼠害"}
    assert {*model.words_sounding_like("高质量发展")} == {"高质量发展"}
    assert [*model.words_sounding_like("展发")] == []
    assert [*model.words_sounding_like("饮用水水源地")] == []
    assert [*model.words_sounding_like("高落")] == []


def test_each_word_is_followed_by_those_it_was_seen_with() -> None:
    model = small_model()
    seen = {(model.numbers[first], model.numbers[second]) for first, second in PAIRS}
    long = [model.numbers[word] for word in WORDS if len(word) > 1]
    for before in (*long, model.numbers["鼠害"]):
        for word in long:
            cost = COST_TOGETHER if (before, word) in seen else COST_OF_WORD
            assert model.cost_after(before, word) == pytest.approx(cost)


def test_words_are_known_by_what_is_left_of_them() -> None:
    model = small_model()
    assert {"落_", "_实", "高_量发展"} <= model.with_gap
    assert {(2, "落实"), (5, "高质"), (5, "发展")} <= model.end_pairs
    assert model.end_pairs.isdisjoint({(5, "质量"), (5, "展"), (5, "高质量")})
    assert words_by_what_is_left(("甲乙丙丁", "甲乙丙")) == {
        "乙丙丁": {"甲乙丙丁"},
        "甲丙丁": {"甲乙丙丁"},
        "甲乙丁": {"甲乙丙丁"},
        "甲乙丙": {"甲乙丙丁"},
    }


def test_laws_have_what_stands_in_them_twice() -> None:
    model = small_model()
    assert all(map(model.is_in_laws, ("落实", "落实工", "落实工作", "落实工作部", "面督促")))
    assert not any(map(model.is_in_laws, ("实落", "落实督", "部署落实", "工作落实攻")))


def test_characters_that_share_a_part_look_alike() -> None:
    similar = small_model().similar
    assert "督" in similar["寂"] and "寂" in similar["督"]
    assert "末" in similar["未"]


@pytest.mark.parametrize(
    ("parts", "groups"),
    [
        ({"督": [["叔", "目"]], "寂": [["宀", "叔"]]}, ["寂督"]),
        # The part itself is one of them, where it is a character.
        ({"督": [["叔", "目"]], "叔": [["上", "小", "又"]]}, ["叔督"]),
        # Of several ways to take one apart any will do.
        ({"思": [["田", "心"], ["囟", "心"]], "细": [["纟", "囟"]]}, ["思细"]),
        # What many have is no likeness, nor is one part of three.
        ({"督": [["叔", "目"]], "睹": [["目", "者"]]}, []),
        ({"督": [["叔", "目"]], "寂": [["宀", "上", "叔"]]}, []),
        # Of rare characters those that statutes have.
        ({"督": [["叔", "目"]], "菽": [["艹", "叔"]], "寂": [["宀", "叔"]]}, ["寂督"]),
        ({"缪": [["纟", "翏"]], "谬": [["言", "翏"]]}, ["缪谬"]),
        ({"督": [["叔", "目"]], "䐁": [["月", "叔"]]}, []),
    ],
)
def test_groups_are_of_what_shares_one_of_two_parts(
    parts: dict[str, list[list[str]]], groups: list[str], tmp_path: Path
) -> None:
    (tmp_path / "data.pkl").write_bytes(pickle.dumps(parts))
    assert characters_sharing_parts(tmp_path / "data.pkl", {"缪"}) == groups
