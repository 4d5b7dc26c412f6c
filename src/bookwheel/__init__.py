"""Bookwheel: a discovery system for open-access literature."""

__version__ = "0.1.0"
