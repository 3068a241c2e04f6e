"""Names of classes: who reads one knows which is meant."""

import ast
from collections import defaultdict

from tests.paths import ROOT


def test_no_two_public_classes_of_web_share_a_name() -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for path in sorted((ROOT / "web").rglob("*.py")):
        for node in ast.parse(path.read_bytes()).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places[node.name].append(path.name)
    assert len(places) > 100
    assert {name: paths for name, paths in places.items() if len(paths) > 1} == {}
