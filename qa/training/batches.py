"""Instances to batches of tensors: drawn by epoch and seed, so that training resumes where it stopped."""

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from msgspec import Struct

from index.language.names import sure_names
from qa.datasets.perturbation import swapped
from qa.reading.network import padded
from qa.reading.windows import Window, WindowMaker
from qa.training.holding import is_held_out
from qa.training.instances import Instance, LabelledQuestion, as_instance, load_pairs, load_questions
from qa.training.negatives import HardNegatives, drawn
from qa.training.recipe import Phase, Source
from qa.training.structured import StructuredReader

LONGEST = 384  # tokens of a window in training: longer ones cost much and are few
_NAMES_EACH = 400
_MULTIPLE = 32  # of tokens that windows are padded to: few shapes, for each of which the kernels are made once


class Case(Struct, frozen=True):
    """A window with its targets. spans: first and last token of each right answer; None: not known."""

    window: Window
    spans: tuple[tuple[int, int], ...] | None
    answerable: bool
    relevant: bool | None
    sentences: tuple[tuple[int, int, bool], ...]


class Batch(Struct, frozen=True):
    """Tensors of `texts` windows, padded to `tokens`. readable: which tokens may be in an answer, and the first one.

    starts, ends: 1 at each right answer's first and last token, all on the first token where there is no answer; all 0
    where the span is not known. pooling [texts, sentences, tokens] averages the tokens of each sentence; evidence and
    known [texts, sentences]. answerable and relevant [texts]; relevant is -1 where it is not known.
    """

    ids: torch.Tensor
    segments: torch.Tensor
    mask: torch.Tensor
    readable: torch.Tensor
    starts: torch.Tensor
    ends: torch.Tensor
    pooling: torch.Tensor
    evidence: torch.Tensor
    known: torch.Tensor
    answerable: torch.Tensor
    relevant: torch.Tensor


class Drawer:
    """Draws an epoch's cases of one source."""

    def __init__(self, source: Source, folder: Path, maker: WindowMaker) -> None:
        self._source = source
        self._structured = StructuredReader(source.negatives) if source.structured else None
        self._maker = maker
        pairs = folder / "pairs.jsonl.gz"
        self._pairs = load_pairs(pairs) if pairs.is_file() else []
        asked = [] if self._pairs else load_questions(folder)
        asked = [each for each in asked if not is_held_out(each.paragraph.document, source.held_out)]
        self._asked = [each for each in asked if not (source.unanswerable and each.spans)]
        negatives = HardNegatives(self._asked) if source.negatives and self._asked and not source.structured else None
        self._found = [negatives.found(each) for each in self._asked] if negatives else []
        self._names = _names_by_document(self._asked)

    def instances(self, draw: random.Random) -> Iterator[Instance]:
        """The share of the questions that is drawn, each followed by the wrong ones it brings along."""
        for pair in self._pairs:
            if draw.random() < self._source.share:
                yield pair
                if draw.random() < self._source.negatives:
                    other = self._pairs[draw.randrange(len(self._pairs))]
                    if other is not pair:
                        yield Instance(pair.question, "", other.text, (), False, False)
        for number, each in enumerate(self._asked):
            if draw.random() < self._source.share:
                yield from self._structured.instances(each, draw) if self._structured else [as_instance(each)]
                if self._structured:
                    continue
                if self._found and each.spans:
                    yield from drawn(self._found[number], self._source.negatives, draw)
                if each.spans and draw.random() < self._source.perturbations:
                    yield from self._swapped(each, draw)

    def cases(self, draw: random.Random) -> Iterator[Case]:
        """Their cases, a quarter of them without a title, as texts without one are read too."""
        for instance in self.instances(draw):
            head = instance.head if draw.random() < 0.75 else ""
            yield from case_of(instance, head, self._maker)

    def _swapped(self, asked: LabelledQuestion, draw: random.Random) -> Iterator[Instance]:
        question = swapped(asked.question, asked.paragraph.text, self._names[asked.paragraph.document], draw)
        if question is not None:
            yield Instance(question, asked.paragraph.title, asked.paragraph.text, (), False, None)


