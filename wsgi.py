"""The application that a WSGI server serves."""

from app import create_app

app = create_app()
