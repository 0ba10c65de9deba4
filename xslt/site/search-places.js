/* The index in, the documents and places that answer a question out. The files of the index are scripts that call
   teiSearch(name, content), see tei_edition/site/search.py. */
"use strict";

const PASSAGE = 4096;
const loaded = new Map();
const waiting = new Map();

function teiSearch(name, content) {
  waiting.get(name)?.(content);
}

/* A file of the index; it is loaded once. */
function load(name) {
  if (!loaded.has(name)) {
    loaded.set(name, new Promise((done, failed) => {
      waiting.set(name, done);
      const script = document.createElement("script");
      script.src = `search/${name}.js`;
      script.onerror = () => failed(new Error(name));
      document.head.append(script);
    }));
  }
  return loaded.get(name);
}

/* What was typed, as terms: each a phrase, with open when its last word may go on, with not when it is to be absent,
   with near when so many words at most may lie between it and the term before. */
function parse(typed) {
  const terms = [];
  let near = null;
  for (const part of typed.matchAll(/(-?)["“”„«»]([^"“”„«»]*)["“”„«»]?(\*?)|(\S+)/gu)) {
    const bare = part[4];
    const distance = bare?.match(/^NEAR(?:\/(\d{1,3}))?$/u);
    if (distance && terms.length) {
      near = Number(distance[1] ?? 10);
      continue;
    }
    const said = bare === undefined ? part[2] : bare;
    const keys = wordsOf(said).map((word) => word.key);
    if (!keys.length) continue;
    const not = bare === undefined ? part[1] === "-" : /^-/u.test(bare);
    const open = part[3] === "*" || /\*["”“»]?$/u.test(said);
    terms.push({ keys, open, not, near: not ? null : near, said: said.replace(/^-/u, "").replace(/\*$/u, "") + (open ? "*" : "") });
    near = null;
  }
  return terms;
}

/* “5:a,3;1:0” as document → numbers. */
function unpacked(text) {
  const found = new Map();
  let number = 0;
  if (!text) return found;
  for (const row of text.split(";")) {
    const colon = row.indexOf(":");
    number += parseInt(row.slice(0, colon), 36);
    let at = 0;
    found.set(number, row.slice(colon + 1).split(",").map((step) => (at += parseInt(step, 36))));
  }
  return found;
}

function shardOf(index, key) {
  let low = 0, high = index.words.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (index.words[middle] <= key) low = middle; else high = middle - 1;
  }
  return low;
}

/* The words of the index that begin so, with their places; with exact that one word only. */
async function wordsLike(index, key, exact) {
  if (!index.words.length) return [];
  const first = shardOf(index, key);
  const found = [];
  for (let at = first; at < index.words.length && (at === first || (!exact && index.words[at].startsWith(key))); at++) {
    const shard = await load(`words-${at}`);
    if (exact) {
      if (Object.hasOwn(shard, key)) found.push([key, shard[key]]);
    } else {
      found.push(...Object.entries(shard).filter(([word]) => word.startsWith(key)));
    }
  }
  return found;
}

function merged(maps) {
  if (maps.length === 1) return maps[0];
  const all = new Map();
  for (const map of maps) for (const [number, at] of map) all.set(number, all.has(number) ? all.get(number).concat(at) : at);
  for (const at of all.values()) at.sort((a, b) => (a[0] ?? a) - (b[0] ?? b));
  return all;
}

/* Where a phrase stands: document → [first word, word after the last] in order. */
async function placesOf(index, term) {
  const lists = [];
  for (const [step, key] of term.keys.entries()) {
    const open = term.open && step === term.keys.length - 1;
    lists.push(merged((await wordsLike(index, key, !open)).map(([, text]) => unpacked(text)).concat(new Map())));
  }
  const found = new Map();
  for (const [number, first] of lists[0]) {
    if (!lists.every((list) => list.has(number))) continue;
    const rest = lists.slice(1).map((list) => new Set(list.get(number)));
    const at = first.filter((place) => rest.every((set, step) => set.has(place + step + 1)));
    if (at.length) found.set(number, at.map((place) => [place, place + term.keys.length]));
  }
  return found;
}

/* Of two lists of places those pairs that lie near one another in one passage, each pair as one place. */
function pairs(one, other, near) {
  const found = [];
  for (const a of one) {
    for (const b of other) {
      const between = Math.max(a[0], b[0]) - Math.min(a[1], b[1]);
      if (between >= 0 && between <= near && Math.floor(a[0] / PASSAGE) === Math.floor(b[0] / PASSAGE)) {
        found.push([Math.min(a[0], b[0]), Math.max(a[1], b[1])]);
      }
    }
  }
  return found.sort((a, b) => a[0] - b[0]);
}

/* What answers a question: document → for every term its places. Terms joined by NEAR are one. */
async function answer(index, terms, { speakers = [], together = false } = {}) {
  const groups = [];
  const absent = [];
  const missing = [];
  for (const term of terms) {
    const places = await placesOf(index, term);
    if (term.not) { absent.push(places); continue; }
    if (!places.size) missing.push(term);
    if (term.near !== null && groups.length) {
      const before = groups.pop();
      const both = new Map();
      for (const [number, at] of before) {
        const found = pairs(at, places.get(number) ?? [], term.near);
        if (found.length) both.set(number, found);
      }
      groups.push(both);
    } else {
      groups.push(places);
    }
  }
  const spoken = speakers.length ? merged(await Promise.all(speakers.map(async (number) => unpackedSpeaker(await load(`speaker-${number}`))))) : null;
  const found = new Map();
  const numbers = groups.length ? groups[0].keys() : index.documents.keys();
  for (const number of numbers) {
    if (!groups.every((group) => group.has(number)) || absent.some((group) => group.has(number))) continue;
    let lists = groups.map((group) => group.get(number));
    if (spoken) {
      const spans = spoken.get(number) ?? [];
      if (!groups.length && !spans.length) continue;
      lists = lists.map((list) => list.filter(([from, to]) => spans.some(([start, end]) => start <= from && to <= end)));
    }
    if (together && lists.length > 1) {
      const shared = lists.map((list) => new Set(list.map(([from]) => Math.floor(from / PASSAGE))))
        .reduce((one, other) => new Set([...one].filter((passage) => other.has(passage))));
      lists = lists.map((list) => list.filter(([from]) => shared.has(Math.floor(from / PASSAGE))));
    }
    // What the source has in other words is counted only where the reading text does not answer as well.
    const source = new Set(index.documents[number][8]);
    lists = lists.map((list) => {
      const there = new Set(list.map(([from]) => Math.floor(from / PASSAGE)));
      return list.filter(([from]) => {
        const passage = Math.floor(from / PASSAGE);
        return !(source.has(passage) && there.has(passage - 1));
      });
    });
    if (lists.every((list) => list.length)) found.set(number, lists);
  }
  return { found, missing };
}

/* Speakers are [from, to, from, to …], each list on its own beginning at 0 and with whole document numbers. */
function unpackedSpeaker(text) {
  const found = new Map();
  if (!text) return found;
  for (const row of text.split(";")) {
    const [number, steps] = row.split(":");
    let at = 0;
    const numbers = steps.split(",").map((step) => (at += parseInt(step, 36)));
    found.set(parseInt(number, 36), numbers.flatMap((from, i) => (i % 2 ? [] : [[from, numbers[i + 1]]])));
  }
  return found;
}

/* Words of the index that look like one that it does not have: by two letters at most, or by its beginning. */
async function alike(index, key) {
  if (!index.words.length) return [];
  const shard = await load(`words-${shardOf(index, key)}`);
  const size = (text) => text.split(/[;,]/u).length;
  return Object.entries(shard)
    .filter(([word]) => Math.abs(word.length - key.length) <= 6 && (word.startsWith(key) || key.startsWith(word) && word.length > 3 || distance(word, key) <= (key.length > 5 ? 2 : 1)))
    .sort((a, b) => distance(a[0], key) - distance(b[0], key) || size(b[1]) - size(a[1]))
    .slice(0, 6).map(([word]) => word);
}

/* How many letters are to be changed, added, left out or exchanged with their neighbour. */
function distance(one, other) {
  let before = [], last = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1];
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    [before, last] = [last, row];
  }
  return last[other.length];
}
