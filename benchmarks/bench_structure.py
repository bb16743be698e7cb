"""How right the register of decisions and the papers' facts are, beside lists made by hand from the pages.

    python benchmarks/bench_structure.py CORPUS benchmarks/register [--papers PAPERS.jsonl] [--misses]

A list of decisions names file, page, paragraph, outcome and procedural, one JSON object a line, and holds none of
the papers' words. An entry is found where a decision of that file stands on that page, in that paragraph; each
decision answers one entry, and the clauses of one decision may be entries of their own. `action` entries are
counted apart: they are no decisions. A list of papers names file, body, committee, meeting_date, kind and
confirmed_by; only what it says is asked. Pages are read without OCR unless --ocr is given.
"""

import argparse
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from ingest.decisions import Decision, decisions_of
from ingest.pages import read_document
from ingest.papers import Paper, papers_of
from ingest.settling import settled
from ingest.structure import Paragraph, paragraphs_of
from ingest.tables import squeezed
from minutebook.errors import UnreadablePaper

Entry = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Parsed:
    paper: Paper
    paragraphs: Sequence[Paragraph]
    decisions: Sequence[Decision]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("labels", type=Path, nargs="?", default=Path(__file__).parent / "register")
    parser.add_argument("--papers", type=Path, help="labels of papers, one JSON object a line")
    parser.add_argument("--misses", action="store_true", help="name what was not found or found wrongly")
    parser.add_argument("--ocr", action="store_true")
    arguments = parser.parse_args()
    files = {path.stem: _read_lines(path) for path in sorted(arguments.labels.glob("*.jsonl"))}
    total: Counter[str] = Counter()
    for name, entries in files.items():
        parsed = [
            each for file in {entry["file"] for entry in entries} for each in parse(arguments.corpus, file, arguments)
        ]
        counts = register(parsed, entries, misses=arguments.misses)
        total += counts
        print(f"{name:12} {_scores(counts)}")
    print(f"{'all':12} {_scores(total)}")
    spans(arguments)
    if arguments.papers:
        papers(arguments, _read_lines(arguments.papers))


def _read_lines(path: Path) -> list[Entry]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def parse(corpus: Path, file: str, arguments: argparse.Namespace) -> list[Parsed]:
    document = read_document(corpus / file, ocr=arguments.ocr)
    found = []
    for paper in papers_of(document, file):
        pages = document.pages[paper.first_page - 1 : paper.last_page]
        paragraphs = paragraphs_of(pages, minutes=paper.kind in ("minutes", "agenda", "notice"))
        found.append(Parsed(paper, paragraphs, decisions_of(paragraphs, paper.kind)))
    return found


def register(parsed: Sequence[Parsed], entries: Sequence[Entry], *, misses: bool) -> Counter[str]:
    """Counts of entries asked for and found, of those with the right outcome, and of decisions that answer none."""
    counts: Counter[str] = Counter()
    left = [(each, decision) for each in parsed for decision in each.decisions]
    answered: set[int] = set()
    for entry in entries:
        action = entry["outcome"] == "action"
        places = [n for n, (each, decision) in enumerate(left) if _answers(each, decision, entry)]
        places.sort(key=lambda n: (n in answered, left[n][1].outcome != entry["outcome"]))
        best = next((n for n in places if (left[n][1].outcome == "action") == action), None)
        counts["actions" if action else "entries"] += 1
        if best is None:
            if misses:
                print("  not found:", entry)
            continue
        answered.add(best)
        counts["actions found" if action else "found"] += 1
        if not action:
            decision = left[best][1]
            counts["outcome"] += decision.outcome == entry["outcome"]
            counts["procedural"] += decision.procedural == entry["procedural"]
            if misses and decision.outcome != entry["outcome"]:
                print("  outcome:", entry, "is told as", decision.outcome)
    extra = [left[n] for n in range(len(left)) if n not in answered and left[n][1].outcome != "action"]
    counts["extra"] += len(extra)
    if misses:
        for each, decision in extra:
            print("  extra:", each.paper.path, _page(each, decision), decision.number, decision.outcome)
    return counts


