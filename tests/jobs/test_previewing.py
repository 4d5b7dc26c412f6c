from collections.abc import Iterator

from bookwheel.jobs.previewing import preview
from bookwheel.records.raw import Page, RawRecord, Rejected
from bookwheel.sources.base import BEGINNING, Start


class Pieces:
    name = "x"
    format = "files"

    def pages(self, start: Start = BEGINNING) -> Iterator[Page]:
        for number in range(100):
            raw = RawRecord("x", "", "", "json", b'{"title": "T%d"}' % number)
            yield Page((raw, RawRecord("x", "d", "", "json", b"", deleted=True)), (Rejected("x", "", "broken", b"?"),))


def test_the_first_pieces_are_read_and_the_rest_is_not_touched() -> None:
    found = list(preview(Pieces(), sample=6))
    assert [bool(item.reading.record) for item in found] == [True, False, True, False]
    assert [item.raw.identifier if isinstance(item.raw, RawRecord) else item.raw.reason for item in found] == [
        "",
        "broken",
        "",
        "broken",
    ]
