"""Reading and writing a whole database, SQLite or PostgreSQL."""
