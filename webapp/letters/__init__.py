"""Letters of outside bodies that wait; it shows no more of a letter than what it answers and why it waits."""
