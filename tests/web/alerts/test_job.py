"""What readers are told, and when."""

from tests.changing import Changing
from tests.fakes.smtp_server import Letterbox, part
from tests.web.alerts.conftest import FakeContext, Subscribe

from bookwheel.web.alerts import job
from bookwheel.web.alerts.models import Digest
from bookwheel.web.people.models import Person


def test_new_record_is_told_once(
    world: Changing, context: FakeContext, box: Letterbox, subscribe: Subscribe, reader: Person
) -> None:
    world.put(("old", "Old bees"))
    world.index()
    subscribe(reader)
    world.clock.advance(hours=1)
    world.put(("new", "New bees"), ("other", "Wasps"))
    world.index()
    world.clock.advance(days=1)
    assert job.run(context) == "1 alerts looked through, 1 digests prepared, 1 sent."
    world.clock.advance(days=1)
    job.run(context)
    [(recipient, mail)] = box.mails
    assert recipient == "ada@example.org"
    assert mail["Subject"] == "1 new work: bees"
    for kind in ("plain", "html"):
        text = part(mail, kind)
        assert "New bees" in text
        assert "Lovelace, Ada" in text
        assert "https://search.example.org/Record/a-new" in text
        assert "Old bees" not in text
        assert "Wasps" not in text
    assert Digest.objects.get().state == "sent"
