"""Says what each word of a reference to an archive counts: fond, box, leaf; nothing else is known here."""

from __future__ import annotations

_WORDS = {
    "fond": "f fond fonds",
    "opis": "op opis record",
    "delo": "d delo",
    "papka": "pap papka",
    "listy": "l ll list listy",
    "perechen": "per perechen",
    "dokument": "dok doc document dokument",
    "ae": "ae a.e",
    "box": "box boxes doboz",
    "folder": "folder folders fldr",
    "folio": "fol fols folio folios ff bl",
    "file": "file dossier dosar tétel",
    "record-group": "rg record-group",
    "lot": "lot",
    "reel": "reel roll",
    "carton": "carton cartons",
    "volume": "vol volume v bd band tome",
    "page": "p pp page pages str",
    "item": "item entry",
    "signature": "sygn sign signatur",
    "karton": "kt karton ktn kut kutija",
    "zahl": "zl zahl",
    "caja": "caja",
    "legajo": "legajo leg",
    "expediente": "expediente exp",
    "busta": "busta",
    "fascicolo": "fasc fascicolo",
    "inventory": "inv inventory inventaris",
    "serie": "série serie séries",
    "zespol": "z zespół",
    "wiazka": "w wiązka",
    "teczka": "t teczka",
    "karta": "k karta",
    "svazek": "sv",
    "jednotka": "a.j",
    "fleta": "fl",
}
UNITS = {word: kind for kind, words in _WORDS.items() for word in words.split()}
"""The unit by each word that archives have for it."""
