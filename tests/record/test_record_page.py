"""The record as HTML: people's words stay words, and every word of ours can be translated."""

import html
import re
from gettext import NullTranslations

import pytest

from broker.record import page
from broker.record.machine import machine_record
from broker.record.value import Event, Head


class Pseudo(NullTranslations):
    """A language in which every sentence stands in brackets."""

    def gettext(self, message):
        return f"⟦{message}⟧"

    def ngettext(self, one, many, count):
        return f"⟦{one if count == 1 else many}⟧"


# Names, zones and finished sentences that the test's own record holds.
NOT_OURS = {
    "Maren", "Holt", "Dario", "Venn", "It", "is", "about", "two", "children", "parent", "Europe",
    "London", "Handovers", "ff", "ee", "October", "March", "BST", "UTC", "GMT",
}  # fmt: skip


def lay(record, translations=None, **more):
    return page.html(record, machine_record(record), translations or NullTranslations(), **more)


@pytest.mark.parametrize(
    "text",
    ["</p><script>x</script>", "<b>", "&amp; &lt;", '" onload="', "{{ 7*7 }} {% raw %}", "]]>"],
)
def test_attack_17_text_is_only_ever_text(make, text):
    thread = make.thread(make.message(1, text, author=text, topic=text), title=text)
    laid = lay(make.record(thread, case_label=text, requester=text, filters=(text,)))
    assert html.escape(text, quote=False).replace('"', "&#34;") in laid
    assert "<script" not in laid
    assert "<b></" not in laid
    assert "49" not in re.sub("[0-9A-F]{4}-|[0-9a-f]{64}", "", laid)


def test_r6_every_link_stays_inside_the_record(make):
    laid = lay(
        make.record(
            make.thread(make.message(1, "https://example.org"), make.message(2, reply_ref="T3-1"))
        )
    )
    assert set(re.findall(r'(?:href|src)="([^#"][^"]*)"', laid)) == {
        "record:a4.css",
        "record:record.css",
    }
    targets = set(re.findall(r'href="#([^"]+)"', laid))
    assert targets <= set(re.findall(r'id="([^"]+)"', laid))
    assert "m-t3-1" in targets


def test_an_answer_to_a_message_that_is_not_here_is_no_link(make):
    laid = lay(make.record(make.thread(make.message(1, reply_ref="T3-77"))))
    assert "Answers T3-77, which is not in this record." in laid
    assert "#m-t3-77" not in laid


@pytest.mark.parametrize("sign", ["\u202e", "\u202a", "\u2066", "\u2069", "\x00", "\x1b", "\x9f"])
def test_signs_that_would_steer_the_page_are_printed_as_their_number(make, sign):
    laid = lay(make.record(make.thread(make.message(1, f"pay {sign}500"))))
    assert f"[U+{ord(sign):04X}]" in laid
    assert sign not in laid
    assert "printed as their number" in laid


def test_line_breaks_of_every_kind_are_line_breaks():
    assert page.said("a\r\nb\rc\u2028d\u2029e\x85f") == "a\nb\nc\nd\ne\nf"


def test_marks_of_direction_that_steer_nothing_stay():
    assert page.said("a\u200fb\u200dc") == "a\u200fb\u200dc"


def test_a_character_that_no_pinned_font_draws_is_printed_as_its_number(make):
    laid = lay(make.record(make.thread(make.message(1, "漢 a"))), drawable=str.isascii)
    assert "[U+6F22]" in laid
    assert "no shape in the pinned fonts" in laid


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("أنا", [("rtl", "أنا")]),
        ("17:30 שלום", [("rtl", "17:30 שלום")]),
        ("Ada أنا\n\nyes", [("ltr", "Ada أنا\n\nyes")]),
        ("أنا\r\n\r\nyes\n👍", [("rtl", "أنا"), ("ltr", "\nyes\n👍")]),
        ("", [("ltr", "")]),
        ("👍\n17", [("ltr", "👍\n17")]),
    ],
)
def test_each_line_has_the_direction_of_its_first_letter(text, runs):
    assert page.runs(text) == runs


@pytest.mark.parametrize("field", ["author", "to", "topic", "urgent", "text"])
def test_a_text_is_escaped_once(make, field):
    laid = lay(make.record(make.thread(make.message(1, **{field: "a < b"}))))
    assert "a &lt; b" in laid
    assert "&amp;lt;" not in laid


def test_every_sentence_of_the_record_can_be_translated(make):
    thread = make.thread(
        make.message(1, "\x00 漢", urgent="uu", reply_ref="T3-77"), make.imported(1),
        make.message(3, reply_ref="T3-1", accepted_at=make.message().delivered_at), delivered=9,
    )  # fmt: skip
    record = make.record(
        thread, case_label="Holt", filters=("ff",),
        events=(Event(make.message().delivered_at, "ee"),), heads=(Head("hh", 2, "aa"),),
    )  # fmt: skip
    laid = lay(record, Pseudo(), drawable=lambda char: char != "漢")
    data = re.compile(
        r"(?s)<p class=\"text\".*?</p>|<head>.*?</head>|<code>.*?</code>|<dd><code>.*?</dd>"
    )
    shown = html.unescape(re.sub("<[^>]*>", " ", data.sub(" ", laid)))
    while "⟦" in shown:
        shown = re.sub("⟦[^⟦⟧]*⟧", " ", shown)
    left = set(re.findall("[A-Za-z]{2,}", shown))
    assert left <= NOT_OURS


def test_templates_know_every_name_they_use(make):
    assert (
        page._environment(NullTranslations(), str.isascii).undefined.__name__ == "StrictUndefined"
    )
