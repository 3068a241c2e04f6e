"""Settings: `footnote.toml`, then `FOOTNOTE_*` over it, then the command line over both. Nothing else reads either."""

import os
from collections.abc import Mapping
from operator import attrgetter
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import replace

from index.errors import SettingsError
from web.observability.logs import LogFormat
from web.settings.checking import as_path, checked
from web.settings.corpora import FOLDER, CorpusSettings, check_corpora
from web.settings.keys import keys_of, nested, text
from web.settings.layers import find_file, from_environment, from_file, one_or_several, renamed
from web.settings.slack import SlackSettings, check_channels, check_slack


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """Every setting. The description and what is allowed stand in each field's `Meta`; docs/settings.md shows them."""

    corpus: Annotated[Path, text("a folder", "The folder of documents.")] = Path("seeds")
    data: Annotated[
        Path | None,
        text("a folder", "Where the index and the conversations are kept; `.footnote` beside the corpus if not set."),
    ] = None
    corpora: Annotated[
        dict[str, CorpusSettings],
        text(
            "a table `[corpora]` with a folder for each name, or tables `[corpora.<name>]` with `folder` and `title`",
            "Several corpora in one server, in place of `corpus`; `data` is `.footnote` beside the file if not set.",
        ),
    ] = {}
    default_corpus: Annotated[
        str | None,
        text("a name of `[corpora]`", "The corpus that is asked where none is named; the first of them if not set."),
    ] = None
    host: Annotated[
        str,
        text("an IP address or `localhost`", "Address to listen on. Any but a loopback one needs an API key."),
    ] = "127.0.0.1"
    port: Annotated[
        int, text("a whole number from 0 to 65535", "Port to listen on; 0 takes a free one.", ge=0, le=65535)
    ] = 8000
    allowed_hosts: Annotated[
        tuple[str, ...],
        text("host names, without ports", "Names besides the loopback ones that a request may call this server by."),
    ] = ()
    api_key: Annotated[
        str | None,
        text(
            "1 to 200 printable ASCII characters without spaces",
            "The operator's own key besides those of `footnote keys`. Every request but `/health/*` needs one.",
            secret=True,
        ),
    ] = None
    public_url: Annotated[
        str | None,
        text(
            "an http or https address without a query",
            "Where people reach the page: what links in Slack, in chat completions and in MCP begin with. If not set, "
            "the address it listens on, or in chat completions the one that was called.",
        ),
    ] = None
    embedding_model: Annotated[
        str,
        text(
            "`embedded`, a model's folder, or a sentence-transformers name",
            "What turns text into vectors.",
            min_length=1,
        ),
    ] = "embedded"
    allow_download: Annotated[
        bool, text("true or false", "Whether a model that is not on this machine may be fetched.")
    ] = False
    tokenizer: Annotated[
        str,
        text("`footnote`, or a tiktoken encoding that is on this machine", "What counts passage tokens.", min_length=1),
    ] = "footnote"
    passage_tokens: Annotated[
        int, text("a whole number from 32 to 2000", "Longest passage, in tokens of the tokenizer.", ge=32, le=2000)
    ] = 180
    overlap_sentences: Annotated[
        int, text("a whole number from 0 to 5", "Sentences that a passage shares with the one before.", ge=0, le=5)
    ] = 1
    parse_seconds: Annotated[
        int,
        text(
            "a whole number from 1 to 3600",
            "Processor time that one file may take to be parsed; it has three times as long by the clock.",
            ge=1,
            le=3600,
        ),
    ] = 10
    parse_memory_mb: Annotated[
        int,
        text(
            "a whole number from 128 to 65536", "Memory, in MB, that one file may take to be parsed.", ge=128, le=65536
        ),
    ] = 512
    reader: Annotated[
        str,
        text(
            "`embedded`, `features`, or the folder or name of an extractive question-answering model",
            "What reads the passages: the trained reader, the one that needs no training, or another model.",
            min_length=1,
        ),
    ] = "embedded"
    threshold: Annotated[
        Annotated[float, Meta(ge=0, le=1)] | None,
        text(
            "a number from 0 to 1", "Confidence below which a question is not answered; the calibrated one if not set."
        ),
    ] = None
    max_error_rate: Annotated[
        Annotated[float, Meta(gt=0, lt=1)] | None,
        text(
            "a number above 0 and below 1, such as 0.05",
            "Largest share of the answers that may be wrong: sets the threshold by it. Not together with `threshold`; "
            "without either the calibrated threshold is used.",
        ),
    ] = None
    watch: Annotated[
        bool, text("true or false", "Whether a server indexes what changes in the corpus folder, when it changes.")
    ] = True
    uploads: Annotated[
        bool,
        text("true or false", "Whether documents can be added, renamed and deleted over HTTP, by the operator's keys."),
    ] = True
    upload_megabytes: Annotated[
        int, text("a whole number from 1 to 50", "Longest file that is taken, in millions of bytes.", ge=1, le=50)
    ] = 50
    queue: Annotated[
        int,
        text("a whole number from 1 to 1000", "Questions that may wait before others are turned away.", ge=1, le=1000),
    ] = 16
    conversation_days: Annotated[
        Annotated[int, Meta(ge=1, le=36500)] | None,
        text(
            "a whole number from 1 to 36500",
            "Days that the server keeps a conversation after its last question; until it is deleted if not set.",
        ),
    ] = None
    log_level: Annotated[
        Literal["debug", "info", "warning", "error"],
        text("debug, info, warning or error", "How much is logged, to standard error."),
    ] = "info"
    log_format: Annotated[
        LogFormat, text("text or json", "Lines for people, or a JSON object a line for programs.")
    ] = "text"
    log_questions: Annotated[
        bool, text("true or false", "Whether the log's line about a question holds the question itself.")
    ] = False
    otlp_endpoint: Annotated[
        str | None,
        text(
            "an http or https address without a query",
            "The OpenTelemetry collector that traces are sent to, over OTLP/HTTP; nothing is traced if not set.",
        ),
    ] = None
    slack: SlackSettings = SlackSettings()

    @property
    def data_folder(self) -> Path:
        """`data`, or `.footnote` beside the corpus."""
        return self.data if self.data is not None else self.corpus.absolute().parent / ".footnote"

    @property
    def first_corpus(self) -> str:
        """The name of the corpus that is asked where none is named; "" where there is but one, which has none."""
        return self.default_corpus or next(iter(self.corpora), "")

    def of_corpus(self, name: str) -> "Settings":
        """As if there were that corpus alone, with its own data folder; themselves for "" where there is but one."""
        if not self.corpora:
            return self
        data = self.data_folder / FOLDER / name
        return replace(self, corpus=self.corpora[name].folder, data=data, corpora={}, default_corpus=None)

    @property
    def page_url(self) -> str:
        """What absolute links begin with, without a slash at its end: `public_url`, or the address it listens on."""
        if self.public_url is not None:
            return self.public_url.rstrip("/")
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"


