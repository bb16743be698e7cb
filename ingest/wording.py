"""The wording that decides, asks or disposes of something: in capitals, under a label, or in plain prose."""

import re

from ingest.verdicts import VERDICT_ONLY

_VERBS = (
    "RESOLVED|AGREED|DECIDED|APPROVED|NOTED|RECOMMENDED|COMMISSIONED|ENDORSED|RATIFIED|CARRIED|LOST|DEFERRED|WITHDRAWN"
    "|REFUSED|ADOPTED|CONFIRMED|ACCEPTED|REJECTED|DELEGATED|GRANTED|PERMITTED|APPOINTED|ELECTED|SUPPORTED|AUTHORISED"
    "|DEFEATED|WITHDREW"
)
CAPITALS = re.compile(
    rf"(?:\b(?P<verb>(?:NOT )?(?:{_VERBS}))\b(?! (?:by|BY) (?:the|THE) Council in)"
    r"|^\W*(?:\d[\d.]*\s+)?(?P<label>DECISIONS?|Decision(?: (?:No\.? ?)?[A-Z]{0,4}\d[\d/-]*(?= ?[:–]))?"
    r"|RESOLUTION|Resolution|Resolved|Agreed|Recommended(?=\s?[:–-])"
    r"|VOTED|Voted|Unanimously (?:agreed|resolved)|Motion carried|Deferred|Withdrawn)\b"
    r"(?: [A-Z]{1,5}[/-]?\d[\w/.-]*)?\s*(?:[:.\-–]|that\b|That\b"
    r"|to\b|To\b|unanimously\b"
    r"|nem\b|by\b|in principle\b|(?=\((?:by|on|nem|unanim|\d|[A-Z][\w’' -]{1,24}/ ?[A-Z])))"
    r"|(?<=[\w:)/] )(?P<within>Resolved(?=\s?[:–])"
    r"|(?<=/ )(?:Unanimously r"
    r"|R)esolved(?= to\b| that\b| [-–])|VOTED(?=:)|Decision (?:No\.? ?)?[A-Z]{0,4}\d[\d/-]*(?=:)"
    r"|(?<=[Aa]nd )Agreed(?=\s?[:–])"
    r"|Deferred(?= (?:to|until|till|pending)\b)))"
)
WHO = (
    r"(?:it|council|committee|cabinet|executive|board|panel|trustees|governors|members|councillors|meeting|authority"
    r"|sub-committee|forum|commission|everyone|all(?: present)?|cc|pc|tc)"
)
CAPITAL_ACT = re.compile(rf"\b{WHO} (?P<verb>[A-Z]{{4,}}ED)\b".replace(WHO, f"(?i:{WHO})"))
_PROSE_VERB = (
    r"(?P<verb>agreed|resolved|decided|approved|endorsed|ratified|adopted|confirmed|accepted"
    r"|voted(?!:| as follows| for the (?:motion|amendment)| \W?(?:aye|yes|in favou?r)\b"
    r"| for(?:[;,.:]| and\b)| against\b)|supported|objected"
    r"|granted"
    r"|refused|rejected|declined|deferred|recommended|elected|appointed|re-elected|co-opted|authorised|authorized"
    r"|awarded)"
)
_ADVERBS = (
    r"(?: (?:so|then|also|therefore|subsequently|duly|unanimously|generally|further|finally|provisionally"
    r"|wholeheartedly"
    r"|formally|accordingly|thereafter|thus|hereby"
    r"|fully|strongly|nevertheless|all|both|in principle))*"
)
PROSE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:it (?:was|is)|was|were|has been|have been|been){_ADVERBS} {_PROSE_VERB}\b"
        r"(?= (?:that|to|by|as|at|on|not|unanimously|and|subject|with|without|for|in|the|a|we|proposed|following|-|–)\b"
        r"|,? ?[-–]|[.,:;(]|$| \(| \d{1,2} ?[-–] ?\d{1,2}\b)",
        rf"\b(?:it (?:was|is)|was|were|been){_ADVERBS} (?P<verb>elected|appointed|re-elected|co-opted) "
        r"(?=(?:the )?(?:vice|deputy|chair|mayor|convener|president|treasurer|secretary|leader)\w*\b)",
        rf"^\W*(?:\d[\d.]*\s+)?(?:[^.]{{0,40}}, )?we{_ADVERBS} (?P<verb>agreed|resolved|decided|voted)"
        r"(?= (?:not )?(?:to|that)\b)",
        # "Proposed by Cllr A, seconded by Cllr B and agreed that …"
        r"\b(?:proposed|moved|seconded)\b.{0,120}?\band (?:it was )?(?:unanimously |duly )*(?P<verb>agreed|resolved"
        r"|carried|approved|adopted)\b",
        r"\bminutes\b.{0,120}?\b(?:were|was) (?P<verb>signed"
        r"|taken as read,? (?:and )?(?:signed|approved|confirmed|agreed))\b",
        r"^\W*(?:\d[\d.]*\s+)?minutes? of [^.]{3,60} (?P<verb>approved|agreed|adopted|accepted|confirmed)\b",
        r"\b(?:thanks|congratulations|condolences|sympathy)\b.{0,60}?\b(?:was|were) (?:\w+ly )?(?P<verb>recorded"
        r"|minuted|carried|passed)\b",
        r"\bvotes? of (?:thanks|sympathy|congratulation)\b.{0,60}?\b(?:was|were) (?:\w+ly )?(?P<verb>extended|given"
        r"|passed)\b",
        rf"\b{WHO} (?P<verb>recorded) (?:its|their) (?:\w+ )?(?:thanks|gratitude|appreciation|condolences|sympathy)\b",
        r"\bput (?:the|this|that) (?:motion|amendment|proposal|recommendations?)\b"
        r".{0,60}\bto the vote,? (?:that|which|and (?:it|this)) (?:was |were )?"
        r"(?P<verb>failed|lost|fell|defeated|carried|passed|agreed)\b",
        r"\bminutes?\b(?:(?!approved|agreed|adopted|accepted|confirmed|signed).){0,80}?(?:\b(?:was|were)"
        r"|[–-]) (?P<verb>proposed)\b.{0,80}\bseconded\b",
        r"\b(?:was|were) (?P<verb>given) (?:full |the )?(?:delegated )?(?:authority|powers?|authori[sz]ation) (?=to\b)",
        r"\b(?:it|this|which) was (?:then |thereupon |accordingly )?declared (?P<verb>carried|lost|defeated)\b",
        r"\bcasting vote (?:to (?:vote|decide) )?(?P<verb>against|in favour)\b",
        r"\b(?:motion|amendment|proposal|proposition|change|request|application|recommendation"
        r"|resolution)s?\b[^.]{0,40}?"
        r"\b(?:was|were) (?P<verb>not (?:agreed|approved|carried|supported|accepted))\b",
        r"\b(?:this|it|the (?:suggestion|idea)) was (?P<verb>not (?:agreed|approved|carried|supported|accepted))\W*$",
        # "Cllr A proposed and Cllr B seconded, all in favour"
        r"\b(?:proposed|moved)\b.{0,200}?\bseconded\b.{0,200}?\b(?P<verb>all (?:were )?in favou?r|unanimous(?:ly)?)\b",
        r"\b(?P<verb>not seconded|no second(?:er)?|(?:lapsed|fell) (?:for|through|due to) (?:the )?(?:want|lack"
        r"|absence))\b",
        r"\bthere was (?P<verb>no (?:support|appetite|enthusiasm))(?= for (?:this|it|the (?:idea|suggestion|proposal"
        r"|motion|amendment))\b)",
        r"\b(?:petition|motion|matter|item|application|request|question)s? (?:was|were) (?P<verb>referred)"
        r"(?= (?:back )?to\b)",
        rf"\b{WHO} (?:was|were) (?P<verb>content)(?= (?:to|that|with(?!.{{0,80}}\bbut\b))\b|\W*$)",
        rf"\b{WHO} (?:was|were|is|are)(?: all)? (?P<verb>happy|willing|agreeable)"
        r"(?= (?:for|to (?:support|approve|agree|accept|recommend|grant|fund|pay|proceed|give|donate|contribute|let"
        r"|allow))\b)",
        rf"\b{WHO} (?:was|were) (?P<verb>not in favou?r)(?= (?:of|as)\b|\W*$)",
        r"\b(?P<verb>(?:nobody|no one|no-one) was (?:in favou?r|keen))\b",
        # "The Committee, having considered the report, agreed …"
        rf"\b{WHO}, (?:having|after|following|noting|on)\b[^.]{{3,200}}?,{_ADVERBS} {_PROSE_VERB}\b",
        r"\b(?:his|her|their|this|the) motion,? which was (?:duly )?seconded by .{3,60}? and (?:it was |was )?"
        r"(?P<verb>agreed|carried|adopted|passed)\b",
        r"^\W*(?P<verb>deferred|withdrawn)(?= (?:at|by|pending)\b|\W*$)",
        r"\b(?:was|submitted and) (?P<verb>approved)(?= (?:the )?Minutes?\b)",
        r"\b(?P<verb>all (?:were )?in favou?r) of (?=\w+ing\b)",
        # "Not supported as outwith the criteria." "Agreed, Mr Hale having left the room."
        r"^\W*(?P<verb>(?-i:Not (?:supported|approved|agreed|accepted)|Agreed|Approved|Declined|Refused))"
        r"(?=,| as\b| subject\b| \(|: )",
        r"^\W*(?P<verb>(?-i:Confirmed|Approved|Agreed|Accepted)) (?:as|and)\b[^.]{0,40}\b(?:correct|signed|true"
        r"|accurate)\b",
        r"\b(?P<verb>no decision) could be (?:reached|made|taken)\b",
        r"\b(?:he|she|they|cllr \w+|councillor \w+) (?:then )?agreed to (?P<verb>withdraw)(?= (?:it|the"
        r"|(?:his|her|their)) ?(?:motion|amendment|proposal|for|$)\b)",
        r"\b(?:panel|sub-committee|committee|council|board|authority) has (?P<verb>determined|decided"
        r"|resolved)(?= (?:not )?to\b)",
        r"\b(?:application|request|licence|variation|permission|appeal) (?:(?:to|for|under) [^.]{3,80} )?is "
        r"(?P<verb>refused|granted|approved|revoked|rejected)(?= |\W*$)",
        r"^\W*[^.]{3,60} (?<!be )(?P<verb>adopted|approved|accepted|agreed) as (?:presented|circulated|read|amended"
        r"|accurate|correct|an?)\b",
        r"^\W*[^.]{3,60} (?P<verb>re-?elected|elected|appointed|co-?opted) (?:as )?"
        r"(?=(?:vice-?|deputy )?(?:chair|secretary|treasurer|convener|president|mayor|leader))",
        rf"\b{WHO} (?:\w+ly )?(?P<verb>signed off)\b",
        # "Spend up to £150 agreed."
        r"[£$€]\d[^.]{0,60}(?:\.\d\d[^.]{0,60})?\b(?P<verb>agreed|approved)(?: as per [^.]{3,30})?\W*$",
        r"\bcheques?\b[^.]{0,40}\b(?:was|were) (?P<verb>signed)\b",
        r"^\W*(?:[^.]{0,40} )?(?P<verb>(?-i:Left) (?:over )?(?:until|till))(?= )",
        r"\b(?:agreed|felt|decided|best|thought)\b.{0,40}\b(?P<verb>(?:to )?leave (?:this|it) (?:until|till))(?= )",
        rf"\bit was{_ADVERBS} (?P<verb>determined|concluded)(?= (?:not )?to\b| that\b.{{0,200}}\b(?:be|should)\b)",
        r"(?<=\w )(?P<verb>left over)(?= (?:to|until)\b)",
        r"\b(?:it|this|item|matter|application|decision|question) (?:was|were) (?P<verb>put off)"
        r"(?= (?:to|until|till)\b)",
        r"\b(?:hearing|item|matter|application|consideration|determination)\b[^.]{0,40}\b(?:was|were) "
        r"(?P<verb>adjourned)(?= (?:to|until|for)\b)",
        r"^\W*(?:the )?(?:item|matter|application|report) (?P<verb>deferred|withdrawn)"
        r"(?= (?:to|until|till|pending|from)\b|\W*$)",
        r"^\W*(?P<verb>carried (?:over|forward))(?= to\b)",
        r"^\W*(?P<verb>noted)\W*$",
        rf"\b{WHO} (?P<verb>noted)(?= (?:the|receipt|and|it|this)\b)",
        rf"\b{WHO}(?: present)?(?:{_ADVERBS}(?: (?:have|has|would|continued to|voted to|discussed and|considered and"
        rf"|reviewed and"
        rf"|received and))*){_ADVERBS} {_PROSE_VERB}\b",
        r"\bthe veto (?:was |therefore |accordingly )*(?P<verb>fell|lost|carried|failed)\b",
        rf"\b{WHO} (?P<verb>object(?:s|ed)?|supports?) (?:to|the|this)\b",
        r"\b(?:the )?(?:motion|amendment|proposal|proposition|resolution|vote|recommendation)s?"
        r"(?:,? (?:as amended|on being put|put|declared|has|was|were|is|being|to the vote|then|therefore"
        r"|accordingly|duly|and|by \d+ votes to \d+|unanimously|,))*,? "
        r"(?P<verb>(?:not )?(?:carried|passed|agreed|adopted)|carries|passes|lost|defeated|withdrawn|fell|failed|fails"
        r"|died|rejected)\b",
        r"\b(?:motion|amendment|proposal|recommendation)s? (?:by|from|to|that|of|for)\b.{0,200}? (?:was|were) "
        r"(?:then |duly |put and )*(?P<verb>(?:not )?carried|lost|defeated|withdrawn|negatived)\b",
        r"^\W*(?:a |the )?vot(?:e|es|ing)\W+(?P<verb>\d{1,2} (?:in favou?r|for)\W+(?:and )?\d{1,2} against)\b",
        r"\bmotion to \w+(?: [^.]{0,60}?)?,? (?P<verb>failed|passed|carried|lost|defeated)\b",
        r"\b(?:item|application|report|paper)s? (?:\S+ ){0,6}?(?:was|were) (?P<verb>withdrawn)\b",
        r"\b(?:was|were) (?:\w+ly )?(?:considered|discussed|reviewed|received|presented|read|read out|examined"
        r"|explained|circulated)\b[^.]{0,30}? and (?:\w+ly )?"
        r"(?P<verb>approved|agreed|adopted)\b",
        r"^\W*(?P<verb>left (?:to lie )?on the table)\b",
        r"\bmotion (?P<verb>stood referred)\b",
        r"\b(?:was|were) (?P<verb>laid on the table|left (?:to lie )?on the table|held over)\b",
        r"\b(?P<verb>withdrew) (?:the|his|her|their) (?:motion|amendment|proposal)\b",
        r"\bnominated\b[^.]{0,120}?\band (?:(?:was|were|duly|unanimously|accordingly) )*(?P<verb>appointed|elected)\b",
        r"\bapplication\b[^.]{0,40}\b(?:had been|has been|was) (?P<verb>withdrawn) (?:by"
        r"|at the request of) the applicant\b",
        r"\b(?:motion|amendment)\b[^.]{0,40}\b(?P<verb>became) the (?:finding|decision|resolution)\b",
        r"\bruled that\b[^.]{0,60}\bbe (?P<verb>continued|deferred|withdrawn)\b",
        rf"(?<!highway )(?<!highways )(?<!planning )(?<!water )\b{WHO} (?P<verb>raised|offered|expressed|made|has"
        rf"|had|have)(?= no objections?\b)",
        r"\bseconded the motion,? (?:which|and (?:it|the motion)|and) (?:was )?(?P<verb>carried|passed|approved"
        r"|adopted|failed"
        r"|lost)\b",
        r"\b(?:proposal|motion|suggestion|idea|amendment)\b[^.]{0,60}\b(?P<verb>did not (?:gain|receive|attract"
        r"|find|get|carry"
        r"|pass)\b(?: any)?(?: support| a seconder| a majority)?)",
        r"^\W*(?:\d[\d.]*\s+)?the (?:elected |directly elected )?(?:mayor|leader|(?:cabinet"
        r"|executive) member[^,.]{0,60})"
        r"(?:, [^.]{3,140},)? (?P<verb>approved|authori[sz]ed|decided)(?= (?:the|that|to|a)\b)",
        r"\bmotions? (?:by|of|from) .{0,200}? (?P<verb>failed|carried|passed|died|fell)"
        r"(?=\W*(?:$|\(?\d|for (?:lack|want)\b|unanimously\b))",
        r"^\W*(?:voted?|motion)\W+(?P<verb>\d{1,2} ?[-–/] ?\d{1,2})(?: ?[-–/] ?\d{1,2})?"
        r"(?:,? [A-Z][\w ,]{2,60} (?:opposed|against|abstain\w*|dissent\w*))?\W*$",
        r"\b(?:report|update|position|paper|correspondence|content|information|presentation|letter|reconciliation|decision"
        r"|balance|minute|statement|certificate|figure|programme|list)s? (?:of [^.]{0,60} )?"
        r"(?:was|were) (?:also |duly )?(?P<verb>noted)(?: by (?:the )?(?:committee|members|council|board|panel))?\W*$",
        rf"\b{WHO} (?P<verb>received)(?= (?:the|a|an)\b[^.]{{0,80}}\bfor information\b)",
        r"^\W*the \w+(?: \w+){0,3} was (?:therefore|accordingly) (?P<verb>not (?:approved|agreed|carried|supported"
        r"|accepted))\b",
        r"\b(?:chair\w*|mayor|cathaoirleach|provost|convener|president|speaker) (?:then |thereupon )?declared (?:the )?"
        r"[\w’' ]{2,50}? (?P<verb>approved|carried|adopted|passed|lost|defeated|rejected)\W*$",
        # "M/S/C (A/B) to approve": moved, seconded, carried
        r"(?-i:\b(?P<verb>M/S/[CP]|MSC|M/S/C/U))\b(?=\s*(?:\(|:|to\b|that\b|by\b))",
        r"\bread\b[^.]{0,60}\b(?:third|final) time\b[^.]{0,40}\b(?P<verb>passed|adopted|enacted)\b",
        rf"\b{WHO} (?P<verb>opted|chose)(?= (?:not )?(?:to|for)\b)",
        r"^\W*[^.]{3,80} [–-] (?P<verb>agreed|deferred|declined)\W*$",
        rf"{VERDICT_ONLY}",
    )
)
ASKS = re.compile(
    r"\b(?<!had )(?<!been )requested\b(?! by)|\b(?:was|were|be) asked to\b"
    r"|\b(?:was|were) (?:instructed|directed|tasked) to (?=(?-i:[a-z]))"
    r"|\basked (?:that )?(?:the )?(?:officers?"
    r"|clerk|directors?|secretary|treasurer|staff)\b"
    rf"|\b(?:{WHO[3:-1]}|chair|chairman|chairperson|vice-chair\w*) (?:(?!had )\w+ )?asked (?:for|that)\b"
    rf"|\basked for (?:a|an|further|more|an? \w+) (?:report|update|breakdown|information|paper|briefing|details?)\b"
    r"|\bundertook to\b|\b(?<!had )agreed to (?:provide|circulate|share|send|report|bring|look|check|contact|add"
    r"|arrange|write|speak|investigate|raise|chase"
    r"|follow|find|feed|discuss|liaise|email|obtain|get|let|ask|update|seek|take|pass|inform|advise|attend|draft"
    r"|prepare|pursue|organise)\b"
    r"|\bwould (?:contact|write to|check|chase|arrange|circulate|investigate|speak (?:to|with)"
    r"|raise(?= (?:issues?|concerns?|this|that|it|the (?:matter|issue|point|question)|with)\b)|liaise|review"
    r"|look into|follow up|report back|pursue)\b",
    re.IGNORECASE,
)
