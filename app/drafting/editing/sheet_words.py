"""The fields of a ruled sheet as one text for typing; each field begins with its label in 【】."""

from __future__ import annotations

import re
from dataclasses import replace

from app.base.errors import FieldProblems
from reports.model import Sheet


def sheet_words(sheet: Sheet) -> str:
    """Return the texts of the fields, each after its label."""
    return "\n".join(f"{label_mark(label)}{text}" for label, text in fields_of(sheet))


def filled_sheet(sheet: Sheet, words: str) -> Sheet:
    """Return the sheet with the typed texts in its fields.

    Raises FieldProblems if a label is missing, repeated or moved.
    """
    labels = [label for label, _ in fields_of(sheet)]
    pieces = re.split("(" + "|".join(re.escape(label_mark(label)) for label in labels) + ")", words)
    if pieces[1::2] != [label_mark(label) for label in labels] or pieces[0].strip():
        kept = "".join(map(label_mark, labels))
        raise FieldProblems({"text": f"请保留每一栏的名称和次序，只改名称后面的文字：{kept}。"})
    texts = iter(text.strip() for text in pieces[2::2])
    rows = (
        replace(row, fields=tuple(replace(field, text=next(texts)) for field in row.fields))
        for row in sheet.rows
    )
    return replace(sheet, rows=tuple(rows))


def fields_of(sheet: Sheet) -> list[tuple[str, str]]:
    """Return label and text of each field, row by row."""
    return [(field.label, field.text) for row in sheet.rows for field in row.fields]


def label_mark(label: str) -> str:
    """Return a label as it is marked in the text, without the spaces that spread it."""
    return f"【{''.join(label.split())}】"
