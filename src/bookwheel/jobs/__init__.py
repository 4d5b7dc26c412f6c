"""What runs for hours? Jobs that can stop anywhere and go on from there."""
