"""What is installed, pinned, documented and imported agrees with pyproject.toml."""

import ast
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from itertools import combinations
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.paths import ROOT
from tests.shell import environment
from web.cli import COMMANDS, EXTRA_COMMANDS, EXTRA_MODULES

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
RUNTIME = tuple(map(Requirement, PROJECT["dependencies"]))
EVALUATION = tuple(map(Requirement, PROJECT["optional-dependencies"]["eval"]))
DEVELOPMENT = tuple(map(Requirement, PROJECT["optional-dependencies"]["dev"]))
PACKAGES = ("index", "qa", "web")
LOCKS = ("requirements.lock", "requirements-eval.lock", "requirements-dev.lock")
# What measures and trains, and may import what `footnote[eval]` brings.
EXTRA = ("qa/evaluation", "qa/training", "web/commands/eval.py", "web/commands/calibrate.py")
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
    assert documented() == [each.name for each in (*RUNTIME, *EVALUATION, *DEVELOPMENT)]


@pytest.mark.parametrize("requirement", [*RUNTIME, *EVALUATION, *DEVELOPMENT], ids=str)
def test_what_is_installed_is_in_the_range(requirement: Requirement) -> None:
    assert requirement.specifier.contains(metadata.version(requirement.name), prereleases=True)


@pytest.mark.parametrize("requirement", RUNTIME, ids=str)
def test_the_lock_pins_what_is_needed_to_run(requirement: Requirement) -> None:
    pins = pinned("requirements.lock")
    name = canonicalize_name(requirement.name)
    assert name in pins, "run `make lock`"
    assert requirement.specifier.contains(pins[name], prereleases=True)


@pytest.mark.parametrize("requirement", EVALUATION, ids=str)
def test_the_locks_pin_what_measuring_needs(requirement: Requirement) -> None:
    pins = pinned("requirements.lock") | pinned("requirements-eval.lock")
    name = canonicalize_name(requirement.name)
    assert name in pins, "run `make lock`"
    assert requirement.specifier.contains(pins[name], prereleases=True)


@pytest.mark.parametrize("requirement", DEVELOPMENT, ids=str)
def test_the_locks_pin_what_tests_need(requirement: Requirement) -> None:
    pins = pinned("requirements.lock") | pinned("requirements-eval.lock") | pinned("requirements-dev.lock")
    name = canonicalize_name(requirement.name)
    assert name in pins, "run `make lock`"
    assert requirement.specifier.contains(pins[name], prereleases=True)


@pytest.mark.parametrize("locks", [LOCKS[:1], LOCKS[:2]], ids=["runtime", "eval"])
def test_the_lock_is_complete(locks: tuple[str, ...]) -> None:
    """Whatever a pinned package needs here is pinned, too."""
    pins = {name: version for lock in locks for name, version in pinned(lock).items()}
    installed = {canonicalize_name(each.name) for each in metadata.distributions()}
    needed = {
        canonicalize_name(requirement.name): package
        for package in pins.keys() & installed
        for requirement in map(Requirement, metadata.requires(package) or ())
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""})
    }
    assert {name for name in needed if name not in pins and not name.startswith(OF_THE_MACHINE)} == set()


def test_the_locks_do_not_contradict_each_other_and_pin_torch() -> None:
    pins = [pinned(lock) for lock in LOCKS]
    assert all(one.keys().isdisjoint(other) for one, other in combinations(pins, 2))
    assert pins[0]["torch"] == Version("2.13.0")
    assert not [name for name in pins[0] if name.startswith(OF_THE_MACHINE)]


@pytest.mark.parametrize(
    ("extra", "allowed"), [(False, RUNTIME), (True, (*RUNTIME, *EVALUATION))], ids=["runtime", "eval"]
)
def test_what_the_code_imports_is_a_direct_dependency(extra: bool, allowed: tuple[Requirement, ...]) -> None:
    """Not one that only comes along with another; what the extra brings is imported by what measures and trains."""
    roots = {name.split(".")[0] for path in modules(extra=extra) for name in imported(path)}
    foreign = roots - set(sys.stdlib_module_names) - set(PACKAGES)
    homes = metadata.packages_distributions()
    direct = {canonicalize_name(each.name) for each in allowed}
    assert {root for root in foreign if direct.isdisjoint(map(canonicalize_name, homes.get(root, [])))} == set()


def test_nothing_else_imports_what_measures_and_trains() -> None:
    rooms = ("qa.evaluation", "qa.training")
    assert {
        (path.relative_to(ROOT).as_posix(), name)
        for path in modules(extra=False)
        for name in imported(path)
        if name.startswith(rooms)
    } == set()


def test_the_commands_that_need_the_extra_look_for_all_of_it() -> None:
    assert set(EXTRA_MODULES) == {each.name for each in EVALUATION}
    files = {Path(name).stem for name in EXTRA if name.startswith("web/commands")}
    assert set(EXTRA_COMMANDS) == files


@pytest.mark.parametrize("command", EXTRA_COMMANDS)
def test_without_the_extra_a_command_says_in_a_line_what_to_install(command: str) -> None:
    done = without_the_extra(f"run(['{command}', '--json'])")
    assert done.stderr == (
        f"footnote: `footnote {command}` needs packages that are not installed (matplotlib): "
        "pip install 'footnote[eval]'.\n"
    )
    assert done.stdout.splitlines()[-1] == "1"


def test_all_else_works_without_the_extra(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("The harbour of Kessel was opened in 1911.\n", encoding="utf-8")
    here = f"'--corpus', {str(tmp_path)!r}, '--data', {str(tmp_path / 'data')!r}"
    for arguments in ("'--help'", "'ask', 'When was the harbour of Kessel opened?', " + here, "'doctor', " + here):
        done = without_the_extra(f"run([{arguments}])")
        assert done.stdout.splitlines()[-1] == "0", done.stderr
    done = without_the_extra("len([importlib.import_module(f'web.commands.{each}') for each in COMMANDS "
                             "if each not in EXTRA_COMMANDS])")  # fmt: skip
    assert done.stdout == f"{len(COMMANDS) - len(EXTRA_COMMANDS)}\n", done.stderr


def without_the_extra(expression: str) -> "subprocess.CompletedProcess[str]":
    """Prints the expression's value in a process that has no package of requirements-eval.lock."""
    homes = metadata.packages_distributions()
    pins = pinned("requirements-eval.lock")
    gone = [root for root, names in homes.items() if {canonicalize_name(name) for name in names} & pins.keys()]
    code = (
        f"import sys; sys.modules |= dict.fromkeys({gone!r}); import importlib\n"
        f"from web.cli import COMMANDS, EXTRA_COMMANDS, run; print({expression})"
    )
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment(), capture_output=True, text=True)


def modules(*, extra: bool) -> list[Path]:
    """The modules of what measures and trains, or all others."""
    every = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    return [path for path in every if path.relative_to(ROOT).as_posix().startswith(EXTRA) == extra]


def imported(path: Path) -> set[str]:
    """Modules that a module imports, anywhere in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found
