"""Searches that readers keep, and the history of those who want one."""
