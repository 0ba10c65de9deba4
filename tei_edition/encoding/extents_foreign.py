"""Takes an editor's words in another language about something that is not there, and gives the English for them."""

from __future__ import annotations

import re

_WORDS = {
    "one": "один одна одно ein eine einen un une uno una um uma jeden jedno jedna egy",
    "two": "два две zwei deux dos due dois duas dwa dwie két dvě",
    "three": "три drei trois tres tre três trzy három",
    "four": "четыре vier quatre cuatro quattro quatro cztery négy",
    "several": "несколько mehrere plusieurs varias varios alcune alcuni várias vários kilka néhány několik",
    "word": (
        "слово слова слов wort wörter worte mot mots palabra palabras parola parole palavra palavras słowo "
        "słowa słów wyraz wyrazy szó slovo slova"
    ),
    "line": (
        "строка строки строк строчка zeile zeilen ligne lignes línea líneas renglón riga righe linha linhas "
        "wiersz wiersze sor řádek řádky"
    ),
    "letter": "буква буквы букв buchstabe buchstaben lettre lettres letra letras lettera lettere litera litery",
    "page": "страница страницы страниц seite seiten page pages página páginas pagina pagine strona strony oldal",
    "sentence": "предложение предложения satz sätze phrase phrases frase frases frasi zdanie",
    "paragraph": "абзац абзаца absatz absätze paragraphe paragraphes párrafo párrafos paragrafo parágrafo akapit",
    "name": "имя фамилия имени name nom nombre nome imię nazwisko",
    "text": "текст текста text texte texto testo tekst",
    "illegible": (
        "неразборчиво неразборчивы неразб нрзб нечитаемо нечитаема unleserlich unleserliche unleserlicher "
        "unleserliches unlesbar illisible illisibles ilegible ilegibles ilegível ilegíveis illeggibile "
        "illeggibili nieczytelne nieczytelny nieczytelna nečitelné nečitelný olvashatatlan нечетко"
    ),
    "missing": (
        "пропущено пропущена пропущены пропуск отсутствует отсутствуют утрачено утрачена утрачены оборвано "
        "fehlt fehlen fehlend fehlende fehlendes fehlender verloren manque manquant manquante manquants "
        "manquantes manquent perdu falta faltan faltam perdido perdida manca mancano mancante brak hiányzik "
        "chybí"
    ),
    "inaudible": (
        "неслышно inaudible inaudibles unverständlich ininteligible incomprensible incompréhensible niesłyszalne"
    ),
    "omitted": (
        "опущено опущена опущены ausgelassen auslassung weggelassen omis omise omission omitido omitida "
        "omisión omesso omissão pominięto opuszczono kihagyva vynecháno"
    ),
    "or": "или oder ou o lub vagy nebo",
    "": (
        "и в на the der die das des le la les el los las il lo gli hier ici aquí qui здесь далее et und y e "
        "eines d'une de es im in no w"
    ),
}
"""Words of other languages by the English word that says the same; those that say nothing here last."""
_MEANS = {word: english for english, words in _WORDS.items() for word in words.split()}
_STATES = ("illegible", "missing", "inaudible", "omitted")
_NUMBERS = ("one", "two", "three", "four", "several")
_UNITS = ("word", "line", "letter", "page", "sentence", "paragraph", "name", "text")


def in_english(content: str) -> str | None:
    """Return what an editor says is not there, in English; None where not all words are known, or none is foreign.

    >>> in_english("одно или два слова неразборчиво"), in_english("ein Wort fehlt"), in_english("deux mots illisibles")
    ('one or two words illegible', 'one word missing', 'two words illegible')
    >>> in_english("one word missing"), in_english("ein Haus")
    (None, None)
    """
    said = re.findall(r"[^\W\d_]+|\d+", content.casefold())
    means = [word if word.isdigit() else _MEANS.get(word) for word in said]
    if not 0 < len(said) <= 8 or None in means:
        return None
    known = [word for word in means if word]
    states = [word for word in known if word in _STATES]
    units = [word for word in known if word in _UNITS]
    counts = [word for word in known if word in _NUMBERS or word.isdigit() or word == "or"]
    if len(states) != 1 or len(units) > 1 or len(known) != len(states) + len(units) + len(counts):
        return None
    if not units:
        return states[0] if not counts or counts == ["or"] else None
    many = counts and counts[-1] not in ("one", "1") and units[0] != "text"
    return " ".join([*counts, units[0] + "s" * bool(many), states[0]])


def is_one_word(content: str) -> bool:
    """Say whether an editor says it in one word, which may as well be a word of the original."""
    return len(content.split()) == 1 and _MEANS.get(content.strip(" .").casefold()) in ("missing", "omitted")
