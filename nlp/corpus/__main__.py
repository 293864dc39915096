"""`python -m nlp.corpus [WRITER …] > gold.jsonl`: rows that `python -m nlp evaluate` reads."""

import json
import sys

from nlp import corpus


def main() -> None:
    """Print one row a message, with the offsets of its spans; of the named writers, or of all."""
    wanted = set(sys.argv[1:])
    for gold in corpus.load():
        if wanted and gold.writer not in wanted:
            continue
        row = {
            "id": gold.id,
            "writer": gold.writer,
            "text": gold.text,
            "spans": [{"start": s, "end": e, "label": label} for s, e, label in gold.spans],
            "labels": list(gold.labels),
            "alerts": list(gold.alerts),
            "facts": [words for words, _ in gold.facts],
            "logistics": gold.logistics,
            "rewrite": gold.rewrite,
            "form": gold.form,
        }
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
