"""FEEL expressions and DMN tables; no diagram engine, no file but its own feelin, and nothing guessed."""
