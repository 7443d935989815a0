"""Outside effects of service tasks, one file an operation, outside every transaction; they refuse to touch the database."""
