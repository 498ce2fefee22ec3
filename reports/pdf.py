"""An official document as PDF in the form of GB/T 9704-2012, by WeasyPrint. The same document gives the same bytes."""

import atexit
import gc
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache, partial
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from reports import charts, placement, weasyprint_extension
from reports import chosen_sizes as chosen
from reports import gbt9704 as standard
from reports.block_places import BlockPlace, places_of_blocks
from reports.characters import on_one_line, split_paragraphs
from reports.document_html import DocumentHTML
from reports.engine_check import known_document, require_fit
from reports.file_properties import file_properties
from reports.fonts import FontBook, FontRole, find_fonts
from reports.form_sheets import sheet_grid
from reports.form_words import (
    COPIES_LABEL,
    annex_mark,
    attendance_lines,
    has_imprint,
    unit_line,
    written_copies,
    written_date,
    written_issue,
)
from reports.gbt9704 import MM_PER_PT
from reports.imprint_place import ImprintPlace, add_imprint
from reports.kept_annexes import KeptAnnexes
from reports.lighter_glyphs import lighten_glyphs
from reports.line_breaks import (
    LEAST_OF_HEADING,
    LEAST_OF_NAME,
    LEAST_OF_TEXT,
    keep_end_whole,
    keep_words_whole,
    mark_line_breaks,
)
from reports.model import Chart, OfficialDocument
from reports.numbering import number_blocks
from reports.pdf_variants import PdfVariant, write_pdf, write_variants
from reports.placement.issuer_mark import em_baseline
from reports.rare_faces import rare_face
from reports.table_columns import (
    PADDING_EMS,
    column_widths,
    has_room_for_unit,
    joins_row_above,
    stands_whole,
)
from reports.text_fitting import LineSetting, TextLayout, lay_closer_for_imprint, lay_fitted_text
from reports.titles import title_lines

FOLDER = Path(__file__).parent
# Figures and letters of the stand-in face have strokes of 1.1 pt at 16 pt, hanzi of 0.62 pt: drawn in, of 0.75 pt.
HALF_WIDTH, HALF_WIDTH_INSET = "".join(map(chr, range(ord("!"), ord("~") + 1))), 10
RARE_FACE = re.compile(r"font:([a-z0-9-]+)-u([0-9a-f]+)")
LEVEL_FACES = {1: FontRole.LEVEL1, 2: FontRole.LEVEL2, 3: FontRole.TEXT, 4: FontRole.TEXT}


class KnownAssets(URLFetcher):
    """Serves the fonts of a font book under font: addresses and refuses everything else."""

    def __init__(self, fonts: FontBook) -> None:
        super().__init__()
        self._fonts = fonts
        self._faces = {f"font:{name}": face for name, face in fonts.main_faces.items()}
        self._lightened = {f"font:{FontRole.TEXT}"} if fonts[FontRole.TEXT].is_stand_in else frozenset()

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Return a font's bytes. Raises ValueError for any other address."""
        return URLFetcherResponse(url, self._program_at(url), {"Content-Type": "font/otf"})

    def _program_at(self, url: str) -> bytes:
        if found := RARE_FACE.fullmatch(url):
            return rare_face(chr(int(found[2], 16)), self._fonts[FontRole(found[1])])
        if url not in self._faces:
            raise ValueError(f"公文中不能引用外部资源：{url}")
        program = self._faces[url].program
        return lighten_glyphs(program, HALF_WIDTH, HALF_WIDTH_INSET) if url in self._lightened else program


class TextTypesetter:
    """Sets text in the faces of a font book. A rare character has a face of its own, made when it is first needed."""

    def __init__(self, fonts: FontBook, configuration: FontConfiguration, assets: KnownAssets) -> None:
        self.fonts = fonts
        self._configuration = configuration
        self._assets = assets
        self._loaded: set[str] = set()

    def typeset_text(self, text: str, role: str = FontRole.TEXT, room: float = 0.0, least: int = 0) -> Markup:
        """A text in the face of a role; a name, whole words of it where lines have room for so many ems.

        least: how many characters its last line has at least.
        Raises FontError for a character that none of its faces has.
        """
        text = on_one_line(text)
        rare = self.names_of_rare(text, role)
        whole = keep_words_whole(text, room) if room else text
        marked = mark_line_breaks(keep_end_whole(whole, least) if least else whole)
        if not rare:
            return escape(marked)
        return Markup().join(
            Markup('<span class="rare" style="font-family: {}">{}</span>').format(name, "".join(run))
            if name
            else escape("".join(run))
            for name, run in groupby(marked, key=rare.get)
        )

    def names_of_rare(self, text: str, role: str) -> dict[str, str]:
        """The name of the face for each character that the role's own has not; these faces are loaded.

        Raises FontError for a character that none of its faces has.
        """
        rare = self.fonts[FontRole(role)].rare_characters(text)
        names = {character: f"{role}-u{ord(character):x}" for character in rare}
        for name in sorted({*names.values()} - self._loaded):
            rule = f'@font-face {{ font-family: "{name}"; src: url("font:{name}"); }}'
            CSS(string=rule, font_config=self._configuration, url_fetcher=self._assets)
            self._loaded.add(name)
        return names


