"""Writes styles.xml: the paragraph, character and table styles of `reports.docx.styles` in Word's markup."""

from collections.abc import Iterator

from reports.docx.styles import (
    AUTOMATIC,
    BLACK,
    LABEL,
    LEVEL_FACES,
    NAME,
    NORMAL,
    PARAGRAPH_STYLES,
    TABLE_STYLES,
    ParagraphStyle,
    TableStyle,
    run_in_style,
    styles_in,
)
from reports.docx.units import half_points, mm_to_eighths, mm_to_twips
from reports.docx.wordml import Element, switched_off, w
from reports.fonts import NAMES, FontRole
from reports.numbering import chinese_number
from reports.text_fitting import LineSetting

LANGUAGE = "zh-CN"
SINGLE_LINE = 240
LAST = 99  # the lowest priority in Word's list of styles


def styles_part(setting: LineSetting) -> Element:
    """Return all styles, the defaults first; Word's own hundreds of styles are hidden from editors."""
    return w(
        "styles",
        _style_defaults(),
        w("latentStyles", defSemiHidden=1, defUnhideWhenUsed=0, defQFormat=0, defUIPriority=LAST),
        _normal_style(),
        _no_face(),
        *(_paragraph_style(style, place) for place, style in enumerate(styles_in(setting), start=1)),
        *(
            _face_style(run_in_style(level), f"{chinese_number(level)}级标题接排", face)
            for level, face in LEVEL_FACES.items()
        ),
        _face_style(LABEL, "黑体字", FontRole.LEVEL1),
        _face_style(NAME, "签发人姓名", FontRole.LEVEL2),
        *map(_table_style, TABLE_STYLES),
    )


def official_name(face: FontRole) -> str:
    """Return the name by which Chinese offices know the font of a role."""
    return NAMES[face][0]


def _font_properties(face: FontRole) -> Element:
    name = official_name(face)
    return w("rFonts", hint="eastAsia", ascii=name, hAnsi=name, eastAsia=name, cs=name)


def _style_defaults() -> Element:
    language = w("lang", val="en-US", eastAsia=LANGUAGE, bidi="ar-SA")
    return w(
        "docDefaults", w("rPrDefault", w("rPr", _font_properties(FontRole.TEXT), language)), w("pPrDefault")
    )


def _normal_style() -> Element:
    """Return the base of all paragraph styles: lines of fixed pitch, broken by the rules for Chinese.

    Unlike Word's defaults, it has no control of widows and orphans and adds no space between hanzi and Latin
    letters or figures. Punctuation may hang into the margin, as by Word's default; LibreOffice interprets
    that property the opposite way and ends its lines at the edge.
    """
    return w(
        "style",
        w("name", val=NORMAL.name),
        w("uiPriority", val=LAST),
        w(
            "pPr",
            switched_off("widowControl"),
            w("kinsoku"),
            w("overflowPunct"),
            *map(switched_off, ("autoSpaceDE", "autoSpaceDN", "adjustRightInd", "snapToGrid")),
            _spacing_property(NORMAL),
            _alignment_property(NORMAL),
        ),
        _run_properties(NORMAL),
        type="paragraph",
        styleId=NORMAL.id,
        default=1,
    )


def _no_face() -> Element:
    """Return the default character style, which programs that read Word files expect."""
    name = "Default Paragraph Font"
    names = w("name", val=name), w("uiPriority", val=LAST), w("semiHidden")
    return w("style", *names, type="character", styleId=name.replace(" ", ""), default=1)


def _paragraph_style(style: ParagraphStyle, place: int) -> Element:
    """Return a paragraph style; `place` is its position in the list of styles shown to editors."""
    return w(
        "style",
        w("name", val=style.name),
        w("basedOn", val=style.base),
        w("next", val=style.follower) if style.follower else None,
        w("uiPriority", val=place),
        w("qFormat") if style.offered else w("semiHidden"),
        _paragraph_properties(style),
        _run_properties(style),
        type="paragraph",
        styleId=style.id,
        customStyle=int(not style.name.isascii()),
    )


