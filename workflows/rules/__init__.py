"""Expressions in FEEL and decision tables in DMN; no diagram engine, no files but its own feelin, and nothing guessed."""
