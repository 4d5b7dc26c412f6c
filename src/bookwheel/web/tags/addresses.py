"""Addresses of tags."""

from urllib.parse import urlencode

BROWSE = "/Browse/Tag"
MINE = "/MyResearch/Tags"


def tag_address(tag: str, page: int = 1) -> str:
    """The records that bear a tag (VuFind's address).

    >>> tag_address("targeted therapy")
    '/Tag/Home?lookfor=targeted+therapy'
    """
    return f"/Tag/Home?{urlencode({'lookfor': tag} | ({'page': page} if page > 1 else {}))}"


def feed_address(tag: str, form: str = "atom") -> str:
    """The feed of a tag."""
    return f"/Tag/Feed?{urlencode({'lookfor': tag, 'form': form})}"
