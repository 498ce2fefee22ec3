"""Sealing each event to the one before it, and checking a chain of events."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.base.labels import LabelledEnum

SEALED = (
    "at",
    "account_id",
    "person",
    "seat",
    "address",
    "action",
    "object_kind",
    "object_id",
    "summary",
    "reason",
    "detail",
    "previous_hash",
)


class LogProblem(LabelledEnum):
    """Everything that can be wrong with the log. The label is its short name."""

    CHANGED = "changed", "记录被改动"
    REMOVED = "removed", "记录被删除"
    RESEALED = "resealed", "记录被重新封存"
    TAIL_MISSING = "tail_missing", "末尾缺少记录"
    EMPTIED = "emptied", "记录被清空"
    HEAD_CHANGED = "head_changed", "链尾被改动"
    OLDER_COPY = "older_copy", "数据库是较旧的副本"
    CONTRADICTED = "contradicted", "与锚点不符"
    ANCHORS_CHANGED = "anchors_changed", "锚点文件被改动"
    ANCHORS_MISSING = "anchors_missing", "锚点文件有缺"
    OTHER_KEY = "other_key", "密钥不符"
    UNPROTECTED = "unprotected", "触发器不见了"


@dataclass(frozen=True)
class LogFinding:
    problem: LogProblem
    sentence: str


@dataclass(frozen=True)
class LogSeal:
    """What events are sealed with: the key, which is never in the database, and the id of their database."""

    key: bytes
    database_id: str

    def mac_of(self, text: str) -> str:
        """Return the HMAC-SHA256 of a text, in hexadecimal."""
        return hmac.digest(self.key, f"{self.database_id}\n{text}".encode(), hashlib.sha256).hex()

    def of_event(self, values: Mapping[str, Any]) -> str:
        return self.mac_of(canonical_event(values))

    def of_head(self, count: int, last_hash: str) -> str:
        return self.mac_of(f"head {count} {last_hash}")

    @property
    def key_check(self) -> str:
        """Return a value that identifies the key without revealing it."""
        return self.mac_of("key")[:16]


def canonical_event(values: Mapping[str, Any]) -> str:
    sealed = {name: values[name] for name in SEALED}
    sealed["at"] = values["at"].isoformat()
    return json.dumps(sealed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@dataclass(frozen=True)
class ChainState:
    """The stored state of the chain.

    seal: of the number of events and the last hash; empty before the first event. key_check: identifies the key.
    anchors: the number of the last anchor. last_id: the id of the newest event.
    """

    database_id: str
    count: int
    last_hash: str
    seal: str
    key_check: str
    anchors: int
    last_id: int


class ChainScan:
    """A walk along the chain, row by row, that collects errors without keeping rows."""

    def __init__(self, seal: LogSeal, *, number: int = 0, expected: str = "") -> None:
        """Start behind row `number`, whose hash is `expected`."""
        self.seal = seal
        self.number, self.expected = number, expected
        self.gap_id = self.bad_id = self.bad_rows = 0
        self.last_is_good = False

    def scan_row(self, row: Mapping[str, Any]) -> None:
        self.number += 1
        if row["previous_hash"] != self.expected and not self.gap_id:
            self.gap_id = row["id"]
        self.last_is_good = self.seal.of_event(row) == row["hash"]
        if not self.last_is_good:
            self.bad_rows += 1
            self.bad_id = self.bad_id or row["id"]
        self.expected = row["hash"]

    def scan_findings(self) -> Iterator[LogFinding]:
        if self.gap_id:
            yield LogFinding(
                LogProblem.REMOVED,
                f"第 {self.gap_id} 条记录与前一条不相接：其间有记录被删除、调换或插入。",
            )
        if self.bad_rows > 1 and not self.last_is_good and not self.gap_id:
            yield LogFinding(
                LogProblem.RESEALED,
                f"自第 {self.bad_id} 条起，记录不是用本系统的密钥封存的（共 {self.bad_rows} 条）："
                "有人改动后把整条链重新封存过。",
            )
        elif self.bad_rows:
            others = f"，这样的记录共 {self.bad_rows} 条" if self.bad_rows > 1 else ""
            yield LogFinding(
                LogProblem.CHANGED,
                f"第 {self.bad_id} 条记录的内容与其校验值不符{others}：记录被改动过。",
            )


def head_findings(head: ChainState, seal: LogSeal, *, rows: int, last_hash: str) -> Iterator[LogFinding]:
    """Yield what is wrong with the end of a chain of so many rows with that last hash."""
    if head.count and not rows:
        yield LogFinding(LogProblem.EMPTIED, f"操作记录被清空：应有 {head.count} 条，现在一条也没有。")
    elif head.count > rows:
        yield LogFinding(LogProblem.TAIL_MISSING, f"末尾缺少 {head.count - rows} 条记录：它们被删除了。")
    elif head.last_hash != last_hash or head.count < rows:
        yield LogFinding(LogProblem.HEAD_CHANGED, "最后的记录与链尾不符：末尾有记录被删除、添加或调换。")
    elif head.seal != (seal.of_head(rows, last_hash) if rows else ""):
        yield LogFinding(
            LogProblem.HEAD_CHANGED, "链尾的签名不符：有人删除或添加了末尾的记录，并改写了链尾。"
        )
