"""The catalogue as an SRU server, 1.1 to 2.0: searches in CQL by library systems."""
