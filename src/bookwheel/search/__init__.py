"""What can be asked, and what comes back? The language of the index, without input or output."""
