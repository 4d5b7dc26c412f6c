"""A reader's account: signing up and in, what one may change, take along and delete."""
