"""Reads an address as browsers do, not as Python does: the two disagree where attackers look."""

import re


def leads_away(address: str) -> bool:
    """Whether a browser that reads it on a page of http://testserver/ goes elsewhere.

    After the WHATWG URL standard: controls and blanks around it are dropped, and every tab and line end within it, and
    a backslash is a slash.
    """
    read = re.sub(r"[\t\r\n]", "", address).strip("".join(map(chr, range(0x21)))).replace("\\", "/")
    if read.startswith("http://testserver/") or read == "http://testserver":
        return False
    return bool(re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", read)) or read.startswith("//")
