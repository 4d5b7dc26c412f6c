"""What is a record? Values and pure functions only."""
