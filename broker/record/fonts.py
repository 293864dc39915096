"""The fonts of the record: pinned with the installation by their hashes, never the system's (R6).

A record looks the same on every machine, and its text can be drawn, only if the fonts are known.
So a missing or changed font file is a refusal, not a reason to take another. Knows nothing of
records.
"""

import hashlib
import os
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path
from xml.sax.saxutils import escape

FOLDER = Path(__file__).parent / "fonts"


def pinned() -> Mapping[str, str]:
    """Read which fonts belong to this version, each with its SHA-256 (`sha256sum` format)."""
    lines = (FOLDER / "SHA256SUMS").read_text().splitlines()
    return {name: digest for digest, name in (line.split() for line in lines)}


_FOR_WORDS = [
    "CharisSIL-Regular.ttf",
    "NotoSerif-Regular.ttf",
    "NotoNaskhArabic-Regular.ttf",
    "NotoSerifHebrew-Regular.ttf",
    "NotoColorEmoji.ttf",
    "NotoSansSymbols2-Regular.ttf",
]


class FontsMissing(RuntimeError):
    """A pinned font is not there, or is not the file it has to be."""

    def __init__(self, names: list[str]) -> None:
        self.names = names
        super().__init__(f"Pinned fonts are missing or changed: {', '.join(names)}.")


def check_fonts(folder: Path = FOLDER) -> None:
    """Refuse with `FontsMissing` unless every pinned font is there, byte for byte."""
    wrong = [name for name, digest in pinned().items() if _digest(folder / name) != digest]
    if wrong:
        raise FontsMissing(wrong)


def _digest(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None


def use_only(folder: Path, scratch: Path) -> None:
    """Point fontconfig at one folder alone. To be called before Pango is loaded."""
    conf = scratch / "fonts.conf"
    conf.write_text(_CONF.format(folder=escape(str(folder)), cache=escape(str(scratch / "cache"))))
    os.environ["FONTCONFIG_FILE"] = str(conf)
    os.environ.pop("FONTCONFIG_PATH", None)


# Fontconfig scales pictures (the emoji) only when told to: these two rules are its own, of
# 10-scale-bitmap-fonts.conf, and have to be repeated because no file of the system is read.
_CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
<dir>{folder}</dir><cachedir>{cache}</cachedir>
<alias binding="same">
  <family>emoji</family><prefer><family>Noto Color Emoji</family></prefer>
</alias>
<match target="font">
  <test name="outline" compare="eq"><bool>false</bool></test>
  <edit name="pixelsizefixupfactor" mode="assign">
    <divide><name target="pattern">pixelsize</name><name target="font">pixelsize</name></divide>
  </edit>
</match>
<match target="font">
  <test name="outline" compare="eq"><bool>false</bool></test>
  <edit name="matrix" mode="assign"><times><name>matrix</name><matrix>
    <name>pixelsizefixupfactor</name><double>0</double>
    <double>0</double><name>pixelsizefixupfactor</name>
  </matrix></times></edit>
  <edit name="size" mode="assign">
    <divide><name>size</name><name>pixelsizefixupfactor</name></divide>
  </edit>
</match>
</fontconfig>
"""


def drawable(folder: Path = FOLDER) -> Callable[[str], bool]:
    """Make the question whether the fonts for people's words can draw a character."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    known: set[int] = set()
    for name in _FOR_WORDS:
        with TTFont(folder / name, lazy=True) as font:
            known.update(font.getBestCmap())
    return lambda char: ord(char) in known or _invisible(char)


def _invisible(char: str) -> bool:
    """Tell whether a character has no shape of its own: controls, joiners, variation selectors."""
    return unicodedata.category(char) in ("Cc", "Cf", "Zs", "Zl", "Zp") or (
        0xFE00 <= ord(char) <= 0xFE0F or 0xE0000 <= ord(char) <= 0xE01EF
    )
