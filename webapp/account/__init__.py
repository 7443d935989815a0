"""Who is there: sign-in, the demo's door, language and the right to each page; it keeps no password."""
