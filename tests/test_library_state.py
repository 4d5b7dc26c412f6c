"""What an answer from the index depends on: another text after every change that could change the answer."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.test_library import catalogue, response, seed_record

from bookwheel.library import Library


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    file = tmp_path / "seed.xml"
    file.write_bytes(response(seed_record()))
    with Library.open(catalogue(tmp_path / "catalogue")) as library:
        library.import_files([file])
        yield library


def test_state_stays_while_nothing_changes(library: Library) -> None:
    library.index()
    assert library.state == library.state


def test_state_changes_with_the_index_its_rebuilding_and_the_vocabulary(library: Library, tmp_path: Path) -> None:
    states = [library.state]
    library.index()
    states.append(library.state)
    library.index(rebuild=True)
    states.append(library.state)
    words = tmp_path / "own.txt"
    words.write_text("leukemia, blood cancer\n", encoding="utf-8")
    library.load_vocabulary([words])
    states.append(library.state)
    assert len(set(states)) == len(states)


def test_settings_are_part_of_it(library: Library, tmp_path: Path) -> None:
    before = library.state
    folder = catalogue(tmp_path / "catalogue", 'institution = "Elsewhere"\n')
    with Library.open(folder) as other:
        assert other.state != before
