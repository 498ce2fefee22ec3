"""The two places where WeasyPrint's line layout is extended, and the guard around them.

Both reach into modules that WeasyPrint does not promise to keep, so an unknown release is refused. Importing this
module installs the extension.
"""

from math import inf
from typing import Any

import weasyprint
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline

from reports.typography import fill_line

SUPPORTED_MAJOR_VERSION = 70

SIDES = ("left", "right", "top", "bottom")
# What resolving the lengths of an anonymous box always comes to.
ANONYMOUS_LENGTHS = {
    **{f"{kind}_{side}": 0 for kind in ("margin", "padding") for side in SIDES},
    **{f"border_{side}_width": 0 for side in SIDES},
    "width": "auto",
    "min_width": 0,
    "max_width": inf,
    "height": "auto",
    "min_height": 0,
    "max_height": inf,
}

resolve_percentages = inline.resolve_percentages


def resolve_lengths(box: Any, containing_block: Any) -> None:
    """Resolve a box's lengths; those of lines and runs of text are known without looking at their style.

    Lines and runs are anonymous boxes, thousands in a long table, which is laid out a tenth faster for it.
    """
    if isinstance(box, boxes.LineBox | boxes.TextBox):
        vars(box).update(ANONYMOUS_LENGTHS)
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
    inline.resolve_percentages = resolve_lengths


install()
