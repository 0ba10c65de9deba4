/* What the pages do beyond reading: copy citations, cite the place that the address names, narrow the list.
   Without this script everything is there but these. */
"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const language = document.documentElement.lang;

  /* Citations: the day of access is the reader's; the place is that of the address. */
  const cite = document.querySelector("section.cite");
  if (cite) {
    const today = new Date().toLocaleDateString(language === "en" ? "en-GB" : language, { day: "numeric", month: "long", year: "numeric" });
    const written = all(".cite-url", cite).map((url) => url.textContent);
    const show = () => {
      const [, kind, number] = location.hash.match(/^#t-([a-z]+)-(.+)$/) || [];
      const word = cite.dataset[kind] || "";
      const here = location.protocol === "file:" ? "" : location.href.split("#")[0];
      all(".cite-at", cite).forEach((spot) => { spot.textContent = word ? `${word} ${number}. ` : ""; });
      all(".cite-url", cite).forEach((spot, at) => { spot.textContent = written[at] + (word ? location.hash : ""); });
      all(".cite-seen", cite).forEach((spot) => {
        const known = spot.parentElement.querySelector(".cite-url");
        spot.textContent = (known || !here ? "" : here + (word ? location.hash : "") + ". ") + `${cite.dataset.seen} ${today}.`;
      });
    };
    show();
    addEventListener("hashchange", show);
    all("button.copy", cite).forEach((button) => {
      const label = button.textContent;
      button.hidden = false;
      button.addEventListener("click", async () => {
        const source = document.getElementById(button.dataset.copies);
        const text = source.textContent.replace(/\s+/g, " ").trim();
        try {
          await navigator.clipboard.writeText(text);
        } catch {
          getSelection().selectAllChildren(source);
          document.execCommand("copy");
        }
        button.textContent = cite.dataset.copied;
        setTimeout(() => { button.textContent = label; }, 1500);
      });
    });
  }

  /* The list of documents: words, kind, year, order. */
  const filter = document.querySelector("form.filter");
  const plain = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const wish = () => {
    const said = new FormData(filter);
    return { words: plain(said.get("words") || "").split(/\s+/).filter(Boolean), kind: said.get("kind"), year: said.get("year"), order: said.get("order") };
  };
  const fits = (wanted, words, kinds, year) => wanted.words.every((word) => words.includes(word))
    && (!wanted.kind || kinds.includes(wanted.kind)) && (!wanted.year || year === wanted.year);
  const tell = (count, all) => {
    filter.querySelector(".sum").textContent = count === all ? "" : count ? `${count} / ${all}` : filter.dataset.none;
  };

  function narrowHere(list) {
    const rows = all(":scope > li", list);
    const words = rows.map((row) => plain(row.textContent));
    const title = (row) => row.querySelector("h3").textContent;
    const narrow = () => {
      const wanted = wish();
      let count = 0;
      rows.forEach((row, at) => {
        row.hidden = !fits(wanted, words[at], row.dataset.kind.split("|"), row.dataset.year);
        count += !row.hidden;
      });
      const sorted = [...rows];
      if (wanted.order === "title") sorted.sort((a, b) => title(a).localeCompare(title(b), language));
      if (wanted.order === "latest") sorted.reverse();
      list.append(...sorted);
      tell(count, rows.length);
    };
    filter.addEventListener("input", narrow);
    narrow();
  }

  /* Of a list that has several pages another file knows all documents; it is asked for when it is needed. */
  function narrowThere(listing) {
    const EACH = 50;
    const found = document.createElement("ol");
    found.className = "contents";
    const more = document.createElement("button");
    more.type = "button";
    more.textContent = filter.dataset.more;
    listing.after(found, more);
    found.hidden = more.hidden = true;
    let asked = null, shown = EACH;
    const load = () => (asked ??= new Promise((done, failed) => {
      globalThis.teiSearch = (_, rows) => done(rows.map((row) => ({ row, words: plain(`${row[1]} ${row[4]} ${row[5].join(" ")} ${row[6]}`) })));
      const script = document.createElement("script");
      script.src = filter.dataset.list;
      script.onerror = failed;
      document.head.append(script);
    }));
    const put = (name, parent, words = "", lang = "") => {
      const element = document.createElement(name);
      element.textContent = words;
      if (lang) element.lang = lang;
      parent.append(element);
      return element;
    };
    const item = ({ row: [id, title, lang, when, date, kinds, people] }) => {
      const one = document.createElement("li");
      put("p", one, date || when || filter.dataset.undated).className = "when";
      const said = put("div", one);
      const link = put("a", put("h3", said, "", lang), title);
      link.href = `${filter.dataset.up}${id}.html`;
      const who = [kinds.join(", "), people].filter(Boolean).join(" · ");
      if (who) put("p", said, who, lang).className = "who";
      return one;
    };
    const narrow = async () => {
      const wanted = wish();
      const idle = !wanted.words.length && !wanted.kind && !wanted.year && wanted.order === "date";
      const rows = idle ? [] : await load();
      const here = rows.filter(({ row, words }) => fits(wanted, words, row[5], row[3].slice(0, 4)));
      if (wanted.order === "title") here.sort((a, b) => a.row[1].localeCompare(b.row[1], language));
      if (wanted.order === "latest") here.reverse();
      listing.hidden = !idle;
      found.hidden = idle;
      found.replaceChildren(...here.slice(0, shown).map(item));
      more.hidden = here.length <= shown;
      if (idle) tell(0, 0); else tell(here.length, rows.length);
    };
    more.addEventListener("click", async () => {
      const at = shown;
      shown += EACH;
      await narrow();
      found.children[at]?.querySelector("a").focus();
    });
    filter.addEventListener("input", () => { shown = EACH; narrow(); });
  }

  if (filter) {
    filter.hidden = false;
    filter.addEventListener("submit", (event) => event.preventDefault());
    if (filter.dataset.list) narrowThere(document.querySelector(".listing"));
    else narrowHere(document.querySelector("ol.contents"));
  }

  /* An entry that was on this page of a register once has a page of its own. */
  const lost = /^#(?!s-)[\w.-]+$/u.test(location.hash) && document.querySelector(".register-page[data-register]");
  if (lost && !document.getElementById(decodeURIComponent(location.hash.slice(1)))) {
    location.replace(`${lost.dataset.register}/${location.hash.slice(1)}.html`);
  }

  /* A place of a document that is now part of another: go on to where it is. */
  const moved = document.querySelector("ul.moved");
  if (moved && location.hash) {
    const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const link = place && moved.contains(place) && place.querySelector("a");
    if (link) location.replace(link.href);
  }
})();
