"""SQLite is told what its tables hold."""

import pytest
from django.core.management import call_command
from django.db import connection

from tests.factories import World


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL finds out by itself")
def test_it_knows_a_table_that_was_filled(world: World) -> None:
    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'organisations_organisation'")
        assert cursor.fetchone()[0] > 0
