"""How English asks for everything that a corpus has of something."""

from qa.language.forms import Pieces
from qa.language.language import ScanForms, ScanKind


def _verbs(stems: str) -> str:
    """Verbs in all forms: after "+" the third person's ending where that is not "s"; a "/" stands for a final "e"."""
    forms = []
    for verb in stems.split():
        stem, _, third = verb.partition("+")
        plain = stem.removesuffix("/")
        forms.append(f"{plain}(?:{third or 's'}|ed|ing)?" if plain == stem else f"{plain}(?:e|es|ed|ing)")
    return "|".join(forms)


# One that may be absent brings its own space. The repeated one never gives back what it took, so that no question makes
# the search for a form slow.
_PIECES = Pieces(
    {
        "the": r"(?:(?:of )?(?:the|these|those|this|my|our|your|its|both) |(?:all|any|each|every|different|various|"
        r"other|news|two|three|four|five|\d{1,3}) (?:of )?)*+",
        "documents": r"(?:documents|docs|articles|sources|files|papers|reports|texts|pieces|essays|pages|e-?mails|"
        r"memos|pdfs)",
        "document": r"(?:{documents}|document|article|source|file)",
        "place": r"(?:passages?|sentences?|paragraphs?|places|parts|excerpts?|quotes|quotations?|statements)",
        "unit": r"{the}(?:{document}|{place})",
        "times": r"(?:mentions?|occurrences?|appearances?|references?|instances?)",
        "here": r"(?:in|across|throughout|within|by|anywhere in) {the}(?:{document}|corpus|collection|library|archive)",
        "anywhere": r"(?: anywhere| {here})",
        "that": r"(?:(?:there )?(?:are|exist) (?:there )?)?(?:(?:that|which|who) )?(?:(?:do|does|have|has|had) )?"
        r"(?:(?:also|ever|even|actually|explicitly|directly|all|both) )?",
        "about": r"(?:about|regarding|concerning|containing|dealing with|related to|relating to)",
        "speak": r"(?:say|says|said|saying|speaks?|spoke|talks?|talked|talking|writes?|wrote|writing|tells?(?: us)?|"
        r"have to say|has to say)",
        "mention": rf"(?:(?:{_verbs('mention discuss+es referenc/ cit/ contain includ/ quot/ describ/ cover')}"
        rf"|{_verbs('featur/ nam/')})"
        rf"|(?:{_verbs('comment report touch+es')}) (?:up)?on|address(?:es|ed|ing)?"
        r"|refer(?:s|red|ring)? to|deal(?:s|t|ing)? with"
        r"|{speak} (?:(?:anything|something|things|much|more) )?(?:about|of|on)"
        r"|(?:has|have|uses?|used|using) (?=the (?:exact )?(?:words?|terms?|phrase|name|expression)\b|[\"“«]))",
        "say": r"(?:say|says|said|saying|writes?|writing|wrote|thinks?|denies|deny|denied|"
        + _verbs("stat/ claim argu/ suggest assert report maintain not/ agre/ believ/ warn conclud/ indicat/")
        + "|"
        + _verbs("confirm show mention explain")
        + ")",
        "mentioned": r"(?:(?:ever|also|explicitly) )?(?:mentioned|discussed|named|referred to|referenced|cited|quoted|"
        r"described|covered|talked about|written about)",
        "appear": r"(?:appears?|occurs?|comes? up|shows? up|features?|found|used)",
        "ask": r"(?:(?:list|show|find|give|get|enumerate|collect|display|extract|identify|quote|cite|locate|look for|"
        r"search for|count|name|tell)(?: me| us| up| out)? (?:(?:a |the )?(?:full |complete )?list of )?)",
        "all": r"(?:(?:all|every|each)(?: of)? (?:single )?)",
        "is": r"(?:is|are|was|were|does|do|did|has|have)",
        "x": r"(?P<what>.+?)",
    }
)

