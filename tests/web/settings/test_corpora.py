"""[corpora]: what it may say, and where each corpus lies."""

from pathlib import Path

import pytest

from index.errors import SettingsError
from web.settings.corpora import CorpusSettings
from web.settings.settings import Settings, load
from web.settings.slack import ChannelSettings

TWO = '[corpora]\nhandbook = "books/hand"\n[corpora.minutes]\nfolder = "minutes"\ntitle = "Our minutes"\n'


def _load(folder: Path, text: str, environment: dict[str, str] | None = None, **arguments: object) -> Settings:
    (folder / "footnote.toml").write_text(text, encoding="utf-8")
    return load(arguments, environment or {}, folder).settings


def test_each_corpus_is_as_if_it_were_alone_and_has_a_data_folder_below(tmp_path: Path) -> None:
    settings = _load(tmp_path, f'data = "kept"\nport = 1\n{TWO}')
    assert settings.corpora == {
        "handbook": CorpusSettings(tmp_path / "books/hand"),
        "minutes": CorpusSettings(tmp_path / "minutes", "Our minutes"),
    }
    assert settings.first_corpus == "handbook"
    assert settings.of_corpus("minutes") == Settings(
        corpus=tmp_path / "minutes", data=tmp_path / "kept/corpora/minutes", port=1
    )


def test_without_data_it_lies_beside_the_file(tmp_path: Path) -> None:
    assert _load(tmp_path, TWO).of_corpus("handbook").data_folder == tmp_path / ".footnote/corpora/handbook"


def test_one_corpus_stays_as_it_is(tmp_path: Path) -> None:
    settings = _load(tmp_path, 'corpus = "x"\n')
    assert (settings.first_corpus, settings.of_corpus("")) == ("", settings)
    assert settings.data_folder == tmp_path / ".footnote"


def test_the_default_is_the_first_or_what_a_later_layer_says(tmp_path: Path) -> None:
    text = f'default_corpus = "minutes"\n{TWO}'
    assert _load(tmp_path, text).first_corpus == "minutes"
    environment = {"FOOTNOTE_DEFAULT_CORPUS": "handbook"}
    assert _load(tmp_path, text, environment).first_corpus == "handbook"
    assert _load(tmp_path, text, environment, default_corpus="minutes").first_corpus == "minutes"


def test_a_folder_on_the_command_line_is_that_folder_alone(tmp_path: Path) -> None:
    settings = _load(tmp_path, TWO, {"FOOTNOTE_DEFAULT_CORPUS": "minutes"}, corpus=Path("other"))
    assert settings == Settings(corpus=Path("other"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[corpora]\n"Hand book" = "a"\n', "corpora.Hand book cannot be the name of a corpus"),
        ('[corpora]\n"../x" = "a"\n', "cannot be the name of a corpus"),
        (f'[corpora]\n{"x" * 41} = "a"\n', "cannot be the name of a corpus"),
        ('[corpora]\ndefault = "a"\n', "the name 'default' is reserved"),
        ('[corpora]\ncon = "a"\n', "the name 'con' is reserved"),
        ('[corpora]\na = "x"\nb = "y/../x"\n', "corpora.a and corpora.b are one folder"),
        ('[corpora]\na = "x"\nb = "x/deep"\n', "corpora.b lies in the folder of corpora.a"),
        ('[corpora]\na = "x/deep"\nb = "x"\n', "corpora.a lies in the folder of corpora.b"),
        ('data = "x/data"\n[corpora]\na = "x"\n', "lies among the documents of corpora.a"),
        ('default_corpus = "c"\n[corpora]\na = "x"\n', "There is no corpus 'c' in [corpora]: there are a"),
        ('default_corpus = "c"\n', "there is no table [corpora]"),
        ('corpus = "x"\n[corpora]\na = "y"\n', "drop one of the two"),
        ("[corpora]\na = 1\n", "corpora (from"),
        ('[corpora]\na = ""\n', "corpora (from"),
        ('[corpora.a]\ntitle = "x"\n', "corpora (from"),
        ('[corpora.a]\nfolder = "x"\ncolour = "red"\n', "corpora (from"),
        ('corpora = "x"\n', "corpora (from"),
        ('[slack.channels.C123]\ncorpus = "b"\n[corpora]\na = "x"\n', "slack.channels.C123 has the corpus 'b'"),
    ],
)
def test_what_does_not_go_is_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SettingsError) as raised:
        _load(tmp_path, text)
    assert said in str(raised.value)


def test_one_and_several_are_an_error_wherever_they_stand(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="corpus \\(from FOOTNOTE_CORPUS\\)"):
        _load(tmp_path, TWO, {"FOOTNOTE_CORPUS": "x"})
    assert _load(tmp_path, TWO, {"FOOTNOTE_CORPUS": ""}).first_corpus == "handbook"
    with pytest.raises(SettingsError, match="give one of the two"):
        _load(tmp_path, TWO, corpus=Path("x"), default_corpus="minutes")


def test_a_hidden_data_folder_may_lie_among_the_documents(tmp_path: Path) -> None:
    assert _load(tmp_path, '[corpora]\na = "."\n').of_corpus("a").corpus == tmp_path


def test_a_channel_may_have_a_corpus(tmp_path: Path) -> None:
    settings = _load(tmp_path, f'{TWO}[slack.channels.C123]\ncorpus = "minutes"\n')
    assert settings.slack.channels == {"C123": ChannelSettings(corpus="minutes")}
