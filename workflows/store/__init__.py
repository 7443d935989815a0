"""The only writer of SQL: tables, transactions, loading for a step and applying its events; it decides nothing."""
