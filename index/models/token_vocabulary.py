"""Trains our tokenizer's vocabulary (index/models/footnote.tiktoken) from text; run by hand, the result is committed.

    python -m index.models.token_vocabulary OUTPUT CORPUS...

A corpus is a text file, or a `.jsonl.gz` whose objects have a "text" or a "sentence". The same files in the same order
give the same bytes. docs/tokenizer.md holds the command that made the shipped file.
"""

import base64
import gzip
import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from tokenizers import Regex, Tokenizer, models, pre_tokenizers, trainers

from index.models.tokens import WORD_PATTERN

ENTRIES = 16_384


def texts(path: Path) -> Iterator[str]:
    """The texts of a corpus file."""
    if not path.name.endswith(".jsonl.gz"):
        yield path.read_text(encoding="utf-8")
        return
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield row.get("text") or row["sentence"]


def train(paths: list[Path]) -> dict[bytes, int]:
    """Byte-level BPE (Sennrich et al. 2016, over bytes): token -> rank, single bytes first, then merges in order."""
    tokenizer = Tokenizer(models.BPE())
    words = pre_tokenizers.Split(Regex(WORD_PATTERN), behavior="isolated")
    byte_level = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([words, byte_level])
    trainer = trainers.BpeTrainer(
        vocab_size=ENTRIES, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False
    )
    tokenizer.train_from_iterator((text for path in paths for text in texts(path)), trainer)
    symbols = _byte_symbols()
    learned = sorted(tokenizer.get_vocab().items(), key=lambda item: item[1])
    merged = [bytes(symbols[symbol] for symbol in token) for token, _ in learned if len(token) > 1]
    singles = [bytes([value]) for value in range(256)]
    return {token: rank for rank, token in enumerate(singles + merged)}


def _byte_symbols() -> dict[str, int]:
    """The character that byte-level BPE writes for each byte: itself if printable, else U+0100 and on, in order."""
    alphabet = set(pre_tokenizers.ByteLevel.alphabet())
    symbols = {symbol: ord(symbol) for symbol in alphabet if ord(symbol) < 256}
    shifted = sorted(alphabet - set(symbols))
    unprintable = sorted(set(range(256)) - set(symbols.values()))
    return symbols | dict(zip(shifted, unprintable, strict=True))


def main() -> None:
    if len(sys.argv) < 3:
        raise SystemExit(__doc__)
    output, corpora = Path(sys.argv[1]), [Path(argument) for argument in sys.argv[2:]]
    ranks = train(corpora)
    data = b"".join(base64.b64encode(token) + b" %d\n" % rank for token, rank in ranks.items())
    output.write_bytes(data)
    sys.stdout.write(f"{len(ranks)} entries, {len(data)} bytes, SHA-256 {hashlib.sha256(data).hexdigest()}\n")


if __name__ == "__main__":
    main()
