"""Names of persons and offices."""
