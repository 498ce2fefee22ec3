"""Carrying unfinished measures and open directives of a year over into the next plan (结转)."""
