"""Carrying over what a year left unfinished into the next plan (结转)."""
