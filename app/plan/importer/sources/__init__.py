"""Reading plan files of all formats as text; what is left out is always reported.

Pure. Each module that reads a format runs in a process of its own (`app.base.processes.confined_reader`), and loads
nothing but what it needs.
"""
