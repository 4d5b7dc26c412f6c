"""A sample's metadata element, as a source cuts it from a page."""

import re

from bookwheel.demo.oai_doaj import record_element
from bookwheel.demo.sample import Sample


def payload(sample: Sample) -> bytes:
    """The `doajArticle` element."""
    found = re.search(r"<metadata>(.*)</metadata>", record_element(sample), re.DOTALL)
    assert found
    return found[1].encode()
