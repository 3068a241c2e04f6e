"""The commonest words of European languages, scripts that tell a language, and what is said in some of them.

Words are lower case. `telling` are none of English and none that names are made of: one at least must stand in a
question, so that "Lake Como" and "Universidad de la Habana" are still English questions.
"""

from types import MappingProxyType

from qa.language.others.tongue import ScriptTongue, Tongue


def _set(*texts: str) -> frozenset[str]:
    return frozenset(" ".join(texts).split())


_GERMAN = Tongue(
    code="de",
    name="German",
    telling=_set(
        "wer wen wem wessen wann wo wohin woher warum wieso weshalb wie welche welcher welches welchen welchem wieviel "
        "ist sind waren wurde wurden wird werden gibt heißt bedeutet liegt nicht kein keine und oder über für mit von "
        "sich auch ich mir mich bitte worum",
    ),
    usual=_set(
        "der die das den dem des ein eine einer eines einem einen im am zum zur auf aus bei nach seit um unter vor "
        "zwischen durch gegen ohne war hat haben hatte kann können konnte muss soll sein seine ihr ihre es er sie wir "
        "was man als dass wenn zu es geht",
    ),
    opening=_set("wann warum weshalb wieso woher wohin welche welcher welches wieviel"),
    note="Diese Frage ist auf Deutsch. Footnote liest nur Englisch gut{documents}.",
    documents="; die Dokumente sind auf {}",
    joint=" und ",
    names=MappingProxyType(
        {"en": "Englisch", "de": "Deutsch", "fr": "Französisch", "es": "Spanisch", "it": "Italienisch",
         "pt": "Portugiesisch", "nl": "Niederländisch", "ja": "Japanisch", "zh": "Chinesisch", "ru": "Russisch"}
    ),
)  # fmt: skip
_FRENCH = Tongue(
    code="fr",
    name="French",
    telling=_set(
        "qui que quoi quel quelle quels quelles quand où pourquoi combien est-ce qu'est-ce est sont était étaient "
        "fut furent avec dans pour sur sous chez mais donc aussi cette ces leur leurs nous vous ils elles n'est qu'est "
        "c'est quel-est s'est dit-on expliquez résumez",
    ),
    usual=_set(
        "le la les un une des du de au aux et ou en ce se sa son ses il elle on ne pas plus par ont été être avoir "
        "fait peut comment l d qu à a y dont",
    ),
    opening=_set("quand pourquoi combien quelle quels quelles quel"),
    note="Cette question est en français. Footnote ne lit bien que l’anglais{documents}.",
    documents=" ; les documents sont en {}",
    joint=" et ",
    names=MappingProxyType(
        {"en": "anglais", "de": "allemand", "fr": "français", "es": "espagnol", "it": "italien", "pt": "portugais",
         "nl": "néerlandais", "ja": "japonais", "zh": "chinois", "ru": "russe"}
    ),
)  # fmt: skip
_SPANISH = Tongue(
    code="es",
    name="Spanish",
    telling=_set(
        "quién quiénes qué cuál cuáles cuándo dónde adónde cómo cuánto cuánta cuántos cuántas quien cuando donde "
        "cuanto cuantos cuantas cual cuales es son fue fueron era eran está están hay porque pero también según sobre "
        "entre hasta desde muy ¿",
    ),
    usual=_set(
        "el la los las un una unos unas de del al y o en por para con sin que se su sus lo le les no sí más como ha "
        "han ser estar tiene hizo dice",
    ),
    opening=_set("quién quiénes qué cuál cuáles cuándo dónde cómo cuánto cuánta cuántos cuántas"),
    note="Esta pregunta está en español. Footnote solo lee bien el inglés{documents}.",
    documents="; los documentos están en {}",
    joint=" y ",
    names=MappingProxyType(
        {"en": "inglés", "de": "alemán", "fr": "francés", "es": "español", "it": "italiano", "pt": "portugués",
         "nl": "neerlandés", "ja": "japonés", "zh": "chino", "ru": "ruso"}
    ),
)  # fmt: skip
_ITALIAN = Tongue(
    code="it",
    name="Italian",
    telling=_set(
        "chi quando dove perché perchè cosa quale quali quanto quanti quante è sono era erano fu furono della dello "
        "degli delle nel nella nelle sulla dalla alla anche più dov'è cos'è com'è qual gli",
    ),
    usual=_set("il lo la i le un una uno di da in con su per tra fra e o che non si ha hanno del dei al dal come"),
    opening=_set("perché perchè quale quali quanti"),
)
_PORTUGUESE = Tongue(
    code="pt",
    name="Portuguese",
    telling=_set(
        "quem quando onde porque porquê qual quais quanto quantos quantas é são foi foram era eram está estão não uma "
        "também pelo pela sobre entre até isso você",
    ),
    usual=_set("o a os as um de do da dos das no na nos nas em por para com sem que se e ou ao à mais como tem ter"),
    opening=_set("porquê quem quais quantos"),
)
_DUTCH = Tongue(
    code="nl",
    name="Dutch",
    telling=_set(
        "wie wat wanneer waar waarom waarheen hoe hoeveel welk welke zijn waren werd werden wordt worden heeft hebben "
        "niet geen een het voor naar bij ook maar deze dit uit",
    ),
    usual=_set("de en of in op van met aan door over is had kan moet zou dat die er te om als zich zij hij"),
    opening=_set("wanneer waarom hoeveel"),
)
_SWEDISH = Tongue(
    code="sv",
    name="Swedish",
    telling=_set("vem vad varför hur vilken vilket vilka är och för inte också när många mycket ett som från efter"),
    usual=_set("en den det de i på av till med om var att har hade kan ska blev där han hon"),
    opening=_set("varför vilken vilket"),
)
_DANISH = Tongue(
    code="da",
    name="Danish",
    telling=_set("hvem hvad hvornår hvor hvorfor hvordan hvilken hvilket hvilke og ikke også af blev mange"),
    usual=_set("en et den det de i på til med om er var at har havde kan skal som fra han hun for"),
    opening=_set("hvornår hvorfor hvordan hvilken hvem"),
)
_NORWEGIAN = Tongue(
    code="no",
    name="Norwegian",
    telling=_set("hvem hva når hvor hvorfor hvordan hvilken hvilket hvilke og ikke også av ble mange"),
    usual=_set("en et den det de i på til med om er var at har hadde kan skal som fra han hun for"),
    opening=_set("hvorfor hvordan hvilken hvem"),
)
_POLISH = Tongue(
    code="pl",
    name="Polish",
    telling=_set("kto co kiedy gdzie dlaczego jak ile jaki jaka jakie który która które jest są był była było czy nie"),
    usual=_set("w we z ze na do od po za i oraz się o u dla przez że to ten ta te jego jej ich"),
    opening=_set("dlaczego gdzie kiedy"),
)

