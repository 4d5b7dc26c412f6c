"""The errors of the protocol (OAI-PMH 2.0, section 3.6)."""


class RefusedError(Exception):
    """A request that gets an error element: its code, and a sentence for whoever runs the harvester."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
