"""The printed record, read again as a court would: its text, links, fonts and embedded file."""

import dataclasses
import hashlib
import io
import re

import pikepdf
import pytest

from broker.record.fonts import FOLDER, pinned
from broker.record.machine import code, machine_record
from broker.record.render import Pdf, make_pdf


def flat(text):
    return " ".join(text.split())


def test_r1_the_cover_says_who_what_when_and_how_much(paper):
    cover = flat(paper.pages[0])
    for said in (
        "RECORD OF MESSAGES", "Maren Holt and Dario Venn", "21 October 2025 to 29 October 2025",
        "Case Holt and Venn. It is about two children.", "Maren Holt, parent; Dario Venn, parent.",
        "A court, at the request of Maren Holt",
        "14 March 2026, 10:05:40 GMT (UTC+0); 14 March 2026, 10:05:40 UTC", "Europe/London.",
        f"6 messages; 1 imported from a file; pages: {len(paper.pages)}",
        "Number 7, record M4TD, software Breakwater 0.1.0",
    ):  # fmt: skip
        assert said in cover


def test_r1_the_number_of_pages_is_the_pdfs_own(paper):
    with paper.open() as pdf:
        assert len(pdf.pages) == paper.pdf.pages == len(paper.pages)


def test_r2_the_statement_of_each_thread_stands_in_the_record(paper):
    said = flat(paper.text)
    assert "T3-1 to T3-10 of thread T3, “Handovers”: 5 of 10 included, 5 withheld." in said
    assert "T5-1 to T5-1 of thread T5, “Money & <b>”: 1 of 1 included, 0 withheld." in said
    assert "4 later messages of thread T3 are not in this record." in said
    assert "Only the topics handovers and school." in said


def test_r2_a_selection_is_marked_on_every_page(paper):
    assert all("PARTIAL" in page for page in paper.pages)


def test_r2_a_whole_record_is_marked_nowhere(make, printed):
    whole = printed(make.record(paper="Letter"))
    assert "PARTIAL" not in whole.text
    with whole.open() as pdf:
        assert {tuple(map(int, page.mediabox)) for page in pdf.pages} == {(0, 0, 612, 792)}


def test_r3_a_message_stands_whole_with_its_number_names_and_time(paper):
    said = flat(paper.text)
    assert "T3-1 Dario Venn to Maren Holt" in said
    assert "Delivered Tuesday 21 October 2025, 10:00:40 BST (UTC+1). Topic: handovers." in said
    assert "Can you collect Ada at 17:30? She needs the blue bag." in said
    assert "Answers T3-1." in said
    assert "Answers T4-8, which is not in this record." in said
    assert "Attachments: letter.pdf (PDF)" in said
    assert "The writer marked it: for today." in said


def test_r3_the_head_of_a_page_names_the_first_message_that_begins_on_it(paper):
    page = next(page for page in paper.pages if "\nT3-9 " in page)
    assert "T3 Handovers, T3-9" in page.splitlines()[0] + page.splitlines()[1]


def test_r3_every_paragraph_of_a_long_message_is_there_in_order(paper):
    found = re.findall(r"Paragraph (\d+)\.", paper.text)
    assert found == [str(number) for number in range(12)]


def test_s4_acceptance_is_printed_only_for_the_message_that_has_it(paper):
    assert paper.text.count("Accepted") == 1


def test_r4_the_change_of_the_clocks_is_noted(paper):
    assert "The clocks changed on 26 October 2025: 02:00 BST (UTC+1) became 01:00 GMT" in flat(
        paper.text
    )


def test_r4_an_imported_message_is_marked_on_the_page(paper):
    said = flat(paper.text)
    assert "T3-i1 From a file, as Dario V Imported on" in said
    assert "sender and time are the file’s claim: Thursday 14 March 2024, 10:05:00 GMT" in said
    assert "1 message of thread T3 was imported from a file." in said


def test_r5_every_foot_holds_page_record_code_and_where_to_check(paper):
    expected = code(machine_record(paper.record))
    assert paper.pdf.code == expected
    for number, page in enumerate(paper.pages, 1):
        assert f"Page {number} of {len(paper.pages)}" in page
        assert "Record M4TD" in page
        assert expected in page
        assert "How to check it offline: see the last page" in page


def test_r5_the_last_page_says_how_to_check_and_what_it_does_not_show(paper):
    last = paper.pages[-1]
    digest = hashlib.sha256(machine_record(paper.record)).hexdigest()
    assert digest in last
    assert "sha256sum record.json" in last
    assert "This PDF carries no signature." in last
    assert "9b1c04e7" * 8 in last


def test_r5_no_link_leads_out_of_the_document(paper):
    with paper.open() as pdf:
        links = [note for page in pdf.pages for note in page.get("/Annots", [])]
        assert links
        assert all("/Dest" in link and "/A" not in link for link in links)