class PlacedPdf(NamedTuple):
    """PDFs of one layout, where each block of their body lies, and what a Word file takes over from them."""

    files: Mapping[PdfVariant, bytes]
    blocks: tuple[BlockPlace, ...]
    layout: TextLayout


@dataclass(frozen=True)
class PdfRenderer:
    """Sets documents in the faces of one font book: what is made once for it and used for every document."""

    templates: Environment
    stylesheet: CSS
    configuration: FontConfiguration
    assets: KnownAssets
    annexes: Mapping[LineSetting, KeptAnnexes] = field(
        default_factory=lambda: {setting: KeptAnnexes() for setting in LineSetting}
    )

    def lay_out_template(self, template: str, **context: Any) -> Any:
        """Fill a template and lay it out on pages."""
        html = self.templates.get_template(template).render(context)
        source = DocumentHTML(html, self.assets)
        return source.render(stylesheets=[self.stylesheet], font_config=self.configuration)


@lru_cache
def renderer_for(fonts: FontBook) -> PdfRenderer:
    """Templates, parsed style sheet and loaded fonts for a font book.

    Raises EngineError, in Chinese, where WeasyPrint does not set the known page as it must.
    """
    weasyprint_extension.install_patches()
    assets = KnownAssets(fonts)
    configuration = FontConfiguration()
    templates = _load_templates(TextTypesetter(fonts, configuration, assets))
    style = templates.get_template("document.css").render(fonts=fonts)
    stylesheet = CSS(string=style, font_config=configuration, url_fetcher=assets)
    made = PdfRenderer(templates, stylesheet, configuration, assets)
    with garbage_kept():
        require_fit(write_pdf(_lay_text(made, known_document(), lines_kept=0), PdfVariant.PLAIN))
    return made


# WeasyPrint deletes its copies of the fonts with what keeps them, which lives as long as the process.
atexit.register(renderer_for.cache_clear)


