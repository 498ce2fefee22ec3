"""An official document as PDF in the form of GB/T 9704-2012, by WeasyPrint. The same document gives the same bytes."""

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from reports import charts, gbt9704, placement, weasyprint_extension
from reports.block_places import BlockPlace, places_of_blocks
from reports.characters import on_one_line, split_paragraphs
from reports.columns import column_widths, joins_row_above, stands_whole
from reports.engine_check import known_document, require_fit
from reports.first_page import lay_with_body_on_page_1
from reports.fonts import FontBook, FontRole, find_fonts
from reports.last_page import ImprintPlace, add_imprint, imprint_place
from reports.markup import TextTypesetter
from reports.model import Chart, OfficialDocument
from reports.numbering import number_blocks
from reports.pdf_variants import PdfVariant, document_properties, write_pdf
from reports.sheets import sheet_grid
from reports.titles import title_lines
from reports.wording import attendance_lines, has_imprint, written_copies, written_date

FOLDER = Path(__file__).parent
LEVEL_FACES = {1: FontRole.LEVEL1, 2: FontRole.LEVEL2, 3: FontRole.TEXT, 4: FontRole.TEXT}


class KnownAssets(URLFetcher):
    """Serves the fonts of a font book under font: addresses and refuses everything else."""

    def __init__(self, fonts: FontBook) -> None:
        super().__init__()
        self._faces = {f"font:{name}": face for name, face in fonts.faces.items()}

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Return a font's bytes. Raises ValueError for any other address."""
        if url not in self._faces:
            raise ValueError(f"公文中不能引用外部资源：{url}")
        return URLFetcherResponse(url, self._faces[url].program, {"Content-Type": "font/otf"})


@dataclass(frozen=True)
class PdfRenderer:
    """Sets documents in the faces of one font book: what is made once for it and used for every document."""

    templates: Environment
    stylesheet: CSS
    configuration: FontConfiguration
    assets: KnownAssets

    def lay_out_template(self, template: str, **context: Any) -> Any:
        """Fill a template and lay it out on pages."""
        html = self.templates.get_template(template).render(context)
        source = HTML(string=html, url_fetcher=self.assets, base_url=None)
        return source.render(stylesheets=[self.stylesheet], font_config=self.configuration)


@lru_cache
def renderer_for(fonts: FontBook) -> PdfRenderer:
    """Templates, parsed style sheet and loaded fonts for a font book.

    Raises EngineError, in Chinese, where WeasyPrint does not set the known page as it must.
    """
    weasyprint_extension.install_patches()
    templates = _load_templates(fonts)
    assets = KnownAssets(fonts)
    configuration = FontConfiguration()
    style = templates.get_template("document.css").render(fonts=fonts)
    stylesheet = CSS(string=style, font_config=configuration, url_fetcher=assets)
    made = PdfRenderer(templates, stylesheet, configuration, assets)
    with garbage_kept():
        require_fit(write_pdf(_lay_text(made, known_document(), lines_kept=0), PdfVariant.PLAIN))
    return made


# WeasyPrint deletes its copies of the fonts with what keeps them, which lives as long as the process.
atexit.register(renderer_for.cache_clear)


def _load_templates(fonts: FontBook) -> Environment:
    """The templates and style sheet with all that they ask for."""
    folders = FileSystemLoader([FOLDER / "templates", FOLDER / "styles"])
    templates = Environment(
        loader=folders, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    typesetter = TextTypesetter(fonts)
    templates.filters |= {"typeset": typesetter.typeset_text, "on_one_line": on_one_line}
    templates.globals |= {
        "standard": gbt9704,
        "roles": FontRole,
        "faces": LEVEL_FACES,
        "character": gbt9704.CHARACTER_PT,
        "number_blocks": number_blocks,
        "title_lines": title_lines,
        "split_paragraphs": split_paragraphs,
        "written_date": written_date,
        "attendance_lines": attendance_lines,
        "written_copies": written_copies,
        "document_properties": document_properties,
        "sheet_grid": sheet_grid,
        "column_widths": column_widths,
        "stands_whole": stands_whole,
        "joins_row_above": joins_row_above,
        "chart_drawing": partial(_chart_drawing, typesetter),
        **_placement_functions(fonts),
    }
    return templates


def _placement_functions(fonts: FontBook) -> dict[str, Any]:
    """What places the parts of a document by the ink of their faces."""
    return {
        "head_placement": partial(placement.head_placement, fonts=fonts),
        "letter_placement": partial(placement.letter_placement, fonts=fonts),
        "ends_in_one_line": partial(placement.ends_in_one_line, fonts=fonts),
        "signature_placement": partial(placement.signature_placement, fonts=fonts),
        "page_number_top": placement.page_number_top(fonts),
    }


def _chart_drawing(typesetter: TextTypesetter, chart: Chart) -> Markup:
    """A chart's SVG, once its words are known to be printable."""
    family = typesetter.fonts[FontRole.TEXT]
    for text in charts.words_of_chart(chart):
        family.rare_characters(text)
    return Markup(charts.status_bars(chart, family=f"{family.role}, {family.spare_name}"))  # noqa: S704  our own escaping template


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
        return write_pdf(_lay_out_document(document, fonts), variant)


def render_pdf_with_places(document: OfficialDocument) -> tuple[bytes, tuple[BlockPlace, ...]]:
    """Render a document as `render_pdf` does, and tell where each block of its body lies."""
    with garbage_kept():
        pages = _lay_out_document(document)
        places = places_of_blocks(pages)  # writing takes the boxes apart
        return write_pdf(pages, PdfVariant.PLAIN), places


def imprint_place_of(document: OfficialDocument, fonts: FontBook | None = None) -> ImprintPlace:
    """On which page the imprint of a document stands that is no letter (7.4.1).

    Raises FontError and DocumentError as `render_pdf` does.
    """
    renderer = renderer_for(fonts or find_fonts())
    with garbage_kept():
        text = lay_with_body_on_page_1(document, partial(_lay_text, renderer, document))
        return imprint_place(text, _lay_imprint(renderer, document, None, False))


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


def _lay_out_document(document: OfficialDocument, fonts: FontBook | None = None) -> Any:
    """The whole document on its pages."""
    renderer = renderer_for(fonts or find_fonts())
    pages = lay_with_body_on_page_1(document, partial(_lay_text, renderer, document))
    if not has_imprint(document):
        return pages
    return add_imprint(pages, partial(_lay_imprint, renderer, document), document.has_full_imprint)


def _lay_text(renderer: PdfRenderer, document: OfficialDocument, lines_kept: int) -> Any:
    return renderer.lay_out_template("document.html", document=document, lines_kept=lines_kept)


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
