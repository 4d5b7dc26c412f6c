"""What operators type: `bookwheel COMMAND`, one module per command."""

from bookwheel.cli.main import main

__all__ = ["main"]
