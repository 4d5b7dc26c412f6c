"""What becomes of a sample at its place in the round."""

import pytest
from tests.demo.payloads import payload

from bookwheel.demo.generate import record
from bookwheel.demo.oddities import ODDITIES, ROUND, TWINS, original_of
from bookwheel.demo.sample import Author
from bookwheel.formats import FORMATS
from bookwheel.records.raw import RawRecord


def test_the_original_of_a_twin_is_an_ordinary_record() -> None:
    for place in TWINS:
        origin = original_of(place + ROUND)
        assert origin is not None
        assert origin % ROUND not in ODDITIES
        assert origin % ROUND not in TWINS


def test_no_twin_before_there_is_an_original() -> None:
    assert [number for number in range(41) if original_of(number) is not None] == []


@pytest.mark.parametrize("place", sorted({*ODDITIES, *TWINS}))
def test_every_oddity_changes_the_record_and_can_be_read(place: int) -> None:
    number = place + ROUND
    sample = record(number)
    origin = original_of(number)
    if not sample.deleted:
        raw = RawRecord("samples", sample.identifier, sample.datestamp, "oai_doaj", payload(sample))
        reading = FORMATS["oai_doaj"].read(raw, "sample-")
        assert reading.record is not None
        assert reading.record.title.value
    change = TWINS[place] if origin is not None else ODDITIES[place]
    assert change(record(origin or number + 1)) != record(origin or number + 1)


def test_a_hundred_and_twenty_authors() -> None:
    assert len(record(13).authors) == 120


def test_deleted_ones_are_marked() -> None:
    assert [number for number in range(ROUND) if record(number).deleted] == [109, 179]


def test_names_are_turned_and_shortened() -> None:
    sample = record(0)._replace(authors=(Author("Ana María García"), Author("王伟")))
    assert [a.name for a in TWINS[81](sample).authors] == ["García, Ana María", "王伟"]
    assert [a.name for a in TWINS[123](sample).authors] == ["A. García", "王伟"]
