"""What a leader wrote by hand (手写批示): entered by the office with its scan, confirmed by the leader."""
