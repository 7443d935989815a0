"""Outside effects of service tasks, one file an operation, outside every transaction; they never touch the database."""
