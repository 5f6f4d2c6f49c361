#!/usr/bin/env python3
"""The tagger beside flashtext2 (PyPI), on the same texts in one run: rounds of both by turns, medians and their ratio.

    pip install flashtext2 && python3 benches/beside_flashtext2.py

flashtext2 gets every name of config/skills.tsv, in any case, and looks for no context: it does less than the tagger.
"""

import json
import pathlib
import re
import statistics
import subprocess
import tempfile
import time

from flashtext2 import KeywordProcessor

HOUSE = pathlib.Path(__file__).resolve().parent.parent
ROUNDS = 5
BENCH = ["cargo", "bench", "--quiet", "--bench", "speed", "--"]


def names():
    lines = (HOUSE / "config/skills.tsv").read_text(encoding="utf-8").splitlines()
    head = lines[0].split("\t")
    for line in lines[1:]:
        row = dict(zip(head, line.split("\t")))
        for name in [row["name"], *row["aliases"].split("|"), *row["covers"].split("|")]:
            if name:
                yield name, row["id"]


def peer(texts):
    """MB a second, the median of five passes."""
    processor = KeywordProcessor(case_sensitive=False)
    for name, skill in names():
        processor.add_keyword(name, skill)
    size = sum(len(text.encode()) for text in texts) / 1e6

    def once():
        start = time.perf_counter()
        for text in texts:
            processor.extract_keywords(text)
        return size / (time.perf_counter() - start)

    return statistics.median(once() for _ in range(5))


def ours():
    """MB a second, the median that the bench prints."""
    printed = subprocess.run([*BENCH, "tag_alone"], cwd=HOUSE, check=True, capture_output=True, text=True).stdout
    rates = re.findall(r"([\d.]+) ([kMG]?)B/s", printed)
    # Columns: fastest, slowest, median, mean.
    value, unit = rates[2]
    return float(value) * {"": 1e-6, "k": 1e-3, "M": 1, "G": 1e3}[unit]


def main():
    with tempfile.NamedTemporaryFile("r", suffix=".jsonl") as file:
        subprocess.run([*BENCH, "--texts", file.name], cwd=HOUSE, check=True)
        texts = [json.loads(line) for line in file]
    theirs, own = [], []
    for _ in range(ROUNDS):
        theirs.append(peer(texts))
        own.append(ours())
    theirs, own = statistics.median(theirs), statistics.median(own)
    print(f"{len(texts)} texts: flashtext2 {theirs:.1f} MB/s, tagger {own:.1f} MB/s, {own / theirs:.1f} times")


if __name__ == "__main__":
    main()
