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
from reports.characters import on_one_line, paragraphs
from reports.columns import column_widths, joins_row_above, stands_whole
from reports.engine import known_document, require_fit
from reports.firstpage import lay_with_body_on_page_1
from reports.fonts import FontBook, Role, find_fonts
from reports.lastpage import ImprintPlace, add_imprint, imprint_place
from reports.markup import Typesetter
from reports.model import Chart, OfficialDocument
from reports.numbering import numbered
from reports.places import Place, places_of
from reports.sheets import sheet_grid
from reports.titles import title_lines
from reports.variants import Variant, properties, write
from reports.wording import attendance_lines, copies, form_of, has_imprint, written_date

FOLDER = Path(__file__).parent
LEVEL_FACES = {1: Role.LEVEL1, 2: Role.LEVEL2, 3: Role.TEXT, 4: Role.TEXT}


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
class Press:
    """All that is made once for a font book and used for every document."""

    templates: Environment
    stylesheet: CSS
    configuration: FontConfiguration
    assets: KnownAssets

    def lay_out(self, template: str, **context: Any) -> Any:
        """Fill a template and lay it out on pages."""
        html = self.templates.get_template(template).render(context)
        source = HTML(string=html, url_fetcher=self.assets, base_url=None)
        return source.render(stylesheets=[self.stylesheet], font_config=self.configuration)


@lru_cache
def press(fonts: FontBook) -> Press:
    """The press for a font book: templates, parsed style sheet and loaded fonts, once WeasyPrint is found fit.

    Raises EngineError, in Chinese, where it is not.
    """
    weasyprint_extension.install()
    templates = _templates(fonts)
    assets = KnownAssets(fonts)
    configuration = FontConfiguration()
    style = templates.get_template("document.css").render(fonts=fonts)
    stylesheet = CSS(string=style, font_config=configuration, url_fetcher=assets)
    made = Press(templates, stylesheet, configuration, assets)
    with garbage_kept():
        require_fit(write(_lay_text(made, known_document(), lines_kept=0), Variant.PLAIN))
    return made


# WeasyPrint deletes its copies of the fonts with what keeps them, which lives as long as the process.
atexit.register(press.cache_clear)


def _templates(fonts: FontBook) -> Environment:
    """The templates and style sheet with all that they ask for."""
    folders = FileSystemLoader([FOLDER / "templates", FOLDER / "styles"])
    templates = Environment(
        loader=folders, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    typesetter = Typesetter(fonts)
    templates.filters |= {"set": typesetter.set, "on_one_line": on_one_line}
    templates.globals |= {
        "standard": gbt9704,
        "roles": Role,
        "faces": LEVEL_FACES,
        "character": gbt9704.CHARACTER_PT,
        "numbered": numbered,
        "title_lines": title_lines,
        "paragraphs": paragraphs,
        "written_date": written_date,
        "attendance_lines": attendance_lines,
        "copies": copies,
        "form_of": form_of,
        "properties_of": properties,
        "sheet_grid": sheet_grid,
        "column_widths": column_widths,
        "stands_whole": stands_whole,
        "joins_row_above": joins_row_above,
        "drawing": partial(_drawing, typesetter),
        **_placements(fonts),
    }
    return templates


def _placements(fonts: FontBook) -> dict[str, Any]:
    """What places the parts of a document by the ink of their faces."""
    return {
        "head_placement": partial(placement.head_placement, fonts=fonts),
        "letter_placement": partial(placement.letter_placement, fonts=fonts),
        "ends_in_one_line": partial(placement.ends_in_one_line, fonts=fonts),
        "signature_placement": partial(placement.signature_placement, fonts=fonts),
        "page_number_top": placement.page_number_top(fonts),
    }


def _drawing(typesetter: Typesetter, chart: Chart) -> Markup:
    """A chart's SVG, once its words are known to be printable."""
    family = typesetter.fonts[Role.TEXT]
    for text in charts.words(chart):
        family.lacks(text)
    return Markup(charts.status_bars(chart, family=f"{family.role}, {family.spare_name}"))  # noqa: S704  our own escaping template


def render_pdf(
    document: OfficialDocument, fonts: FontBook | None = None, variant: Variant = Variant.PLAIN
) -> bytes:
    """Render a document as PDF.

    fonts: the faces to use; without any, those of `reports.fonts.find_fonts()`.
    variant: what the file is for: paper and screen, the archive, or to be read aloud.
    Raises FontError, naming it in Chinese, for a missing font or a character that no font can print, and
    DocumentError for a head so tall that page 1 shows no body.
    """
    with garbage_kept():
        return write(_lay_out(document, fonts), variant)


def render_pdf_with_places(document: OfficialDocument) -> tuple[bytes, tuple[Place, ...]]:
    """Render a document as `render_pdf` does, and tell where each block of its body lies."""
    with garbage_kept():
        pages = _lay_out(document)
        places = places_of(pages)  # writing takes the boxes apart
        return write(pages, Variant.PLAIN), places


def imprint_place_of(document: OfficialDocument, fonts: FontBook | None = None) -> ImprintPlace:
    """On which page the imprint of a document stands that is no letter (7.4.1).

    Raises FontError and DocumentError as `render_pdf` does.
    """
    own_press = press(fonts or find_fonts())
    with garbage_kept():
        text = lay_with_body_on_page_1(document, partial(_lay_text, own_press, document))
        return imprint_place(text, _lay_imprint(own_press, document, None, False))


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


def _lay_out(document: OfficialDocument, fonts: FontBook | None = None) -> Any:
    """The whole document on its pages."""
    own_press = press(fonts or find_fonts())
    pages = lay_with_body_on_page_1(document, partial(_lay_text, own_press, document))
    if not has_imprint(document):
        return pages
    on_back = form_of(document.masthead) != "letter"
    return add_imprint(pages, partial(_lay_imprint, own_press, document), on_back)


def _lay_text(own_press: Press, document: OfficialDocument, lines_kept: int) -> Any:
    return own_press.lay_out("document.html", document=document, lines_kept=lines_kept)


def _lay_imprint(
    own_press: Press, document: OfficialDocument, page_number: int | None, blank_page: bool
) -> Any:
    return own_press.lay_out(
        "imprint.html",
        document=document,
        imprint=document.imprint,
        page_number=page_number,
        blank_page=blank_page,
    )
