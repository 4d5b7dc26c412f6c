"""The demo: invented records, a small OAI-PMH provider that serves them, and a catalogue filled from it."""
