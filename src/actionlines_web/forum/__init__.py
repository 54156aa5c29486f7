"""The Forum: editions, consultation, requests for sessions, schedule, public programme."""
