"""Who else has the page of a filing open, so that two do not write the same text."""
