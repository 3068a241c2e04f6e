"""Examples for the API's description, as a server over the shipped documents would answer."""

from typing import Any

_SOURCE = "000_70440dd45b37daba.txt"
_ID = "07d3d813ef121741"
_TITLE = "Japan may support ‘One Belt, One Road’ as a trade-off for constitutional revision"
_QUOTE = (
    "In May, the Japanese government sent Takaya Imai, an executive secretary to Prime Minister Abe, to China to "
    "attend an international forum on the “One Belt, One Road” project, but Abe has made the “openness of "
    "infrastructure” and “transparency” preconditions [for extending support to China] and has yet to show a strong "
    "commitment to cooperation."
)
_POST = (
    "But National Security Secretariat Secretary General Shotaro Yachi is skeptical about the “One Belt, One Road” "
    "initiative."
)
_RIVAL = "Within the government, Yachi has been at loggerheads with Imai."
_OTHER_POST = (
    "When it comes to communication pipelines with Beijing, Tokyo's main channel was National Security Adviser Shotaro "
    "Yachi."
)
_TRIP = "Abe's visit to Beijing was the first official trip by a sitting Japanese leader in seven years."
_CAPTION = (
    "Japanese Prime Minister Shinzo Abe, first from left, met Chinese President Xi Jinping, first from right, on "
    "Friday as part of the first official visit to\u00a0China by a sitting Japanese leader in seven years."
)
_NEXT = (
    "This is where the trade-off scheme between constitutional revision and the One Belt, One Road initiative comes "
    "into play."
)

PASSAGE: dict[str, Any] = {
    "passage_id": 2596997587147884,
    "document_id": _ID,
    "source": _SOURCE,
    "start_char_index": 609,
    "end_char_index": 1077,
    "text": f"{_QUOTE} {_NEXT}",
    "similarity": 0.71,
    "rank": 1,
    "document_title": _TITLE,
    "heading": None,
    "url": f"/sources/{_ID}#char=609,1077",
    "display": "",
}
CITATION: dict[str, Any] = {
    "type": "char_location",
    "number": 1,
    "cited_text": _QUOTE,
    "document_index": 0,
    "document_title": _TITLE,
    "start_char_index": 609,
    "end_char_index": 955,
    "source": _SOURCE,
    "document_id": _ID,
    "passage_id": 2596997587147884,
    "page": None,
    "place": None,
    "boxes": [],
    "heading": None,
    "content_sha256": "1af4f1b3bcdf7ebce8d56804f30abbd728e7da479a0b9d37ec50c74b347b21c0",
    "similarity": 0.71,
    "url": f"/sources/{_ID}#char=609,955",
}


_TRADE: dict[str, Any] = {  # another document of the corpus
    "source": "003_477d697d00413904.txt",
    "document_id": "06275690741084a8",
    "document_title": "Trump's pressure pushed Beijing toward Tokyo",
    "content_sha256": "eb6b21f5d89218bf69d6ac116a948cf9256110113285db96dbeeac1ffa086b19",
}


def _cite(number: int, words: str, start: int, passage_id: int, **document: Any) -> dict[str, Any]:
    """Another citation. document: the fields in which its document differs from that of CITATION."""
    end = start + len(words)
    url = f"/sources/{document.get('document_id', _ID)}#char={start},{end}"
    place = {"start_char_index": start, "end_char_index": end, "passage_id": passage_id, "url": url}
    return {**CITATION, **document, **place, "number": number, "cited_text": words}


def _block(citation: dict[str, Any], *also: dict[str, Any]) -> dict[str, Any]:
    shown = {"type": "text", "text": citation["cited_text"], "kind": "sentence", "lead": "", "entries": [], "about": ""}
    return {**shown, "citations": [citation], "also": list(also)}


def _side(words: str, citation: dict[str, Any], date: str | None) -> dict[str, Any]:
    """A side of a disagreement that one citation gives."""
    start = citation["start_char_index"] + citation["cited_text"].index(words)
    place = {"citation": citation["number"], "start_char_index": start, "end_char_index": start + len(words)}
    return {"text": words, "mentions": [{**place, "date": date}]}


