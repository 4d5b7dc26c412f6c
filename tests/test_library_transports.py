"""Every transport is harvested through the front door, by a line of settings."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.fakes import file_server, resourcesync_site
from tests.fakes.oai_server import serve
from tests.fakes.resourcesync_site import Site

from bookwheel.errors import ConfigError
from bookwheel.library import Library

ARTICLES = json.dumps([{"id": name, "bibjson": {"title": f"Title {name}"}} for name in "abc"]).encode()


@contextmanager
def folder(catalogue: Path) -> Iterator[str]:
    path = catalogue / "incoming" / "a.json"
    path.parent.mkdir()
    path.write_bytes(ARTICLES)
    os.utime(path, (1e9, 1e9))
    yield 'type = "folder"\npath = "incoming"'


@contextmanager
def table_in_folder(catalogue: Path) -> Iterator[str]:
    """A table is read by the mapping that is kept for its source."""
    path = catalogue / "incoming" / "a.csv"
    path.parent.mkdir()
    path.write_text("Nr;Name of work\n1;One\n2;Two\n3;Three\n")
    os.utime(path, (1e9, 1e9))
    (catalogue / "mappings").mkdir()
    (catalogue / "mappings" / "x.toml").write_text('id = "Nr"\ntitle = "Name of work"\n')
    yield 'type = "folder"\npath = "incoming"'


@contextmanager
def web_file(_: Path) -> Iterator[str]:
    with serve(file_server.Files({"/dump.json": ARTICLES})) as url:
        yield f'type = "http"\nurls = ["{url.removesuffix("/oai")}/dump.json"]'


@contextmanager
def resourcesync(_: Path) -> Iterator[str]:
    site = Site()
    with serve(site.files) as url:
        base = url.removesuffix("/oai")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(resourcesync_site, "BASE", base)
            site.put("/articles", ARTICLES)
            yield f'type = "resourcesync"\nurl = "{site.publish()}"'


@pytest.mark.parametrize("transport", [folder, table_in_folder, web_file, resourcesync])
def test_transport_is_harvested_and_found_unchanged_again(transport: object, tmp_path: Path) -> None:
    with transport(tmp_path) as settings:  # type: ignore[operator]
        (tmp_path / "bookwheel.toml").write_text(f"[sources.x]\n{settings}\n")
        with Library.open(tmp_path) as library:
            assert library.harvest("x").counts.stored == 3
            library.index()
            assert library.harvest("x").counts.fetched == 0
            assert library.count() == 3
            [stored] = [library.record(stored.id) for stored in library.store.changes(0, 1)]
            assert stored is not None
            assert stored.document["collection"] == ("x",)
            with pytest.raises(ConfigError, match="cannot list identifiers"):
                library.reconcile("x")
