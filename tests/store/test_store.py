"""The store's contract on SQLite, and on the PostgreSQL database that BOOKWHEEL_TEST_POSTGRESQL names."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from tests.contracts.store import Clock, StoreContract

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


class TestPostgresql(StoreContract):
    @pytest.fixture
    def store(self, clock: Clock) -> Iterator[Store]:
        url = os.environ.get("BOOKWHEEL_TEST_POSTGRESQL")
        if not url:
            pytest.skip("BOOKWHEEL_TEST_POSTGRESQL names no database to try on")
        engine = create_engine(url)
        with engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
        engine.dispose()
        with Store.open(url, now=clock.now) as store:
            store.migrate()
            yield store
