"""Subtitles: sentences over cues, speakers, and the time as the place."""

from tests.extracted import blocks, document, place, units

SRT = """\
1
00:00:01,000 --> 00:00:03,000
The tide rises

2
00:00:03,100 --> 00:00:05,000
<i>seven metres</i> at {\\an8}Brest.

3
01:02:05,000 --> 01:02:08,000
ANNA: And then?

4
01:02:08,000 --> 01:02:10,000
BOB: It falls.
It always does.
"""
VTT = """\
WEBVTT - The tide

NOTE nobody says this

00:01.000 --> 00:03.000 align:start
<v Ada>The tide &amp; the moon

00:03.000 --> 00:05.000
The tide &amp; the moon
rise together.
"""


def test_sentences_go_on_over_cues_and_have_their_times() -> None:
    made = document(SRT, "a.srt")
    assert blocks(made, "paragraph") == [
        "The tide rises\nseven metres at Brest.",
        "ANNA: And then?",
        "BOB: It falls. It always does.",
    ]
    assert (place(made, "tide"), place(made, "seven"), place(made, "falls")) == ("00:00:01", "00:00:03", "01:02:08")
    assert place(made, "rises\nseven") == "00:00:01 – 00:00:03"
    assert ("sentence", "BOB: It falls.", ("ANNA: And then?",)) in units(made)


def test_what_machines_say_twice_is_read_once() -> None:
    made = document(VTT, "a.vtt")
    assert blocks(made, "paragraph") == ["Ada: The tide & the moon\nrise together."]
    assert document(VTT, "captions").format == "vtt"
    assert document(SRT, "captions").format == "srt"


def test_long_talk_is_cut_where_sentences_end() -> None:
    cue = "{0}\n00:00:{0:02},000 --> 00:00:{0:02},900\nSentence {0} ends.\n"
    made = document("\n".join(cue.format(number) for number in range(1, 31)), "a.srt")
    assert len(blocks(made, "paragraph")) == 3


def test_what_has_no_times_has_no_text() -> None:
    assert "no text" in document("Nothing\n", "a.srt").warnings[0]
