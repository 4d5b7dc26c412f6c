"""Addresses of alerts and their digests."""


def digest_address(number: int) -> str:
    return f"/Alerts/Digest/{number}"


def unsubscribe_address(token: str) -> str:
    return f"/Alerts/Unsubscribe/{token}"
