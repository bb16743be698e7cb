"""Sentences of a paragraph, as minutes print them: "Cllr. A. Smith" ends none."""

import re

_END = re.compile(r"[.!?][”\"’')\]]*\s+(?=[\"“‘'(\[]?[A-Z0-9•])")
_ABBREVIATED = re.compile(
    r"(?:^|[\s(“\"])(?:Mr|Mrs|Ms|Dr|Cllr|Cllrs|Prof|Rev|St|No|Nos|Para|paras?|p|pp|vs?|etc|e\.g|i\.e|c|approx|[Pp]rop|[Ss]ec|Inc|Ltd|[A-Z]|\d{1,2})\.[\s]*$"
)


# "… to Whiteley Ltd. The Board" is two sentences, "Whiteley Ltd. of Hull" none.
_FIRM = re.compile(r"\b(?:Ltd|Inc|etc|plc|Co)\.$")
_OPENS = re.compile(r"(?:The|It|This|That|These|Those|There|In|On|At|He|She|They|Members|Councillors|A|An)\b ")


def sentences_of(text: str) -> list[tuple[int, int]]:
    """Where each sentence starts and ends (without the space after it); they cover the text."""
    starts = [0]
    for match in _END.finditer(text):
        before = text[: match.start() + 1]
        firm = _FIRM.search(before) and _OPENS.match(text, match.end())
        if firm or not _ABBREVIATED.search(before) or (before[-2:-1].isdigit() and match.start() - starts[-1] > 12):
            starts.append(match.end())
    ends = [*starts[1:], len(text)]
    return [(start, start + len(text[start:end].rstrip())) for start, end in zip(starts, ends, strict=True)]
