/* The search page: what the form asks is looked up, shown, and kept in the address, so that a search can be cited. */
"use strict";

(async () => {
  const page = document.getElementById("search");
  const form = document.getElementById("question");
  const status = document.getElementById("status");
  const phrases = JSON.parse(page.dataset.phrases);
  const FACETS = ["collection", "kind", "person", "place", "organisation", "speaker", "language", "archive"];
  const EACH = 10, FEW = 3, SHOWN = 8, AROUND = 110;
  const expanded = new Set();
  let round = 0;

  /* A phrase of the interface with its numbers. */
  const say = (phrase, ...values) => (phrases[phrase] ?? phrase).replace(/%/gu, () => values.shift());
  /* A day as the other pages of the site write it. */
  const day = (when) => new Date(`${when}T00:00Z`).toLocaleDateString(page.dataset.lang === "en" ? "en-GB" : page.dataset.lang,
    { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  const many = (number, thing) => (number === 1 ? say(`1 ${thing}`) : say(`% ${thing}s`, number.toLocaleString(page.dataset.lang)));
  const tongues = new Intl.DisplayNames([page.dataset.lang || "en"], { type: "language", fallback: "code" });

  function make(name, attributes = {}, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) if (value !== null) element.setAttribute(key, value);
    element.append(...children);
    return element;
  }

  /* What the address, or the form, asks. */
  function asked(data) {
    const chosen = Object.fromEntries(FACETS.map((facet) => [facet, data.getAll(facet)]));
    const day = (name) => (/^\d{4}(-\d\d(-\d\d)?)?$/u.test(data.get(name) ?? "") ? data.get(name) : "");
    return {
      q: (data.get("q") ?? "").trim(), chosen, from: day("from"), to: day("to"), sort: data.get("sort") ?? "",
      together: data.get("together") === "yes", page: Math.max(1, Number.parseInt(data.get("page"), 10) || 1),
    };
  }

  function address(question, number = 1) {
    const data = new URLSearchParams();
    if (question.q) data.set("q", question.q);
    for (const facet of FACETS) for (const key of question.chosen[facet]) data.append(facet, key);
    for (const name of ["from", "to", "sort"]) if (question[name]) data.set(name, question[name]);
    if (question.together) data.set("together", "yes");
    if (number > 1) data.set("page", number);
    return `search.html${data.size ? `?${data}` : ""}`;
  }

  /* Browsers may refuse to change the address of a page opened from a folder; the search works all the same. */
  function keep(question, how) {
    try { history[how](null, "", address(question, question.page)); } catch { /* the address stays as it was */ }
  }

  function fill(question) {
    for (const name of ["q", "from", "to", "sort"]) form.elements[name].value = question[name];
    form.elements.together.checked = question.together;
  }

  let index;
  try {
    index = await load("index");
  } catch {
    status.textContent = say("The index could not be loaded.");
    return;
  }
  const keys = Object.fromEntries(FACETS.map((facet) => [facet, new Map((index.facets[facet] ?? []).map(([key], at) => [key, at]))]));
  document.getElementById("choices").hidden = false;

  const whole = (day, rest) => day + rest.slice(day.length - 4);
  function dated(document, question) {
    const [first, last] = [document[4], document[5]];
    if (!question.from && !question.to) return true;
    if (!first) return false;
    return (!question.from || whole(last, "-12-31") >= whole(question.from, "-01-01")) &&
      (!question.to || whole(first, "-01-01") <= whole(question.to, "-12-31"));
  }

  const numbersOf = (question, facet) => question.chosen[facet].map((key) => keys[facet].get(key) ?? -1);
  const has = (document, facet, numbers) => !numbers.length || numbers.some((number) => document[7][facet]?.includes(number));

  async function show(question) {
    const mine = ++round;
    status.textContent = say("Searching …");
    const terms = parse(question.q);
    const speakers = numbersOf(question, "speaker").filter((number) => number >= 0);
    const empty = !terms.length && !question.from && !question.to && FACETS.every((facet) => !question.chosen[facet].length);
    document.getElementById("all").hidden = !empty;
    let result;
    try {
      result = await answer(index, terms, { speakers, together: question.together });
    } catch {
      status.textContent = say("The index could not be loaded.");
      return;
    }
    if (mine !== round) return;
    const fits = ([number]) => dated(index.documents[number], question) &&
      FACETS.every((facet) => has(index.documents[number], facet, numbersOf(question, facet)));
    const found = empty ? [] : sorted([...result.found].filter(fits), question, terms);
    facets([...result.found].filter(([number]) => dated(index.documents[number], question)), question);
    const places = found.reduce((sum, [, lists]) => sum + lists.flat().length, 0);
    const pages = Math.max(1, Math.ceil(found.length / EACH));
    question.page = Math.min(question.page, pages);
    await list(found.slice((question.page - 1) * EACH, question.page * EACH), terms, mine);
    if (mine !== round) return;
    status.textContent = empty ? "" : !found.length ? say("Nothing was found.")
      : terms.some((term) => !term.not) ? say("% in %", many(places, "place"), many(found.length, "document")) : many(found.length, "document");
    await missing(result.missing, question, mine);
    turn(question, pages);
  }

  /* Best first: how often a term is in a document for its length, and in how few documents it is. */
  function sorted(found, question) {
    const date = ([number]) => index.documents[number][4];
    const title = ([number]) => index.documents[number][1];
    if (question.sort === "title") return found.sort((a, b) => title(a).localeCompare(title(b), page.dataset.lang));
    const byDate = (a, b) => (date(a) === "") - (date(b) === "") || (date(a) < date(b) ? -1 : date(a) > date(b) ? 1 : a[0] - b[0]);
    if (question.sort === "date") return found.sort(byDate);
    if (question.sort === "-date") return found.sort((a, b) => (date(a) === "") - (date(b) === "") || byDate(b, a));
    const mean = index.documents.reduce((sum, one) => sum + one[6], 0) / (index.documents.length || 1) || 1;
    const score = ([number, lists]) => lists.reduce((sum, list) => {
      const often = list.length, size = index.documents[number][6] / mean;
      return sum + (often * 2.2) / (often + 1.2 * (0.25 + 0.75 * size));
    }, 0);
    const scores = new Map(found.map((one) => [one[0], score(one)]));
    return found.sort((a, b) => scores.get(b[0]) - scores.get(a[0]) || a[0] - b[0]);
  }

  function facets(found, question) {
    const place = document.getElementById("facets");
    const here = document.activeElement?.closest("#facets input");
    const focused = here ? [here.name, here.value] : null;
    const groups = FACETS.filter((facet) => index.facets[facet]).map((facet) => {
      const others = found.filter(([number]) => FACETS.every((other) => other === facet || has(index.documents[number], other, numbersOf(question, other))));
      const counts = new Map();
      for (const [number] of others) for (const value of index.documents[number][7][facet] ?? []) counts.set(value, (counts.get(value) ?? 0) + 1);
      for (const number of numbersOf(question, facet)) if (number >= 0 && !counts.has(number)) counts.set(number, 0);
      const values = [...counts].sort((a, b) => b[1] - a[1] || index.facets[facet][a[0]][1].localeCompare(index.facets[facet][b[0]][1], page.dataset.lang));
      const chosen = new Set(numbersOf(question, facet));
      const few = expanded.has(facet) ? values : values.filter(([value], at) => at < SHOWN || chosen.has(value));
      if (!values.length) return null;
      const rows = few.map(([value, count]) => {
        const [key, name] = index.facets[facet][value];
        const box = make("input", { type: "checkbox", form: "question", name: facet, value: key });
        box.checked = chosen.has(value);
        return make("li", {}, make("label", {}, box, ` ${facet === "language" ? tongues.of(key) ?? name : name}\u00a0`, make("span", { class: "number" }, String(count))));
      });
      const more = values.length > few.length ? [make("button", { type: "button", class: "more", "data-facet": facet }, say("Show all %", values.length))] : [];
      return make("fieldset", {}, make("legend", {}, say(facet[0].toUpperCase() + facet.slice(1))), make("ul", {}, ...rows), ...more);
    });
    place.replaceChildren(...groups.filter(Boolean));
    const chosen = FACETS.reduce((sum, facet) => sum + question.chosen[facet].length, 0);
    document.getElementById("chosen").replaceChildren(...(chosen ? [say("% chosen", chosen), " "] : []));
    document.getElementById("away").hidden = !chosen;
    if (focused) [...place.querySelectorAll("input")].find((box) => box.name === focused[0] && box.value === focused[1])?.focus();
  }

  async function list(found, terms, mine) {
    const rows = await Promise.all(found.map(async ([number, lists]) => {
      const [id, title, language, words, first, last] = index.documents[number];
      const date = first === last && /^\d{4}-\d\d-\d\d$/.test(first) ? day(first) : words;
      const kind = (index.documents[number][7].kind ?? []).map((at) => index.facets.kind[at][1]).join(", ");
      const archive = (index.documents[number][7].archive ?? []).map((at) => index.facets.archive[at][1]).join(", ");
      const head = make("h2", { lang: language || null }, make("a", { href: `${id}.html` }, title || id));
      const facts = make("p", { class: "facts" }, [date || say("No date"), kind, archive].filter(Boolean).join(" · "));
      const row = make("li", {}, head, facts);
      if (lists.length) row.append(...passagesOf(await load(`text/${id}`), id, language, lists));
      return row;
    }));
    if (mine === round) document.getElementById("found").replaceChildren(...rows);
  }

  /* The passages of a document that answer, those with most of the terms first; a few, and a button for the rest. */
  function passagesOf(text, id, language, lists) {
    const hits = new Map();
    lists.forEach((list, term) => {
      for (const [from, to] of list) {
        const at = Math.floor(from / PASSAGE);
        const number = text.findLastIndex((row) => row[0] <= at);
        if (!hits.has(number)) hits.set(number, { terms: new Set(), places: [] });
        hits.get(number).terms.add(term);
        hits.get(number).places.push([from, to, term]);
      }
    });
    const order = [...hits].sort((a, b) => b[1].terms.size - a[1].terms.size || a[0] - b[0]);
    const all = order.length;
    const block = make("ul", { class: "passages", lang: language || null });
    const line = ([number, hit]) => make("li", {}, ...snippet(text[number], hit.places, id));
    block.append(...order.slice(0, FEW).map(line));
    if (all <= FEW) return [block];
    const more = make("button", { type: "button", class: "more" }, say("Show all % places", all));
    more.addEventListener("click", () => {
      block.replaceChildren(...order.sort((a, b) => a[0] - b[0]).map(line));
      more.remove();
      block.querySelector("a")?.focus();
    });
    return [block, more];
  }

  function snippet([passage, anchor, text, source], places, id) {
    const words = wordsOf(text);
    const spans = places.map(([from, to, term]) => [words[from - passage * PASSAGE], words[to - 1 - passage * PASSAGE], term])
      .filter(([first, last]) => first && last).map(([first, last, term]) => [first.start, last.end, term]).sort((a, b) => a[0] - b[0]);
    if (!spans.length) return [text.slice(0, 2 * AROUND)];
    // The stretch that shows most of the terms, the first one among equals.
    const shows = spans.map(([start]) => new Set(spans.filter((span) => span[0] >= start && span[1] <= start + 2 * AROUND).map((span) => span[2])).size);
    const best = spans[shows.indexOf(Math.max(...shows))];
    let from = Math.max(0, best[0] - AROUND), to = Math.min(text.length, best[1] + 2 * AROUND);
    if (from) from = text.indexOf(" ", from) + 1 > best[0] || text.indexOf(" ", from) < 0 ? from : text.indexOf(" ", from) + 1;
    if (to < text.length) to = text.lastIndexOf(" ", to) > best[1] ? text.lastIndexOf(" ", to) : to;
    const parts = [from ? "… " : ""];
    let at = from;
    for (const [start, end] of spans) {
      if (start < at || end > to) continue;
      parts.push(text.slice(at, start), make("mark", {}, text.slice(start, end)));
      at = end;
    }
    parts.push(text.slice(at, to), to < text.length ? " …" : "");
    // Browsers that can do so show the words where they stand on the page.
    const said = text.slice(best[0], best[1]);
    const shown = anchor && !source && document.fragmentDirective ? `:~:text=${encodeURIComponent(said).replace(/-/gu, "%2D")}` : "";
    const link = make("a", { href: `${id}.html${anchor ? `#t-${anchor}${shown}` : ""}` }, ...parts);
    return source ? [link, " ", make("span", { class: "number" }, `(${say("in the words of the source")})`)] : [link];
  }

  async function missing(terms, question, mine) {
    const rows = [];
    for (const term of terms) {
      rows.push(make("p", {}, say("No exact match for “%”.", term.said)));
      const like = term.keys.length === 1 ? await alike(index, term.keys[0]) : [];
      if (!like.length) continue;
      const links = like.flatMap((word) => [" ", make("a", { href: address({ ...question, q: question.q.replace(term.said, word) }) }, word)]);
      rows.push(make("p", { class: "like" }, say("Words like it:"), ...links));
    }
    if (mine === round) document.getElementById("alike").replaceChildren(...rows);
  }

  function turn(question, pages) {
    const place = document.getElementById("pages");
    place.hidden = pages < 2;
    const link = (number, label, rel) => make("a", { href: address(question, number), rel }, label);
    place.replaceChildren(...[
      question.page > 1 ? link(question.page - 1, say("Previous"), "prev") : null,
      make("span", {}, say("Page % of %", question.page, pages)),
      question.page < pages ? link(question.page + 1, say("Next"), "next") : null,
    ].filter(Boolean));
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const question = asked(new FormData(form));
    keep(question, "pushState");
    show(question);
  });
  page.addEventListener("change", (event) => {
    if (event.target.name === "q") return;
    const question = asked(new FormData(form));
    keep(question, "replaceState");
    show(question);
  });
  page.addEventListener("click", (event) => {
    if (event.target.id === "away") {
      const question = { ...asked(new FormData(form)), chosen: Object.fromEntries(FACETS.map((facet) => [facet, []])), page: 1 };
      keep(question, "pushState");
      show(question).then(() => form.elements.q.focus());
      return;
    }
    const facet = event.target.dataset?.facet;
    if (!facet) return;
    expanded.add(facet);
    show(asked(new FormData(form))).then(() => document.querySelectorAll(`#facets input[name=${facet}]`)[SHOWN]?.focus());
  });
  function fromAddress() {
    const question = asked(new URLSearchParams(location.search));
    fill(question);
    document.querySelector(".facets").open = matchMedia("(min-width: 60rem)").matches;
    return show(question);
  }
  addEventListener("popstate", fromAddress);
  await fromAddress();
  if (!location.search) form.elements.q.focus({ preventScroll: true });
})();
