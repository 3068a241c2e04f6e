"""What is held is given as it was, until all is given as it is stored."""

from pathlib import Path

import pytest

from index.errors import NotFoundError
from index.records import Records
from index.store.store import FILE_NAME, Store
from index.sync.sync import sync
from tests.small_model import small_pipeline


def test_a_held_document_stays_as_it_was(tmp_path: Path) -> None:
    folder, data = tmp_path / "corpus", tmp_path / "data"
    folder.mkdir()
    data.mkdir()
    (folder / "a.txt").write_text("The mill stands by the river.")
    with Store.open(data / FILE_NAME) as store:
        sync(folder, store, small_pipeline())
        (document_id,) = (each.document_id for each in store.sources())
        records = Records(store)
        before = records.record(document_id)
        records.hold([document_id, "no such document"])
        (folder / "a.txt").write_text("The mill burnt down.")
        sync(folder, store, small_pipeline())
        assert records.record(document_id) == before
        records.clear()
        after = records.record(document_id)
        assert after.document.text == "The mill burnt down."
        assert not before.passages.keys() & after.passages.keys()
        with pytest.raises(NotFoundError):
            records.record("no such document")
