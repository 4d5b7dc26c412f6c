"""Whatever pages come, counts add up and the store holds what a dictionary would."""

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.contracts.store import Clock, received

from bookwheel.records.raw import Rejected
from bookwheel.store import Store
from bookwheel.store.model import Counts, Received

pieces = st.builds(
    received,
    st.sampled_from("123"),
    st.sampled_from(["One", "Two"]),
    day=st.integers(1, 3),
    sets=st.sampled_from([(), ("a",), ("a", "b")]),
    deleted=st.booleans(),
    readable=st.sampled_from([True, True, False]),
)
cut = st.builds(Rejected, st.just("x"), st.just(""), st.just("cut"), st.binary(max_size=2))
pages = st.tuples(st.lists(pieces, max_size=5), st.lists(cut, max_size=2))


@settings(max_examples=30, deadline=None)
@given(st.lists(pages, max_size=5))
def test_counts_add_up_and_the_newest_state_is_kept(
    harvest: list[tuple[list[Received], list[Rejected]]],
) -> None:
    with Store.open("sqlite://", now=Clock().now) as store:
        store.migrate()
        expected: dict[str, Received] = {}
        total = Counts()
        for page, rejected in harvest:
            run = store.start_run("x", "harvest")
            counts = store.save_page(run, page, rejected)
            done = store.finish_run(run, "complete")
            assert done.counts == counts
            assert counts.fetched == len(page) + len(rejected)
            assert counts.fetched == counts.stored + counts.unchanged + counts.deleted + counts.rejected
            total += counts
            for item in _winners(page).values():
                if item.raw.deleted or item.reading.record or _is_same(expected.get(item.id), item):
                    expected[item.id] = item
        stored = store.changes(0, 100)
        assert {one.id: one.deleted for one in stored} == {k: item.raw.deleted for k, item in expected.items()}
        assert all(_payload(store, k) == item.raw.payload for k, item in expected.items())
        assert len({one.change for one in stored}) == len(stored)
        assert store.latest_change() == total.stored + total.deleted


def _winners(page: list[Received]) -> dict[str, Received]:
    winners: dict[str, Received] = {}
    for item in page:
        if item.id not in winners or item.raw.datestamp >= winners[item.id].raw.datestamp:
            winners[item.id] = item
    return winners


def _is_same(known: Received | None, item: Received) -> bool:
    return known is not None and (known.raw.payload, known.raw.deleted, sorted(known.raw.sets)) == (
        item.raw.payload,
        item.raw.deleted,
        sorted(item.raw.sets),
    )


def _payload(store: Store, record_id: str) -> bytes:
    raw = store.payload(record_id)
    assert raw is not None
    return raw.payload
