"""The people who use a catalogue: who they are, what they may do, and that what they wrote is theirs."""
