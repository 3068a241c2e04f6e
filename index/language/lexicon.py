"""The closed classes of English, and the classes of nouns and numerals that rules steer by: the one place of each.

Words are lower case. Nothing here is of a subject; what a rule needs beside them it composes from these.
"""

from collections.abc import Iterable
from types import MappingProxyType


def _set(*texts: str) -> frozenset[str]:
    return frozenset(" ".join(texts).split())


def alternation(words: Iterable[str]) -> str:
    """The words as a regular expression's choice, longest first, so that a word never hides one it begins."""
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


# --- determiners and pronouns ---

ARTICLES = _set("a an the")
DEMONSTRATIVES = _set("this that these those")
SUBJECT_PRONOUNS = _set("i you he she it we they")
OBJECT_PRONOUNS = _set("me you him her it us them")
POSSESSIVES = _set("my your his her its our their")
QUANTIFIERS = _set(
    "all any both each either every few many more most much neither no none other others several some such"
)
WH_WORDS = _set("who whom whose what which when where why how whether")

# --- verbs ---

BE = _set("be am is are was were been being")
HAVE = _set("have has had having")
DO = _set("do does did doing done")
MODALS = _set("can could will would shall should may might must")
AUXILIARIES = BE | HAVE | DO | MODALS
# That can stand before a subject: a question begins with one, and a clause has one before its verb.
FINITE_AUXILIARIES = _set("is are was were do does did has have had can could will would should")
NEGATIONS = _set("no not none nor never neither nobody nothing nowhere cannot without")

# --- joining words ---

PREPOSITIONS = _set(
    "about above after against among around as at before behind below beside between beyond by despite down during for "
    "from in inside into like near of off on onto out outside over per since than through throughout to toward towards "
    "under until up upon via with within without"
)
CONJUNCTIONS = _set("and but or nor so yet if because although though while whereas unless since as than that when")
CONNECTIVES = _set(
    "however therefore meanwhile moreover additionally besides furthermore thus hence consequently instead "
    "nevertheless nonetheless also then indeed finally"
)

# --- what a question is made of, but for what it is about ---

# Verbs and adverbs that people ask with: "tell me more about", "how many are there now".
_ASKING = _set(
    "again came come further get give go got here just let now once one only own please same tell there thing too use "
    "used very"
)
_SPELT_SO = _set("wich whats s t re ve ll d m")  # slips, and what an apostrophe leaves behind
# Of the closed classes, those that searching is the better for.
_WORTH_SEARCHING = _set(
    "against among around beside behind beyond inside outside without none neither nobody nothing nowhere never cannot "
    "either every others several whereas unless furthermore thus hence consequently instead nevertheless nonetheless "
    "indeed finally yet toward towards throughout via"
)
# What steers a question's form and says nothing of its subject: what is left are its content words.
FUNCTION_WORDS = (
    ARTICLES | DEMONSTRATIVES | SUBJECT_PRONOUNS | OBJECT_PRONOUNS | POSSESSIVES | _set("hers itself") | WH_WORDS
    | AUXILIARIES | PREPOSITIONS | CONJUNCTIONS | CONNECTIVES | QUANTIFIERS | NEGATIONS | _ASKING | _SPELT_SO
) - _WORTH_SEARCHING  # fmt: skip

# --- names ---

# Small words inside a name: English ones, and the particles of names in other languages.
NAME_LINKS = _set("of the and for on in to at")
NAME_PARTICLES = _set(
    "de del della der den des di do dos das du da la le les los von van zu zum ter ten bin ibn al el und y e"
)
# Forms of address and offices that stand right before a name and are no part of it.
HONORIFICS = _set(
    "mr mrs ms miss mx dr sir lord lady dame prof professor st saint jr sr rev hon gen col capt maj lt sgt sen gov"
)
OFFICES = _set(
    "president minister premier chancellor king queen emperor empress prince princess tsar pope saint secretary "
    "general chief chairman chairwoman chair director governor mayor senator ambassador captain colonel major admiral "
    "judge justice professor doctor bishop archbishop khan sultan"
)
# What stands before an office or a name and belongs to the office: "former Deputy Prime Minister".
OFFICE_PARTS = _set("vice prime general former late foreign deputy executive acting chief")
# What a person is or does, as an apposition says it: "Ada Byron, a miller".
ROLES = OFFICES - _set("major") | _set(
    "engineer architect leader founder author writer poet novelist playwright inventor scientist physicist chemist "
    "biologist mathematician astronomer philosopher economist historian theologian sociologist psychologist politician "
    "diplomat spokesman spokeswoman spokesperson lawyer attorney journalist editor reporter actor actress singer "
    "musician composer artist painter sculptor photographer player coach manager executive entrepreneur businessman "
    "businesswoman banker merchant soldier officer commander explorer missionary priest monk reformer activist "
    "researcher scholar analyst expert teacher student physician surgeon nurse biochemist botanist geologist linguist "
    "anthropologist archaeologist producer filmmaker screenwriter designer programmer developer ruler statesman "
    "strategist advisor adviser aide lawmaker legislator congressman ceo cofounder co-founder successor heir "
    "footballer pianist violinist conductor critic translator naturalist official"
)
# The last word of the name of something that is no person: "the Nordic Reconstruction Bank".
INSTITUTIONS = _set(
    "party bank ministry council university company committee association institute agency office group union league "
    "forum initiative project treaty agreement war act plan corporation congress parliament government police army "
    "fund organization organisation band club team society church college school press times journal post news "
    "countries states nations islands people department court commission foundation republic kingdom conference summit "
    "river sea ocean mountain lake street road belt bridge tower academy festival album award awards museum hospital "
    "airport station stadium cup"
)
# Words of a name that do not tell it from a shorter form of it: "Weir City", "Acme Corp".
GENERIC_NAME_WORDS = _set("city town village state province county republic company co corporation corp inc ltd plc")

