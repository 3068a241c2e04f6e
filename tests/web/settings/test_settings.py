"""Settings: the three layers, what is refused and in which words, and the page that documents them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import SettingsError
from tests.paths import ROOT
from web.settings.settings import KEYS, Settings, allowed, description, load, shown, value_of, variable
from web.settings.slack import SlackSettings

DOC = ROOT / "docs" / "settings.md"


@given(in_file=st.none() | st.integers(0, 65535), in_env=st.none() | st.integers(0, 65535),
       argument=st.none() | st.integers(0, 65535))  # fmt: skip
def test_the_command_line_beats_the_environment_beats_the_file(
    tmp_path_factory: pytest.TempPathFactory, in_file: int | None, in_env: int | None, argument: int | None
) -> None:
    folder = tmp_path_factory.mktemp("layers")
    if in_file is not None:
        (folder / "footnote.toml").write_text(f"port = {in_file}\n")
    environment = {} if in_env is None else {"FOOTNOTE_PORT": f" {in_env} "}
    loaded = load({"port": argument}, environment, folder)
    given_values = [value for value in (argument, in_env, in_file) if value is not None]
    assert loaded.settings.port == [*given_values, 8000][0]
    origins = {"command line": argument, "FOOTNOTE_PORT": in_env, str(folder / "footnote.toml"): in_file}
    named = [origin for origin, value in origins.items() if value is not None]
    assert loaded.origins["port"] == [*named, "default"][0]


def test_every_setting_can_be_given_in_the_environment(tmp_path: Path) -> None:
    environment = {
        "FOOTNOTE_CORPUS": "texts",
        "FOOTNOTE_DATA": "index",
        "FOOTNOTE_HOST": "::1",
        "FOOTNOTE_PORT": "0",
        "FOOTNOTE_ALLOWED_HOSTS": "box.lan, other",
        "FOOTNOTE_API_KEY": "a-key",
        "FOOTNOTE_PUBLIC_URL": "https://box.lan/footnote/",
        "FOOTNOTE_EMBEDDING_MODEL": "some/model",
        "FOOTNOTE_ALLOW_DOWNLOAD": "TRUE",
        "FOOTNOTE_TOKENIZER": "cl100k_base",
        "FOOTNOTE_PASSAGE_TOKENS": "64",
        "FOOTNOTE_OVERLAP_SENTENCES": "0",
        "FOOTNOTE_PARSE_SECONDS": "20",
        "FOOTNOTE_PARSE_MEMORY_MB": "1024",
        "FOOTNOTE_READER": "features",
        "FOOTNOTE_MAX_ERROR_RATE": "0.05",
        "FOOTNOTE_WATCH": "false",
        "FOOTNOTE_UPLOADS": "false",
        "FOOTNOTE_UPLOAD_MEGABYTES": "9",
        "FOOTNOTE_QUEUE": "2",
        "FOOTNOTE_CONVERSATION_DAYS": "30",
        "FOOTNOTE_LOG_LEVEL": "debug",
        "FOOTNOTE_LOG_FORMAT": "json",
        "FOOTNOTE_LOG_QUESTIONS": "true",
        "FOOTNOTE_OTLP_ENDPOINT": "http://collector:4318",
        "FOOTNOTE_SLACK_BOT_TOKEN": "xoxb-1",
        "FOOTNOTE_SLACK_SIGNING_SECRET": "0123456789abcdef0123456789abcdef",
        "FOOTNOTE_SLACK_APP_TOKEN": "xapp-1",
        "FOOTNOTE_SLACK_API_URL": "http://127.0.0.1:9/api/",
    }
    assert set(environment) == {variable(key) for key in KEYS} - {
        "FOOTNOTE_THRESHOLD",  # not together with FOOTNOTE_MAX_ERROR_RATE
        "FOOTNOTE_DEFAULT_CORPUS",  # not without [corpora]
        None,
    }
    assert load({}, {"FOOTNOTE_THRESHOLD": "0.5"}, tmp_path).settings == Settings(threshold=0.5)
    assert load({}, environment, tmp_path).settings == Settings(
        corpus=Path("texts"),
        data=Path("index"),
        host="::1",
        port=0,
        allowed_hosts=("box.lan", "other"),
        api_key="a-key",
        public_url="https://box.lan/footnote/",
        embedding_model="some/model",
        allow_download=True,
        tokenizer="cl100k_base",
        passage_tokens=64,
        overlap_sentences=0,
        parse_seconds=20,
        parse_memory_mb=1024,
        reader="features",
        max_error_rate=0.05,
        watch=False,
        uploads=False,
        upload_megabytes=9,
        queue=2,
        conversation_days=30,
        log_level="debug",
        log_format="json",
        log_questions=True,
        otlp_endpoint="http://collector:4318",
        slack=SlackSettings("xoxb-1", "0123456789abcdef0123456789abcdef", "xapp-1", "http://127.0.0.1:9/api/"),
    )


def test_an_empty_variable_counts_as_not_set(tmp_path: Path) -> None:
    assert load({}, {"FOOTNOTE_API_KEY": "", "FOOTNOTE_PORT": " "}, tmp_path).settings == Settings()


def test_a_file_can_be_named_and_its_paths_are_its_own(tmp_path: Path) -> None:
    file = tmp_path / "there" / "mine.toml"
    file.parent.mkdir()
    file.write_text('corpus = "texts"\nallowed_hosts = ["a.example"]\n')
    loaded = load({}, {"FOOTNOTE_CONFIG": str(file)}, tmp_path)
    assert loaded.settings.corpus == file.parent / "texts"
    assert loaded.settings.data_folder == file.parent / ".footnote"
    assert loaded.settings.allowed_hosts == ("a.example",)
    assert loaded.file == file


def test_data_lives_beside_the_corpus_unless_told_otherwise(tmp_path: Path) -> None:
    assert Settings(corpus=tmp_path / "texts").data_folder == tmp_path / ".footnote"
    assert Settings(corpus=tmp_path / "texts", data=tmp_path / "x").data_folder == tmp_path / "x"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("port", "65536"),
        ("port", "-1"),
        ("port", "eighty"),
        ("host", "two words"),
        ("host", "example.org"),
        ("allow_download", "maybe"),
        ("passage_tokens", "1"),
        ("overlap_sentences", "1.5"),
        ("parse_seconds", "0"),
        ("parse_memory_mb", "64"),
        ("threshold", "1.01"),
        ("threshold", "nan"),
        ("max_error_rate", "0"),
        ("max_error_rate", "1"),
        ("max_error_rate", "5%"),
        ("queue", "0"),
        ("conversation_days", "0"),
        ("conversation_days", "36501"),
        ("conversation_days", "1.5"),
        ("log_level", "loud"),
        ("log_format", "xml"),
        ("log_questions", "some"),
        ("otlp_endpoint", "collector:4318"),
        ("otlp_endpoint", "http://user:word@collector"),
        ("corpus", "\0"),
    ],
)
def test_a_bad_value_names_the_key_the_value_and_what_is_allowed(key: str, value: str, tmp_path: Path) -> None:
    name = f"FOOTNOTE_{key.upper()}"
    with pytest.raises(SettingsError) as caught:
        load({}, {name: value}, tmp_path)
    message = str(caught.value)
    assert key in message
    assert name in message
    assert repr(value) in message
    assert allowed(key) in message


@pytest.mark.parametrize("text", ["port = '8000'", "port = true", "data = 3", "corpus = ''", "allowed_hosts = 'a'"])
def test_the_file_is_typed(text: str, tmp_path: Path) -> None:
    (tmp_path / "footnote.toml").write_text(text)
    with pytest.raises(SettingsError, match=text.split(" ")[0]):
        load({}, {}, tmp_path)


@pytest.mark.parametrize("key", ["with space", "\u00fcml\u00e4ut", "x" * 201, "tab\tbed"])
def test_a_bad_key_is_never_shown(key: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="api_key") as caught:
        load({}, {"FOOTNOTE_API_KEY": key}, tmp_path)
    assert key not in str(caught.value)
    assert "hush" not in shown("api_key", "hush")


def test_two_settings_that_decide_the_same_are_refused_wherever_they_stand(tmp_path: Path) -> None:
    (tmp_path / "footnote.toml").write_text("threshold = 0.3")
    with pytest.raises(
        SettingsError, match=r"threshold \(from .*footnote.toml\) and max_error_rate \(from FOOTNOTE_MAX_ERROR_RATE\)"
    ):
        load({}, {"FOOTNOTE_MAX_ERROR_RATE": "0.05"}, tmp_path)


@pytest.mark.parametrize(("old", "new", "value"), [("bar", "threshold", 0.3), ("most_wrong", "max_error_rate", 0.2)])
def test_an_old_name_still_works_and_is_warned_of(old: str, new: str, value: float, tmp_path: Path) -> None:
    by_variable = load({}, {f"FOOTNOTE_{old.upper()}": str(value)}, tmp_path)
    (tmp_path / "footnote.toml").write_text(f"{old} = {value}")
    for loaded in (by_variable, load({}, {}, tmp_path)):
        assert value_of(loaded.settings, new) == value
        (warning,) = loaded.warnings
        assert f"{old} (from {loaded.origins[new]}) is called {new} now" in warning
    assert load({}, {"FOOTNOTE_RULER": "cl100k_base"}, tmp_path / "empty").settings.tokenizer == "cl100k_base"
    with pytest.raises(SettingsError, match=rf"{old} \(from .*\) and {new} \(from .*\) are one setting"):
        load({}, {f"FOOTNOTE_{new.upper()}": str(value)}, tmp_path)
    with pytest.raises(SettingsError, match=rf"{new} \(from FOOTNOTE_{old.upper()}\)"):
        load({}, {f"FOOTNOTE_{old.upper()}": "much"}, tmp_path / "empty")
    assert load({}, {}, tmp_path / "empty").warnings == ()


def test_unknown_names_are_refused_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"FOOTNOTE_PROT .* did you mean FOOTNOTE_PORT"):
        load({}, {"FOOTNOTE_PROT": "1"}, tmp_path)
    (tmp_path / "footnote.toml").write_text("colour = 'red'\n")
    with pytest.raises(SettingsError, match=r"colour .*known are corpus"):
        load({}, {}, tmp_path)


@pytest.mark.parametrize("content", [b"port = ", b"\xff", b"a = " + b"[" * 5000])
def test_a_file_that_is_no_toml_is_named(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "footnote.toml").write_bytes(content)
    with pytest.raises(SettingsError, match=r"footnote\.toml cannot be read as TOML"):
        load({}, {}, tmp_path)


def test_a_named_file_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="FOOTNOTE_CONFIG"):
        load({}, {"FOOTNOTE_CONFIG": str(tmp_path / "none.toml")}, tmp_path)


def test_a_table_and_variables_make_one_set_of_slack_settings(tmp_path: Path) -> None:
    (tmp_path / "footnote.toml").write_text('[slack]\napp_token = "xapp-1-A"\nbot_token = "xoxb-old"\n')
    loaded = load({}, {"FOOTNOTE_SLACK_BOT_TOKEN": " xoxb-new "}, tmp_path)
    assert loaded.settings.slack == SlackSettings(bot_token="xoxb-new", app_token="xapp-1-A")
    assert loaded.origins["slack.bot_token"] == "FOOTNOTE_SLACK_BOT_TOKEN"
    assert loaded.origins["slack.app_token"] == str(tmp_path / "footnote.toml")
    assert loaded.origins["slack.api_url"] == "default"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("slack.bot_token", "xoxp-hush-1"),
        ("slack.bot_token", "xoxb-hush 1"),
        ("slack.app_token", "xoxb-hush-1"),
        ("slack.signing_secret", "hush-hush"),
    ],
)
def test_a_bad_slack_credential_is_named_and_never_shown(key: str, value: str, tmp_path: Path) -> None:
    name = str(variable(key))
    with pytest.raises(SettingsError, match=rf"{key} \(from {name}\): it must be ") as caught:
        load({}, {name: value}, tmp_path)
    assert "hush" not in str(caught.value)
    assert allowed(key) in str(caught.value)
    assert shown(key, "xoxb-hush-1") == "(set)"


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({"BOT_TOKEN": "xoxb-1"}, r"slack\.signing_secret .* slack\.app_token"),
        ({"APP_TOKEN": "xapp-1"}, r"slack\.app_token is set and slack\.bot_token is not"),
        ({"SIGNING_SECRET": "a" * 32}, r"slack\.signing_secret is set and slack\.bot_token is not"),
        ({"API_URL": "http://slack.example/api/"}, r"slack\.api_url"),
        ({"API_URL": "https://slack.example/api"}, r"slack\.api_url"),
        ({"API_URL": "https://[/"}, r"slack\.api_url"),
        ({"BOT_TOKNE": "xoxb-1"}, "did you mean FOOTNOTE_SLACK_BOT_TOKEN"),
    ],
)
def test_slack_settings_that_do_not_go_together_say_what_to_set(
    environment: dict[str, str], told: str, tmp_path: Path
) -> None:
    with pytest.raises(SettingsError, match=told):
        load({}, {f"FOOTNOTE_SLACK_{name}": value for name, value in environment.items()}, tmp_path)


def test_slack_must_be_a_table(tmp_path: Path) -> None:
    (tmp_path / "footnote.toml").write_text('slack = "on"\n')
    with pytest.raises(SettingsError, match=r"slack .*begin it with \[slack\]"):
        load({}, {}, tmp_path)
    (tmp_path / "footnote.toml").write_text('[slack]\nbot_tokne = "hush"\n')
    with pytest.raises(SettingsError, match=r"slack\.bot_tokne .* did you mean slack\.bot_token"):
        load({}, {}, tmp_path)


def test_the_page_documents_every_setting_and_no_other() -> None:
    rows = [line for line in DOC.read_text().splitlines() if line.startswith("| `")]
    expected = [
        f"| `{key}` | {_named(variable(key))} | {shown(key, value_of(Settings(), key))} | {allowed(key)} "
        f"| {description(key)} |"
        for key in KEYS
    ]
    assert rows == expected


@pytest.mark.parametrize(
    "value",
    ["box.lan", "ftp://box.lan", "https://", "https://a b", "https://box/?q=1", "https://box/#a", "https://u@box", ""],
)
def test_a_public_url_is_one_that_links_can_begin_with(value: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="public_url"):
        load({"public_url": value}, {}, tmp_path)


def test_links_begin_with_the_public_url_or_the_address_listened_on() -> None:
    assert Settings(public_url="https://box.lan/footnote/").page_url == "https://box.lan/footnote"
    assert Settings(port=8123).page_url == "http://127.0.0.1:8123"
    assert Settings(host="::1").page_url == "http://[::1]:8000"


def _named(name: str | None) -> str:
    return f"`{name}`" if name else "(file only)"
