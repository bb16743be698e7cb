"""What is known, kept in one SQLite file, and found again by words and by vectors."""
