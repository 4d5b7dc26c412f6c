"""What readers say of a record, and how they rate it."""
