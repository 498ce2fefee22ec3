"""Handwritten directives (手写批示): the office enters them with a scan, the leader confirms them."""
