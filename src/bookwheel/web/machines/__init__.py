"""What programs read of the pages, and the addresses made for them."""
