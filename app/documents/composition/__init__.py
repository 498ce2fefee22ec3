"""Composing official documents: facts and particulars in, an `OfficialDocument` out. Pure; nothing is invented."""
