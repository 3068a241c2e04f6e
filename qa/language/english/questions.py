"""What English questions ask for, told by their form."""

from index.language.lexicon import FINITE_AUXILIARIES, ROLES, alternation
from qa.language.forms import Pieces
from qa.language.language import AnswerType, DocumentField, QuestionForms

# Of the roles, those that are as often something else ("which chair broke", "which metal is a good conductor").
_OTHER_THINGS = frozenset("chair chief conductor editor producer developer critic judge justice saint khan".split())
_PEOPLE = (ROLES - _OTHER_THINGS) | frozenset("person man woman".split())

_PIECES = Pieces(
    {
        "auxiliary": rf"(?:{alternation(FINITE_AUXILIARIES)})",
        "number_noun": r"(?:percentage|percent|proportion|share|number|amount|total|price|cost|size|population|"
        r"temperature|distance)",
        "place_noun": r"(?:country|countries|city|cities|state|nation|continent|region|town|village|place|location|"
        r"capital|province|county|island|river|street|venue)",
        "person_noun": rf"(?:{alternation(_PEOPLE)})",
        "list_noun": r"(?:areas|fields|reasons|points|things|types|kinds|examples|ways|factors|steps|features|parts|"
        r"bits|groups)",
        "is": r"(?:['’]?s| is| are| was| were)",
        # A question that ends so is no request for a definition.
        "dangling": r"(?:he|she|they|it|this|that|about|for|of|in|on|to)",
        "some_words": r"(?:\w+\W+){0,2}?",
        "published": r"(?:written|published|posted|issued|released|appear\w*|dated|c[ao]mes? out|went online)",
    }
)

