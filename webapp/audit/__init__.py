"""What happened to an instance, in order and on its diagram; it shows the history and never writes to it."""
