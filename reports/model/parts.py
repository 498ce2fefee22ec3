"""What a document consists of, from its red head to its imprint and what lies behind it."""

from enum import StrEnum


class DocumentPart(StrEnum):
    """Which part of a document a text belongs to."""

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