TONGUES = (
    _GERMAN, _FRENCH, _SPANISH, _ITALIAN, _PORTUGUESE, _DUTCH, _SWEDISH, _DANISH, _NORWEGIAN, _POLISH,
)  # fmt: skip

_JAPANESE = ScriptTongue(
    code="ja",
    name="Japanese",
    scripts=_set("HIRAGANA KATAKANA"),
    telling=_set("は が を に の で と か も へ"),
    note="この質問は日本語です。Footnoteがよく読めるのは英語だけです{documents}。",
    documents="（文書は{}で書かれています）",
    joint="と",
    names=MappingProxyType(
        {"en": "英語", "de": "ドイツ語", "fr": "フランス語", "es": "スペイン語", "it": "イタリア語",
         "pt": "ポルトガル語", "nl": "オランダ語", "ja": "日本語", "zh": "中国語", "ru": "ロシア語"}
    ),
)  # fmt: skip
_CHINESE = ScriptTongue(
    code="zh",
    name="Chinese",
    scripts=_set("CJK"),
    telling=_set("的 是 了 在 什 谁 誰 哪 吗 嗎 几 幾 何 为 為 有 多 怎 如"),
    note="这个问题是中文的。Footnote 只能很好地阅读英文{documents}。",
    documents="；文档的语言是{}",
    joint="和",
    names=MappingProxyType(
        {"en": "英文", "de": "德文", "fr": "法文", "es": "西班牙文", "it": "意大利文", "pt": "葡萄牙文",
         "nl": "荷兰文", "ja": "日文", "zh": "中文", "ru": "俄文"}
    ),
)  # fmt: skip

# By the first word of its letters' names in Unicode. Of a script that many languages share, the commonest is no guess
# worth making: it is called by the script.
SCRIPT_TONGUES = (
    _JAPANESE,
    _CHINESE,
    ScriptTongue(code="ko", name="Korean", scripts=_set("HANGUL")),
    ScriptTongue(code="el", name="Greek", scripts=_set("GREEK")),
    ScriptTongue(code="he", name="Hebrew", scripts=_set("HEBREW")),
    ScriptTongue(code="th", name="Thai", scripts=_set("THAI")),
    ScriptTongue(code="hy", name="Armenian", scripts=_set("ARMENIAN")),
    ScriptTongue(code="ka", name="Georgian", scripts=_set("GEORGIAN")),
    ScriptTongue(code="und-Cyrl", name="a language in Cyrillic letters", scripts=_set("CYRILLIC")),
    ScriptTongue(code="und-Arab", name="a language in Arabic letters", scripts=_set("ARABIC")),
    ScriptTongue(code="und-Deva", name="a language in Devanagari", scripts=_set("DEVANAGARI")),
)
