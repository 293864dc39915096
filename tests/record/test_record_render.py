"""The process that makes a record: its limits, and that it reaches nothing (attack 17)."""

import gc
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from broker.record import render
from broker.record.exits import Exit
from broker.record.machine import machine_record
from broker.record.render import Limits, RenderFailed, Step, make_pdf

# Told to the child before it starts: leave at once when anything outside is touched.
GUARD = """
import os, runpy, sys
def guard(event, args):
    if event.startswith(("socket.", "urllib.", "http.", "ftplib.")):
        os._exit(98)
    if event == "open" and str(args[0]).startswith(("/etc/passwd", "/etc/hostname")):
        os._exit(99)
sys.addaudithook(guard)
runpy.run_module("broker.record", run_name="__main__", alter_sys=True)
"""

HOSTILE = [
    '<link rel="attachment" href="file:///etc/passwd">',
    "<link rel=attachment href=file:///etc/hostname>",
    '<img src="http://169.254.169.254/latest/meta-data/">',
    "<img src=//[::1]/x>",
    "<style>@import url('http://127.0.0.1:9/x.css');</style>",
    "@import url(file:///etc/passwd);",
    "background: url(http://127.0.0.1:9/x.png)",
    '<svg><use href="file:///etc/passwd#x"/></svg>',
    '<svg xmlns="http://www.w3.org/2000/svg"><image href="http://127.0.0.1:9/"/></svg>',
    '<object data="file:///etc/passwd"></object>',
    '<embed src="file:///etc/passwd">',
    '<iframe src="http://127.0.0.1:9/"></iframe>',
    '<base href="http://127.0.0.1:9/">',
    '<meta http-equiv="refresh" content="0;url=http://127.0.0.1:9/">',
    '<a href="http://127.0.0.1:9/">press</a>',
    '<p style="content: url(file:///etc/passwd)">x</p>',
    "</style><script>alert(1)</script>",
    "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;",
    '"><link rel=stylesheet href=http://127.0.0.1:9/>',
    "]]><!-- --><b>",
    "{{ config }} {% include '/etc/passwd' %}",
    "%(name)s %s ${HOME}",
    "data:text/html,<b>x</b>",
    "@font-face { font-family: x; src: url(http://127.0.0.1:9/f.ttf) }",
    "#{record:record.css}",
]


def hostile_record(make):
    messages = [
        make.message(number, text, author=text, to=text, topic=text, urgent=text)
        for number, text in enumerate(HOSTILE, 1)
    ]
    text = HOSTILE[0]
    return make.record(
        make.thread(*messages, title=text), case_label=text, requester=text, filters=(text,)
    )


def guarded(data, scratch, code=GUARD):
    words = ["1", str(2**31), "60", str(scratch), str(render.FOLDER)]
    words[0] = "2"  # progress goes to stderr here
    return subprocess.run(
        [sys.executable, "-c", code, *words], input=data, capture_output=True, cwd=render.ROOT,
        env={"PATH": os.defpath, "TMPDIR": str(scratch), "HOME": str(scratch)},
    )  # fmt: skip


def test_attack_17_hostile_text_reaches_no_socket_and_no_file(make, tmp_path):
    done = guarded(machine_record(hostile_record(make)), tmp_path)
    assert done.returncode == Exit.DONE, done.stderr
    assert done.stdout.startswith(b"%PDF-")


def test_the_guard_of_that_test_sees_a_socket_and_a_file(tmp_path):
    for line, status in (("import socket; socket.socket()", 98), ("open('/etc/passwd')", 99)):
        code = GUARD.replace('runpy.run_module("broker.record"', line + '\nrunpy.run_module("x"')
        assert guarded(b"", tmp_path, code).returncode == status


def test_attack_17_hostile_text_is_printed_letter_by_letter(make, printed):
    said = "".join(printed(hostile_record(make)).text.split())
    for text in HOSTILE:
        assert "".join(text.split()) in said


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "http://127.0.0.1:9/", "data:text/css,x", "record:../fonts.py", "x:y"],
)
def test_e4_an_address_that_is_not_ours_ends_the_rendering(make, tmp_path, address):
    code = GUARD.replace(
        "runpy.run_module",
        "from broker.record import page\nreal = page.html\n"
        f"link = '<link rel=stylesheet href=\"{address}\"></head>'\n"
        "page.html = lambda *a: real(*a).replace('</head>', link)\n"
        "runpy.run_module",
    )
    done = guarded(machine_record(make.record()), tmp_path, code)
    assert done.returncode == Exit.ADDRESS, done.stderr
    assert done.stdout == b""


