"""Contributions of supporting departments (配合情况): a text for the measure's lead department."""