def _page(each: Parsed, decision: Decision) -> int:
    return each.paragraphs[decision.first].spans[0].page


def _answers(each: Parsed, decision: Decision, entry: Entry) -> bool:
    first, last = each.paragraphs[decision.first], each.paragraphs[decision.last]
    if each.paper.path != entry["file"] or not first.spans[0].page <= entry["page"] <= last.spans[-1].page:
        return False
    wanted = str(entry["paragraph"]).split(" ")[0]
    item = re.match(r"\W*([\w.]+?)\.?\s", f"{first.item or ''} ")
    return wanted in {
        (decision.number or "").split(" ")[0],
        (first.number or "").split(" ")[0],
        item[1] if item else "",
    }


def _scores(counts: Mapping[str, int]) -> str:
    found = counts["found"]
    return (
        f"recall {found / counts['entries']:.3f}  precision {found / max(1, found + counts['extra']):.3f}  "
        f"outcome {counts['outcome'] / max(1, found):.3f}  procedural {counts['procedural'] / max(1, found):.3f}  "
        f"({counts['entries']} entries; {counts['actions found']} of {counts['actions']} actions)"
    )


def spans(arguments: argparse.Namespace) -> None:
    """The share of paragraphs whose words stand on their page one after another, and pages read and parsed a second."""
    whole = off = pages = 0
    reading = parsing = 0.0
    for path in sorted(arguments.corpus.rglob("*.pdf")):
        start = time.perf_counter()
        try:
            document = read_document(path, ocr=False)
        except UnreadablePaper:
            continue
        reading += time.perf_counter() - start
        pages += len(document.pages)
        on_page = {page.number: squeezed(page.text) for page in document.pages}
        start = time.perf_counter()
        for paper in papers_of(document, str(path.relative_to(arguments.corpus))):
            own = document.pages[paper.first_page - 1 : paper.last_page]
            paragraphs = paragraphs_of(own, minutes=paper.kind in ("minutes", "agenda", "notice"))
            decisions_of(paragraphs, paper.kind)
            for paragraph in paragraphs:
                for span in paragraph.spans:
                    whole += 1
                    off += squeezed(paragraph.text[span.start : span.end]) not in on_page[span.page]
        parsing += time.perf_counter() - start
    if whole:
        print(f"paragraphs on their page {1 - off / whole:.4f} of {whole}")
        print(f"pages {pages}: read {pages / reading:.0f} a second, parsed {pages / parsing:.0f} a second")


def papers(arguments: argparse.Namespace, entries: Sequence[Entry]) -> None:
    """The share of the papers labelled whose body, committee, date, kind and standing are right."""
    parsed = []
    for path in sorted(arguments.corpus.rglob("*.pdf")):
        try:
            parsed += parse(arguments.corpus, str(path.relative_to(arguments.corpus)), arguments)
        except UnreadablePaper:
            continue
    every = settled([each.paper for each in parsed], {each.paper.id: each.decisions for each in parsed})
    first = {paper.path: paper for paper in reversed(every)}
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for entry in entries:
        paper = first.get(entry["file"])
        if paper is None:
            continue
        found = {
            "body": paper.body,
            "committee": paper.committee,
            "meeting_date": paper.meeting_date and paper.meeting_date.isoformat(),
            "kind": paper.kind,
            "standing": paper.standing if entry.get("confirmed_by") else None,
        }
        wanted = {**entry, "standing": "confirmed" if entry.get("confirmed_by") else None}
        for field, value in found.items():
            if wanted.get(field) is not None:
                asked[field] += 1
                right[field] += value == wanted[field]
                if arguments.misses and value != wanted[field]:
                    print(f"  {field}: {entry['file']} is {wanted[field]}, told as {value}")
    for field in asked:
        print(f"{field:12} {right[field] / asked[field]:.3f} of {asked[field]}")


if __name__ == "__main__":
    main()
