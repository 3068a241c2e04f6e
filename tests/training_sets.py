"""Question sets as training finds them in a folder."""

import gzip
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

# Document -> its paragraphs, each with its questions and their answers (none: unanswerable).
Documents = Mapping[str, Sequence[tuple[str, Mapping[str, Sequence[str]]]]]


def write_rows(path: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(row) + "\n" for row in rows)


def write_set(folder: Path, documents: Documents) -> None:
    """corpus.jsonl.gz and questions.jsonl.gz."""
    corpus, questions = [], []
    for name, paragraphs in documents.items():
        text = ""
        for paragraph, asked in paragraphs:
            text += "\n\n" if text else ""
            start = len(text)
            text += paragraph
            for question, answers in asked.items():
                places = [{"text": answer, "start": start + paragraph.index(answer)} for answer in answers]
                row = {"question": question, "source_doc": name, "para": [start, len(text)], "answers": places}
                questions.append(row)
        corpus.append({"doc_id": name, "title": name.replace("_", " "), "text": text})
    write_rows(folder / "corpus.jsonl.gz", corpus)
    write_rows(folder / "questions.jsonl.gz", questions)
