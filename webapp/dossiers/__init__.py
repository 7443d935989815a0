"""Dossiers: find one, begin one, read one, its papers, its withdrawal; what a unit may see is decided below."""
