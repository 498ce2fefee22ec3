"""Words that sound like the verb that goes with the object behind them: 旅行巡河职责 (条例第二十条（四）)."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from reports.lint.language import WordModel, find_word_model, likelihood_gain
from reports.lint.passages import TextPassage
from reports.lint.registration import ACCURACY, WARNING, passage_rule
from reports.lint.subject import HANZI, NUMERALS, RuleHit, unquoted_matches

TABLE = Path(__file__).with_name("governed_objects.csv")
REACH = 12
# How much less likely than what was written a text with the verb may be: 民生实事项目 is no 实施.
LEAST_GAIN = -5.0


@lru_cache(maxsize=1)
def words_sounding_like_verbs(model: WordModel) -> tuple[re.Pattern[str], dict[str, dict[str, str]]]:
    """A pattern for words, up to an object, that sound like one of its verbs, and by word and object that verb."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        objects = {row["动词"]: row["宾语"].split("、") for row in csv.DictReader(file)}
    by_sound: defaultdict[str, set[str]] = defaultdict(set)
    verbs = [verb for names in objects for verb in names.split("、")]
    for names in objects:
        for sound in model.sounds_of(names.split("、")[0]):
            by_sound[sound].add(names)
    words = (one for one in model.numbers if len(one) == 2 and not set(one) & set(NUMERALS))
    meant: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for word in words:
        for names in {name for sound in model.sounds_of(word) for name in by_sound.get(sound, ())}:
            if word not in verbs:
                meant[word] |= dict.fromkeys(objects[names], names.split("、")[0])
    things = sorted({one for found in objects.values() for one in found}, key=lambda one: (-len(one), one))
    pattern = (
        rf"(?P<word>{'|'.join(sorted(meant))})(?=(?P<between>[{HANZI}]{{0,{REACH}}}?)(?P<thing>{'|'.join(things)})"
        r"(?:[，。；！、]|$))"
    )
    return re.compile(pattern), meant


@passage_rule("homophone-verb", "近音词的用处", WARNING, ACCURACY, is_certain=False)
def homophone_verbs(passage: TextPassage) -> Iterator[RuleHit]:
    """认真旅行巡河职责, 要简历联系台账; nothing where the installation has no model of the language."""
    model = find_word_model()
    if model is None:
        return
    pattern, meant = words_sounding_like_verbs(model)
    for match in unquoted_matches(pattern, passage.text):
        verb = meant[match["word"]].get(match["thing"])
        if verb and likelihood_gain(model, passage.text, *match.span("word"), verb) >= LEAST_GAIN:
            reason = f"这里的“{match['word']}”像是“{verb}”之误，请核对。"
            yield RuleHit(reason, passage, *match.span("word"), verb)
