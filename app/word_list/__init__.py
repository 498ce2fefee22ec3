"""词表: the words that the check looks for, the program's defaults with what the office made of them."""
