"""From harvested page to searchable record: records a second for each stage, bytes a record, peak memory.

    python -m bench.pipeline --records 100000 --catalogue /tmp/catalogue

Records are the invented ones of `bookwheel.demo`, a pure function of their number; making them is not counted.
The baseline, measured in the same run on the same pages, is the least any harvester does: parse each page with lxml
and append every record's text to a file of JSON lines.
"""

import argparse
import json
import resource
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from lxml import etree

from bookwheel.cli.follow import FollowedProgress, following
from bookwheel.config import FILE_NAME
from bookwheel.demo import oai_doaj
from bookwheel.demo.generate import record
from bookwheel.formats import FORMATS
from bookwheel.jobs.harvest import harvest
from bookwheel.jobs.progress import SILENT
from bookwheel.library import Library
from bookwheel.records.raw import Page, RawRecord
from bookwheel.search.document import to_document
from bookwheel.sources.base import BEGINNING, Start
from bookwheel.sources.response import read_response

PAGE = 100
SAMPLE = 5_000
"""Records on which single stages and the baseline are timed."""


class Generated:
    """A source of invented records; `making` is the time spent inventing, in seconds, to be taken off."""

    name = "bench"
    format = "oai_doaj"

    def __init__(self, count: int) -> None:
        self._count = count
        self.making = 0.0

    def documents(self) -> Iterator[bytes]:
        for first in range(0, self._count, PAGE):
            started = time.perf_counter()
            last = min(first + PAGE, self._count)
            token = str(last) if last < self._count else ""
            document = oai_doaj.page(
                map(record, range(first, last)), "http://bench", token=token, list_size=self._count, cursor=first
            )
            self.making += time.perf_counter() - started
            yield document

    def pages(self, start: Start = BEGINNING) -> Iterator[Page]:
        for document in self.documents():
            found = read_response(document, self.name, self.format, "2026-11-22T00:00:00Z")
            newest = max(raw.datestamp for raw in found.records)
            yield Page(found.records, found.rejected, found.token or "", found.list_size, newest)


def baseline(documents: list[bytes], folder: Path) -> float:
    """Records a second of parsing pages and writing texts, nothing kept, checked or searchable."""
    started, count = time.perf_counter(), 0
    with (folder / "baseline.jsonl").open("w", encoding="utf-8") as file:
        for document in documents:
            for element in etree.fromstring(document).iter("{*}record"):
                file.write(json.dumps([str(text) for text in element.itertext()]) + "\n")
                count += 1
    return count / (time.perf_counter() - started)


def stages(documents: list[bytes]) -> dict[str, float]:
    """Microseconds a record of the stages that are pure computation, once warm."""
    reader, now = FORMATS["oai_doaj"], datetime.now(UTC)
    times = dict.fromkeys(("split", "read", "document"), 0.0)
    count = 0
    for _ in range(2):
        times = dict.fromkeys(times, 0.0)
        count = 0
        for document in documents:
            started = time.perf_counter()
            raws: tuple[RawRecord, ...] = read_response(document, "bench", "oai_doaj", "").records
            split = time.perf_counter()
            readings = [reader.read(raw) for raw in raws if not raw.deleted]
            read = time.perf_counter()
            for reading in readings:
                if reading.record:
                    to_document(reading.record, institution="Bench", collection="Bench", indexed=now)
            times["split"] += split - started
            times["read"] += read - split
            times["document"] += time.perf_counter() - read
            count += len(raws)
    return {name: seconds / count * 1e6 for name, seconds in times.items()}


def one_after_the_other(folder: Path) -> dict[str, float]:
    """Microseconds a record of harvesting, and then of indexing, SAMPLE records with nothing beside them."""
    with catalogue(folder) as library:
        source = Generated(SAMPLE)
        started = time.perf_counter()
        harvest(source, library.store)
        harvesting = time.perf_counter() - started - source.making
        report = library.index()
    return {"harvest": harvesting / SAMPLE * 1e6, "index": report.seconds / SAMPLE * 1e6}


def run(count: int, folder: Path) -> dict[str, float]:
    """Fill a fresh catalogue as `bookwheel harvest` does, indexing beside it; records a second, bytes a record.

    What making the records took is taken off; it runs in the harvesting process, as waiting for a server would.
    """
    with catalogue(folder) as library, following(folder) as follower:
        source = Generated(count)
        started = time.perf_counter()
        harvest(source, library.store, progress=FollowedProgress(SILENT, follower))
        harvesting = time.perf_counter() - started - source.making
        follower.end()
        library.index()
        searchable = time.perf_counter() - started - source.making
        stored, indexed = library.store.live_count(), library.count()
    assert stored == indexed, (stored, indexed)
    index_bytes = sum(file.stat().st_size for file in (folder / "index").rglob("*") if file.is_file())
    store_bytes = sum(file.stat().st_size for file in folder.glob("records.sqlite3*"))
    return {
        "harvested, records/s": count / harvesting,
        "end to end (searchable), records/s": count / searchable,
        "store, bytes/record": store_bytes / count,
        "index, bytes/record": index_bytes / count,
        "peak memory of the harvest, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
        "peak memory of the indexing, MB": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000,
    }


@contextmanager
def catalogue(folder: Path) -> Iterator[Library]:
    folder.mkdir(parents=True)
    (folder / FILE_NAME).write_text("[sources.bench]\n", encoding="utf-8")
    with Library.open(folder) as library:
        yield library


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--catalogue", type=Path, help="folder to fill and keep; it must not exist")
    arguments = parser.parse_args()
    folder = arguments.catalogue or Path(tempfile.mkdtemp(prefix="bookwheel-bench-")) / "catalogue"
    if folder.exists():
        parser.error(f"{folder} is there already")
    documents = list(Generated(SAMPLE).documents())
    folder.parent.mkdir(parents=True, exist_ok=True)
    rate = baseline(documents, folder.parent)
    single = stages(documents) | one_after_the_other(folder.parent / "sample")
    shutil.rmtree(folder.parent / "sample")
    del documents
    results = run(arguments.records, folder)
    print(f"{arguments.records:,} invented records, {datetime.now(UTC):%Y-%m-%d}")
    for name, microseconds in single.items():
        print(f"  {name + ' alone, µs/record':45} {microseconds:10.0f}")
    for name, value in results.items():
        print(f"  {name:45} {value:10,.0f}")
    print(f"  {'baseline (parse and write JSON lines), records/s':45} {rate:10,.0f}")
    print(f"  {'end to end / baseline':45} {results['end to end (searchable), records/s'] / rate:10.3f}")
    if not arguments.catalogue:
        shutil.rmtree(folder.parent)


if __name__ == "__main__":
    main()