def _load_templates(typesetter: TextTypesetter) -> Environment:
    """The templates and style sheet with all that they ask for."""
    folders = FileSystemLoader([FOLDER / "templates", FOLDER / "styles"])
    templates = Environment(
        loader=folders, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    templates.filters |= {"typeset": typesetter.typeset_text, "on_one_line": on_one_line}
    templates.globals |= {
        "standard": standard,
        "chosen": chosen,
        "roles": FontRole,
        "faces": LEVEL_FACES,
        "character": standard.CHARACTER_PT,
        "number_blocks": number_blocks,
        "title_lines": title_lines,
        "split_paragraphs": split_paragraphs,
        "written_date": written_date,
        "annex_mark": annex_mark,
        "attendance_lines": attendance_lines,
        "copies_label": COPIES_LABEL,
        "written_copies": written_copies,
        "written_issue": written_issue,
        "file_properties": file_properties,
        "sheet_grid": sheet_grid,
        "column_widths": column_widths,
        "stands_whole": stands_whole,
        "joins_row_above": joins_row_above,
        "unit_line": unit_line,
        "padding": PADDING_EMS,
        "least_of_text": LEAST_OF_TEXT,
        "least_of_heading": LEAST_OF_HEADING,
        "least_of_name": LEAST_OF_NAME,
        "has_room_for_unit": has_room_for_unit,
        "chart_drawing": partial(_chart_drawing, typesetter),
        **_placement_functions(typesetter.fonts),
    }
    return templates


def _placement_functions(fonts: FontBook) -> dict[str, Any]:
    """What places the parts of a document by the ink of their faces."""
    return {
        "head_placement": partial(placement.head_placement, fonts=fonts),
        "letter_placement": partial(placement.letter_placement, fonts=fonts),
        "ends_in_one_line": partial(placement.ends_in_one_line, fonts=fonts),
        "signature_placement": partial(placement.signature_placement, fonts=fonts),
        "page_number_top": page_number_top(fonts),
    }


def _chart_drawing(typesetter: TextTypesetter, chart: Chart) -> Markup:
    """A chart's SVG, once its words are known to be printable."""
    rare = typesetter.names_of_rare("".join(charts.words_of_chart(chart)), FontRole.TEXT)
    family = ", ".join([FontRole.TEXT, *sorted({*rare.values()})])
    return Markup(charts.status_bars(chart, family=family))  # noqa: S704  our own escaping template


def render_pdf(
    document: OfficialDocument, fonts: FontBook | None = None, variant: PdfVariant = PdfVariant.PLAIN
) -> bytes:
    """Render a document as PDF.

    fonts: the faces to use; without any, those of `reports.fonts.find_fonts()`.
    variant: what the file is for: paper and screen, the archive, or to be read aloud.
    Raises FontError, naming it in Chinese, for a missing font or a character that no font can print, and
    DocumentError for a head so tall that page 1 shows no body.
    """
    with garbage_kept():
        return write_pdf(_lay_out_document(document, fonts)[0], variant)


def render_html(html: str, style: str, fonts: FontBook | None = None) -> bytes:
    """Return as PDF what is no official document: HTML with a style sheet of its own, in the same faces.

    Raises FontError where a font is missing, and ValueError for what refers to anything outside.
    """
    renderer = renderer_for(fonts or find_fonts())
    with garbage_kept():
        sheet = CSS(string=style, font_config=renderer.configuration, url_fetcher=renderer.assets)
        source = HTML(string=html, url_fetcher=renderer.assets, base_url=None)
        pages = source.render(stylesheets=[sheet], font_config=renderer.configuration)
        return write_pdf(pages, PdfVariant.PLAIN)


def render_pdf_with_places(
    document: OfficialDocument, variants: Sequence[PdfVariant] = (PdfVariant.PLAIN,)
) -> PlacedPdf:
    """Render a document as `render_pdf` does, laid out once for all variants, and tell where its parts lie."""
    with garbage_kept():
        pages, layout = _lay_out_document(document)
        blocks = places_of_blocks(pages)
        return PlacedPdf(write_variants(pages, variants), blocks, layout)


def layout_of(document: OfficialDocument, fonts: FontBook | None = None) -> TextLayout:
    """How a document's lines are set, and where its imprint stands; raises as `render_pdf` does."""
    with garbage_kept():
        return _lay_out_document(document, fonts)[1]


@contextmanager
def garbage_kept() -> Iterator[None]:
    """Leave cyclic garbage alone for a while: walking all pages' boxes again and again takes a tenth of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _lay_out_document(document: OfficialDocument, fonts: FontBook | None = None) -> tuple[Any, TextLayout]:
    """The whole document on its pages, and what a Word file takes over: an imprint's place only on a sheet's back."""
    renderer = renderer_for(fonts or find_fonts())
    lay_text, lay_imprint = partial(_lay_text, renderer), partial(_lay_imprint, renderer, document)
    text, setting = lay_fitted_text(document, lay_text)
    if not has_imprint(document):
        return text, TextLayout(setting)
    on_back = document.has_full_imprint
    pages, place = add_imprint(text, lay_imprint, on_back)
    if place is ImprintPlace.BEHIND_BLANK_PAGE:
        for closer, closer_setting in lay_closer_for_imprint(document, len(text.pages), lay_text):
            closer_pages, closer_place = add_imprint(closer, lay_imprint)
            if closer_place is ImprintPlace.WITH_TEXT:
                return closer_pages, TextLayout(closer_setting, closer_place)
    return pages, TextLayout(setting, place if on_back else None)


def _lay_text(
    renderer: PdfRenderer,
    document: OfficialDocument,
    lines_kept: int,
    setting: LineSetting = LineSetting.USUAL,
) -> Any:
    def lay(document: OfficialDocument) -> Any:
        return renderer.lay_out_template(
            "document.html", document=document, lines_kept=lines_kept, setting=setting
        )

    return renderer.annexes[setting].lay_document(document, lay)


def _lay_imprint(
    renderer: PdfRenderer, document: OfficialDocument, page_number: int | None, blank_page: bool
) -> Any:
    return renderer.lay_out_template(
        "imprint.html",
        document=document,
        imprint=document.imprint,
        page_number=page_number,
        blank_page=blank_page,
    )


def page_number_top(fonts: FontBook) -> float:
    """Top of the page number's line, one em high, below the body's box (mm), so that its dash lies right (7.5)."""
    family = fonts[FontRole.FOLIO]
    size = standard.SIZE_4_PT * MM_PER_PT
    dash_middle = sum(family.ink_of_text("—")) / 2
    box_bottom = standard.PAGE_HEIGHT_MM - standard.BOX_BOTTOM_MM
    dash_place = standard.TYPE_AREA_BOTTOM_MM + standard.PAGE_NUMBER_BELOW_MM
    return dash_place - box_bottom - (em_baseline(family) - dash_middle) * size
