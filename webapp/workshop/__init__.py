"""The workshop: drafts of diagrams, tables and forms, the deployed versions, and the way from one to the other."""
