"""Names of classes: who reads one knows which is meant."""

import ast
from collections import defaultdict

from tests.paths import ROOT

PACKAGES = ("index", "qa", "web")


def test_no_two_public_classes_share_a_name() -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for path in sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places[node.name].append(str(path.relative_to(ROOT)))
    assert len(places) > 250
    assert {name: paths for name, paths in places.items() if len(paths) > 1} == {}
