"""The lease: one worker at a time, and none that lost it writes anything more."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test
from tests.web.jobs.clock import Clock, job, jobs

from bookwheel.web.jobs import lease as leases
from bookwheel.web.jobs.asking import ask, pause, resume
from bookwheel.web.jobs.lease import DEADLY, LEASE, Lease, LeaseLost, Stopping, claim
from bookwheel.web.jobs.models import Job, Run

HOUR = timedelta(hours=1)


@pytest.fixture
def clock() -> Clock:
    return Clock()


def claimed(clock: Clock, holder: str = "one") -> Lease:
    lease = claim(holder, clock())
    assert lease is not None
    return lease


def test_a_job_is_run_by_one_worker(clock: Clock) -> None:
    jobs(clock, harvest="1 hour")
    claimed(clock)
    assert claim("two", clock()) is None


def test_a_job_is_due_again_after_its_interval(clock: Clock) -> None:
    jobs(clock, harvest="1 hour")
    leases.done(claimed(clock), clock(), "All well.")
    assert claim("one", clock.pass_(minutes=59)) is None
    assert claim("one", clock.pass_(minutes=1)) is not None


def test_missed_times_are_caught_up_once(clock: Clock) -> None:
    jobs(clock, harvest="1 hour")
    clock.pass_(days=3, minutes=10)
    leases.done(claimed(clock), clock(), "")
    assert claim("one", clock.pass_(minutes=49)) is None
    assert claim("one", clock.pass_(minutes=1)) is not None


def test_a_clock_set_back_makes_nothing_due_again(clock: Clock) -> None:
    jobs(clock, harvest="1 hour")
    leases.done(claimed(clock), clock(), "")
    clock.pass_(hours=-1)
    assert claim("one", clock()) is None


def test_a_killed_workers_job_goes_on_from_its_checkpoint(clock: Clock) -> None:
    jobs(clock, harvest="1 hour")
    leases.save(claimed(clock, "killed"), clock(), {"page": 7}, "page 7")
    assert claim("two", clock.pass_(seconds=LEASE.seconds - 1)) is None
    second = claim("two", clock.pass_(seconds=1))
    assert second is not None
    assert second.checkpoint == {"page": 7}
    assert [run.outcome for run in Run.objects.all()] == ["", "killed"]


def test_a_sign_of_life_holds_the_lease(clock: Clock) -> None:
    jobs(clock, harvest="1 hour")
    lease = claimed(clock)
    for _ in range(10):
        clock.pass_(seconds=LEASE.seconds - 1)
        leases.hold(lease, clock())
        assert claim("two", clock()) is None


def test_whoever_lost_the_lease_writes_nothing(clock: Clock) -> None:
    jobs(clock, harvest="1 hour")
    late = claimed(clock, "late")
    clock.pass_(seconds=LEASE.seconds)
    lease = claimed(clock, "two")
    writes: list[Callable[[], None]] = [
        lambda: leases.save(late, clock(), {"page": 1}, ""),
        lambda: leases.hold(late, clock()),
        lambda: leases.done(late, clock(), "done"),
        lambda: leases.failed(late, clock(), "failed"),
        lambda: leases.stopped(late, clock()),
    ]
    for write in writes:
        with pytest.raises(LeaseLost):
            write()
    assert (job("harvest").holder, job("harvest").checkpoint) == ("two", {})
    leases.done(lease, clock(), "")


def test_a_lost_lease_is_no_exception_a_job_would_catch() -> None:
    assert not issubclass(LeaseLost, Exception)


def test_a_run_that_is_done_leaves_no_checkpoint(clock: Clock) -> None:
    jobs(clock, harvest="1 hour")
    lease = claimed(clock)
    leases.save(lease, clock(), {"page": 7}, "")
    leases.done(lease, clock(), "")
    assert claimed_later(clock).checkpoint == {}


def claimed_later(clock: Clock) -> Lease:
    clock.pass_(hours=1)
    return claimed(clock)


def test_failures_wait_longer_each_time_up_to_a_cap_and_tell_why(clock: Clock) -> None:
    jobs(clock, harvest="1 week")
    waits = []
    for _ in range(11):
        leases.failed(claimed(clock), clock(), "no answer")
        retry = job("harvest").retry
        assert retry is not None
        waits.append((retry - clock()) / timedelta(minutes=1))
        clock.moment = retry
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360]
    assert job("harvest").last_error == "no answer"
    leases.done(claimed(clock), clock(), "")
    assert (job("harvest").last_error, job("harvest").attempts) == ("", 0)


def test_what_is_put_off_is_no_failure(clock: Clock) -> None:
    jobs(clock, harvest="1 week")
    leases.put_off(claimed(clock), clock(), "Somebody else harvests.", timedelta(minutes=10))
    assert (job("harvest").attempts, job("harvest").last_error) == (0, "")
    assert job("harvest").state(clock()) == "put off"
    assert claim("one", clock.pass_(minutes=9)) is None
    assert claim("one", clock.pass_(minutes=1)) is not None


def test_a_job_workers_die_of_waits_as_a_failing_one(clock: Clock) -> None:
    jobs(clock, deadly="1 week", other="1 hour")
    leases.done(claimed_named("other", clock), clock(), "")
    for _ in range(DEADLY):
        claimed_named("deadly", clock)
        clock.pass_(seconds=LEASE.seconds)
    assert claim("one", clock(), lambda name: name == "deadly") is None
    assert "3 workers in a row" in job("deadly").last_error
    assert claim("one", clock.pass_(minutes=4), lambda name: name == "deadly") is not None


def claimed_named(name: str, clock: Clock) -> Lease:
    lease = claim("one", clock(), lambda one: one == name)
    assert lease is not None
    return lease


def test_a_stopped_run_goes_on_at_once_and_counts_as_no_attempt(clock: Clock) -> None:
    jobs(clock, harvest="1 week")
    lease = claimed(clock)
    leases.save(lease, clock(), {"page": 3}, "")
    leases.stopped(lease, clock())
    again = claimed(clock, "two")
    assert (again.checkpoint, again.attempt) == ({"page": 3}, 1)


def test_a_paused_job_is_not_due(clock: Clock) -> None:
    jobs(clock, harvest="1 hour")
    pause("harvest")
    assert claim("one", clock.pass_(days=1)) is None
    resume("harvest")
    assert claim("one", clock()) is not None


def test_pausing_stops_a_running_job_at_its_next_step(clock: Clock) -> None:
    jobs(clock, harvest="1 hour")
    lease = claimed(clock)
    pause("harvest")
    with pytest.raises(Stopping):
        leases.save(lease, clock(), {"page": 4}, "")
    leases.stopped(lease, clock())
    assert claim("one", clock()) is None
    resume("harvest")
    assert claimed(clock).checkpoint == {"page": 4}


def test_a_paused_job_runs_when_it_is_asked_for(clock: Clock) -> None:
    jobs(clock, harvest="1 hour")
    pause("harvest")
    ask("harvest", clock())
    lease = claimed(clock)
    leases.save(lease, clock(), {}, "")
    leases.stopped(lease, clock())
    leases.done(claimed(clock), clock(), "")
    assert job("harvest").paused
    assert claim("one", clock.pass_(days=1)) is None


def test_what_is_asked_for_while_it_runs_runs_once_more(clock: Clock) -> None:
    jobs(clock, index="")
    ask("index", clock())
    lease = claimed(clock)
    ask("index", clock())
    assert claim("two", clock()) is None
    leases.done(lease, clock(), "")
    leases.done(claimed(clock), clock(), "")
    assert claim("one", clock()) is None


def test_what_was_asked_for_comes_first_then_what_was_interrupted_then_what_waits_longest(clock: Clock) -> None:
    jobs(clock, cut="1 week")
    claimed(clock)
    jobs(clock, cut="1 week", old="1 week")
    clock.pass_(seconds=LEASE.seconds)
    jobs(clock, cut="1 week", old="1 week", young="1 week", asked="")
    ask("asked", clock())
    assert [claimed(clock).name for _ in range(4)] == ["asked", "cut", "old", "young"]


def test_states_in_a_word(clock: Clock) -> None:
    jobs(clock, harvest="1 hour", index="")
    assert (job("harvest").state(clock()), job("index").state(clock())) == ("waiting", "by hand")
    lease = claimed(clock)
    assert job("harvest").state(clock()) == "running"
    assert job("harvest").state(clock() + LEASE) == "interrupted"
    leases.failed(lease, clock(), "no answer")
    assert job("harvest").state(clock()) == "failing"
    pause("harvest")
    assert job("harvest").state(clock()) == "paused"


class _Workers(RuleBasedStateMachine):
    """Workers that claim, work, die, stall and wake up again in any order."""

    def __init__(self) -> None:
        super().__init__()
        Job.objects.all().delete()
        self.clock = Clock()
        jobs(self.clock, a="5 minutes", b="1 hour")
        self.leases: list[Lease] = []
        self.done: list[str] = []

    def owner(self, name: str) -> tuple[str, int]:
        return job(name).holder, job(name).fence

    @rule(holder=st.sampled_from("xyz"))
    def claim(self, holder: str) -> None:
        running = {each.name for each in Job.objects.all() if each.state(self.clock()) == "running"}
        if lease := claim(holder, self.clock()):
            assert lease.name not in running
            assert all(lease.fence > other.fence for other in self.leases if other.name == lease.name)
            self.leases.append(lease)

    @rule(seconds=st.integers(1, 400))
    def wait(self, seconds: int) -> None:
        self.clock.pass_(seconds=seconds)

    @rule(data=st.data(), way=st.sampled_from(["hold", "save", "done", "failed", "stopped"]))
    def write(self, data: st.DataObject, way: str) -> None:
        if not self.leases:
            return
        lease = data.draw(st.sampled_from(self.leases))
        is_owner = self.owner(lease.name) == (lease.holder, lease.fence)
        ways = {
            "hold": lambda: leases.hold(lease, self.clock()),
            "save": lambda: leases.save(lease, self.clock(), {"fence": lease.fence}, ""),
            "done": lambda: leases.done(lease, self.clock(), ""),
            "failed": lambda: leases.failed(lease, self.clock(), "x"),
            "stopped": lambda: leases.stopped(lease, self.clock()),
        }
        try:
            ways[way]()
        except LeaseLost:
            assert not is_owner
        else:
            assert is_owner


def test_in_any_order_the_newest_fence_alone_writes() -> None:
    run_state_machine_as_test(
        _Workers,
        settings=settings(
            max_examples=15, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
