"""What WeasyPrint is taught here: to fill Chinese lines, to keep rules in the type area, and to set text in half the
time and memory.

Each module takes the place of some of WeasyPrint's functions, which stay in charge of all that is out of the
ordinary. They reach into modules that WeasyPrint does not promise to keep, so an unknown release is refused.
Importing this package installs the extension.
"""

import pydyf
import weasyprint
from weasyprint import document, pdf
from weasyprint.draw import text as weasyprint_text
from weasyprint.html import UA_STYLESHEET
from weasyprint.layout import background, block, inline, page
from weasyprint.pdf import fonts, stream

from reports.extension import (
    compression,
    drawing,
    edges,
    embedding,
    filling,
    lengths,
    lines,
    pagestyles,
    parsing,
    pseudoelements,
    release,
)

SUPPORTED_MAJOR_VERSION = 70


def install() -> None:
    """Put the extension in place.

    Raises RuntimeError for a release of WeasyPrint whose line layout nobody has compared with it.
    """
    major = int(weasyprint.__version__.split(".")[0])
    if major != SUPPORTED_MAJOR_VERSION:
        raise RuntimeError(
            f"中文行填充只核对过 WeasyPrint {SUPPORTED_MAJOR_VERSION}，现装的是 {weasyprint.__version__}。"
            f"请改装 {SUPPORTED_MAJOR_VERSION} 版，或核对 reports/extension 后修改其中的版本号。"
        )
    lengths.install_anonymous_lengths()
    inline.get_next_linebox = lines.next_line
    inline.split_text_box = lines.split_text
    inline.justify_line = filling.fill_line
    inline.resolve_percentages = page.resolve_percentages = lengths.resolve_lengths
    page.set_page_type_computed_styles = pagestyles.style_page
    background.layout_box_backgrounds = lengths.lay_out_backgrounds
    block.table_layout = edges.lay_out_table
    block.find_earlier_page_break = edges.break_earlier
    weasyprint_text.draw_first_line = drawing.draw_line
    fonts.get_hb_object_data = embedding.FaceFile
    stream.Font = embedding.SparingFont
    document.Page.paint = release.paint
    pdf.add_tags = release.add_tags
    pydyf.zlib = compression
    weasyprint.tinyhtml5 = parsing
    matcher = UA_STYLESHEET.matcher
    matcher.other_selectors = pseudoelements.without_unused(matcher.other_selectors)


install()
