/* Text in, the words by which it is found out: as tei_edition/search/words.py makes them, sign for sign. */
"use strict";

const SPELT = {
  "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th",
  "ŋ": "n", "ς": "σ", "ј": "j",
};
const MARKS = new RegExp(
  "[\\u0300-\\u0305\\u0307-\\u036f\\u0483-\\u0489\\u0591-\\u05bd\\u05bf-\\u05c7\\u0610-\\u061a\\u0640\\u064b-\\u065f\\u0670" +
  "\\u06d6-\\u06ed\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u20d0-\\u20ff\\ufe20-\\ufe2f\\u02b0-\\u02ff\\u00ad\\u200c\\u200d]" +
  "|(?<![иу])\\u0306", "gu");
const UNSPACED = "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3005-\\u3007\\u3040-\\u30ff\\u3400-\\u4dbf" +
  "\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
const JOINS = "[\\p{M}\\u00ad\\u200c\\u200d]";
const WORD = new RegExp(
  `(?:(?![${UNSPACED}])[\\p{L}\\p{N}])(?:${JOINS}|(?![${UNSPACED}])[\\p{L}\\p{N}])*|(?=[${UNSPACED}])[\\p{L}\\p{N}]${JOINS}*`, "gu");

/* A word as it is looked for: small letters without marks. */
function fold(word) {
  const apart = word.toLowerCase().normalize("NFKD").replace(MARKS, "").toLowerCase();
  return apart.replace(/[łøđðħŧıßæœþŋςј]/g, (letter) => SPELT[letter]).normalize("NFC").replace(/[^\p{L}\p{N}\p{M}\u00ad\u200c\u200d]/gu, "");
}

/* The words of a text in order, each with where it begins and ends. */
function wordsOf(text) {
  const found = [];
  for (const at of text.matchAll(WORD)) {
    const key = fold(at[0]);
    if (key) found.push({ key, start: at.index, end: at.index + at[0].length });
  }
  return found;
}
