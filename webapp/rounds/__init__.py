"""Review rounds: dossiers gathered for one meeting, one vote, one decision; how votes count is decided below."""
