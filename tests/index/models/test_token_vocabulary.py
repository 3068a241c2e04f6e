"""Training our tokenizer's vocabulary: the same text gives the same file."""

import base64
import gzip
import json
import subprocess
import sys
from pathlib import Path

from tests.paths import ROOT


def train(*arguments: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "index.models.token_vocabulary", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_same_text_gives_the_same_file(tmp_path: Path) -> None:
    plain, lines = tmp_path / "plain.txt", tmp_path / "corpus.jsonl.gz"
    plain.write_text("low lower lowest — “new”, newer, newest. " * 50, encoding="utf-8")
    with gzip.open(lines, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in ({"text": "wide wider"}, {"sentence": "widest wide"}))
    first, second = tmp_path / "1.tiktoken", tmp_path / "2.tiktoken"
    assert train(first, plain, lines).returncode == 0
    assert train(second, plain, lines).returncode == 0
    assert first.read_bytes() == second.read_bytes()
    tokens = [base64.b64decode(line.split()[0]) for line in first.read_bytes().splitlines()]
    assert tokens[:256] == [bytes([value]) for value in range(256)]
    assert {b" low", " “".encode(), b"wide", b" lowest"} <= set(tokens)


def test_too_few_arguments_say_how_it_is_run(tmp_path: Path) -> None:
    done = train(tmp_path / "out.tiktoken")
    assert done.returncode == 1
    assert "OUTPUT CORPUS" in done.stderr
