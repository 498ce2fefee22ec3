"""Typing errors: characters that were taken for others by sound or shape, swapped, or typed twice."""

from reports.lint.language.fixed_phrases import PhraseSlip, find_phrase_slips
from reports.lint.language.known_texts import KnownTexts, known_texts, pair_counts
from reports.lint.language.typing_errors import find_typing_errors
from reports.lint.language.word_model import WordModel, find_word_model

__all__ = [
    "KnownTexts",
    "PhraseSlip",
    "WordModel",
    "find_phrase_slips",
    "find_typing_errors",
    "find_word_model",
    "known_texts",
    "pair_counts",
]
