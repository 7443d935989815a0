"""The work of one person: lists, and the page of one task; whether something may be done is decided below."""
