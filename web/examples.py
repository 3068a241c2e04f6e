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
    "heading": None,
    "content_sha256": "1af4f1b3bcdf7ebce8d56804f30abbd728e7da479a0b9d37ec50c74b347b21c0",
    "similarity": 0.71,
    "url": f"/sources/{_ID}#char=609,955",
}
_REPLY: dict[str, Any] = {
    "id": "2cc9fd9d64e74d5d837c35959410b6d9",
    "conversation_id": "08e2a4198d0e44ff97e4259abe681daf",
    "question": "Who was sent to China by the Japanese government in May?",
    "interpreted_as": None,
    "passages": [PASSAGE],
    "index_version": "572e3f8910df2430",
    "timings_ms": {"total": 41.2},
    "coverage": "top_k",
    "offset_unit": "code_point",
}
ANSWERED: dict[str, Any] = {
    **_REPLY,
    "answered": True,
    "answer": {"text": "Takaya Imai", "citation": 1, "start_char_index": 646, "end_char_index": 657},
    "content": [{"type": "text", "text": _QUOTE, "citations": [CITATION]}],
    "confidence": 0.91,
    "confidence_label": "VERY_HIGH",
}
ABSTAINED: dict[str, Any] = {
    **_REPLY,
    "question": "At what temperature does tungsten boil?",
    "answered": False,
    "answer": None,
    "content": [],
    "confidence": 0.12,
    "confidence_label": "LOW",
}
CLAIM: dict[str, Any] = {
    key: CITATION[key] for key in ("document_id", "start_char_index", "end_char_index", "cited_text", "content_sha256")
}
