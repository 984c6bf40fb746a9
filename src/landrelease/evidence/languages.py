"""Which language a text is in, by its script and its commonest words; no model."""

from __future__ import annotations

import re
from collections import Counter

SUPPORTED = frozenset({"en"})
"""Languages that the rules cover."""

UNDETERMINED = "und"
"""ISO 639 code for a text that is long enough to tell and in none of the languages known here."""

_NAMES = {
    "fr": "French", "es": "Spanish", "pt": "Portuguese", "de": "German", "it": "Italian",
    "nl": "Dutch", "pl": "Polish", "uk": "Ukrainian", "ru": "Russian", "tr": "Turkish",
    "az": "Azerbaijani", "ar": "Arabic script", "km": "Khmer", "lo": "Lao", "th": "Thai",
    "my": "Burmese", "zh": "Chinese", "ko": "Korean", "ja": "Japanese", "ka": "Georgian",
    "hy": "Armenian", "he": "Hebrew", "am": "Ethiopic script", "el": "Greek",
    "hi": "Devanagari script", "bn": "Bengali", "ta": "Tamil", "si": "Sinhala",
}  # fmt: skip
_COMMON = {
    "en": "the of and to in that is was for on with as by at from were have has it said",
    "fr": "le la les des et en du une est que dans pour qui sur par au avec pas ont été",
    "es": "el la los las de y en que del por con una para se es al como su más fue",
    "pt": "o a os as de e em que do da um uma para com por não dos ao mais foi",
    "de": "der die das und in den von zu mit ist auf für nicht ein eine dem des sich wurde",
    "it": "il di e la che in un per del con non una sono della le dei gli alla è",
    "nl": "de het een en van in is dat op te zijn met voor niet aan er door om werd",
    "pl": "i w na z się do nie że jest o przez od za dla po jak oraz został",
    "uk": "і в у на з що не до за та від для про це як року був він",
    "ru": "и в на не что с по из за для от как это был его года к о",
    "tr": "ve bir bu da de için ile olarak olan daha çok sonra gibi kadar ise",
    "az": "və bu bir ilə üçün olan da də olaraq edilib görə sonra ki tərəfindən",
}
_ENOUGH = 80
"""So many words without an English «the» or «of» among them are not English prose."""
_WORDS = {code: frozenset(words.split()) for code, words in _COMMON.items()}
_SCRIPTS = (
    ("ar", "\u0600", "\u06ff"),
    ("km", "\u1780", "\u17ff"),
    ("lo", "\u0e80", "\u0eff"),
    ("th", "\u0e00", "\u0e7f"),
    ("my", "\u1000", "\u109f"),
    ("zh", "\u4e00", "\u9fff"),
    ("ko", "\uac00", "\ud7af"),
    ("ja", "\u3040", "\u30ff"),
    ("ka", "\u10a0", "\u10ff"),
    ("hy", "\u0530", "\u058f"),
    ("he", "\u0590", "\u05ff"),
    ("am", "\u1200", "\u137f"),
    ("el", "\u0370", "\u03ff"),
    ("hi", "\u0900", "\u097f"),
    ("bn", "\u0980", "\u09ff"),
    ("ta", "\u0b80", "\u0bff"),
    ("si", "\u0d80", "\u0dff"),
)


def detect(text: str) -> str | None:
    """Return the likeliest ISO 639-1 code, or nothing for a text too short to tell.

    A long text in none of the known languages is ``und``.

    Examples
    --------
    >>> detect("The mines were cleared by the agency in the spring of that year.")
    'en'
    >>> detect("Les mines ont été enlevées par les équipes dans la région et le pays.")
    'fr'
    >>> detect("2024") is None
    True
    """
    sample = text[:20000]
    letters: Counter[str | None] = Counter()
    for char, count in Counter(sample).items():
        if char.isalpha():
            letters[_script(char)] += count
    script, share = letters.most_common(1)[0] if letters else (None, 0)
    if script and share > 0.5 * sum(letters.values()):
        return script
    words = re.findall(r"[^\W\d_]+", sample.casefold())
    scores = {code: sum(w in known for w in words) for code, known in _WORDS.items()}
    best = max(scores, key=lambda code: scores[code])
    if scores[best] >= 3 and scores[best] >= 0.04 * len(words):
        return best
    return UNDETERMINED if len(words) >= _ENOUGH and scores["en"] < 0.01 * len(words) else None


def covered(language: str | None) -> bool:
    """Whether the rules may read it; a text too short to tell is read."""
    return language is None or language in SUPPORTED


def uncovered(language: str | None) -> str:
    """Say plainly that nothing is proposed.

    Examples
    --------
    >>> uncovered("fr")
    'language not covered: the text is in French (fr); it is kept and nothing is proposed'
    """
    name = f"in {_NAMES[language]} ({language})" if language in _NAMES else "not in English"
    return f"language not covered: the text is {name}; it is kept and nothing is proposed"


def _script(char: str) -> str | None:
    return next((code for code, first, last in _SCRIPTS if first <= char <= last), None)