def _paragraph_properties(style: ParagraphStyle) -> Element:
    rules = [_border_rule(edge, weight, style.color or BLACK) for edge, weight in style.rules]
    stops = [w("tab", val=kind, pos=place) for kind, place in style.tabs]
    return w(
        "pPr",
        w("keepNext") if style.keep_next else None,
        w("keepLines") if style.keep_lines else None,
        w("pageBreakBefore") if style.page_break else None,
        w("pBdr", *rules) if rules else None,
        w("tabs", *stops) if stops else None,
        _spacing_property(style),
        _indent_property(style),
        _alignment_property(style),
        w("outlineLvl", val=style.outline) if style.outline is not None else None,
    )


def _border_rule(edge: str, weight: float, color: str) -> Element:
    return w(edge, val="single", sz=mm_to_eighths(weight), space=0, color=color)


def _spacing_property(style: ParagraphStyle) -> Element | None:
    lengths: dict[str, str | int] = {}
    if style.before is not None:
        lengths["before"] = style.before
    if style.after is not None:
        lengths["after"] = style.after
    if style.line == AUTOMATIC:
        lengths |= {"line": SINGLE_LINE, "lineRule": "auto"}
    elif style.line is not None:
        lengths |= {"line": style.line, "lineRule": "exact"}
    return w("spacing", **lengths) if lengths else None


def _alignment_property(style: ParagraphStyle) -> Element | None:
    return w("jc", val=style.align) if style.align else None


def _indent_property(style: ParagraphStyle) -> Element | None:
    """Return the indents; that of the first line also in characters, so that it follows the type size."""
    lengths: dict[str, int] = {}
    if style.left is not None:
        lengths["left"] = style.left
    if style.right is not None:
        lengths["right"] = style.right
    if style.first_line is not None and style.first_line > 0:
        lengths |= {"firstLineChars": 100 * style.first_line, "firstLine": style.first_line * style.character}
    elif style.first_line is not None:
        lengths |= {"hanging": -style.first_line * style.character}
    return w("ind", **lengths) if lengths else None


def _run_properties(style: ParagraphStyle) -> Element:
    """Return the properties of letters.

    Font and size are written out even if inherited, since checking programs seldom look up base styles.
    """
    ancestors = list(_base_styles(style))
    size = half_points(next(one.size for one in ancestors if one.size is not None))
    return w(
        "rPr",
        _font_properties(next(one.face for one in ancestors if one.face)),
        w("color", val=style.color) if style.color else None,
        w("spacing", val=style.spacing) if style.spacing is not None else None,
        w("sz", val=size),
        w("szCs", val=size),
    )


def _base_styles(style: ParagraphStyle) -> Iterator[ParagraphStyle]:
    """Yield a style and its base styles, down to Normal."""
    yield style
    if style is not NORMAL:
        yield from _base_styles(next(one for one in (NORMAL, *PARAGRAPH_STYLES) if one.id == style.base))


def _face_style(id_: str, name: str, face: FontRole) -> Element:
    """Return a character style that changes only the font."""
    return w(
        "style",
        w("name", val=name),
        w("uiPriority", val=len(PARAGRAPH_STYLES)),
        w("qFormat"),
        w("rPr", _font_properties(face)),
        type="character",
        styleId=id_,
        customStyle=1,
    )


def _table_style(style: TableStyle) -> Element:
    heights = (style.padding, style.side_padding) * 2
    sides = zip(("top", "left", "bottom", "right"), heights, strict=True)
    margins = (w(side, w=mm_to_twips(width), type="dxa") for side, width in sides)
    return w(
        "style",
        w("name", val=style.name),
        w("tblPr", _table_borders(style), w("tblCellMar", *margins)),
        type="table",
        styleId=style.id,
        customStyle=1,
    )


def _table_borders(style: TableStyle) -> Element | None:
    if not style.outer:
        return None
    outer, inner = style.outer, style.inner
    widths = {
        "top": outer,
        "left": outer,
        "bottom": outer,
        "right": outer,
        "insideH": inner,
        "insideV": inner,
    }
    edges = widths if style.sides else {edge: widths[edge] for edge in ("top", "bottom", "insideH")}
    return w("tblBorders", *(_border_rule(edge, weight, BLACK) for edge, weight in edges.items()))
