"""What this software is and whose work is in it; it shows no data."""
