"""The table of WeasyPrint's functions that are replaced, with what replaces them and why.

The replacements handle the common cases and call WeasyPrint's own functions for everything else. They depend on
internal modules that WeasyPrint may change: `reports.engine_check` tests a release by its output, not its version.
"""

from dataclasses import dataclass, field
from typing import Any

import weasyprint
from weasyprint import draw, pdf
from weasyprint.layout import block, inline
from weasyprint.pdf import fonts, stream

from reports.engine_check import EngineError
from reports.weasyprint_extension import drawing, embedding, lines, tagging, type_area

# Issues and pull requests of github.com/Kozea/WeasyPrint.
LINE_BREAKING, LONG_DOCUMENTS = "#1840", "#578"
NOBODY_ASKED = ""


@dataclass(frozen=True)
class FunctionPatch:
    """The replacement of one of WeasyPrint's functions.

    Attributes:
        holder, name: the module or class in which WeasyPrint looks the function up, and its name there.
        replacement: the function or class used instead.
        reason: what is wrong without the replacement, in Chinese.
        gain: what the replacement achieves, in Chinese, as measured by `python -m benchmarks.engine`.
        upstream: the issue or pull request of WeasyPrint that would make it unnecessary; empty if there is none.
    """

    holder: Any
    name: str
    replacement: Any
    reason: str
    gain: str = ""
    upstream: str = ""
    original: Any = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "original", getattr(self.holder, self.name, None))

    @property
    def dotted_name(self) -> str:
        """Return the dotted name of the replaced function."""
        return f"{self.holder.__name__}.{self.name}"

    def put_replacement(self) -> None:
        """Put the replacement in place. Raises EngineError if this release has no such function."""
        if self.original is None:
            raise EngineError(
                f"WeasyPrint {weasyprint.__version__} 里没有 {self.dotted_name}，公文排版的扩展装不上。"
                "请改装 requirements.txt 所锁定的版本。"
            )
        setattr(self.holder, self.name, self.replacement)

    def restore_original(self) -> None:
        setattr(self.holder, self.name, self.original)


# The figures were measured by `python -m benchmarks.engine` on 2026-11-29 with WeasyPrint 70.
PATCHES = (
    FunctionPatch(
        inline,
        "justify_line",
        type_area.fill_line,
        reason="两端对齐只拉开空格，汉字行右边不齐",
        gain="整行右边齐于版心（GB/T 9704，5.2.3）",
        upstream=NOBODY_ASKED,
    ),
    FunctionPatch(
        block,
        "table_layout",
        type_area.lay_out_table,
        reason="接排的表格边框伸出版心",
        gain="表框在版心之内（GB/T 9704，5.2.1）",
        upstream=NOBODY_ASKED,
    ),
    FunctionPatch(
        block,
        "find_earlier_page_break",
        type_area.break_earlier,
        reason="末几行移到下页后，表框仍是原来的高度",
        gain="表框止于末行",
        upstream=NOBODY_ASKED,
    ),
    FunctionPatch(
        inline,
        "split_text_box",
        lines.split_text,
        reason="每断一行，余下的文字都重新排一遍",
        gain="与下面两项合计：45 项的报告用时为原来的三分之二；整行对齐也靠它",
        upstream=LINE_BREAKING,
    ),
    FunctionPatch(
        block,
        "iter_line_boxes",
        lines.lay_out_lines,
        reason="每断一行，已知的尺寸都重算一遍",
        gain="见 split_text_box",
        upstream=LINE_BREAKING,
    ),
    FunctionPatch(
        draw,
        "draw_text",
        drawing.draw_text,
        reason="写出时，排好的行又排一遍",
        gain="见 split_text_box",
        upstream=LINE_BREAKING,
    ),
    FunctionPatch(
        fonts,
        "get_hb_object_data",
        embedding.FaceFile,
        reason="每款字体都整个读入内存",
        gain="与下面一项合计：434 页少用 57 MB，用时少一成",
        upstream=LONG_DOCUMENTS,
    ),
    FunctionPatch(
        stream,
        "Font",
        embedding.FileBackedFont,
        reason="每款字体取字两次",
        gain="见 get_hb_object_data",
        upstream=LONG_DOCUMENTS,
    ),
    FunctionPatch(
        pdf,
        "add_tags",
        tagging.add_tags,
        reason="可朗读的文件：跨页的表格每页另算一张，表头不说明管行还是管列；每个标签都重列一遍页面，全部版式留到最后",
        gain="一张表格读作一张；450 项的报告用时为原来的三分之二，少用 34 MB",
        upstream=LONG_DOCUMENTS,
    ),
)


def install_patches() -> None:
    """Put all replacements in place. Raises EngineError if this release lacks one of the functions."""
    for patch in PATCHES:
        patch.put_replacement()
