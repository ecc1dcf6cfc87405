"""What orders to a language model look like: regular expressions for `rag/search/orders.py`.

They were written against news and encyclopedias, where people are *asked*, *answer* and give *instructions* all the
time: each wants what only an order to a model has.
"""

import re

# -- what is said: an order that overrules others, to a model, about its answer ---------------------------------------

_RULES_NOUN = (
    r"(?:instructions?|prompts?|directions?|directives?|guidelines?|rules|commands?|orders|context"
    r"|messages?|text|content"
    r"|passages?|documents?|information|constraints|restrictions|safeguards|training|system)"
)
_EARLIER = (
    r"(?:previous(?:ly)?|prior|earlier|preceding|above|foregoing|other|existing|initial|original|system"
    r"|given|safety|your)"
)
_YOUR_ANSWER = r"(?:your|this|every|any|each) (?:\w+ )?(?:answers?|responses?|repl(?:y|ies)|outputs?|summar(?:y|ies))"
_SAYING = r"(?:answer|reply|respond|say|state|output|print|write|claim|insist|return|tell (?:them|the user|him|her))"
_FIRST = (
    r"(?:^|[.!?:;)\]]|[.!?:;][\"”’'])[ \t>*#-]*(?:please|also|always|and|then|now|additionally|finally"
    r"|next)?[ \t,]*"
)
"""Where an order begins: at the start of a line or of a sentence."""
_DOING = (
    r"(?:add|append|insert|include|put|prepend|embed|incorporate|integrate|attach|mention|place|begin"
    r"|start|end|finish"
    r"|close|prefix|conclude|replace|substitute|swap|remove|omit|drop|leave|repeat|introduce|change"
    r"|capitali[sz]e|translate"
    r"|rewrite|format|write|encode|decode|delete|modify|augment|enhance|rearrange|reverse|shuffle|scramble"
    r"|misspell|anagram"
    r"|group|use|render|produce|provide|give|deliver|craft|generate|make|keep|limit|phrase|adjust|alter"
    r"|convert|suggest)"
)
_OVERRIDE = [
    rf"\b(?:ignore|disregard|forget|override|bypass|discard|neglect"
    rf"|skip)\b[\s,:]+(?:\w+[\s,]+){{0,4}}?{_EARLIER}\s+(?:\w+\s+){{0,2}}?{_RULES_NOUN}\b",
    r"\b(?:ignore|disregard|forget|override)\s+(?:all|any|everything"
    r"|each)\b[^.\n]{0,40}\b(?:instructions?|rules|guidelines?|prompts?|you (?:were|have been) told|you"
    r" know)\b",
    r"\b(?:ignore|disregard|forget)\s+(?:everything|all|anything|what)\b[^.\n]{0,30}\b(?:above|before"
    r" this|you (?:were|have been) told|said before)\b",
    r"\b(?:do not|don't|never) (?:follow|obey|use|apply|heed)\b[^.\n]{0,40}\b(?:instructions?|system"
    r" prompt|guidelines?|rules above|citations?|markers?)\b",
    r"\b(?:new|updated|revised|real|actual|following|secret|hidden|special|additional) (?:system"
    r" )?instructions?\b\s*(?:[:=-]|are\b|for (?:the|you|any) )",
    r"\b(?:follow|obey|execute|carry out|comply with)\b[^.\n]{0,30}\b(?:these|this|my|the following"
    r"|new)\b[^.\n]{0,20}\binstructions?\b[^.\n]{0,20}\b(?:instead|only|now|first|exactly)\b",
    r"\b(?:reveal|print|repeat|output|show|leak|disclose|display)\b[^.\n]{0,30}\b(?:system prompt|(?:your"
    r"|the|all) (?:hidden |initial |original |system |secret )?(?:instructions|prompt|passages|documents"
    r"|context))\b(?! of\b)",
    r"\byou are now (?:in |an? |the |no longer |free|called|acting)",
    r"\b(?:developer|debug|god|admin|maintenance|unrestricted|jailbreak|dan)"
    r" mode\b[^.\n]{0,30}\b(?:enabled|activated|on\b|is active)",
    r"\b(?:from now on|henceforth|as of now)\b[^.\n]{0,20}\byou (?:must|will|shall|are|should|only)\b",
    r"\b(?:ai|language|llm|chat) ?(?:models?|assistants?|systems?|bots?)?\b[^.\n]{0,30}\b(?:reading"
    r"|processing|summari[sz]ing|parsing|indexing) this\b",
    r"\b(?:note|message|attention|notice|instructions?|hint|memo)\b[^.\n]{0,12}\b(?:to|for) (?:the |any "
    r"|all )?(?:ai|llms?|language models?|chat ?bots?|assistants?|(?:ai|large language) (?:models?"
    r"|assistants?|systems?))\b\s*[:,.!-]",
]
_ABOUT_THE_ANSWER = [
    rf"{_FIRST}{_DOING}\b[^\n]{{0,160}}?\b{_YOUR_ANSWER}\b",
    rf"{_FIRST}(?:in|throughout|at the (?:end|start|beginning) of|before|after|instead of) {_YOUR_ANSWER}\b",
    r"\byour (?:final |next )?(?:answer|response|reply|output) (?:must|shall|has to|needs to|is to|should"
    r" (?:always|only))\b",
    rf"\b(?:when|whenever|if|once)\b(?: (?:you|someone|somebody|anyone|an?|the|users?|people|person|ai"
    rf"|assistant|model|are|is"
    rf"|ever|get|gets)){{0,5}} (?:asked|asks?|queried|prompted)\b[^!\n]{{0,200}}?(?:[,:;?\"”’][\s]*|\byou"
    rf" (?:must|should|will"
    rf"|shall|have to) )(?:then |always |please |just |simply |only )*{_SAYING}\b",
    rf"{_FIRST}{_SAYING}\b[^\n]{{0,160}}?\b(?:to|for|when asked|if asked|whenever asked) (?:the|any|every"
    rf"|each|this|all)\b"
    r"[^\n]{0,20}\b(?:questions?|quer(?:y|ies)|prompts?)\b",
    r"\b(?:always|only|must|simply|just|please) (?:answer|reply|respond|output|print)\b[^.!?\n]{0,30}[\"“‘:]",
    rf"{_FIRST}(?:respond|reply|answer) (?:only |exactly |solely |simply )*(?:with|by)\b",
    r"\b(?:only|sole|correct|right|expected|required) (?:answer|response|reply) (?:to|for) (?:the|this"
    r"|that|any|every)"
    r" (?:question|query|prompt)s?\b[^\n]{0,200}?\b(?:is|are|remains)\b",
    r"\b(?:do not|don't|never|without) (?:cit|us|giv|add|mention)\w*\b[^.!?\n]{0,40}\b(?:citations?|markers?|sources?"
    r"|footnotes?|passages?|other documents?)\b[^.!?\n]{0,60}\b(?:answer|respon|repl|writ|output|this"
    r" (?:passage|document))",
    rf"{_FIRST}cite (?:only )?(?:this (?:passage|document|source)|passages? (?:number )?\d+|\[\d+\])",
    rf"{_FIRST}mark (?:it|this|every|each|your)\b[^.!?\n]{{0,40}}\bas (?:supported|verified|proved|proven)\b",
]
_TO_A_ROLE = [
    r"<[|｜][^<>|｜\n]{1,40}[|｜]>|<(?:start|end)_of_turn>|\[/?(?:INST|SYSTEM_PROMPT|SYS)\]|<</?SYS>>",
    r"^[ \t>*#\[(]*(?:SYSTEM|ASSISTANT|DEVELOPER)(?: (?:MESSAGE|PROMPT|NOTE|OVERRIDE|UPDATE|INSTRUCTIONS?"
    r"|NOTICE|ALERT))?[\])*]*[ \t]*[:>]",
    r"^[ \t>*#\[(]*(?i:system|assistant|developer|admin(?:istrator)?) (?i:message|prompt|override"
    r"|instructions?|update|command|notice)[\])*]*[ \t]*:",
    r"^[ \t>*#\[(]*(?i:system|assistant|developer|user|human)[\])*]*[ \t]*:[^\n]{0,200}\b(?i:you (?:are"
    r"|must|will|should)|your (?:answer|reply|response|task)|ignore|answer|respond|reply|print|output"
    r"|say)\b",
    r"^[ \t]*#{2,}[ \t]*(?i:(?:new |system |updated )?instructions?|system(?: prompt)?|response|task)["
    r" \t]*:?[ \t#]*$",
]
_DELIMITERS = [
    r"</(?i:passages?|questions?|contexts?|documents?|system|user|assistant|instructions?|prompt"
    r"|untrusted)\b[^<>\n]{0,80}>",
    r"<(?i:passage|system|assistant|instructions?|prompt)(?:\s[^<>\n]{0,120})?>",
    r"^[ \t]*[-=*#_`~\"']{2,}[ \t]*(?i:end|begin|start)(?i: of)?(?i: the)? (?i:passages?|contexts?"
    r"|documents?|data|input|instructions?|prompt|sources?|user (?:input|data|query))\b[^\n]{0,40}$",
]
# `Ignore the previous instructions` in other languages: the verb, and within some words of it the noun and `previous`.
_OTHER_LANGUAGES = [
    (
        r"(?:ignorier|missacht|vergiss|vergess|überspring)\w*",
        r"(?:anweisung|anleitung|instruktion|regel|vorgabe|befehl|aufforderung)\w*",
        r"(?:vorherig|bisherig|obig|früher|vorangegangen|ursprünglich)",
    ),
    (
        r"(?:ignore[rz]?|oublie[rz]?|négligez|neglige[rz]?)",
        r"(?:instructions?|consignes?|directives?|règles?|ordres)",
        r"(?:précédent|antérieur|ci-dessus|initial)",
    ),
    (
        r"(?:ignor[aeoá]\w*|olvid\w+|descart\w+|omit[ae]\w*)",
        r"(?:instruccion\w*|órdenes|indicacion\w*|reglas|directrices)",
        r"(?:anterior|previ[ao])",
    ),
    (r"(?:ignor\w+|dimentic\w+|trascur\w+)", r"(?:istruzion\w+|regol\w+|indicazion\w+)", r"(?:precedent|anterior)"),
    (r"(?:ignor\w+|esque[cç]\w+|desconsider\w+)", r"(?:instruç\w+|regras|ordens|orientaç\w+)", r"(?:anterior|prévi)"),
    (r"(?:negeer|vergeet)\w*", r"(?:instructies|aanwijzingen|regels|opdrachten)", r"(?:vorige|eerdere|voorgaande)"),
    (r"(?:zignoruj|ignoruj|zapomnij|pomiń)\w*", r"(?:instrukcj\w+|polece\w+|zasad\w*)", r"(?:poprzedni|wcześniejsz)"),
    (
        r"(?:игнорир|забудь|отбрось|пренебрег)\w*",
        r"(?:инструкци|указани|правил|команд)\w*",
        r"(?:предыдущ|прежн|прошл)",
    ),
    (r"(?:ігноруй|забудь)\w*", r"(?:інструкці|вказівк|правил)\w*", r"(?:попередн)"),
    (r"(?:تجاهل|انس)\w*", r"(?:ال)?(?:تعليمات|أوامر|قواعد)\w*", r"(?:ال)?سابق"),
]
_WITHOUT_SPACES = [
    r"(?:忽略|无视|無視|忘记|忘記|不要理会)[^。\n]{0,14}(?:指令|指示|说明|說明|规则|規則|命令|提示)",
    r"(?:指示|命令|ルール|指令|プロンプト)[^。\n]{0,10}(?:無視|忘れ)",
    r"önceki[^.\n]{0,30}(?:talimat|kural|yönerge)\w*[^.\n]{0,30}(?:yok ?say|görmezden gel|unut)",
    r"पिछल[^।\n]{0,30}(?:निर्देश|आदेश|नियम)[^।\n]{0,30}(?:अनदेखा|नज़रअंदाज़|भूल)",
    r"(?:지시|명령|규칙|지침)[^.\n]{0,12}(?:무시|잊)",
]
_EXFILTRATION = [
    r"!?\[[^\[\]\n]{0,200}\]\([^()\s]{0,500}(?:\{[^{}\n]{0,60}\}|\[[A-Z_ ]{2,40}\]|<[A-Za-z_ ]{2,40}>|%7B|\$\{)",
    r"https?://\S{0,300}[?&=/](?:\{[^{}\s]{1,60}\}|\[[A-Z_ ]{2,40}\]|<[A-Za-z_ ]{2,40}>|\$\{|%7B)",
    r"\b(?:add|append|insert|include|put|attach|render|display|show|load|fetch|embed|send|post|submit"
    r"|transmit|exfiltrate|forward|encode|paste)\b(?!-)[^\n]{0,160}\b(?:passages?|documents?|context"
    r"|conversation|question|answer|user'?s?|chat|data|contents?|secrets?|history)\b[^\n]{0,80}(?:\bto\b"
    r"|\binto\b|\bin\b|\bat\b|:)[^\n]{0,60}?(?:https?://|www\.)",
    r"\b(?:render|display|show|load|fetch|embed|include|insert|add)\b[^\n]{0,40}\b(?:this |the |following "
    r"|an? )+(?:markdown )?(?:image|link|pixel|iframe|url)\b[^\n]{0,80}(?:https?://|www\.|!\[)",
    r"\b(?:click|visit|open|follow|go to)\b[^\n]{0,60}(?:https?://|www\.)\S+[^\n]{0,60}\b(?:to|before"
    r"|for)\b[^\n]{0,30}\b(?:see|read|get|the|full|verify|complete)\b[^\n]{0,12}\b(?:answer|response"
    r"|verification|sources?)\b",
]
# -- what is hidden: markup that no reader sees -----------------------------------------------------------------------