_REPLY: dict[str, Any] = {
    "id": "2cc9fd9d64e74d5d837c35959410b6d9",
    "conversation_id": "08e2a4198d0e44ff97e4259abe681daf",
    "question": "Who was sent to China by the Japanese government in May?",
    "interpreted_as": None,
    "following_up_on": None,
    "passages": [PASSAGE],
    "index_version": "572e3f8910df2430",
    "timings_ms": {"total": 41.2},
    "disagreement": False,
    "groups": [],
    "coverage": "top_k",
    "count": None,
    "missing": [],
    "left_out": [],
    "unread": [],
    "indexing": None,
    "kind": "answer",
    "message": "",
    "within": None,
    "verdict": None,
    "stored": True,
    "unmentioned": [],
    "apart": [],
    "related": False,
    "suggestions": [],
    "language": None,
    "offset_unit": "code_point",
}
ANSWERED: dict[str, Any] = {
    **_REPLY,
    "answered": True,
    "answer": {"text": "Takaya Imai", "citation": 1, "start_char_index": 646, "end_char_index": 657},
    "content": [_block(CITATION)],
    "confidence": 0.91,
    "confidence_label": "VERY_HIGH",
}
_VISIT = _cite(1, _TRIP, 1179, 1809082181186313, **_TRADE)
SAID_AGAIN: dict[str, Any] = {
    **_REPLY,
    "question": "How long had no Japanese leader made an official trip to China?",
    "answered": True,
    "answer": {"text": "seven years", "citation": 1, "start_char_index": 1262, "end_char_index": 1273},
    "content": [_block(_VISIT, _cite(2, _CAPTION, 361, 2817786847626057, **_TRADE))],
    "confidence": 0.88,
    "confidence_label": "VERY_HIGH",
}
_SECRETARY = _cite(1, _POST, 1293, 776943389942720)
_ADVISER = _cite(2, _OTHER_POST, 4257, 4102633794275409, **_TRADE, document_index=1)
DIFFERING: dict[str, Any] = {
    **_REPLY,
    "question": "What was Yachi's post?",
    "answered": True,
    "answer": {
        "text": "National Security Secretariat Secretary General",
        "citation": 1,
        "start_char_index": 1297,
        "end_char_index": 1344,
    },
    "content": [_block(_SECRETARY), _block(_ADVISER)],
    "confidence": 0.74,
    "confidence_label": "HIGH",
    "disagreement": True,
    "groups": [
        _side("National Security Secretariat Secretary General", _SECRETARY, None),
        _side("National Security Adviser", _ADVISER, None),
    ],
}
EXHAUSTIVE: dict[str, Any] = {
    **_REPLY,
    "question": "Which documents mention Yachi?",
    "answered": True,
    "answer": None,
    "content": [
        _block(_SECRETARY),
        _block(_cite(2, _RIVAL, 1415, 776943389942720)),
        _block({**_ADVISER, "number": 3}),
    ],
    "confidence": 0.95,
    "confidence_label": "VERY_HIGH",
    "coverage": "exhaustive",
    "count": {"sought": ["Yachi"], "documents": 2, "documents_scanned": 5, "mentions": 5, "cited": 3},
}
ABSTAINED: dict[str, Any] = {
    **_REPLY,
    "question": "At what temperature does tungsten boil?",
    "answered": False,
    "answer": None,
    "content": [],
    "confidence": 0.12,
    "confidence_label": "LOW",
    "missing": ["temperature", "tungsten", "boil"],
    "unmentioned": ["tungsten", "boil"],
    "suggestions": [
        "How much was the trade between China and Japan worth?",
        f"What is “{PASSAGE['document_title']}” about?",
    ],
}
TABLE = "The ports are:\n\n| Port | Used by |\n|------|---------|\n| 9090 | metrics |\n"


def _value(text: str, label: str) -> dict[str, Any]:
    """A cell of the table, and its column."""
    start, name = TABLE.index(text), TABLE.index(label)
    place = {"citation": 3, "start_char_index": start, "end_char_index": start + len(text), "line": 0, "depth": 0}
    named = {"label": label, "label_start_char_index": name, "label_end_char_index": name + len(label)}
    return {"text": text, **place, **named}


ROW: dict[str, Any] = {  # a content block for a document of TABLE, its citations left out
    "type": "text",
    "text": "The ports are: Port | Used by 9090 | metrics",
    "kind": "row",
    "lead": "The ports are:",
    "entries": [_value("9090", "Port"), _value("metrics", "Used by")],
}
CLAIM: dict[str, Any] = {
    key: CITATION[key] for key in ("document_id", "start_char_index", "end_char_index", "cited_text", "content_sha256")
}
SUGGESTED: dict[str, Any] = {
    "questions": [{"question": "What does China’s Belt and Road Initiative aim to do?"}],
    "complete": False,
}
