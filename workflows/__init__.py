"""Vinh Danh's system without a web: the commendation procedure, run from its diagrams; it refuses to know Flask."""
