"""A document that was made: what is embedded of it, and what is reported."""

from index.passages.pipeline import Prepared
from index.store.rows import Facts
from index.sync.planning import Task
from index.sync.report import FileReport, FileStatus, file_report


def texts_of(prepared: Prepared) -> list[str]:
    """All that is embedded of a document."""
    return [*prepared.texts, *filter(None, prepared.sentence_texts)]


def made_report(task: Task, prepared: Prepared, fingerprint: str) -> FileReport:
    """What became of a file of which a document was made."""
    kinds: dict[str, int] = {}
    for block in prepared.document.blocks:
        kinds[block.kind.value] = kinds.get(block.kind.value, 0) + 1
    facts = Facts(
        document_id=task.document_id,
        source=task.file.source,
        content_sha256=prepared.document.content_sha256,
        pipeline=fingerprint,
        blocks=kinds,
        left_out=prepared.left_out,
        sentences=len(prepared.sentences),
        passages=len(prepared.passages),
        warnings=prepared.document.warnings,
    )
    was = task.stored.source if task.stored and task.status is FileStatus.RENAMED else ""
    message = "made anew" if task.status is FileStatus.UNCHANGED else ""
    return file_report(task.status, facts, message=message, was=was)
