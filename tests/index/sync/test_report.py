"""The report of a sync: sums over files, those that are gone left out where it says so."""

from index.store.rows import Facts
from index.sync.report import FileReport, FileStatus, SyncReport, file_report

FACTS = Facts("d1", "a.txt", "sha", "p", {"list": 1}, {"menu": 4}, 7, 2, ("odd",))


def test_a_files_report_says_what_is_stored_of_it() -> None:
    report = file_report(FileStatus.RENAMED, FACTS, source="b.txt", message="moved", was="a.txt")
    assert report == FileReport(
        "b.txt", FileStatus.RENAMED, "moved", "a.txt", "d1", {"list": 1}, {"menu": 4}, 7, 2, ("odd",)
    )
    assert file_report(FileStatus.ADDED, FACTS).source == "a.txt"


def test_sums() -> None:
    files = (
        file_report(FileStatus.ADDED, FACTS),
        file_report(FileStatus.UNCHANGED, FACTS),
        file_report(FileStatus.REMOVED, FACTS),
        FileReport("c.txt", FileStatus.FAILED, "It cannot be read."),
        FileReport(
            "d.txt", FileStatus.ADDED, document_id="d2", left_out={"rule": 9, "menu": 1}, sentences=1, passages=1
        ),
    )
    report = SyncReport(files, "v", 3)
    assert {status: report.count(status) for status in FileStatus if report.count(status)} == {
        FileStatus.ADDED: 2,
        FileStatus.UNCHANGED: 1,
        FileStatus.REMOVED: 1,
        FileStatus.FAILED: 1,
    }
    assert (report.documents, report.passages, report.sentences) == (3, 5, 15)
    assert list(report.left_out.items()) == [("menu", 13), ("rule", 9)]


def test_reasons_with_most_characters_come_first_then_by_name() -> None:
    file = FileReport("a.txt", FileStatus.ADDED, left_out={"b": 1, "c": 2, "a": 1})
    assert list(SyncReport((file,), "v", 0).left_out) == ["c", "a", "b"]
