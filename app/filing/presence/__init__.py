"""Who else has the page of a filing open, so that two people do not write the same text."""
