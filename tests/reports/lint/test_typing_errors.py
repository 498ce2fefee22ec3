"""Characters that were mistyped, by what is known of the language."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reports.lint import LintContext, check_document
from reports.lint.language import (
    find_phrase_slips,
    find_typing_errors,
    find_word_model,
    known_texts,
    pair_counts,
)
from reports.lint.language import typing_errors as language
from reports.lint.language.known_texts import KnownTexts
from reports.lint.language.typing_errors import TypingError
from reports.lint.language.word_model import WordModel
from reports.lint.language.words_meant import Confusion
from reports.lint.rules.wording import typing_errors as rule
from tests.reports.lint.cases import of_rule, quotes, with_text
from tests.reports.lint.small_language import COST_OF_WORD, COST_TOGETHER, built_model, rebuilt, small_model


@pytest.fixture
def found_model() -> WordModel:
    """The model that was built here; it is read only by the process that runs these tests."""
    return find_word_model() or pytest.skip("words.model was not built")


@pytest.fixture
def small_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rule, "find_word_model", small_model)


def test_a_model_has_the_words_and_what_follows_them() -> None:
    model = small_model()
    fully, carry_out, work = (model.numbers[word] for word in ("全面", "落实", "工作"))
    assert model.costs[carry_out] == pytest.approx(COST_OF_WORD)
    assert model.cost_after(fully, carry_out) == pytest.approx(COST_TOGETHER)
    assert model.cost_after(carry_out, fully) == pytest.approx(COST_OF_WORD)
    assert model.cost_after(carry_out, work) == pytest.approx(COST_TOGETHER)
    assert model.is_in_laws("落实工作")
    assert not model.is_in_laws("落时工作")
    assert "的" not in "".join(model.candidates & set(model.law_weights))


def test_sounds_that_speakers_mix_up_are_the_same_to_the_search_only() -> None:
    model = small_model()
    assert "落实" in set(model.words_sounding_like("落时"))
    assert "落实" in set(model.words_sounding_like("落四"))
    assert model.sounds_same("落时", "落实")
    assert not model.sounds_same("落四", "落实")


def errors_where(
    monkeypatch: pytest.MonkeyPatch, *found: tuple[int, int, float], times: int = 1
) -> list[str]:
    """Return which are kept of errors found at these places of a text with these weights, as they stand in it."""
    text = "全面落实工作部署"
    errors = [TypingError(start, end, "", Confusion.SAME_SOUND, weight) for start, end, weight in found]
    monkeypatch.setattr(language, "_errors_of_run", lambda *_: iter(errors))
    counts = {pair: times * count for pair, count in pair_counts(text).items()}
    kept = find_typing_errors(f"，{text}", small_model(), times=counts)
    return [f"{text[one.start - 1 : one.end - 1]}{one.weight:g}" for one in kept]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("人熟、地熟、情况熟。", 0),
        ("地熟、人熟。", 0),
        ("人熟、地生。", 1),
        ("事多、人熟。", 1),
        ("人熟，地熟。", 1),
    ],
)
def test_what_the_next_words_of_a_list_end_in_is_meant(
    text: str, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def errors(run: str, *_: object) -> tuple[TypingError, ...]:
        start = run.find("人熟")
        return (TypingError(start, start + 2, "人数", Confusion.SAME_SOUND, 1.0),) if start >= 0 else ()

    monkeypatch.setattr(language, "_errors_of_run", errors)
    assert len(find_typing_errors(text, small_model())) == count


@pytest.mark.parametrize(
    ("weight", "times", "kept"),
    [(0.5, 1, ["落实0.5"]), (4, 2, ["落实0"]), (3.5, 2, []), (9, 3, ["落实1"])],
)
def test_what_a_text_has_several_times_weighs_less(
    weight: float, times: int, kept: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert errors_where(monkeypatch, (2, 4, weight), times=times) == kept


def test_what_is_not_counted_stands_once() -> None:
    text = "全面落时工作部署"
    assert find_typing_errors(text, small_model()) == find_typing_errors(
        text, small_model(), times=pair_counts(text)
    )


def test_the_surest_of_errors_at_one_place_are_kept_in_the_order_of_the_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = ((6, 8, 9), (2, 4, 8), (4, 6, 7), (3, 5, 6), (0, 2, 5))
    assert errors_where(monkeypatch, *found) == ["全面5", "落实8", "工作7", "部署9"]


@pytest.mark.parametrize(
    ("text", "typed", "meant"),
    [
        ("全面落时工作部署。", "落时", "落实（同音）"),
        ("全面实落工作部署。", "实落", "落实（颠倒）"),
        ("全面落实实工作部署。", "落实实", "落实（多字）"),
        ("全面落实工作陪署。", "陪署", "部署（形近）"),
        ("全面功坚工作部署。", "功坚", "攻坚（同音）"),
    ],
)
@pytest.mark.usefixtures("small_language")
def test_a_mistyped_word_is_quoted_with_the_one_that_is_meant(text: str, typed: str, meant: str) -> None:
    word, _, confusion = meant.partition("（")
    (found,) = of_rule("typing-error", with_text(text))
    assert found.quote == typed
    assert found.reason == f"疑为“{word}”之误（{confusion}，请核对“{typed}”。"
    assert found.fix is None


@pytest.mark.parametrize(
    "text",
    [
        "全面落实工作部署，督促攻坚。",
        "全面“落时”工作部署。",
        "全面《落时》工作部署。",
        "全面落时工作部署，全面落时工作，再落时，又落时，落时，落时，落时。",
        "四实工作，四署工作。",
    ],
)
@pytest.mark.usefixtures("small_language")
def test_what_is_right_quoted_or_a_term_of_the_text_is_left_alone(text: str) -> None:
    assert quotes("typing-error", with_text(text)) == []


@pytest.mark.usefixtures("small_language")
def test_a_word_that_another_rule_puts_right_is_blamed_once() -> None:
    found = check_document(with_text("全面布署工作，全面落时工作。"))
    assert [(one.rule.id, one.quote) for one in found] == [("misspelling", "布署"), ("typing-error", "落时")]


@pytest.mark.parametrize(
    "context",
    [
        LintContext(right_texts=("街道面落时工作。",)),
        LintContext(persons=("落时",)),
        LintContext(names=(("落时工作站", "落时"),)),
    ],
)
@pytest.mark.usefixtures("small_language")
def test_what_is_known_to_be_right_is_left_alone(context: LintContext) -> None:
    text = with_text("全面落时工作部署。")
    assert quotes("typing-error", text) == ["落时"]
    assert quotes("typing-error", text, context) == []


def test_without_a_model_nothing_is_found() -> None:
    assert quotes("typing-error", with_text("全面落时工作部署。")) == []


def test_a_file_that_is_no_model_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "words.model"
    monkeypatch.setattr("reports.lint.language.word_model.MODEL_FILE", file)
    for content in (None, b"", b"{}\n", b"\xff\n", b"nothing\n"):
        if content is not None:
            file.write_bytes(content)
        find_word_model.cache_clear()
        assert find_word_model() is None
    find_word_model.cache_clear()


def test_a_model_that_lacks_a_part_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built_model(tmp_path)
    file = tmp_path / "words.model"
    header, rest = file.read_bytes().split(b"\n", 1)
    parts = json.loads(header)
    del parts["similar"]
    file.write_bytes(json.dumps(parts).encode().ljust(len(header)) + b"\n" + rest)
    monkeypatch.setattr("reports.lint.language.word_model.MODEL_FILE", file)
    find_word_model.cache_clear()
    assert find_word_model() is None
    find_word_model.cache_clear()


def test_a_model_is_refused_where_the_words_are_laid_out_otherwise(tmp_path: Path) -> None:
    built_model(tmp_path)
    (tmp_path / "lm_sc.t3g").write_bytes((tmp_path / "lm_sc.t3g").read_bytes()[:-4])
    with pytest.raises(SystemExit):
        rebuilt(tmp_path)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("深入贯彻落时党中央决策部署。", "深入贯彻落实党中央决策部署。"),
        ("打好污染防治功坚战。", "打好污染防治攻坚战。"),
        ("认真布署下一阶段工作。", "认真部署下一阶段工作。"),
        ("建立健全长效机只。", "建立健全长效机制。"),
        ("切实提高服务质亮。", "切实提高服务质量。"),
        ("严格尊守规定，维护社会稳订。", "严格遵守规定，维护社会稳定。"),
        ("落实整改措施施，明确责任人。", "落实整改措施，明确责任人。"),
        ("守护群众生命产安全，推进老旧小改造。", "守护群众生命财产安全，推进老旧小区改造。"),
        ("做好矛盾纠排查，强化意识态工作。", "做好矛盾纠纷排查，强化意识形态工作。"),
        ("各社区要遂户走访，认真覆行职责。", "各社区要逐户走访，认真履行职责。"),
        ("节前共慰间困难群众36户，满意度徘列前茅。", "节前共慰问困难群众36户，满意度排列前茅。"),
        ("以此次复查为锲机，适时潅溉，限期督辨。", "以此次复查为契机，适时灌溉，限期督办。"),
    ],
)
def test_the_model_that_was_built_finds_what_is_mistyped(
    found_model: WordModel, text: str, right: str
) -> None:
    for error in reversed(find_typing_errors(text, found_model)):
        text = f"{text[: error.start]}{error.word}{text[error.end :]}"
    assert text == right


@pytest.mark.parametrize(
    "text",
    [
        "街道党工委坚持党建引领，推动网格化管理提质增效，居民满意率达到九成以上。",
        "城运中心牵头开展飞线充电专项整治，排查隐患点位36处，已全部销号。",
        "上半年完成加装电梯12台，零星旧改签约率达到98.5%，三驾马车协同发力。",
        "综合为老服务中心建成启用，社区食堂日均供餐300余份，长者反响良好。",
        "未成年人护苗专项行动覆盖12所学校，长期护理险参保率稳步上升，规范综合行政执法。",
        "下一步，压实物业企业主体责任，推进垃圾厢房改造，做到即知即改、立行立改。",
        "老党员人熟、地熟，带头核对耕地地力保护补贴。",
        "在颐年公园开展敬老活动，祥港街道、梧文社区参加。",
        "全县种植绿肥5万亩，已按季发放补助；老碾坊改成议事厅。",
        "完成12处里弄检查，整改问题217处，占230处问题的94.3%。",
        "坚决整治懒政怠政，统筹治山治岸，开展转岗转业培训。",
        "答好群众增收之问，想人民之所想、行人民之所嘱，办好实事。",
        "入冬以来已下3场雪；柑橘待销4.3万吨；现定于12月14日考核。",
        "截流污水经泵站提升后外排，从从业人员的年龄看，总体合理。",
        "创新新能源发展模式，使用权可以以协议方式出让，驾考满分分别为100分。",
        "国家卫生健康委完成监测，开展大气氨排放试点，锅炉脱硝除尘达标，视其情况关停。",
    ],
)
def test_the_model_that_was_built_leaves_what_is_right_alone(found_model: WordModel, text: str) -> None:
    assert find_typing_errors(text, found_model) == []


@pytest.mark.usefixtures("small_language")
@pytest.mark.parametrize(
    ("text", "typed", "meant"),
    [
        (
            "增强居民的获得感、幸福感、安全惑。",
            "获得感、幸福感、安全惑",
            "“获得感、幸福感、安全感”之误（错字）",
        ),
        ("提高居民的知晓率和参率。", "知晓率和参率", "“知晓率和参与率”之误（漏字）"),
        ("做到横向边到、纵向到底。", "横向边到", "“横向到边”之误（颠倒）"),
    ],
)
def test_a_fixed_phrase_with_one_character_wrong_is_quoted(text: str, typed: str, meant: str) -> None:
    (found,) = of_rule("typing-error", with_text(text))
    assert found.quote == typed
    assert meant in found.reason


@pytest.mark.usefixtures("small_language")
@pytest.mark.parametrize(
    "text", ["做到立查立改、边巡边改。", "2025年目标任务顺利完成。", "帮扶支出型困难家庭。"]
)
def test_what_is_another_phrase_is_left_alone(text: str) -> None:
    assert of_rule("typing-error", with_text(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "提前征求社区居（村）民委员会意见，报告预（概）算执行情况。",
        "列入同级财政预决算，自接受委托之日起15日内答复，约谈烧烤店经营者。",
    ],
)
def test_what_a_phrase_lacks_may_stand_beside_it(found_model: WordModel, text: str) -> None:
    assert find_phrase_slips(text, found_model) == []


def test_known_texts_are_read_once() -> None:
    assert known_texts(("落实工作",)) is known_texts(("落实工作",))


def test_what_was_checked_before_is_not_checked_again() -> None:
    model, known = small_model(), KnownTexts(("全面落实",))
    text = "全面落时工作，这一句从来没有查过。"
    found = find_typing_errors(text, model, known)
    looked_at = language._errors_of_run.cache_info().misses
    assert find_typing_errors(f"又{text}", model, KnownTexts(("全面落实",)))[1:] == []
    assert find_typing_errors(text, model, KnownTexts(("全面落实",))) == found
    assert language._errors_of_run.cache_info().misses == looked_at + 1


@pytest.mark.usefixtures("found_model")
@pytest.mark.parametrize("text", ["对各校食堂进行了全面检查检查，下发意见书14份。", "提供服务服务200余次。"])
def test_what_people_do_a_little_is_not_doubled_behind_what_they_carry_out(text: str) -> None:
    assert len(quotes("doubled-word", with_text(text))) == 1


@pytest.mark.usefixtures("found_model")
def test_a_word_may_begin_where_another_could_end() -> None:
    assert quotes("doubled-word", with_text("项目总体可行，但立项目的的表述还不够具体。")) == []


@pytest.mark.usefixtures("found_model")
def test_of_two_equal_characters_the_second_may_be_a_verb(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rule, "find_word_model", find_word_model)
    assert quotes("typing-error", with_text("班子成员结合分管工作作交流发言。检查组在在建工地检查。")) == []
    assert quotes("typing-error", with_text("做好各项工作作。")) == ["各项工作作"]
