"""What is shipped to run a server with: held against the code, since no engine builds or starts it in tests."""

import configparser
import re
import tomllib

import yaml
from msgspec import json

from tests.paths import ROOT
from web.settings.keys import PREFIX
from web.settings.layers import FILE_VARIABLE
from web.settings.settings import KEYS, variable

DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMPOSE = ROOT / "compose.yaml"
UNIT = ROOT / "docs" / "deploy" / "footnote.service"
LAST_STAGE = DOCKERFILE[DOCKERFILE.rindex("\nFROM ") :]


def copied() -> set[str]:
    """What is copied from the checkout."""
    lines = re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE)
    return {source for line in lines for source in line.split()}


def test_all_that_is_copied_is_there_and_let_through_and_no_more_is() -> None:
    ignore = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    assert ignore[0] == "*"
    assert copied() == {line[1:] for line in ignore if line.startswith("!")}
    assert [name for name in copied() if not (ROOT / name).exists()] == []
    assert {"index", "qa", "web"} <= copied()


def test_the_container_is_nobody_in_particular_and_writes_its_data_only() -> None:
    assert re.search(r"^USER [1-9]\d*:[1-9]\d*$", LAST_STAGE, re.MULTILINE)
    assert json.decode(re.findall(r"^CMD (\[.+\])$", LAST_STAGE, re.MULTILINE)[-1])[:2] == ["footnote", "serve"]
    service = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))["services"]["footnote"]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert [port.split(":")[0] for port in service["ports"]] == ["127.0.0.1"]
    assert {volume.split(":")[-1] for volume in service["volumes"]} == {"ro", "/data"}
    assert ":?" in service["environment"]["FOOTNOTE_API_KEY"]


def test_the_unit_writes_its_state_only_and_needs_no_right() -> None:
    unit = configparser.RawConfigParser(strict=False, interpolation=None)
    unit.read(UNIT, encoding="utf-8")
    service = unit["Service"]
    assert (service["protectsystem"], service["nonewprivileges"], service["capabilityboundingset"]) == (
        "strict",
        "yes",
        "",
    )
    assert service["user"] != "root"
    assert service["statedirectory"] == "footnote"
    assert service["execstart"].endswith("/footnote serve")


def test_every_variable_is_a_setting() -> None:
    known = {variable(key) for key in KEYS} | {FILE_VARIABLE, f"{PREFIX}DOCUMENTS"}  # the last is compose.yaml's own
    for file in (ROOT / "Dockerfile", COMPOSE, UNIT):
        named = set(re.findall(rf"\b{PREFIX}[A-Z_]+", file.read_text(encoding="utf-8")))
        assert named, file.name
        assert named <= known, file.name


def test_every_file_of_a_package_is_installed_with_it() -> None:
    patterns = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"][
        "package-data"
    ]
    for package, globs in patterns.items():
        folder = ROOT / package
        there = {path for path in folder.rglob("*") if path.is_file() and path.suffix not in (".py", ".pyc")}
        assert there, package
        assert there - {path for each in globs for path in folder.glob(each)} == set()
