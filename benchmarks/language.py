"""What reading one message costs, against spaCy's blank tokenizer on the same texts.

make bench, or: python benchmarks/language.py
"""

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import spacy

import nlp

TEXTS = [
    "Hi, Mia has swimming on Thursday at 4 and needs her blue bag, the towel and the form from"
    " school. Can you collect her at 5.30 from the side gate and bring the inhaler back on Sunday?"
    " I have paid for the term, your half is £45. Thanks for sorting out the dentist.",
    "As usual you forgot the school form, can you bring it to the handover on Saturday 14 March at"
    " 10am or are you too busy with your new boyfriend? You never think about anyone but yourself."
    " I will be at the gate until 10.15 and then I have to go to work.",
    "No, that weekend does not work for us. The 18th or the 25th are fine. Please tell me by Friday"
    " which one you want so that I can change my shift.",
]
WORST = {
    "emoji": "😀" * 8_000,
    "stops": ".," * 4_000,
    "brackets": "(" * 8_000,
    "eyes": ":)" * 4_000,
}
ROUNDS = 40


def median_ms(read: Callable[[str], object]) -> float:
    """Return the median milliseconds for one text, after a first round."""
    for text in TEXTS:
        read(text)
    spent = []
    for _ in range(ROUNDS):
        for text in TEXTS:
            started = time.perf_counter()
            read(text)
            spent.append(time.perf_counter() - started)
    return statistics.median(spent) * 1e3


def main() -> None:
    """Print both medians, their ratio, and the worst cases."""
    blank = median_ms(spacy.blank("en"))
    started = time.perf_counter()
    step = nlp.load()
    loaded = time.perf_counter() - started
    whole = median_ms(step.read)
    print(f"loading the language step: {loaded:.2f} s")
    print(f"blank tokenizer: {blank:6.2f} ms    language step: {whole:6.2f} ms a message")
    print(f"ratio: {whole / blank:.0f}")
    for name, text in WORST.items():
        started = time.perf_counter()
        step.read(text)
        print(f"8,000 characters of {name}: {time.perf_counter() - started:.2f} s")


if __name__ == "__main__":
    main()
