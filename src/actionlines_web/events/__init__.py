"""Regional events and regional initiatives: calendar, agenda, participants, documents, outcomes."""
