"""Question-answering models with chance for weights, on disk as the hub has them: instant, and deterministic."""

import json
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789.,?!'"
_MERGES = ("t h", "i n", "Ġ th")
_SMALL: dict[str, Any] = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 32}


def bert_tokenizer() -> Tokenizer:
    """Two segments, lower case, a token a letter; any other character makes its word `[UNK]`."""
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *LETTERS, *(f"##{letter}" for letter in LETTERS)]
    vocabulary = {word: number for number, word in enumerate(words)}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    tokenizer.add_special_tokens(words[:5])
    return tokenizer


def roberta_tokenizer() -> Tokenizer:
    """One segment, two marks between the texts, a token a byte; white space has tokens too."""
    vocabulary = roberta_vocabulary()
    merges = [(left, right) for left, right in (merge.split() for merge in _MERGES)]
    tokenizer = Tokenizer(models.BPE(vocabulary, merges))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0), add_prefix_space=False)
    tokenizer.add_special_tokens(["<s>", "<pad>", "</s>", "<unk>", "<mask>"])
    return tokenizer


def roberta_vocabulary() -> dict[str, int]:
    words = ["<s>", "<pad>", "</s>", "<unk>", *sorted(pre_tokenizers.ByteLevel.alphabet())]
    words += [merge.replace(" ", "") for merge in _MERGES]
    return {word: number for number, word in enumerate([*words, "<mask>"])}


def save_bert(folder: Path, *, head: bool = True) -> Path:
    """A BERT with its tokenizer.json. head: whether it has one for questions."""
    from transformers import BertConfig, BertForQuestionAnswering, BertModel, set_seed  # seconds

    set_seed(5)
    tokenizer = bert_tokenizer()
    config = BertConfig(vocab_size=tokenizer.get_vocab_size(), initializer_range=0.5, **_SMALL)
    (BertForQuestionAnswering(config) if head else BertModel(config)).save_pretrained(folder)
    tokenizer.save(str(folder / "tokenizer.json"))
    (folder / "tokenizer_config.json").write_text('{"tokenizer_class": "BertTokenizer", "model_max_length": 512}')
    return folder


def save_roberta(folder: Path) -> Path:
    """A RoBERTa with its vocabulary and merges, without a tokenizer.json."""
    from transformers import RobertaConfig, RobertaForQuestionAnswering, set_seed  # seconds

    set_seed(5)
    vocabulary = roberta_vocabulary()
    config = RobertaConfig(
        vocab_size=len(vocabulary), max_position_embeddings=514, type_vocab_size=1, initializer_range=0.5, **_SMALL
    )
    RobertaForQuestionAnswering(config).save_pretrained(folder)
    (folder / "vocab.json").write_text(json.dumps(vocabulary), encoding="utf-8")
    (folder / "merges.txt").write_text("\n".join(["#version: 0.2", *_MERGES, ""]), encoding="utf-8")
    return folder
