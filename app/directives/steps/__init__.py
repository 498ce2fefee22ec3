"""Steps of a directive other than replies: extension, sending back, closing, reopening and the rest."""
