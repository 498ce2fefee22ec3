"""How long a search takes where ten years of texts lie behind, on both databases.

    python -m benchmarks.search

Fills every filing of ten years and the sample year to 500 characters, answers 2,000 directives, and lets 40 documents
lie there with 540 paragraphs each. Times the whole page through Flask's test client, for words that stand everywhere,
seldom and nowhere.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from flask.testing import FlaskClient
from peewee import PostgresqlDatabase

from app.base.clock import now
from app.base.database import database, transaction
from app.base.settings.settings import Settings
from app.composition.rules import DocumentKind
from app.directives.core.models import Directive, DirectiveAddressee, DirectiveReply
from app.drafting.core.life_cycle import DocumentState
from app.drafting.core.models import Document, DocumentBlock
from app.filing.core.models import Filing
from app.org.models import Department
from app.periods.models import Period
from app.plan.core.models import PlanItem
from benchmarks.concurrent_saves import on_both
from benchmarks.data_growth import copied, let_ten_years_pass
from benchmarks.pages import EMPTY, sample_app, signed_in_client
from benchmarks.targets import Targets, as_program
from tests.databases import Databases

RUNS = 10
TARGET_MS = 100
FILING_LENGTHS = {"progress": 300, "problems": 100, "next_steps": 100}
REPLY_LENGTH = 200
DEPARTMENTS_FILING = 4
DOCUMENTS, PARAGRAPHS, PARAGRAPH_LENGTH = 40, 540, 100
READERS = ("office", "leader1", "filer07")
# In most texts, in some, in none; two words; letters, for which case does not count; one character.
WORDS = ("推进", "电梯", "龙宫", "社区 服务", "App", "区")


def main(targets: Targets) -> None:
    """Print, for each database and reader, how long the slowest of the words takes, the target, and each word."""
    on_both(lambda name, databases: measure(name, databases, targets))


def measure(name: str, databases: Databases, targets: Targets) -> None:
    with TemporaryDirectory() as folder, databases.fresh("empty", Path(folder)) as url:
        app = sample_app(Path(folder), Settings(Path(folder), url, "benchmark", plain_http=True))
        let_ten_years_pass()
        write_texts()
        database.execute_sql("ANALYZE")
        print(
            f"{name:10}  {Filing.select().count()} filings, {Directive.select().count()} directives, "
            f"{DocumentBlock.select().count()} paragraphs"
        )
        for username in READERS:
            client = signed_in_client(app, username)
            taken = {word: processor_ms(client, search_for(word)) for word in WORDS}
            target = targets.at_most(TARGET_MS, max(taken.values()), f"search of {username}, {name}", "ms")
            each = "，".join(f"{word} {ms:.0f}" for word, ms in taken.items())
            empty = processor_ms(client, EMPTY)
            print(
                f"{name:10}  {username:8} at most {max(taken.values()):5.1f} ms ({target}); {each}; "
                f"an empty page {empty:.1f}"
            )
        database.obj.close_all()


def search_for(words: str) -> str:
    return f"/search?{urlencode({'q': words})}"


def processor_ms(client: FlaskClient, path: str) -> float:
    """Return the mean milliseconds of processor time that a page takes, the database's server included."""
    server = server_process()
    for number in range(RUNS + 1):
        if number == 1:
            start = time.process_time() + server_seconds(server)
        answer = client.get(path)
        if answer.status_code != 200:
            raise RuntimeError(f"{path}: {answer.status}")
    return 1000 * (time.process_time() + server_seconds(server) - start) / RUNS


def server_process() -> int | None:
    """Return the process that serves this one's connection to PostgreSQL, alone from now on; None for SQLite."""
    if not isinstance(database.obj, PostgresqlDatabase):
        return None
    database.execute_sql("SET max_parallel_workers_per_gather = 0")
    return int(database.execute_sql("SELECT pg_backend_pid()").fetchone()[0])


def server_seconds(process: int | None) -> float:
    if process is None:
        return 0
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@transaction
def write_texts() -> None:
    """Let every filing, reply and document say as much as a real one, in the words of the plan."""
    text_of = texts_of_plan()
    let_more_departments_file()
    columns = [getattr(Filing, name) for name in FILING_LENGTHS]
    filings = list(Filing.select(Filing.id, *columns))
    for filing in filings:
        for name, length in FILING_LENGTHS.items():
            setattr(filing, name, text_of(length))
    Filing.bulk_update(filings, columns, batch_size=100)
    replies = [
        {
            "directive": one.directive_id,
            "department": one.department_id,
            "text": text_of(REPLY_LENGTH),
            "person": "张某",
        }
        for one in DirectiveAddressee.select()
    ]
    DirectiveReply.insert_many(replies).execute()
    for period in islice(Period.select().order_by(Period.id), DOCUMENTS):
        add_document(period, text_of)


def add_document(period: Period, text_of: Callable[[int], str]) -> None:
    """Issue a document of a quarter."""
    document = Document.insert(
        kind=DocumentKind.QUARTERLY,
        state=DocumentState.ISSUED,
        plan=period.plan_id,
        period=period,
        title="关于年度工作计划推进情况的报告",
        issuer="示例街道办事处",
        recipient="各部门",
        signer="王某",
        dated=period.last_day,
        created_by="王某",
        issued_at=now(),
    ).execute()
    DocumentBlock.insert_many(
        {
            "document": document,
            "position": position,
            "content": {
                "kind": "Paragraph",
                "text": text_of(PARAGRAPH_LENGTH),
                "head": None,
                "source": "",
            },
        }
        for position in range(PARAGRAPHS)
    ).execute()


def let_more_departments_file() -> None:
    """Let four departments file on every measure of the years that lie behind, as where duties are shared."""
    departments = [one.id for one in Department.select(Department.id).order_by(Department.id)]
    for filing in list(Filing.select().join(Period).where(Period.closed_at.is_null(False))):
        others = [one for one in departments if one != filing.department_id]
        for number in range(DEPARTMENTS_FILING - 1):
            copied(filing, department=others[number])


def texts_of_plan() -> Callable[[int], str]:
    """Return what gives so many characters of the plan's own words, each time those that come next."""
    words: Iterator[str] = cycle("".join(item.text for item in PlanItem.select(PlanItem.text).limit(300)))
    return lambda length: "".join(islice(words, length))


if __name__ == "__main__":
    as_program(main)