def case_of(instance: Instance, head: str, maker: WindowMaker) -> Iterator[Case]:
    """The window of the instance with its first answer whole, or the first window; none if an answer is cut."""
    windows = maker.windows(instance.question, head, [instance.text])[0]
    sentences = instance.sentences()
    for window in windows:
        spans = None
        if instance.spans is not None:
            places = [window.tokens_in(start, end) for start, end in instance.spans if _covers(window, start, end)]
            spans = tuple((place[0], place[-1]) for place in places if place)
            if instance.spans and not spans:
                continue
            spans = spans if instance.exact else None
        labelled = []
        for start, end, right in sentences:
            place = window.tokens_in(start, end)
            if place:
                labelled.append((place[0], place[-1], right))
        yield Case(window, spans, instance.answerable, instance.relevant, tuple(labelled))
        return


def epoch(drawers: Sequence[Drawer], phase: Phase, number: int) -> list[list[Case]]:
    """An epoch's batches of cases, the same for the same number."""
    draw = random.Random(f"{phase.name} {number}")
    cases = [case for drawer in drawers for case in drawer.cases(draw)]
    draw.shuffle(cases)
    batches = list(_by_length(cases, phase.tokens))
    draw.shuffle(batches)
    return batches


def _by_length(cases: Sequence[Case], tokens: int) -> Iterator[list[Case]]:
    """Batches of one padded length each."""
    by_length: dict[int, list[Case]] = {}
    for case in cases:
        by_length.setdefault(-(-case.window.length // _MULTIPLE) * _MULTIPLE, []).append(case)
    for length, alike in sorted(by_length.items()):
        size = max(1, tokens // length)
        yield from (alike[start : start + size] for start in range(0, len(alike), size))


def collate(cases: Sequence[Case]) -> Batch:
    """See Batch."""
    ids, segments, mask = padded([case.window for case in cases], _MULTIPLE)
    texts, tokens = ids.shape
    most = max(1, max(len(case.sentences) for case in cases))
    readable, starts, ends = (np.zeros((texts, tokens), dtype=np.float32) for _ in range(3))
    pooling = np.zeros((texts, most, tokens), dtype=np.float32)
    evidence, known = (np.zeros((texts, most), dtype=np.float32) for _ in range(2))
    for row, case in enumerate(cases):
        readable[row, 0] = 1
        readable[row, case.window.first : case.window.first + len(case.window.offsets)] = 1
        for first, last in case.spans or ([(0, 0)] if case.spans is not None else []):
            starts[row, first] = ends[row, last] = 1
        for place, (first, last, right) in enumerate(case.sentences):
            pooling[row, place, first : last + 1] = 1 / (last + 1 - first)
            evidence[row, place], known[row, place] = right, 1
    answerable = np.array([case.answerable for case in cases], dtype=np.float32)
    relevant = np.array([-1 if case.relevant is None else case.relevant for case in cases], dtype=np.float32)
    arrays = (readable, starts, ends, pooling, evidence, known, answerable, relevant)
    return Batch(ids, segments, mask, *(torch.from_numpy(array) for array in arrays))


def moved(batch: Batch, device: str) -> Batch:
    """The batch on a device."""
    return Batch(*(getattr(batch, name).to(device) for name in Batch.__struct_fields__))


def _covers(window: Window, start: int, end: int) -> bool:
    return bool(window.offsets) and window.offsets[0][0] <= start and end <= window.offsets[-1][1]


def _names_by_document(asked: Sequence[LabelledQuestion]) -> dict[str, list[str]]:
    paragraphs = list(dict.fromkeys(each.paragraph for each in asked))
    every = sure_names("\n".join(paragraph.text for paragraph in paragraphs[::7]))[:_NAMES_EACH]
    own: dict[str, list[str]] = {}
    for paragraph in paragraphs:
        own.setdefault(paragraph.document, []).extend(sure_names(paragraph.text))
    return {document: names if len(set(names)) > 30 else names + every for document, names in own.items()}
