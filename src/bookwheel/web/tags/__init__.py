"""Words that readers put on records."""
