"""The operators' pages: sources, people, what is to be moderated, jobs, numbers, and why a record is missing."""
