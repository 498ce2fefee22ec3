"""Steps of a directive besides replies: more time, sending back, closing, opening again."""