_ANSWER_TYPES: tuple[tuple[AnswerType, str, str, str], ...] = (
    (AnswerType.REASON, r"\b(?:why|how come)\b", "Why did the bridge fall?", "How did the bridge fall?"),
    (
        AnswerType.REASON,
        r"\bwhat (?:(?:is|was|were|are) the (?:reason|cause)s?|caused|motivated|led to)\b",
        "What were the causes of the flood?",
        "What was the flood of Weir?",
    ),
    (
        AnswerType.REASON,
        r"\b(?:for|by) (?:what|which) (?:reason|cause)s?\b",
        "For what reason was the bridge closed?",
        "For what was the bridge closed?",
    ),
    (AnswerType.REASON, r"\bwhat (?:\w+ )?explains?\b", "What theory explains the tides?", "Who explains the tides?"),
    (
        AnswerType.NUMBER,
        r"\bhow (?:many|much|long|old|far|tall|big|large|high|deep|fast|often|heavy|wide)\b",
        "How many bridges cross the river?",
        "How is steel made?",
    ),
    (
        AnswerType.NUMBER,
        r"\b(?:what|which) (?:\w+ ){0,2}?{number_noun}\b",
        "What percentage of voters stayed at home?",
        "What does it say of the number of voters?",
    ),
    (AnswerType.DATE, r"^\W*{some_words}when\b", "Since when is it open?", "What fell down when the ship came in?"),
    (AnswerType.DATE, r"\bwhen {auxiliary}\b", "Tell me exactly when was it opened", "Tell me exactly when it opened"),
    (
        AnswerType.DATE,
        r"\b(?:what|which) (?:\w+ )?(?:year|date|day|month|century|decade|era)\b",
        "In what year did the war end?",
        "What did the year bring?",
    ),
    # "Who is Ada Byron?" names the person and asks for more; "Who is the mayor?" asks for the name.
    (
        AnswerType.DEFINITION,
        r"^\W*who{is}(?! (?:the|a|an|his|her|their|its|our)\b)(?: [\w.’'-]++){1,3}\W*$",
        "Who is Ada Byron?",
        "Who was the mayor?",
    ),
    (AnswerType.PERSON, r"\b(?:who|whom|whose|whos|whoever|whomever)\b", "Who fell?", "What is the whole story?"),
    (
        AnswerType.PERSON,
        r"\b(?:what|which) (?:(?!(?:{auxiliary}|the|an?|of)\b)\w+ ){0,3}?{person_noun}\b",
        "Which foreign minister signed it?",
        "Read what the minister has signed",
    ),
    (
        AnswerType.LIST,
        r"\b(?:what|which) (?:\w+ ){0,2}?{list_noun}\b",
        "Which areas does the plan cover?",
        "Which area does the plan cover?",
    ),
    (AnswerType.LIST, r"\b(?:list|name (?:all|the|some))\b", "Name all towns on it", "Name it"),
    (AnswerType.PLACE, r"\bwhere\b", "Where is the river's source?", "Whereas it is open"),
    (
        AnswerType.PLACE,
        r"\b(?:what|which) (?:\w+ )?{place_noun}\b",
        "Which country has the longest coast?",
        "Which treaty has the country signed?",
    ),
    (
        AnswerType.DEFINITION,
        r"^\W*(?:what{is}|define|explain|describe|meaning of)\b(?!.*\b{dangling}\W*$)(?=(?:\W+\w+){1,4}\W*(?:$|[,;:]))",
        "What is a suspension bridge?",
        "What was she afraid of?",
    ),
    (
        AnswerType.DEFINITION,
        r"\A(?>.*?\bwhat does ).*?(?: mean| stand for)\b",
        "What does the word weir mean?",
        "What does the mayor want?",
    ),
    (
        AnswerType.DEFINITION,
        r"\b(?:what is meant by|definition of|describe)\b",
        "What is meant by the words of the treaty?",
        "What is the mayor called by the words of the treaty?",
    ),
    (AnswerType.MANNER, r"\bhow\b", "How is steel made?", "It shows off steel"),
    (
        AnswerType.NAME,
        r"\b(?:what|wich) (?:is|was|are|were) the name\b",
        "What is the name of the ship that sank?",
        "What is the weight of the ship that sank?",
    ),
    (AnswerType.NAME, r"\b(?:which|wich)\b", "Which treaty does he praise?", "What does he praise?"),
    (AnswerType.YES_NO, r"^\W*{auxiliary}\b", "Is the bridge open?", "The bridge is open"),
    (AnswerType.DATE, r"\b(?:year|date|month)\W*$", "bridge opening year", "the year of opening"),
    (AnswerType.PLACE, r"^\W*(?:\w+\W+){0,2}{place_noun}\b", "the capital of Weir", "the longest bridge in town"),
    (AnswerType.PERSON, r"^\W*(?:\w+\W+){0,2}{person_noun}\b", "the mayor of Weir", "bridge opened by the mayor"),
)  # fmt: skip

_DOCUMENT_FIELDS: tuple[tuple[DocumentField, str, str, str], ...] = (
    (
        "date",
        r"\A(?>.*?\b(?:when|(?:what|which) (?:\w+ )?(?:date|day|month|year))\b).*?\b{published}\b",
        "When did the report on the bridge come out?",
        "When did the report on the bridge fail?",
    ),
    ("date", r"\b(?:publication|publishing) date\b", "publication date of the report", "date the report"),
    ("date", r"\bdate of\b", "date of the report", "What is the report of?"),
    ("date", r"\bhow recent (?:is|are)\b", "How recent is the article?", "How long is the article?"),
    (
        "author",
        r"\A(?>.*?\b(?:who|whom)\b).*?\b(?:wrote|writes|written|authored)\b",
        "Who wrote the article?",
        "Who wanted the article?",
    ),
    ("author", r"^\W*who sent\b", "Who sent the memo?", "To whom was the memo sent?"),
    (
        "author",
        r"\b(?:authors?|written by|by whom|whose (?:article|piece)|writer|byline)\b",
        "whose article is the one on bridges",
        "which article is the one on bridges",
    ),
    (
        "publisher",
        r"\A(?>.*?\b(?:who|what|which|where)\b).*?\b(?:published|publishes)\b",
        "Who published the leaflet?",
        "Was the leaflet published?",
    ),
    ("publisher", r"\bpublisher\b", "publisher of the leaflet", "publishing the leaflet"),
    ("title", r"\b(?:title|headline)(?: of| has| had| does| did|\W*$)", "What is its title?", "a title for mayors"),
)  # fmt: skip

