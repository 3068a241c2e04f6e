"""How English asks for the gist of a document, of a subject, or of everything there is."""

from types import MappingProxyType

from qa.language.forms import Pieces
from qa.language.language import SummaryForms, SummaryKind

_PIECES = Pieces(
    {
        "the": r"(?:(?:the|this|that|these|those|a|an|its|all(?: of)?(?: the| these| those)?|each(?: of the)?|every|"
        r"our|my|your)\s+)?",
        "documents": r"(?:documents?|docs?|articles?|files?|papers?|reports?|texts?|sources?|pages?|pdfs?|essays?|"
        r"books?|manuals?|chapters?|stories|story)",
        "plural": r"(?:documents|docs|articles|files|papers|reports|texts|sources|pages|pdfs|essays|books|manuals)",
        "size": r"(?:(?:short|brief|quick|concise|one[- ]paragraph|high[- ]level|general|detailed|long|full|"
        r"\w+[- ]sentence)\s+)*+",
        "gist": r"(?:summary|summaries|gist|overview|outline|synopsis|abstract|digest|main (?:points?|ideas?|"
        r"arguments?|findings?|messages?|conclusions?|takeaways?|claims?)|key (?:"
        r"points?|ideas?|arguments?|findings?|messages?|"
        r"takeaways?)|takeaways?|essence|highlights|bottom line|tl;?dr)",
        "give": r"(?:(?:give|show|write|get|make|provide|tell|send)(?: me| us)?|i (?:want|need|would like)|"
        r"can i (?:have|get))",
        "sum": r"(?:summari[sz]e|sum up|recap|outline|condense|tl;?dr(?:\s*[:,-])?)",
        "say": r"(?:say|says|tell us|write|writes|report|reports|have to say|has to say|teach|explain|reveal)",
        "here": r"(?:in|of|from|across|within)\s+{the}(?:{documents}|collection|corpus|folder|library|archive)",
        "x": r"(?P<what>.+?)",
        "led": r"(?:please|kindly|now|ok|okay|so|and|hey|hi|hello)\W+",
        "ask": r"(?:(?:can|could|would|will) you (?:please |quickly |briefly )?|i (?:want|would like|need) you to |"
        r"let's |briefly |quickly )",
    }
)

_COUNTS = dict(zip("one two three four five six seven eight nine ten".split(), range(1, 11), strict=True)) | {
    "a few": 3,
    "a couple of": 2,
}
_KINDS: tuple[tuple[SummaryKind, str, str, str], ...] = (
    (
        "collection",
        r"(?:{sum}|(?:{give}\s+|what (?:is|are)\s+)?{the}{size}{gist} (?:of|for|from|in))\s+(?:it all|everything|all|"
        r"(?:all(?: of)?(?: the| these| those| my| our)?|each(?: of the)?|every|the whole|the entire|(?:the|"
        r"these|those))\s+"
        r"(?:{plural}|documents?|articles?|files?|collection|corpus|folder|library|archive)|"
        r"(?:the|this|our|my) (?:collection|corpus|folder|library|archive))",
        "Give me an overview of all documents",
        "Give me an overview of all treaties",
    ),
    (
        "collection",
        r"what (?:are|do) (?:(?:all )?(?:the|these|those|my|our)|all) {plural} (?:about|cover|contain|deal with|"
        r"discuss)|"
        r"what (?:is|'s) (?:in|inside) (?:here|(?:the|this|my|our) (?:collection|corpus|folder|library|archive))|"
        r"what (?:is|'s) (?:the|this|my|our) (?:collection|corpus|folder|library|archive) about",
        "What are these documents about",
        "What are these treaties about",
    ),
    (
        "subject",
        r"(?:{sum} )?what (?:do|does|did|can|could) (?P<within>.+?) {say} (?:about|on|of|regarding|concerning) {x}",
        "What do the documents say about the harbour",
        "What do the documents say",
    ),
    (
        "subject",
        r"what (?:is|was|has been) (?:said|written|reported|known) (?:about|on|of|regarding|concerning) "
        r"{x}(?:\s+{here})?",
        "What is said about the harbour in these files",
        "What is the harbour",
    ),
    (
        "subject",
        r"(?:(?:tell|show|give) me )?(?:everything|all|what (?:you know|there is|is known)) (?:about|on) {x}",
        "Tell me everything about the harbour",
        "Tell me about the harbour",
    ),
    ("document", r"what(?: is|'s| was| are) {x} about", "What is the article about", "What about the article"),
    (
        "document",
        r"what (?:does|did|do) {x} (?:say|cover|discuss|deal with|argue|describe|contain|conclude|claim|propose|"
        r"report|find)",
        "What does the Kawa article argue",
        "What does the article argue for",
    ),
    (
        "either",
        r"(?:{sum}|(?:{give}\s+|what (?:is|are|'s)\s+|write\s+)?{the}{size}{gist}(?: of| for| on| from| in| "
        r"about)?)\s+{x}",
        "Give me the gist of the Kawa article",
        "Where is the summit of Kawa",
    ),
    ("document", r"(?:{give} )?(?:{the}{size})(?:{sum}|{gist})", "Give me a summary", "Give me a sum"),
)

