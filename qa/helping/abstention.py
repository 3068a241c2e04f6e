"""What an abstention tells: which words of the question the documents lack, and two questions that they answer."""

from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from index.corpus import Corpus
from index.globs import fitting
from index.language.folding import fold
from index.sentences.markup import display, sentence_text
from index.types import SourceSummary
from qa.collection.names import named_sources
from qa.helping.limits import HELP_LIMITS
from qa.language.asking import is_unspaced, missing_words, telling_words
from qa.language.english import ENGLISH
from qa.language.language import Language
from qa.types import RetrievedPassage

# Questions that are known to be answered, of the documents whose path matches one of these globs (none means all).
KnownQuestions = Callable[[Sequence[str]], Sequence[str]]


class Help(Struct, frozen=True):
    """missing: see `qa.types.Reply`, and so are the others."""

    missing: tuple[str, ...] = ()
    unmentioned: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    related: bool = False
    suggestions: tuple[str, ...] = ()


def nothing_known(sources: Sequence[str]) -> Sequence[str]:  # noqa: ARG001
    """No question is known to be answered."""
    return ()


def help_for(
    question: str,
    shown: Sequence[RetrievedPassage],
    corpus: Corpus,
    sources: Sequence[str],
    known: KnownQuestions = nothing_known,
) -> Help:
    """The help for a question that is abstained from. shown: the nearest passages. sources: globs of the documents that
    were asked, none means all. Raises what the corpus raises."""
    telling = _telling(question, corpus)
    asked = _of(corpus.sources(), sources)  # of none nothing is said
    unmentioned = [word for word in telling if asked and not _is_mentioned(word, corpus, sources, asked)]
    texts = ["\n".join((each.document_title, each.heading or "", each.text)) for each in shown]
    missing = missing_words(question, texts, corpus)
    apart: list[str] = []
    if asked and telling and not missing and not unmentioned and not corpus.together(telling, sources):
        apart = telling
    return Help(
        missing,
        tuple(unmentioned[: HELP_LIMITS.words]),
        tuple(apart[: HELP_LIMITS.words]) if len(apart) <= HELP_LIMITS.words else (),
        _is_related(telling, texts, corpus),
        suggested(question, shown, corpus, sources, known),
    )


def readable(passages: Sequence[RetrievedPassage], corpus: Corpus) -> tuple[RetrievedPassage, ...]:
    """The passages with their words as a reader sees them. Raises NotFoundError."""
    return tuple(replace(each, display=_display(each, corpus)) for each in passages)


def suggested(
    question: str,
    shown: Sequence[RetrievedPassage],
    corpus: Corpus,
    sources: Sequence[str],
    known: KnownQuestions,
    language: Language = ENGLISH,
) -> tuple[str, ...]:
    """Of the questions that are known to be answered, and those what the nearest documents are about (else the first
    ones), the most like the question."""
    every = _of(corpus.sources(), sources)
    near = list(dict.fromkeys(each.document_id for each in shown))[: HELP_LIMITS.titles]
    named = {each.document_id: each for each in every if each.document_id in near}
    found = [named[each] for each in near if each in named]
    if len(found) < HELP_LIMITS.suggestions:
        found += [each for each in every[: HELP_LIMITS.titles] if each not in found]
    about = [language.summaries.about.format(each.title) for each in found if named_sources(each.title, [each])]
    candidates = list(dict.fromkeys((*known(sources), *about)))
    if not candidates:
        return ()
    own, *others = corpus.embed([question, *candidates])
    order = sorted(range(len(candidates)), key=lambda number: -round(float(own @ others[number]), 4))
    return tuple(candidates[number] for number in order[: HELP_LIMITS.suggestions])


def _telling(question: str, corpus: Corpus, language: Language = ENGLISH) -> list[str]:
    """Its telling words, but for those that only say that documents are asked, and for scripts without spaces, whose
    words have no ends."""
    found = dict.fromkeys(telling_words(question, corpus))
    empty = language.summaries.document_words
    return [word for word in found if word.casefold() not in empty and not is_unspaced(word, corpus)]


def _is_mentioned(word: str, corpus: Corpus, sources: Sequence[str], asked: Sequence[SourceSummary]) -> bool:
    """In whatever form, by another name that the documents have for it, or in what they say of themselves."""
    if corpus.together([word], sources) or corpus.renamings(word):
        return True
    sought, terms = fold(word), set(corpus.terms(word))
    of_themselves = (text for each in asked for text in _of_itself(each))
    return any(sought in fold(text) and terms <= set(corpus.terms(text)) for text in of_themselves)


def _of(every: Sequence[SourceSummary], sources: Sequence[str]) -> list[SourceSummary]:
    fits = fitting(tuple(sources))
    return [each for each in every if fits(each.source)]


def _of_itself(source: SourceSummary) -> Sequence[str]:
    metadata = source.metadata
    stated = (metadata.author, metadata.publisher, metadata.date, metadata.title)
    return [source.source, source.title, *(field.value for field in stated if field is not None)]


def _is_related(telling: Sequence[str], texts: Sequence[str], corpus: Corpus) -> bool:
    """Whether one passage has most of what the question is about."""
    terms = {term for word in telling for term in corpus.terms(word)}
    whole = sum(map(corpus.idf, terms))
    held = (sum(map(corpus.idf, terms.intersection(corpus.terms(text)))) for text in texts)
    return bool(terms) and max(held, default=0.0) >= HELP_LIMITS.related * whole


def _display(passage: RetrievedPassage, corpus: Corpus) -> str:
    """Sentence by sentence, since marks that a passage cuts in two pair with nothing in it."""
    stored = corpus.passage(passage.passage_id)
    document = corpus.document(passage.document_id)
    sentences = corpus.sentences(passage.document_id)[stored.first_sentence : stored.end_sentence]
    return " ".join(filter(None, (sentence_text(document, each) for each in sentences))) or display(passage.text)
