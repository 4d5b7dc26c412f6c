"""What tests of tags begin with."""

import pytest

from bookwheel.web.works.models import Work


@pytest.fixture
def work() -> Work:
    return Work.objects.create(record_id="sample-1", title="Sample work number 1")


@pytest.fixture
def second() -> Work:
    return Work.objects.create(record_id="sample-2", title="Sample work number 2")