class Loaded(Struct, frozen=True):
    """Settings and, for each key, where its value came from ("default", a file, a variable, "command line").

    warnings: sentences about old names that were used.
    """

    settings: Settings
    origins: dict[str, str]
    file: Path | None
    warnings: tuple[str, ...] = ()


_KEYS = keys_of(Settings)
KEYS = tuple(_KEYS)


def allowed(key: str) -> str:
    """What the setting `key` may be, in words."""
    return _KEYS[key].allowed


def description(key: str) -> str:
    """What the setting `key` is for."""
    return _KEYS[key].description


def variable(key: str) -> str | None:
    """The environment variable of the setting `key`; None if only a file can hold it."""
    return _KEYS[key].variable


def value_of(settings: Settings, key: str) -> object:
    """The value of the setting `key`, such as "port" or "slack.bot_token"."""
    return attrgetter(key)(settings)


def shown(key: str, value: object) -> str:
    """A setting's value for people; a secret only as set or not."""
    if value is None:
        return "(not set)"
    if _KEYS[key].is_secret:
        return "(set)"
    if isinstance(value, bool):
        return str(value).lower()
    return ", ".join(value) or "(none)" if isinstance(value, tuple | dict) else str(value)


def load(
    arguments: Mapping[str, object] | None = None,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> Loaded:
    """Read all settings.

    arguments: from the command line; None values count as not given. environment: `os.environ` if None. folder: where
    footnote.toml is looked for, the working folder if None; `FOOTNOTE_CONFIG` names another file.
    Raises SettingsError naming the key, the value and what is allowed, or the two keys that do not go together; the old
    and the new name of one setting do not either.
    """
    variables = os.environ if environment is None else environment
    file = find_file(variables, folder or Path())
    read = [*([from_file(file, _KEYS)] if file else []), from_environment(variables, _KEYS)]
    layers, warnings = renamed(read)
    layers.append({key: (value, "command line") for key, value in (arguments or {}).items() if value is not None})
    layers = one_or_several(layers)
    values: dict[str, object] = {}
    origins = dict.fromkeys(KEYS, "default")
    for layer in layers:
        for key, (value, origin) in layer.items():
            values[key] = _convert(key, value, origin)
            origins[key] = origin
    tables = nested(values)
    slack = SlackSettings(**tables.pop("slack", {}))
    if "corpora" in tables and file is not None:
        tables.setdefault("data", file.absolute().parent / ".footnote")
    loaded = Loaded(Settings(slack=slack, **tables), origins, file, warnings)
    _check_thresholds(loaded)
    check_slack(slack)
    check_corpora(loaded.settings.corpora, loaded.settings.data_folder, loaded.settings.default_corpus)
    check_channels(slack, loaded.settings.corpora)
    return loaded


def _check_thresholds(loaded: Loaded) -> None:
    if loaded.settings.threshold is not None and loaded.settings.max_error_rate is not None:
        threshold, rate = (loaded.origins[key] for key in ("threshold", "max_error_rate"))
        raise SettingsError(
            f"threshold (from {threshold}) and max_error_rate (from {rate}) both say when to abstain: drop threshold "
            "to go by the error rate, or max_error_rate to go by the confidence."
        )


def _convert(key: str, value: object, origin: str) -> object:
    try:
        return checked(key, msgspec.convert(value, _KEYS[key].kind, dec_hook=as_path))
    except (msgspec.ValidationError, ValueError) as error:
        was = "" if _KEYS[key].is_secret else f" is {value!r}"
        raise SettingsError(f"{key} (from {origin}){was}: it must be {allowed(key)}.") from error