SUMMARIES = SummaryForms(
    polite=_PIECES.form(
        r"(?:(?:{led})+(?:{ask})?|{ask})(?:please )?",
        "Could you please sum it up",
        "[Weir]",
        "start",
    ),
    kinds=_PIECES.table(_KINDS, "whole"),
    length=_PIECES.form(
        r"\b(?:in|within|with|to|as)\s+(?:about |at most |no more than |only |just |under )?"
        r"(?P<count>\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|a few|a couple of) (?:short )?"
        r"(?:sentences?|lines?|points?|bullets?(?: points?)?)\b|\b(?P<sized>\w+)[- ]sentence\b",
        "in three sentences",
        "in three towns",
    ),
    brief=_PIECES.form(
        r"\b(?:short|brief|briefly|quick|quickly|concise|tl;?dr|bottom line)\b", "a brief look", "a look"
    ),
    long=_PIECES.form(r"\b(?:detailed|long|longer|full|in detail|thorough|at length)\b", "in detail", "a detail"),
    counts=MappingProxyType(_COUNTS),
    pointing=_PIECES.form(
        r"(?:it|this|that|them|these|those|(?:(?:the|this|that|above|same|last|latest) )*(?:current |open |first )?"
        r"{documents})",
        "this document",
        "the treaty",
        "whole",
    ),
    everything=_PIECES.form(
        r"(?:(?:all|the|these|those|my|our|your|both|various|different|two|three|several|each|any|other)(?: of)? )*"
        r"(?:{plural}|authors?|writers?|experts?|they|you|people|collection|corpus|document|article|text|file)",
        "the documents",
        "the treaty of Weir",
        "whole",
    ),
    document_words=frozenset(
        "document documents doc docs article articles file files paper papers report reports text texts source sources "
        "page pages pdf essay book manual chapter story number no nr by from in of on called named titled "
        "entitled piece "
        "folder author authors written published the a an this that to according".split()
    ),
    document=_PIECES.form(r"\b(?:{documents}|piece|folder)\b", "the Kawa article", "the Kawa treaty"),
    about="What is “{}” about?",
    own=_PIECES.form(
        r"[\W\d_]*(?:abstract|(?:executive |short |brief )?summary|synopsis|key (?:points|takeaways|findings|messages)|"
        r"highlights|main points|in brief|at a glance|tl;?dr|overview|zusammenfassung|résumé|resumen)\b\W*",
        "Executive summary",
        "Summaries of law",
        "whole",
    ),
    own_opening=_PIECES.form(
        r"[\W_]*(?:abstract|summary|synopsis|tl;?dr|executive summary|in brief)\s*[:.—–*_-]+\s*[*_]*\s*",
        "ABSTRACT: The river",
        "Abstract art",
        "start",
    ),
    closing=_PIECES.form(
        r"[\W\d_]*(?:conclusions?|concluding remarks|closing remarks|final (?:remarks|thoughts)|summary and "
        r"conclusions?|"
        r"discussion and conclusions?|outlook|fazit)\b\W*",
        "5. Conclusion",
        "Conclusive proof",
        "whole",
    ),
)
