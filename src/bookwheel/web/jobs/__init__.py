"""What runs by itself: when each job is due, who runs it, and how it went."""
