"""A filled template as WeasyPrint takes it: read as XML, and styled by our own sheet alone.

What WeasyPrint does for any page of the web costs a report a quarter of its time: a lenient parser in Python, and a
sheet that gives each element styles for markers and notes, and each page for sixteen boxes in its margins.
`styles/elements.css` says the little of it that the templates need.
"""

from xml.etree import ElementTree

from cssselect2 import ElementWrapper
from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher


class DocumentHTML(HTML):
    """A document of ours. Its template is well-formed: a stray tag would be ElementTree's ParseError."""

    def __init__(self, markup: str, url_fetcher: URLFetcher) -> None:
        self.base_url, self.url_fetcher, self.media_type = None, url_fetcher, "print"
        self.etree_element = ElementTree.fromstring(markup)  # noqa: S314  our own escaping templates
        self.wrapper_element = ElementWrapper.from_html_root(self.etree_element, content_language=None)

    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:
        return []
