"""Vocabularies an operator brings: which words mean the same, and which headings stand below which."""
