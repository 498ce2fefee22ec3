"""The parts of a document, from its red head to its imprint, annexes and enclosure."""

from enum import StrEnum


class DocumentPart(StrEnum):
    """The part of a document to which a text belongs."""

    WHOLE = "whole"
    MASTHEAD_ISSUER = "masthead_issuer"
    SIGNATORY = "signatory"
    MINUTES_MARK = "minutes_mark"
    TITLE = "title"
    ADDRESSEE = "addressee"
    BODY = "body"
    SIGNATURE = "signature"
    NOTE = "note"
    COPIES_TO = "copies_to"
    PRINTING_OFFICE = "printing_office"
    ANNEX = "annex"
    ENCLOSURE = "enclosure"
