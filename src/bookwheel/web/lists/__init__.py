"""Lists of records that readers keep, share and carry away."""
