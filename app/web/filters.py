"""How dates, times and shares are written for people."""

from __future__ import annotations

from datetime import date, datetime

from flask import Flask


def day_text(value: date | None) -> str:
    """Return 2026年10月9日: no leading zeros, as official documents write it (GB/T 9704-2012, 7.3.5.4)."""
    return f"{value.year}年{value.month}月{value.day}日" if value else ""


def day_and_time_text(value: datetime | None) -> str:
    """Return 2026年10月9日 10:32."""
    return f"{day_text(value)} {value:%H:%M}" if value else ""


def share_text(count: int, total: int) -> str:
    """Return a share with its denominator: 38/45（84%）; a dash where there is nothing to divide by."""
    return f"{count}/{total}（{round(100 * count / total)}%）" if total else "—"


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(day=day_text, moment=day_and_time_text)
    app.jinja_env.globals["share"] = share_text
