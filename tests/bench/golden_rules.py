"""Holds the splitter against a file of golden rules: python -m tests.bench.golden_rules FILE [--show].

FILE is a Python test module of pySBD's kind (tests/lang/test_english.py of its repository) or JSON: a list of
[text, [sentence, ...]]. The rules are read, never imported or run, and none is kept here.
"""

import ast
import json
import sys
from pathlib import Path

from index.sentences.splitting import split_text

Rule = tuple[str, list[str]]


def read_rules(path: Path) -> list[Rule]:
    """Every (text, [sentences]) pair written as a literal in the file."""
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".json":
        return [(text, sentences) for text, sentences in json.loads(source)]
    rules = []
    for node in ast.walk(ast.parse(source)):
        pair = node.elts if isinstance(node, ast.Tuple) else node.args if isinstance(node, ast.Call) else []
        if len(pair) != 2 or not isinstance(pair[1], ast.List):
            continue
        try:
            text, sentences = (ast.literal_eval(part) for part in pair)
        except ValueError:
            continue
        if isinstance(text, str) and all(isinstance(sentence, str) for sentence in sentences):
            rules.append((text, sentences))
    return rules


def main(arguments: list[str]) -> int:
    files = [Path(argument) for argument in arguments if not argument.startswith("--")]
    if not files:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    for path in files:
        rules = read_rules(path)
        kept = 0
        for text, expected in rules:
            found = [text[part.start : part.end] for part in split_text(text)]
            kept += found == [sentence.strip() for sentence in expected]
            if "--show" in arguments and found != [sentence.strip() for sentence in expected]:
                sys.stdout.write(f"- {expected}\n+ {found}\n\n")
        sys.stdout.write(f"{path.name}: {kept} of {len(rules)} rules kept\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