def test_a_connection_is_refused_even_where_the_fetcher_is_not_asked(make, tmp_path):
    code = (
        "import sys, socket\nimport broker.record.__main__ as child\n"
        "sys.addaudithook(child._no_connections)\nsocket.create_connection(('127.0.0.1', 9))"
    )
    done = guarded(b"", tmp_path, code)
    assert b"PermissionError: A record is made without any connection." in done.stderr


def test_r6_without_its_fonts_no_record_is_made_and_the_sentence_says_so(make, tmp_path):
    with pytest.raises(RenderFailed, match="fonts of this installation are missing") as failed:
        make_pdf(make.record(), fonts=tmp_path)
    assert failed.value.exit is Exit.FONTS


def test_r6_a_changed_font_is_as_bad_as_a_missing_one(make, tmp_path):
    for font in render.FOLDER.glob("*.ttf"):
        (tmp_path / font.name).symlink_to(font)
    (tmp_path / "NotoSans-Bold.ttf").unlink()
    (tmp_path / "NotoSans-Bold.ttf").write_bytes(
        b"\0" + (render.FOLDER / "NotoSans-Bold.ttf").read_bytes()
    )
    with pytest.raises(RenderFailed) as failed:
        make_pdf(make.record(), fonts=tmp_path)
    assert failed.value.exit is Exit.FONTS


def test_too_little_memory_ends_in_a_sentence(make):
    with pytest.raises(RenderFailed) as failed:
        make_pdf(make.record(), limits=Limits(memory=100 * 2**20))
    assert failed.value.exit in (Exit.MEMORY, Exit.BROKEN)
    assert str(failed.value)


def test_too_little_time_ends_in_a_sentence_that_names_it(make):
    long = make.thread(*(make.message(number, "Words. " * 200) for number in range(1, 400)))
    with pytest.raises(RenderFailed, match="took too long") as failed:
        make_pdf(make.record(long), limits=Limits(seconds=1))
    assert failed.value.exit is Exit.TIME


def test_progress_tells_the_steps_in_order(make):
    steps = []
    pdf = make_pdf(make.record(), progress=steps.append)
    assert steps[0] == Step("collecting")
    assert steps[1] == Step("setting", 1)
    assert steps[-2:] == [Step("writing", None, pdf.pages), Step("done", None, pdf.pages)]
    later = [step for step in steps if step.name == "setting" and step.pages]
    assert all(step.page <= step.pages for step in later)


def test_a_reader_of_progress_that_fails_leaves_no_process_behind(make):
    def fail(step):
        raise LookupError(step.name)

    with pytest.raises(LookupError):
        make_pdf(make.record(), progress=fail)
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
    gc.collect()


def test_nothing_that_was_written_stands_on_disk_while_the_record_is_made(
    make, tmp_path, monkeypatch
):
    canary = "canary-7f3a in the text"
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    seen = []

    def look(step):
        files = [path for path in Path(tmp_path).rglob("*") if path.is_file()]
        seen.extend(path.name for path in files)
        assert not [path for path in files if b"canary" in path.read_bytes()], step

    make_pdf(make.record(make.thread(make.message(1, canary))), progress=look)
    assert "fonts.conf" in seen
    assert list(tmp_path.iterdir()) == []


def test_the_process_is_given_none_of_our_secrets(monkeypatch, tmp_path):
    monkeypatch.setenv("BREAKWATER_MASTER_KEY", "secret")
    work = render._Work(Limits(), tmp_path, render.FOLDER)
    assert "secret" not in work._environment().values()
    with work._child() as (child, _lines):
        given = Path(f"/proc/{child.pid}/environ").read_bytes()
        child.stdin.close()
        child.stdout.close()
    assert b"secret" not in given