# The first that fits the whole question decides.
_KINDS: tuple[tuple[ScanKind, str, str, str], ...] = (
    # how many, how often
    (
        "mention",
        r"(?:how many|(?:what is |what's )?(?:the )?number of|count) {unit} {that}{mention} {x}",
        "how many of these articles mention Weir",
        "How many countries joined the league",
    ),
    (
        "mention",
        r"how many {unit} (?:{is} )?(?:there )?{about} {x}(?: are there| do we have)?",
        "How many sentences are about the bridge",
        "How many articles does the constitution have",
    ),
    (
        "mention",
        r"in how many {unit} {is} {x} (?:{mentioned}|{appear})",
        "In how many documents is the mayor mentioned",
        "In how many towns is the mayor mentioned",
    ),
    (
        "mention",
        r"how many {unit} {is} {x} {mentioned} in",
        "How many articles is the mayor mentioned in",
        "How many towns is the mayor mentioned in",
    ),
    (
        "mention",
        r"(?:how many|count) {the}{times} (?:{is} there )?(?:of|to) {x}(?: {is} there)?",
        "How many mentions of Weir are there",
        "How many mills of Weir are there",
    ),
    (
        "mention",
        r"how (?:many times|often) {is} {x} {mentioned}{anywhere}?",
        "how often is the bridge mentioned",
        "how often is the bridge mended",
    ),
    (
        "mention",
        r"how (?:many times|often) {is} {x} {appear}{anywhere}",
        "How many times does the bridge appear in the corpus",
        "How many times does the moon appear in a month",
    ),
    (
        "mention",
        r"how (?:many times|often) do(?:es)? {the}{document} {mention} {x}",
        "how often do the sources mention Weir",
        "how often do the mayors mention Weir",
    ),
    (
        "statement",
        r"how many {the}{document} {that}{say} {x}",
        "how many sources agree that the bridge is not safe",
        "how many towns agree that the bridge is not safe",
    ),
    # which, where, whether any
    (
        "mention",
        r"(?:(?:which|what) {the}(?:{documents}|{place})|which {the}{document}) {that}{mention} {x}",
        "Which sources mention the mayor or the barge",
        "Which sources of energy contain carbon",
    ),
    (
        "mention",
        r"(?:which|what) {the}{documents} {is} (?:there )?{about} {x}",
        "Which documents are about the ferry",
        "Which ferries are about the size of a house",
    ),
    (
        "mention",
        r"(?:in )?(?:which|what) {unit} {is} {x} (?:{mentioned}|{appear})(?: in)?",
        "which article is the barge mentioned in",
        "which article of the treaty forbids slavery",
    ),
    (
        "mention",
        r"where(?: exactly)? (?:is|are) {x} (?:mentioned|discussed|referred to|referenced){anywhere}?",
        "where is the barge mentioned",
        "Where was the mayor quoted as saying so",
    ),
    (
        "mention",
        r"where{anywhere} {is} {x} (?:{mentioned}|{appear})",
        "Where in the documents does the barge appear",
        "Where does the barge appear",
    ),
    (
        "mention",
        r"where {is} {x} {appear}{anywhere}",
        "where does the barge appear in the articles",
        "where does the barge appear in May",
    ),
    (
        "mention",
        r"where do(?:es)? {the}{document} {mention} {x}",
        "where do the articles mention the barge",
        "where do the towns mention the barge",
    ),
    (
        "mention",
        r"do(?:es)? any {the}{document} {mention} {x}",
        "Do any of the sources mention a flood",
        "Do any of the towns mention a flood",
    ),
    (
        "mention",
        r"(?:is|are) there any {times} (?:of|to) {x}",
        "Are there any references to floods",
        "Are there any roads to Weir",
    ),
    (
        "mention",
        r"(?:is|are|was|were) {x} {mentioned} (?:anywhere|in any {the}{document})",
        "Is a flood mentioned anywhere",
        "Is the bridge closed",
    ),
    (
        "statement",
        r"(?:which|what) {the}{documents} {that}{say} {x}",
        "Which sources claim the bridge is unsafe",
        "Which mayors claim the bridge is unsafe",
    ),
    (
        "statement",
        r"which {the}{document} {that}{say} that {x}",
        "Which article says that the bridge is unsafe",
        "Which article says the most",
    ),
    (
        "statement",
        r"do(?:es)? any {the}{document} {say} {x}",
        "Does any article deny that the bridge is closed",
        "Does any town deny that the bridge is closed",
    ),
    # list all, find every
    (
        "mention",
        r"(?:{ask}|{all}|{ask}{all}){the}{times} (?:of|to) {x}",
        "List all mentions of the Bank of Weir in the documents",
        "List the mills of Weir",
    ),
    (
        "mention",
        r"(?:{ask}|{all}){unit} (?:{that}{mention}|(?:that are )?(?:{about}|with|on)) {x}",
        "list every passage that mentions floods",
        "list all documents",
    ),
    (
        "mention",
        r"(?:{ask}|{all}){unit} (?:where|in which) {x} (?:{is} )?(?:{mentioned}|{appear})",
        "show me all sentences where the mayor is quoted",
        "show me all towns where the mayor is quoted",
    ),
    (
        "mention",
        r"{ask}everything (?:(?:that )?{the}{document} {speak} )?(?:about|on) {x}",
        "Find everything about floods",
        "Find something about floods",
    ),
    (
        "mention",
        r"{documents} (?:that|which) {mention} {x}",
        "documents that mention floods",
        "documents that mend floods",
    ),
    (
        "statement",
        r"(?:{ask}|{all}){unit} (?:that |which |where it )?{say} {x}",
        "List all documents that say the bridge is closed",
        "List all towns that say the bridge is closed",
    ),
    # what all of them say
    (
        "mention",
        r"what do(?:es)? (?=all|each|every|different|(?:the )?various){the}{document} {speak} (?:about|of|on) {x}",
        "what does each article say about the flood",
        "What do the documents say about the flood",
    ),
    (
        "mention",
        r"what is (?:said|written) (?:about|of|on) {x} (?:in|across|by) (?=all|each|every){the}{document}",
        "what is said about the flood in all sources",
        "what is said about the flood in Weir",
    ),
    # things, not mentions ("list all ports that China bought"): what is said of them is looked for
    (
        "things",
        r"(?:list|name|enumerate|find|show|give)(?: me| us)? {all}{the}{x}",
        "List all towns that joined the Weir League",
        "List the reasons why the town lends",
    ),
)  # fmt: skip

