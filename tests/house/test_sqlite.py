"""SQLite is told what its tables hold."""

import pytest
from django.db import connection

from jianfu.apps import tell_sqlite_its_tables
from tests.factories import World


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL finds out by itself")
def test_it_knows_a_table_that_was_filled(world: World) -> None:
    tell_sqlite_its_tables(using="default")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'organisations_organisation'")
        assert cursor.fetchone()[0] > 0
