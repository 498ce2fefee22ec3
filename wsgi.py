"""The application that a WSGI server serves."""

from app import start_app

app = start_app()
