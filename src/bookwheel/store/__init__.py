"""What do we keep? Payload versions, records, problems, quarantine and harvest runs, in one SQL database."""

from bookwheel.store.store import Store

__all__ = ["Store"]
