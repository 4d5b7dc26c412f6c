"""Searches, lists and tags as feeds: Atom, RSS and JSON Feed, and the page of what is new."""
