"""Functions and filters of templates: dates, shares, addresses of built scripts and styles."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

from flask import Flask, url_for
from markupsafe import Markup
from wtforms import Field

from app.base.days import day_with_weekday, moment_with_weekday, written_day, written_moment
from app.base.text import quoted_title, shorten_text

ANY_ROW = 1_987_654_321  # nothing else in an address is written so
NO_ATTRIBUTES: Mapping[str, Any] = MappingProxyType({})


class AssetManifest:
    """Reads the manifest of the front-end build: file name with content hash by logical name. address:
    of the folder.
    """

    def __init__(self, manifest: Path, address: str) -> None:
        self.manifest, self.address = manifest, address

    @cached_property
    def built_names(self) -> dict[str, str]:
        """Return the manifest. Raises FileNotFoundError with what to do if nothing is built."""
        if not self.manifest.exists():
            raise FileNotFoundError("页面的样式和脚本尚未构建，请先运行 make run 或 make setup。")
        names: dict[str, str] = json.loads(self.manifest.read_text())
        return names

    def asset_url(self, name: str) -> str:
        return f"{self.address}/{self.built_names[name]}"

    def asset_text(self, name: str) -> str:
        return self.manifest.with_name(self.built_names[name]).read_text("utf-8")


def share_text(count: int, total: int) -> str:
    """Return a share with its denominator: 38/45（84%）; a dash if the denominator is 0."""
    return f"{count}/{total}（{round(100 * count / total)}%）" if total else "—"


def row_addresses(endpoint: str, name: str, **kept: Any) -> Callable[[int], str]:
    """Return a function for the addresses of a list's rows: only the first is built, the others follow its pattern."""
    values: dict[str, Any] = {**kept, name: ANY_ROW}
    before, _, after = url_for(endpoint, **values).partition(str(ANY_ROW))
    return lambda number: f"{before}{number}{after}"


def remark_ids(field: Field, hint: str = "", limit: int | None = None) -> str:
    """Return the ids of all remarks on a form field."""
    remarks = {"error": field.errors or field.flags.live, "hint": hint, "count": limit}
    return " ".join(f"{field.id}-{what}" for what, is_there in remarks.items() if is_there)


def field_control(
    field: Field,
    css_class: str,
    hint: str = "",
    attributes: Mapping[str, Any] = NO_ATTRIBUTES,
    limit: int | None = None,
) -> Markup:
    """Return the control of a field, linked to the remarks on it."""
    ids = remark_ids(field, hint, limit)
    tied = {"aria-describedby": ids} if ids else {}
    mistaken = {"aria-invalid": "true"} if field.errors else {}
    return field(class_=css_class, **{**attributes, **tied, **mistaken})


def init_app(app: Flask) -> None:
    """Add ``asset('app.css')`` and the rest; the hash in file names lets browsers cache them for a year."""
    app.jinja_env.filters.update(
        day=written_day,
        moment=written_moment,
        day_with_weekday=day_with_weekday,
        moment_with_weekday=moment_with_weekday,
        shorten_text=shorten_text,
        quoted_title=quoted_title,
    )
    assets = AssetManifest(Path(app.static_folder or "") / "manifest.json", app.static_url_path or "")
    app.extensions["assets"] = assets
    app.jinja_env.globals.update(
        share=share_text,
        asset=assets.asset_url,
        field_control=field_control,
        remark_ids=remark_ids,
        row_addresses=row_addresses,
    )