# --- dates ---

MONTHS = tuple("january february march april may june july august september october november december".split())
# Each way a month is written, without a stop -> 1 to 12.
MONTH_NUMBERS = MappingProxyType(
    {name: number for number, name in enumerate(MONTHS, 1)}
    | {name[:3]: number for number, name in enumerate(MONTHS, 1)}
    | {"sept": 9}
)
WEEKDAYS = tuple("monday tuesday wednesday thursday friday saturday sunday".split())
SEASONS = _set("spring summer autumn winter fall")

# --- numbers ---

ONES = tuple(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen".split()
)
TENS = tuple("twenty thirty forty fifty sixty seventy eighty ninety".split())
# Of words below a hundred, the value.
SMALL_NUMBERS = MappingProxyType(
    {word: number for number, word in enumerate(ONES)} | {word: 10 * n for n, word in enumerate(TENS, 2)}
)
SCALES = MappingProxyType(
    {"hundred": 100, "dozen": 12, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
)
_ORDINAL_ONES = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth"
).split()
# "first" -> 1 to "ninety-ninth" -> 99, the compound ones with a hyphen.
ORDINALS = MappingProxyType(
    {word: number for number, word in enumerate(_ORDINAL_ONES, 1)}
    | {f"{ten[:-1]}ieth": 10 * n for n, ten in enumerate(TENS, 2)}
    | {f"{ten}-{one}": 10 * n + m for n, ten in enumerate(TENS, 2) for m, one in enumerate(_ORDINAL_ONES[:9], 1)}
)

# --- parts of documents, in the languages of the abbreviations' lists ---

# Stand before the number of a part: "Section 4", "Kapitel 2".
SECTION_WORDS = _set(
    "section sec. article art. clause rule chapter part appendix annex schedule paragraph para. "
    "abschnitt artikel kapitel teil anhang paragraf anlage ziffer absatz "
    "chapitre partie annexe titre alinéa sección artículo capítulo cláusula sezione articolo capitolo parte "
    "allegato hoofdstuk lid bijlage paragraaf artigo seção secção rozdział dział раздел статья глава пункт"
)
# Stand before the number of a step: "Step 3: Close the lid."
STEP_WORDS = _set("step schritt étape etape paso passo passaggio stap steg krok шаг trin vaihe")
# Keys whose value names the record they stand in, wherever it stands in it.
NAME_KEYS = _set(
    "name title subject product item "
    "titel betreff bezeichnung nom titre objet produit nombre título asunto producto nome titolo oggetto prodotto "
    "naam onderwerp nazwa tytuł temat имя название тема"
)
# Keys of the heads of letters, mails and minutes.
HEAD_KEYS = _set(
    "from to cc bcc subject date sent author authors title reply-to present attendees chair location "
    "von an betreff datum gesendet de para asunto fecha enviado à objet date envoyé da a oggetto data aan onderwerp"
)
# Keys of questions and of their answers.
ASK_WORDS = _set("q question frage pregunta domanda vraag pergunta pytanie вопрос 問 问")
ANSWER_WORDS = _set("a answer antwort réponse reponse respuesta risposta antwoord resposta odpowiedź ответ 答")
# Keys of a mail's head that name who sent it.
SENDER_KEYS = _set("from von de da van fra från od от 发件人 差出人")

# What the box before a task says.
TASK_STATES = {"[ ]": "not done yet, open", "[x]": "done, finished"}

# --- words broken at the end of a line ---

# Before a hyphen that is the word's own: "long-term", "vice-president".
HYPHENATED_FIRST = _set(
    "long short high low well ill self non ex vice quasi half all cross full hard soft off single double triple multi "
    "one two three four five six seven eight nine ten twenty thirty forty fifty sixty seventy eighty ninety first "
    "second third open closed small large big deep wide real same user year day week month hour "
    "problem decision data time cost fire water energy state-of"
)
# What may follow those without a hyphen, as the rest of one word: "short-age", "wide-ning".
WORD_REST = _set(
    "age er ers ly ness en ens ening ened ning est ish ing ings ed al ary ation ist istic ization ity way ways"
)
# After a hyphen that is the word's own: "smoke-free", "user-friendly".
HYPHENATED_LAST = _set(
    "based free friendly like wide term time level party specific related oriented driven made making proof ready "
    "year-old up down off on out side scale end speed quality resistant aware known minded sized shaped president"
)
# After a hyphen that stands for a word to come: "one- and two-storey", "Ein- und Ausgang".
SUSPENDING = _set("and or to und oder bis bzw et ou y o e en of och og eller i lub")
