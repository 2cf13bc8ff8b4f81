"""The copy of migrated tables that tests begin with is made anew when what makes it changes."""

from tests.database import ROOT, called_by, digest


def test_what_a_migration_calls_counts():
    triggers = ROOT / "jianfu/audit/triggers.py"
    assert triggers in called_by(ROOT / "jianfu/audit/migrations/0002_append_only.py")
    initials = ROOT / "jianfu/kernel/initials.py"
    assert initials in called_by(ROOT / "whitelist/migrations/0004_initials.py")


def test_a_line_more_in_a_migration_is_another_copy(monkeypatch, tmp_path):
    before = digest()
    assert digest() == before
    monkeypatch.setattr("tests.database.ROOT", tmp_path)
    for name in ("tests/requirements.lock", "ledger/migrations/0001_initial.py"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text("import re\n")
    found = {digest()}
    (tmp_path / "ledger/migrations/0001_initial.py").write_text("import os\n")
    found.add(digest())
    (tmp_path / "ledger/migrations/0002_more.py").write_text("")
    found.add(digest())
    (tmp_path / "tests/requirements.lock").write_text("django==6\n")
    found.add(digest())
    assert len(found | {before}) == 5
