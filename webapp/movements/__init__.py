"""Movements: the plan word for word, and what carries each paragraph out; it keeps no copy of the plan."""
