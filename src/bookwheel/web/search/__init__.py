"""Pages that help to search: suggestions, alphabetical lists, the advanced form, explanations."""
