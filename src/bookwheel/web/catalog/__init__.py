"""Find and read: home, results, records. Pages are values first; templates turn them into HTML."""
