"""Bodies that issue documents (发文机关), registered singly or imported from a table."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.audit.event_kinds import EventKind
from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.database import transaction
from app.base.errors import BadInput
from app.base.tables.tabular import TableProblems, TableRow, parse_table, read_table_bytes
from app.base.text import text_problem
from app.org import queries
from app.org.models import Issuer
from app.org.rules import ISSUER_WORD, WORD_HINT, ImportOutcome

ISSUER_COLUMNS = ("机关全称", "发文机关代字")  # 上级机关, 抄送机关 and 默认 may be left out


def import_issuers(path: Path, *, by: Actor) -> ImportOutcome:
    """Add or update issuing bodies by full name from a CSV or XLSX table.

    Raises NotAllowed, BadInput with every wrong row and column.
    """
    require(by, Action.IMPORT_ORGANISATION)
    return import_issuer_data(read_table_bytes(path), path.name, by=by)


@transaction
def import_issuer_data(data: bytes, file: str, *, by: Actor) -> ImportOutcome:
    """Do the same with the content of a file."""
    require(by, Action.IMPORT_ORGANISATION)
    rows, problems = parse_table(data, file, ISSUER_COLUMNS), TableProblems()
    for row in rows:
        check_issuer(row, problems)
    defaults = [row for row in rows if row.is_marked("默认")]
    for row in defaults[1:]:
        problems.add_problem(row, "默认", f"第 {defaults[0].number} 行已是默认的发文机关，只能有一个。")
    problems.raise_problems(file)
    for position, row in enumerate(rows, 1):
        store_issuer(issuer_values(row) | {"position": position}, is_default=row.is_marked("默认"))
    record_event(EventKind.IMPORT_ISSUERS, by=by, summary=f"{file}：{len(rows)} 个发文机关")
    named = {row["机关全称"] for row in rows}
    return ImportOutcome(len(rows), (), tuple(name for name in queries.issuing_words() if name not in named))


def check_issuer(row: TableRow, problems: TableProblems) -> None:
    for column, sentence in issuer_problems(issuer_values(row)).items():
        problems.add_problem(row, column, sentence)
    problems.check_mark(row, "默认")


def issuer_values(row: TableRow) -> dict[str, str]:
    names = {"name": "机关全称", "word": "发文机关代字", "superior": "上级机关", "copies_to": "抄送机关"}
    return {field: row[column] for field, column in names.items() if column in row.cells}


def issuer_problems(values: Mapping[str, str]) -> dict[str, str]:
    """Return, by column, what is wrong with an issuing body."""
    found = {
        "机关全称": text_problem(values["name"], "机关全称", 64, when_empty="请填写机关全称。"),
        "上级机关": text_problem(values.get("superior", ""), "上级机关", 64),
        "抄送机关": text_problem(values.get("copies_to", ""), "抄送机关", 255),
    }
    if ISSUER_WORD.match(values["word"]) is None:
        found["发文机关代字"] = WORD_HINT
    return {column: sentence for column, sentence in found.items() if sentence}


@transaction
def register_issuer(
    name: str,
    word: str,
    *,
    superior: str | None = None,
    copies_to: str | None = None,
    is_default: bool = False,
    by: Actor,
) -> None:
    """Add or update an issuing body by full name; None leaves a value unchanged. Raises NotAllowed, BadInput."""
    require(by, Action.IMPORT_ORGANISATION)
    given = {"name": name, "word": word, "superior": superior, "copies_to": copies_to}
    values = {field: text for field, text in given.items() if text is not None}
    if problems := issuer_problems(values):
        raise BadInput("".join(f"{column}：{sentence}" for column, sentence in problems.items()))
    store_issuer(values, is_default=is_default)
    record_event(EventKind.REGISTER_ISSUER, by=by, summary=f"{name}，代字{word}", detail=values)


def store_issuer(values: Mapping[str, Any], *, is_default: bool) -> None:
    """Store one; the first of all is the default until another is chosen."""
    if is_default:
        others = Issuer.is_default & (Issuer.name != values["name"])
        Issuer.update(is_default=False, version=Issuer.version + 1).where(others).execute()
    written = dict(values)
    if is_default or not Issuer.select().where(Issuer.is_default).exists():
        written["is_default"] = True
    issuer, created = Issuer.get_or_create(name=values["name"], defaults=written)
    if not created:
        written["version"] = Issuer.version + 1
        Issuer.update(written).where(Issuer.id == issuer.id).execute()
