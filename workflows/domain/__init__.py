"""Pure values and rules of commendation; no I/O, no clock of its own, no other room."""
