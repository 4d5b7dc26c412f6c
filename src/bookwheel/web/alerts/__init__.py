"""What is new in a kept search, sent by mail, each record exactly once."""
