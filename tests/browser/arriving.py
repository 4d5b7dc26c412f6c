"""A source that gets new works while a test runs: what a harvest finds on its second day."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from tests.browser.people import House

from bookwheel.config import FILE_NAME, read_config
from bookwheel.demo import oai_doaj
from bookwheel.demo.generate import record
from bookwheel.demo.provider import Entry, serving

SOURCE = "samples"
"""The demo's source of invented records, which nothing serves once the catalogue is filled."""

_LATER = 900_000
"""Number of an invented record whose datestamp lies long after those of the filled catalogue."""


class Arrivals:
    """The works that the source has; each that is added is newer than all before."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.add("What was there on the first day")

    def add(self, title: str) -> None:
        sample = record(_LATER + len(self.entries))._replace(title=title, deleted=False)
        entry = Entry(sample.datestamp, oai_doaj.header_element(sample), oai_doaj.record_element(sample))
        self.entries.append(entry)

    def add_broken(self) -> None:
        """A record of which nothing can be made."""
        self.add("")
        whole = self.entries[-1]
        self.entries[-1] = whole._replace(
            record=re.sub(r"(<oai_doaj:doajArticle .*?>).*(?=</oai)", r"\1", whole.record)
        )


@contextmanager
def arriving_at(house: House) -> Iterator[Arrivals]:
    """Serve the source at a free port, and have the catalogue's settings say so."""
    arrivals = Arrivals()
    was = urlsplit(read_config(house.folder).sources[SOURCE].url)
    settings = house.folder / FILE_NAME
    with serving({was.path: arrivals.entries}) as address:
        text = settings.read_text(encoding="utf-8")
        settings.write_text(text.replace(was.geturl(), address + was.path), encoding="utf-8")
        yield arrivals
