"""What stopped and waits for an administrator; it shows no more of a dossier than its number and its fault."""
