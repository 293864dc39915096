"""Rules as plain Python: no database, no web, no clock of its own."""
