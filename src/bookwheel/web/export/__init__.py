"""Records leave the site as files: one, a selection, or all that a search finds."""
