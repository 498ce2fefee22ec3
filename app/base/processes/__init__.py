"""Processes with limited access and resources."""