_FOUR_WORDS = r"(?:[^\W_]+[ \t,.;:!?'\"()]+){3}[^\W_]"
_HIDDEN_STYLE = (
    r"(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0|opacity\s*:\s*0(?!\.)"
    r"|color\s*:\s*(?:white|#fff(?:fff)?\b"
    r"|transparent)|(?:left|top|text-indent)\s*:\s*-\d{3,})"
)
_HIDDEN = [
    rf"<!--(?=(?:(?!-->)[\s\S]){{0,200}}?{_FOUR_WORDS})(?:(?!-->)[\s\S]){{0,4000}}(?:-->|$)",
    rf"^\[(?://|comment)\]:\s*(?:#|<>)\s*[(\"'][^\n]*{_FOUR_WORDS}[^\n]*$",
    rf"<(\w+)\b[^<>]{{0,300}}(?:style\s*=\s*[\"'][^\"'<>]*{_HIDDEN_STYLE}|\shidden\b"
    rf"|aria-hidden\s*=\s*[\"']true)[^<>]{{0,300}}>[\s\S]{{0,4000}}?(?:</\1\s*>|$)",
]
_SAID = [*_OVERRIDE, *_ABOUT_THE_ANSWER, *_EXFILTRATION, *_WITHOUT_SPACES]
_SAID += [
    rf"\b{verb}\b(?=(?:\W+\w+){{0,8}}?\W+{previous})(?:\W+\w+){{0,6}}?\W+{noun}"
    for verb, noun, previous in _OTHER_LANGUAGES
]
ORDERS = [re.compile(pattern, re.IGNORECASE | re.MULTILINE) for pattern in _SAID]
MARKS = [re.compile(pattern, re.MULTILINE) for pattern in (*_TO_A_ROLE, *_DELIMITERS)]
HIDDEN_MARKUP = [re.compile(pattern, re.IGNORECASE | re.MULTILINE) for pattern in _HIDDEN]
COMMAND = re.compile(
    r"\W*(?:[a-z]+(?: [a-z]+)?,\s+|(?:please|also|and|then|now|always|finally|next|just|simply|only)\s+)*"
    r"(?P<verb>(?:say|write|print|output|mention|repeat|reply|respond|insist|append|insert|include|add|tell|type)\b"
    r"|(?:answer|state|claim|return|begin|start|end|finish|close|conclude|use|put|give|show)\b"
    r"(?=\s+(?:the|this|that|it|your|with|in|as|by|only|always|everything)\b|\s*[\"“‘':]))",
    re.IGNORECASE,
)
"""How a sentence begins that has somebody say something; it asserts nothing."""
