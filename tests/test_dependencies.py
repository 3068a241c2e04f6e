"""What is installed, pinned, documented and imported agrees with pyproject.toml."""

import ast
import re
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.paths import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
RUNTIME = tuple(map(Requirement, PROJECT["dependencies"]))
DEVELOPMENT = tuple(map(Requirement, PROJECT["optional-dependencies"]["dev"]))
PACKAGES = ("index", "qa", "web")
# What torch's CUDA build brings, and what pip leaves out of what it freezes.
OF_THE_MACHINE = ("nvidia-", "cuda-", "triton", "setuptools")


def pinned(name: str) -> dict[str, Version]:
    """The packages of a lock file. Fails on a line that pins nothing."""
    pins: dict[str, Version] = {}
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
        match = re.fullmatch(r"([A-Za-z0-9._-]+)==([^\s;*]+)", line)
        assert match, f"{name}: {line!r} is not name==version"
        package = canonicalize_name(match[1])
        assert package not in pins, f"{name} has {package} twice"
        pins[package] = Version(match[2])
    return pins


def documented() -> list[str]:
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    return re.findall(r"^\| `([^`]+)` \|", page, re.MULTILINE)


def test_the_page_names_every_direct_dependency_and_no_other() -> None:
    assert documented() == [each.name for each in (*RUNTIME, *DEVELOPMENT)]


@pytest.mark.parametrize("requirement", [*RUNTIME, *DEVELOPMENT], ids=str)
def test_what_is_installed_is_in_the_range(requirement: Requirement) -> None:
    assert requirement.specifier.contains(metadata.version(requirement.name), prereleases=True)


@pytest.mark.parametrize("requirement", RUNTIME, ids=str)
def test_the_lock_pins_what_is_needed_to_run(requirement: Requirement) -> None:
    pins = pinned("requirements.lock")
    name = canonicalize_name(requirement.name)
    assert name in pins, "run `make lock`"
    assert requirement.specifier.contains(pins[name], prereleases=True)


@pytest.mark.parametrize("requirement", DEVELOPMENT, ids=str)
def test_the_locks_pin_what_tests_need(requirement: Requirement) -> None:
    pins = pinned("requirements.lock") | pinned("requirements-dev.lock")
    name = canonicalize_name(requirement.name)
    assert name in pins, "run `make lock`"
    assert requirement.specifier.contains(pins[name], prereleases=True)


def test_the_lock_is_complete() -> None:
    """Whatever a pinned package needs here is pinned, too."""
    pins = pinned("requirements.lock")
    installed = {canonicalize_name(each.name) for each in metadata.distributions()}
    needed = {
        canonicalize_name(requirement.name): package
        for package in pins.keys() & installed
        for requirement in map(Requirement, metadata.requires(package) or ())
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""})
    }
    assert {name for name in needed if name not in pins and not name.startswith(OF_THE_MACHINE)} == set()


def test_the_locks_do_not_contradict_each_other_and_pin_torch() -> None:
    runtime, development = pinned("requirements.lock"), pinned("requirements-dev.lock")
    assert runtime.keys().isdisjoint(development)
    assert runtime["torch"] == Version("2.13.0")
    assert not [name for name in runtime if name.startswith(OF_THE_MACHINE)]


def test_what_the_code_imports_is_a_direct_dependency() -> None:
    """Not one that only comes along with another."""
    roots = {name.split(".")[0] for package in PACKAGES for name in imported(ROOT / package)}
    foreign = roots - set(sys.stdlib_module_names) - set(PACKAGES)
    homes = metadata.packages_distributions()
    direct = {canonicalize_name(each.name) for each in RUNTIME}
    assert {root for root in foreign if direct.isdisjoint(map(canonicalize_name, homes.get(root, [])))} == set()


def imported(folder: Path) -> set[str]:
    """Modules that a package's modules import, anywhere in them."""
    found: set[str] = set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module)
    return found
