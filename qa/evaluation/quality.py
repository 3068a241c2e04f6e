"""docs/quality.md: the targets held against what was measured, published figures, and the page of each question set.

    python -m qa.evaluation.quality --about docs/quality/about.md --reports FOLDER --out docs/quality.md NAME...

FOLDER is what `footnote eval --out` wrote into; NAME a page there, without its ending.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import click
import msgspec
from msgspec import Struct

from index.errors import InputError
from qa.evaluation.report import KINDS, PARAGRAPH_KINDS, ParagraphReport, Report
from qa.evaluation.tables import Table, figure_at, markdown_table, shown

PARAGRAPHS = "-paragraphs"  # ends the name of a page with paragraphs given
TARGETS_MARK, ANCHORS_MARK = "<!-- targets -->", "<!-- anchors -->"
Measured = Mapping[str, Report | ParagraphReport]  # by name of page


class Target(Struct, frozen=True):
    """A figure to reach. page: name of the page it is on. path: of its field. at_most: less is better."""

    page: str
    path: str
    value: float
    at_most: bool = False


class Anchor(Struct, frozen=True):
    """A published figure of another model on all of a set of which ours is a half. exact, f1: 0 to 1."""

    name: str
    exact: float
    f1: float


_SEEDS, _SQUAD11, _SQUAD20 = "seeds", "squad11-devhalf", "squad20-devhalf"
TARGETS = (
    Target(_SEEDS, "figures.first_cited", 0.92),
    Target(_SEEDS, "figures.any_cited", 0.97),
    Target(_SEEDS, "figures.complete", 0.85),
    Target(_SEEDS, "figures.short_exact", 0.80),
    Target(_SEEDS, "figures.right_abstentions", 0.90),
    Target(_SEEDS, "figures.false_abstentions", 0.04, at_most=True),
    Target(_SQUAD11 + PARAGRAPHS, "figures.always.answerable_exact", 0.76),
    Target(_SQUAD11 + PARAGRAPHS, "figures.always.answerable_f1", 0.84),
    Target(_SQUAD20 + PARAGRAPHS, "figures.best.f1", 0.77),
    Target(_SQUAD11, "figures.hit_at_1", 0.92),
    Target(_SQUAD11, "figures.short_exact", 0.66),
    Target(_SQUAD11, "figures.short_f1", 0.74),
    Target(_SQUAD20 + PARAGRAPHS, "figures.auroc", 0.86),
)
# On all of SQuAD 2.0's development set, as their model cards give them.
ANCHORS = (
    Anchor("`deepset/minilm-uncased-squad2` (12 layers), whole set", 0.762, 0.795),
    Anchor("`deepset/tinyroberta-squad2`, whole set", 0.789, 0.820),
)


def target_table(measured: Measured) -> Table:
    """A row for each target; "-" where it was not measured."""
    columns = ["Set", "Figure", "To reach", "Measured", "95% interval", "Beside it", "Reached"]
    return columns, [_target_row(target, measured.get(target.page)) for target in TARGETS]


def _target_row(target: Target, report: Report | ParagraphReport | None) -> list[str]:
    given = target.page.endswith(PARAGRAPHS)
    kind = next(kind for kind in (PARAGRAPH_KINDS if given else KINDS) if kind.path == target.path)
    name = target.page.removesuffix(PARAGRAPHS)
    where = f"`{name}`, paragraph given" if given else f"`{name}`"
    value = figure_at(report, target.path) if report else None
    interval = " to ".join(shown(end, kind.unit) for end in (report.intervals.get(target.path, ()) if report else ()))
    other = figure_at(report.beside, target.path) if report and report.beside else None
    reached = "-" if value is None else "yes" if _holds(target, value) else "no"
    goal = f"{'at most ' if target.at_most else ''}{shown(target.value, kind.unit)}"
    figure = f"{kind.group.lower()}: {kind.name}"
    return [where, figure, goal, shown(value, kind.unit), interval, shown(other, kind.unit), reached]


def _holds(target: Target, value: float) -> bool:
    return value <= target.value if target.at_most else value >= target.value


def anchor_table(measured: Measured) -> Table:
    """EM and F1 on SQuAD 2.0 with the best threshold: ours, the one beside it, and published ones."""
    rows = []
    ours = measured.get(_SQUAD20 + PARAGRAPHS)
    if isinstance(ours, ParagraphReport):
        for report in (ours, ours.beside):
            if report is not None and report.figures.best is not None:
                name = (
                    f"{report.circumstances.reader.split(';')[0]}, {report.figures.questions:,} questions of half of it"
                )
                rows.append([name, shown(report.figures.best_exact, "%"), shown(report.figures.best.f1, "%")])
    rows += [[anchor.name, shown(anchor.exact, "%"), shown(anchor.f1, "%")] for anchor in ANCHORS]
    return ["Reader, on SQuAD 2.0's development set", "EM", "F1"], rows


def load_reports(folder: Path, names: Sequence[str]) -> dict[str, Report | ParagraphReport]:
    """What `footnote eval --out FOLDER` measured. Raises InputError for a report that is not there or is none."""
    return {name: _load(folder / f"{name}.json") for name in names}


def _load(path: Path) -> Report | ParagraphReport:
    try:
        data = path.read_bytes()
        if path.stem.endswith(PARAGRAPHS):
            return msgspec.json.decode(data, type=ParagraphReport)
        return msgspec.json.decode(data, type=Report)
    except (OSError, msgspec.MsgspecError) as error:
        raise InputError(f"{path} is no report ({error}): write it with `footnote eval --out`.") from error


def whole_page(about: str, measured: Measured, pages: Sequence[str]) -> str:
    """`about` with the tables in place of its marks, then the pages with their headings a level down."""
    text = about.replace(TARGETS_MARK, markdown_table(target_table(measured)))
    text = text.replace(ANCHORS_MARK, markdown_table(anchor_table(measured)))
    lowered = [re.sub(r"^#", "##", page, flags=re.MULTILINE) for page in pages]
    linked = [re.sub(r"\]\(([^)/]*\.svg)\)", r"](quality/\1)", page) for page in lowered]
    return "\n".join([text, *linked])


@click.command()
@click.argument("names", nargs=-1, required=True)
@click.option("--about", type=click.Path(path_type=Path, exists=True, dir_okay=False), required=True)
@click.option("--reports", type=click.Path(path_type=Path, exists=True, file_okay=False), required=True)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True)
def main(names: tuple[str, ...], about: Path, reports: Path, out: Path) -> None:
    """Write the page of all."""
    try:
        measured = load_reports(reports, names)
        pages = [(reports / f"{name}.md").read_text(encoding="utf-8") for name in names]
        out.write_text(whole_page(about.read_text(encoding="utf-8"), measured, pages), encoding="utf-8")
    except (InputError, OSError) as error:
        raise click.ClickException(str(error)) from error


if __name__ == "__main__":
    main()
