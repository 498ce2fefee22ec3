"""Handing the open work of one account over to another, and finding work that nobody is responsible for."""