SCANS = ScanForms(
    kinds=_PIECES.table(_KINDS, "whole"),
    polite=_PIECES.form(
        r"(?:(?:please|kindly|(?:can|could|would|will) you(?: please)?|i (?:want|need|would like)(?: you)? to|tell me|"
        r"let me know|and|so|but|also|then|ok|now)[,:]? )++",
        "Can you find it?",
        "You can find it",
        "start",
    ),
    # Before what is sought, and after it: no part of it.
    head=_PIECES.form(
        r"(?:that |(?:(?:the|a|an|any|some) )?(?:exact |following )?(?:words?|terms?|names?|phrases?|expressions?|"
        r"topics?|subjects?|(?:issue|idea|concept|notion|fact|claim|view)(?= of| that))(?: of| that)?:? )",
        "the exact phrase in my town",
        "the exact town",
        "start",
    ),
    tail=_PIECES.form(
        r",? (?:please|at all|by name|anywhere|{here}|and (?:what|where|how|when|who|why|which)\b.*)$",
        "the flood and what do they say about it",
        "the flood and the fire",
    ),
    # A statement is sought where a mention begins so.
    that_clause=_PIECES.form(r"that ", "that the bridge is closed", "the bridge", "start"),
    negated=_PIECES.form(
        r"\b(?:not|never|without|except|excluding|other than|no mention)\b|n['’]t\b",
        "the flood but not the bridge",
        "the flood at Nottingham",
    ),
    # What is listed for its own sake: reasons and ways are told, not mentioned.
    abstract_things=_PIECES.form(
        r"(?:\w+ ){0,2}(?:reasons?|causes?|ways?|steps?|factors?|points?|arguments?|advantages?|disadvantages?|"
        r"benefits?|drawbacks?|pros|problems?|differences?|similarities|features?|examples?|kinds?|types?|things?|"
        r"effects?|consequences?|conditions?|requirements?)\b",
        "main reasons why the town lends",
        "towns that joined for these reasons",
        "start",
    ),
    denial=_PIECES.form(
        r"\b(?:not(?! only)|no|never|none|nor|neither|without|cannot)\b|n['’]t\b",
        "The bridge isn’t closed.",
        "Not only the bridge is closed.",
    ),
)