def test_r6_bookmarks_name_the_parts_and_the_months(paper):
    with paper.open() as pdf, pdf.open_outline() as outline:
        titles = {item.title: [child.title for child in item.children] for item in outline.root}
    assert list(titles)[:3] == ["What this record holds", "Contents", "T3 Handovers"]
    assert titles["T3 Handovers"][0] == "October 2025"
    assert "How to check this record" in titles


def test_r6_the_index_names_the_page_on_which_a_part_begins(paper):
    index = next(page for page in paper.pages if "Contents\n" in page)
    page = int(re.search(r"T5 Money & <b>, 1 message[ .]+(\d+)", index)[1])
    assert "T5-1" in paper.pages[page - 1]


def test_r6_emoji_and_other_scripts_can_be_selected_as_text(paper):
    for word in ("👍", "❤", "👨", "Она дома", "Ça va, señora?", "Ω"):
        assert word in paper.text
    letters = set(paper.text)
    assert set("أناتعب") <= letters
    assert set("שלוםכ") <= letters


def dictionaries(pdf, kind):
    found = (thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary))
    return [thing for thing in found if thing.get("/Type") == kind]


def fonts_of(pdf):
    return {str(font["/BaseFont"]).split("+")[-1] for font in dictionaries(pdf, "/Font")}


def test_r6_only_the_pinned_fonts_are_used_and_all_are_embedded(paper):
    ours = {"Charis-SIL", "Charis-SIL-Italic", "Noto-Sans", "Noto-Sans-Bold", "Noto-Serif",
            "Noto-Sans-Mono", "Noto-Naskh-Arabic", "Noto-Serif-Hebrew", "Noto-Color-Emoji",
            "Noto-Sans-Symbols2"}  # fmt: skip
    with paper.open() as pdf:
        used = fonts_of(pdf)
        descriptors = dictionaries(pdf, "/FontDescriptor")
        assert all("/FontFile2" in one or "/FontFile3" in one for one in descriptors)
    assert used <= ours
    assert {"Charis-SIL", "Noto-Naskh-Arabic", "Noto-Serif-Hebrew", "Noto-Color-Emoji"} <= used


def test_r6_every_pinned_font_is_there_byte_for_byte():
    files = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in FOLDER.glob("*.ttf")
    }
    assert files == dict(pinned())


@pytest.mark.parametrize(("pages", "long"), [(350, False), (351, True)])
def test_r6_more_than_350_pages_are_worth_a_warning(pages, long):
    assert Pdf(b"", pages, "", "").long is long


def test_r17_the_same_record_twice_gives_the_same_bytes(paper):
    assert make_pdf(paper.record).data == paper.pdf.data
    assert hashlib.sha256(paper.pdf.data).hexdigest() == paper.pdf.sha256


def test_r17_the_machine_record_is_embedded_as_the_source(paper):
    with paper.open() as pdf:
        assert list(pdf.attachments) == ["record.json"]
        spec = pdf.attachments["record.json"]
        assert spec.get_file().read_bytes() == machine_record(paper.record)
        assert spec.obj["/AFRelationship"] == "/Source"
        assert spec.obj.objgen in [entry.objgen for entry in pdf.Root["/AF"]]


def test_r17_the_pages_are_tagged_and_say_their_language(paper):
    with paper.open() as pdf:
        assert pdf.Root["/MarkInfo"]["/Marked"]
        assert pdf.Root["/Lang"] == "en-GB"
        assert "/StructTreeRoot" in pdf.Root
        with pdf.open_metadata() as meta:
            assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("3", "A")


def test_the_document_names_no_person_outside_its_pages(paper):
    with paper.open() as pdf:
        assert str(pdf.docinfo["/Title"]) == "Record M4TD"
        assert set(pdf.docinfo.keys()) <= {
            "/Title",
            "/Creator",
            "/Producer",
            "/CreationDate",
            "/ModDate",
        }
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20260314100540")
        assert b"Maren" not in pdf.Root["/Metadata"].read_bytes()


def test_a_right_to_left_override_turns_nothing_around(make, printed):
    text = "I owe \u202e005\u202c and \u2067Venn\u2069 owes nothing"
    said = flat(printed(make.record(make.thread(make.message(1, text)))).text)
    assert "I owe [U+202E]005[U+202C] and [U+2067]Venn[U+2069] owes nothing" in said


def test_two_different_records_share_no_code(make, paper):
    other = dataclasses.replace(paper.record, export_number=8)
    assert code(machine_record(other)) != paper.pdf.code


def test_a_long_word_stays_on_the_page(make, printed):
    word = "https://example.org/" + "x" * 500
    found = printed(make.record(make.thread(make.message(1, word + "\n" + "👍" * 800))))
    assert found.text.count("x") >= 500
    assert found.text.count("👍") == 800
    assert io.BytesIO(found.pdf.data).read(5) == b"%PDF-"
