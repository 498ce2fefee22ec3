"""Files that people send: what is taken, how it is examined, and where its bytes lie."""
