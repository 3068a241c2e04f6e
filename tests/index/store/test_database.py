"""Opening with care: foreign, damaged, newer and read-only files; migrations whole or not at all."""

import sqlite3
import threading
from pathlib import Path

import pytest

from index.errors import IntegrityError, NotFoundError, ReadOnlyError
from index.store.database import PUT_BACK, Database


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    folder = tmp_path / "migrations"
    folder.mkdir()
    (folder / "0001_first.sql").write_text(
        "-- one; two\nCREATE TABLE a (x TEXT);\nINSERT INTO a VALUES ('semi;colon');\n"
    )
    return folder


def rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def test_migrations_run_once_in_order_and_are_recorded(tmp_path: Path, scripts: Path) -> None:
    path = tmp_path / "db"
    Database.open(path, scripts).close()
    (scripts / "0002_second.sql").write_text("ALTER TABLE a ADD COLUMN y TEXT DEFAULT 'new';\n")
    for _ in range(2):
        with Database.open(path, scripts) as database:
            assert database.query("SELECT * FROM a") == [("semi;colon", "new")]
    assert rows(path, "SELECT number, name FROM migrations") == [(1, "0001_first.sql"), (2, "0002_second.sql")]


def test_a_migration_that_fails_leaves_nothing(tmp_path: Path, scripts: Path) -> None:
    path = tmp_path / "db"
    Database.open(path, scripts).close()
    bad = scripts / "0002_bad.sql"
    bad.write_text("CREATE TABLE b (x);\nINSERT INTO nowhere VALUES (1);\n")
    with pytest.raises(IntegrityError, match="nowhere"):
        Database.open(path, scripts)
    assert rows(path, "SELECT name FROM sqlite_master WHERE name = 'b'") == []
    bad.unlink()
    Database.open(path, scripts).close()


def test_two_that_open_a_new_file_at_once_both_get_it(tmp_path: Path, scripts: Path) -> None:
    barrier = threading.Barrier(4)
    seen: list[object] = []

    def open_it() -> None:
        barrier.wait()
        with Database.open(tmp_path / "db", scripts) as database:
            seen.extend(database.query("SELECT count(*) FROM a"))

    threads = [threading.Thread(target=open_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [(1,)] * 4


def test_a_newer_database_is_refused(tmp_path: Path, scripts: Path) -> None:
    path = tmp_path / "db"
    (scripts / "0007_future.sql").write_text("CREATE TABLE z (x);\n")
    Database.open(path, scripts).close()
    (scripts / "0007_future.sql").unlink()
    with pytest.raises(IntegrityError, match=r"newer Footnote \(schema 7, this one knows 1\)"):
        Database.open(path, scripts)


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize(
    "content", [b"not a database, but long enough to be one" * 40, b"SQLite format 3\0" + b"\xff" * 4096]
)
def test_what_is_no_database_is_refused_by_name(tmp_path: Path, scripts: Path, content: bytes, read_only: bool) -> None:
    path = tmp_path / "corpus.sqlite3"
    path.write_bytes(content)
    for mend, told in ((PUT_BACK, "put a copy of it back"), ("ring the smith", "ring the smith")):
        with pytest.raises(IntegrityError, match=rf"corpus\.sqlite3 is not a database or is damaged .*: {told}"):
            Database.open(path, scripts, read_only=read_only, mend=mend)
    assert path.read_bytes() == content


def test_another_programs_database_is_refused(tmp_path: Path, scripts: Path) -> None:
    path = tmp_path / "db"
    rows(path, "CREATE TABLE theirs (x)")
    with pytest.raises(IntegrityError, match="another program"):
        Database.open(path, scripts)


def test_read_only_needs_a_file_of_this_schema(tmp_path: Path, scripts: Path) -> None:
    path = tmp_path / "db"
    with pytest.raises(NotFoundError, match="footnote index"):
        Database.open(path, scripts, read_only=True)
    assert not path.exists()
    Database.open(path, scripts).close()
    (scripts / "0002_second.sql").write_text("CREATE TABLE b (x);\n")
    with pytest.raises(ReadOnlyError, match="older Footnote"):
        Database.open(path, scripts, read_only=True)


def test_read_only_does_not_write(tmp_path: Path, scripts: Path) -> None:
    path = tmp_path / "db"
    Database.open(path, scripts).close()
    with Database.open(path, scripts, read_only=True) as database:
        with pytest.raises(ReadOnlyError, match="cannot be written"):
            database.query("INSERT INTO a VALUES (1)")
        assert database.query("SELECT count(*) FROM a") == [(1,)]


def test_a_failed_transaction_leaves_nothing(tmp_path: Path, scripts: Path) -> None:
    def delete_then(database: Database, sql: str) -> None:
        with database.transaction():
            database.query("DELETE FROM a")
            database.query(sql)

    with Database.open(tmp_path / "db", scripts) as database:
        with pytest.raises(IntegrityError, match="nowhere"):
            delete_then(database, "SELECT * FROM nowhere")
        assert database.query("SELECT count(*) FROM a") == [(1,)]
        delete_then(database, "SELECT * FROM a")
        assert database.query("SELECT count(*) FROM a") == [(0,)]


def test_a_missing_folder_is_told(tmp_path: Path, scripts: Path) -> None:
    with pytest.raises(Exception, match="cannot be opened"):
        Database.open(tmp_path / "nowhere" / "db", scripts)
