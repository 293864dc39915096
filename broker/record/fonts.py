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

PINNED: Mapping[str, str] = {
    "CharisSIL-Italic.ttf": "e776e2961117b39cf924c0139de01748a77b2fcb99c437b2c77bdd9401606c13",
    "CharisSIL-Regular.ttf": "346337374aa347d64ee015b26d441f1970d8631914e2f3941b00e1c4761e28c5",
    "NotoColorEmoji.ttf": "e5899ed38b8ed83e08bd3ac5de09791e9d19d288333a796de1d35ad17396f1ec",
    "NotoNaskhArabic-Regular.ttf": "8c67eaa2f0086872628fc3f7f760386f83c8be5c5e9a1ba3a38891237b2ac7cb",
    "NotoSans-Bold.ttf": "e83493c945848ecd4a9ad0f6d19164541a0d3e23a9c952304a00a46e00272ac5",
    "NotoSans-Regular.ttf": "89c3c497f618fdaa0b2d1e98fef93582f28c71debd2c4a8cdf41f190ced2909d",
    "NotoSansMono-Regular.ttf": "6b692c4b6d15ccf59f1c1fe8d11cb8a92f51960f3e9f1f523781755a3af7e29f",
    "NotoSansSymbols2-Regular.ttf": "876598db5f1e3bef2bc77c4d94c5b0d5d2c1620be4878a06f18fb5434e331688",
    "NotoSerif-Regular.ttf": "9d7583b7dc9e812afd32a14280c5cac3160012efe50c8d08938f4fea266ff67f",
    "NotoSerifHebrew-Regular.ttf": "789b7e7e3ff4d95a5e105872a385db12c50c08b60ad5b773d25a3bec86621abf",
}

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
    wrong = [name for name, digest in PINNED.items() if _digest(folder / name) != digest]
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
    from fontTools.ttLib import TTFont

    known: set[int] = set()
    for name in _FOR_WORDS:
        with TTFont(folder / name, lazy=True) as font:
            known.update(font.getBestCmap())
    return lambda char: ord(char) in known or _invisible(char)


def _invisible(char: str) -> bool:
    """Controls, joiners and variation selectors have no shape of their own to miss."""
    return unicodedata.category(char) in ("Cc", "Cf", "Zs", "Zl", "Zp") or (
        0xFE00 <= ord(char) <= 0xFE0F or 0xE0000 <= ord(char) <= 0xE01EF
    )
