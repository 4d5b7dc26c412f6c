"""How does a record leave? One module per export format: records in, bytes out."""
