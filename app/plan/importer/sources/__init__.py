"""Files of every kind as the text of a plan: what each format says, and nothing of it lost without a word.

Pure. Each module that reads a format runs in a process of its own (`app.base.processes.confined_reader`), and loads
nothing but what it needs.
"""
