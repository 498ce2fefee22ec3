"""Connecting the features: their list, the queue and worker, the command line, and the sample."""
