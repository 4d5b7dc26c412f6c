"""The store's contract on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from tests.contracts.store import Clock, StoreContract
from tests.postgresql import Cluster

from bookwheel.store import Store


class TestSqliteInMemory(StoreContract):
    @pytest.fixture
    def store(self, clock: Clock) -> Iterator[Store]:
        with Store.open("sqlite://", now=clock.now) as store:
            store.migrate()
            yield store


class TestSqliteFile(StoreContract):
    @pytest.fixture
    def store(self, clock: Clock, tmp_path: Path) -> Iterator[Store]:
        with Store.open(f"sqlite:///{tmp_path / 'records.sqlite3'}", now=clock.now) as store:
            store.migrate()
            yield store


@pytest.mark.postgresql
class TestPostgresql(StoreContract):
    @pytest.fixture
    def store(self, clock: Clock, postgresql: Cluster) -> Iterator[Store]:
        engine = create_engine(postgresql.url())
        with engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
        engine.dispose()
        with Store.open(postgresql.url(), now=clock.now) as store:
            store.migrate()
            yield store
