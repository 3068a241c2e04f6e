"""How near summaries come to leads that they did not see: `python -m tests.bench.summaries SET...`.

Each SET is a folder with a corpus.jsonl.gz of encyclopedia articles. An article's first paragraph is what its authors
wrote to sum it up: it is taken out, the rest is summed up in as many sentences, and both are compared by ROUGE-1, 2 and
L (F1, lower-case words; Lin 2004). Beside it: the first three sentences, plain LexRank, and sentences by chance.
"""

import argparse
import gzip
import json
import random
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from index.sentences.context import sentence_query
from qa.bootstrap import ServiceSettings, index_folder, open_parts
from qa.language.question import words
from qa.summaries.centrality import centrality
from qa.summaries.sentences import candidates
from qa.summaries.summariser import Summariser

_LEAST = 30  # characters of a lead; shorter ones are none
_MOST_SENTENCES = 6


def rouge_n(found: Sequence[str], wanted: Sequence[str], n: int) -> float:
    """F1 of the runs of n words."""
    one, two = (Counter(tuple(text[i : i + n]) for i in range(len(text) - n + 1)) for text in (found, wanted))
    shared = sum((one & two).values())
    return 2 * shared / max(1, sum(one.values()) + sum(two.values()))


def rouge_l(found: Sequence[str], wanted: Sequence[str]) -> float:
    """F1 of the longest common subsequence of words."""
    row = [0] * (len(wanted) + 1)
    for word in found:
        before = 0
        for place, other in enumerate(wanted, 1):
            before, row[place] = row[place], before + 1 if word == other else max(row[place], row[place - 1])
    return 2 * row[-1] / max(1, len(found) + len(wanted))


def measure(folders: Sequence[Path]) -> dict[str, list[tuple[float, float, float]]]:
    """ROUGE-1, 2 and L of each way, an article each."""
    scores: dict[str, list[tuple[float, float, float]]] = {}
    with tempfile.TemporaryDirectory() as temporary:
        corpus, data = Path(temporary, "corpus"), Path(temporary, "data")
        corpus.mkdir()
        leads = _write(folders, corpus)
        settings = ServiceSettings(data_folder=data)
        index_folder(corpus, settings)
        with open_parts(settings) as parts:
            summariser = Summariser(parts.corpus)
            for source in parts.corpus.sources():
                lead = leads[source.source]
                document, every = parts.corpus.document(source.document_id), parts.corpus.sentences(source.document_id)
                found = candidates(document, every)
                vectors = parts.corpus.embed([sentence_query(document, each.sentence) for each in found])
                most = min(_MOST_SENTENCES, max(1, lead.count(". ") + 1))
                ours = summariser.of_document(source.document_id, most)
                texts = [each.text for each in found]
                ranked = np.argsort(-centrality(vectors[:1200]))[:most]
                chance = sorted(random.Random(source.source).sample(range(len(texts)), min(most, len(texts))))
                said = {quote.sentences[0].ordinal for quote in ours.quotes}
                ways: dict[str, list[str]] = {
                    "ours": [each.text for each in found if each.sentence.ordinal in said],
                    "LexRank": [texts[number] for number in sorted(ranked)],
                    "first sentences": texts[:most],
                    "by chance": [texts[number] for number in chance],
                }
                for name, chosen in ways.items():
                    scores.setdefault(name, []).append(_scores(" ".join(chosen), lead))
    return scores


def _scores(found: str, wanted: str) -> tuple[float, float, float]:
    one, two = words(found), words(wanted)
    return rouge_n(one, two, 1), rouge_n(one, two, 2), rouge_l(one, two)


def _write(folders: Sequence[Path], corpus: Path) -> dict[str, str]:
    """The articles without their leads; the leads by file."""
    leads = {}
    for folder in folders:
        with gzip.open(folder / "corpus.jsonl.gz", "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines):
                row = json.loads(line)
                lead, _, body = row["text"].partition("\n\n")
                if len(lead) >= _LEAST and body.count(". ") > _MOST_SENTENCES:
                    name = f"{folder.name}-{number:03}.md"
                    (corpus / name).write_text(f"# {row['title'].replace('_', ' ')}\n\n{body}\n", encoding="utf-8")
                    leads[name] = lead
    return leads


def main(say: Callable[[str], None] = print) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+", type=Path)
    scores = measure(parser.parse_args().sets)
    say("| | ROUGE-1 | ROUGE-2 | ROUGE-L |\n|---|---|---|---|")
    for name, found in scores.items():
        means = np.mean(found, axis=0)
        say(f"| {name} ({len(found)}) | " + " | ".join(f"{value:.3f}" for value in means) + " |")


if __name__ == "__main__":
    main()
