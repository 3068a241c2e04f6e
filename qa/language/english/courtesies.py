"""Courtesies in English, and what is asked of Footnote itself."""

from types import MappingProxyType

from qa.language.forms import Pieces
from qa.language.language import CourtesyForms, CourtesyKind

_PIECES = Pieces(
    {
        "to": r"(?:\s*,?\s*(?:there|all|everyone|everybody|footnote|bot|again|guys|team|folks|friend|assistant|"
        r"sir|madam))*",
        "very": r"(?:(?:very|so|really|all|again|a lot|a million|much|a bunch)\s*)*",
        "ok": r"(?:ok(?:ay)?|k|alright|all right|right|fine|sure|yes|yep|yeah|no|nope|got it|i see|understood|noted|"
        r"cool|nice|great|perfect|excellent|awesome|good|wonderful|brilliant|super|makes sense|very good|well done|"
        r"good (?:job|answer|work)|never ?mind|no problem|sounds good|that(?:'s| is) (?:all|it|good|great|fine|"
        r"helpful)|"
        r"hm+|aha|oh|wow|lol)",
        "thanks": r"(?:thanks?(?: you)?|thank u|thx|ty|cheers|much appreciated|i appreciate (?:it|that|this)|"
        r"many thanks)"
        r"(?:\s+{very})?(?:\s*,?\s*(?:for (?:that|this|it|(?:the|your) (?:help|answer|info|information|reply|"
        r"quick \w+))"
        r"|that (?:helps|helped)(?: a lot)?|that(?:'s| is| was) (?:very |really )?(?:helpful|great|all|perfect|"
        r"useful)))*",
        "hi": r"(?:hi(?:ya)?|hello|hey|howdy|yo|greetings|welcome|good (?:morning|afternoon|evening|day)|bonjour|hallo|"
        r"hola|guten tag|moin|ciao|servus|salut|konnichiwa|namaste)",
    }
)

_SAID: tuple[tuple[CourtesyKind, str, str, str], ...] = (
    ("thanks", r"(?:(?:{ok}|{hi})\W+)*{thanks}{to}(?:\W+{ok})*", "ok, thanks a lot", "Thanks to whom did Weir win?"),
    ("greeting", r"(?:{ok}\W+)?{hi}{to}(?:\W+{hi}{to})*", "Hello there", "Hello Weir, who is mayor"),
    (
        "wellbeing",
        r"(?:{hi}{to}\W+)?(?:how are you(?: (?:doing|today|feeling))*|how(?:'s| is) it going|how do you do|"
        r"what(?:'s| is) up|you ok(?:ay)?)",
        "hi, how are you today",
        "how are you funded by Weir",
    ),
    (
        "farewell",
        r"(?:(?:{ok}|{thanks})\W+)*(?:(?:good ?)?bye(?:[- ]bye)?|see (?:you|ya)(?: (?:later|soon|tomorrow))?|farewell|"
        r"good ?night|take care|cu|so long|have a (?:nice|good|great) (?:day|evening|weekend|one)){to}",
        "ok bye",
        "Bye-laws of Weir",
    ),
    (
        "identity",
        r"(?:{hi}{to}\W+)?(?:(?:so )?(?:who|what) (?:are|r) (?:you|u)(?: exactly| really)?|what(?:'s| is) "
        r"(?:your name|footnote|this"
        r"(?: thing| tool| app| bot| site| page)?)|who (?:made|built|created|wrote|developed) (?:you|footnote)|are you "
        r"(?:a |an )?(?:bot|robot|human|person|real|ai|llm|chatgpt|gpt|machine|language model|chatbot)|"
        r"(?:tell me about|introduce) yourself|is this (?:a |an )?(?:bot|ai|llm|chatgpt|chatbot))",
        "Who are you",
        "Who are you quoting on Weir",
    ),
    (
        "ability",
        r"(?:{hi}{to}\W+)?(?:help(?: me)?(?: please)?|what (?:can|could|do) (?:you|i|we) (?:do|ask|know)(?: for "
        r"me| here| you| about)*|"
        r"what (?:kinds?|sorts?) of (?:questions?|things) can (?:i|you|we) (?:ask|answer|do)(?: you| here)?|"
        r"how (?:do|does|can) (?:you|this|it|i|footnote) (?:work|use (?:you|this|it|footnote))|how (?:should|"
        r"do) i (?:use|ask) "
        r"(?:you|this|it|questions?)|what (?:are|is) (?:you|footnote|this) (?:good )?for|can you help(?: me)?|"
        r"(?:\?|what now|where do i (?:start|begin)|how do i (?:start|begin)))",
        "What can you do for me",
        "What can you do with a lathe in Weir",
    ),
    ("acknowledgement", r"(?:{ok}\W*)++{to}", "ok great", "Okay means what"),
)

COURTESIES = CourtesyForms(
    said=_PIECES.table(_SAID, "whole"),
    replies=MappingProxyType(
        {
            "greeting": "Hello! Ask me about your documents: I answer in their own words and show where each stands.",
            "thanks": "You're welcome.",
            "farewell": "Goodbye. This conversation stays in the list on the page, if you want to go on.",
            "acknowledgement": "Good. Ask on whenever you like.",
            "wellbeing": "All is well here. Ask me about your documents.",
            "identity": "I am Footnote. I answer questions about your documents in their own words, each sentence with "
            "its source, and say so when they do not hold the answer. I make nothing up: nothing here writes text.",
            "ability": "Ask a question about your documents, or for a summary of one (“summarise …”), of a subject "
            "(“what do the documents say about …”) or of all of them. “How many documents mention …” is counted, and "
            "follow-ups such as “and when?” are understood.",
        }
    ),
)
