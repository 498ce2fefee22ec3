"""The sample texts read as officials write them, each for its own measure."""

import re
from collections import Counter

from tests.sample.sample_tables import (
    ASSIGNMENTS,
    LEADERS,
    ORGANISATION,
    PLAN,
    PROGRESS,
    REMARKS,
    TEXTS,
    by_lead,
)

HALF_WIDTH = re.compile(r"""[\u4e00-\u9fff“”][,.;:?!()"'][\u4e00-\u9fff“”]""")
# Python's gb2312 codec maps the two marks to look-alikes of other code points.
GB2312_BEYOND_CODEC = set("—·\n")


def test_texts_use_full_width_punctuation() -> None:
    texts = [
        row[key] for row in PROGRESS + ASSIGNMENTS for key in [*TEXTS, *REMARKS, "年度目标"] if key in row
    ]
    assert [found.group() for text in texts if (found := HALF_WIDTH.search(text))] == []
    assert [text for text in texts if text.count("“") != text.count("”")] == []


def test_characters_are_of_gb2312_or_of_the_plan() -> None:
    allowed = set(PLAN) | GB2312_BEYOND_CODEC
    written = {
        c for row in ORGANISATION + LEADERS + ASSIGNMENTS + PROGRESS for cell in row.values() for c in cell
    }
    assert [c for c in written - allowed if not c.encode("gb2312", errors="ignore")] == []


def test_every_text_is_written_for_its_measure() -> None:
    sentences = Counter(
        sentence
        for row in PROGRESS
        for key in TEXTS
        for sentence in re.split("[。；\n]", row[key])
        if len(sentence) > 8
    )
    assert [sentence for sentence, times in sentences.items() if times > 1] == []


def test_texts_are_short_and_long() -> None:
    lengths = [len(row["进展情况"]) for row in PROGRESS if row["结果"] == "采用" and by_lead(row)]
    assert min(lengths) <= 60
    assert sum(400 <= length <= 700 for length in lengths) >= 5
    assert max(lengths) <= 700
