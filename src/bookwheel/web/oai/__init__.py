"""The catalogue as an OAI-PMH 2.0 repository, for others to harvest."""
