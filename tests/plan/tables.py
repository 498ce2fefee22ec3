"""Tables as the office keeps them, for the tests that import them."""

from __future__ import annotations

from pathlib import Path


def table(folder: Path, *lines: str) -> Path:
    """Return a CSV file with these lines."""
    path = folder / "表.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def milestones(folder: Path, *rows: str) -> Path:
    """Return a table of milestones with these rows."""
    return table(folder, "举措序号,任务序号,季度,节点,目标值", *rows)


def indicators(folder: Path, *rows: str) -> Path:
    """Return a table of indicators with these rows."""
    return table(folder, "举措序号,指标,单位,年度目标值,汇总方式", *rows)