QUESTIONS = QuestionForms(
    answer_types=_PIECES.table(_ANSWER_TYPES),
    document_fields=_PIECES.table(_DOCUMENT_FIELDS),
    document=_PIECES.form(
        r"\b(?:articles?|pieces?|papers?|essays?|reports?|posts?|documents?|texts?|stor(?:y|ies)|columns?|stud(?:y|ies)|"
        r"memos?|guides?|manuals?|pages?|files?|sources?|editorials?|op-?eds?|commentar(?:y|ies)|briefings?|handbooks?|"
        r"leaflets?|newsletters?|e-?mails?|letters?|minutes|rfcs?|specifications?|interviews?|write-?ups?|blogs?)\b",
        "Who wrote the RFC?",
        "Who wrote the hymn?",
    ),
    # So short a question can only mean the document's own.
    bare_field=_PIECES.form(
        r"^\W*(?:(?:who|what|when){is}?\s)?(?:(?:the|its|it|this|that)\s)?(?:authors?|writers?|wrote (?:it|this|that)|"
        r"written|published|publishers?|title|headline|publication date|date of publication)\W*$",
        "who was the author",
        "who was the author of the hymn",
        "start",
    ),
    count=_PIECES.form(
        r"\b(?:how many|what (?:\w+ )?(?:percent|percentage|proportion|share))\b",
        "What large share of them voted?",
        "How much did they vote?",
    ),
    recent=_PIECES.form(
        r"\b(?:latest|newest|most recent(?:ly)?|current(?:ly)?|up to date|as of (?:now|today)|at present|nowadays|"
        r"(?:the|our|your|their|its) last (?!name\b|(?:two|three|few|\d+)\b))",
        "Which hall was chosen at the last meeting?",
        "Which hall will last longest?",
    ),
    version=_PIECES.form(
        r"\b(?:what|which)\b(?:\W+\w+){0,3}?\W+(?:version|release|firmware|build)\b",
        "What is the latest version?",
        "What is new in the latest version?",
    ),
    reasons=_PIECES.form(
        r"\b(?:because|since|due|owing|account of|so|therefore|thus|hence|thereby|reasons?|caus(?:e[ds]?|ing)|"
        r"le(?:d|ads?|ading) to|results?|resulted|resulting|thanks|in order|aim(?:s|ed|ing)?|purposes?|goals?|for|as|"
        r"after|if|when|until|unless|once|given|mean(?:s|t|ing)|hop(?:e[ds]?|ing)|seeks?|sought|must|can(?:not)?|could|too|"
        r"not|no|that|which|who|why|by|with|from|in response|"
        r"(?:motiv|enabl|requir|influenc|respons|blam|attribut|believ|driv)\w++|"
        r"(?:prevent|avoid|allow|fear|want|need|follow|explain)\w*+|"
        r"to (?!(?:the|an?|his|her|its|their|our|this|that|these|those)\b)[a-z]++)\b|n['’]t\b|[:;—–]",
        "It was closed because of rust.",
        "The plant makes valves.",
    ),
    step_after=_PIECES.form(
        r"\A(?>.*?\b(?:what|which step|how)\b).*?\b(?:after|following|once)\s+(?P<rest>.+)",
        "What do I do after opening the gate?",
        "What do I do with the gate?",
    ),
    step_before=_PIECES.form(
        r"\A(?>.*?\b(?:what|which step|how)\b).*?\bbefore\s+(?P<rest>.+)",
        "What comes before opening the gate?",
        "What comes with the gate?",
    ),
    # "two", "first" and "second" say too many other things.
    telling_ordinals=frozenset("third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()),
)
