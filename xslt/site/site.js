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
  const list = document.querySelector("ol.contents");
  if (filter && list) {
    const rows = all(":scope > li", list);
    const plain = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    const words = rows.map((row) => plain(row.textContent));
    const title = (row) => row.querySelector("h3").textContent;
    const narrow = () => {
      const said = new FormData(filter);
      const wanted = plain(said.get("words") || "").split(/\s+/).filter(Boolean);
      let count = 0;
      rows.forEach((row, at) => {
        const fits = wanted.every((word) => words[at].includes(word))
          && (!said.get("kind") || row.dataset.kind.split("|").includes(said.get("kind")))
          && (!said.get("year") || row.dataset.year === said.get("year"));
        row.hidden = !fits;
        count += fits;
      });
      const order = said.get("order");
      const sorted = [...rows];
      if (order === "title") sorted.sort((a, b) => title(a).localeCompare(title(b), language));
      if (order === "latest") sorted.reverse();
      list.append(...sorted);
      filter.querySelector(".sum").textContent = count === rows.length ? "" : count ? `${count} / ${rows.length}` : filter.dataset.none;
    };
    filter.hidden = false;
    filter.addEventListener("input", narrow);
    filter.addEventListener("submit", (event) => event.preventDefault());
    narrow();
  }

  /* A place of a document that is now part of another: go on to where it is. */
  const moved = document.querySelector("ul.moved");
  if (moved && location.hash) {
    const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const link = place && moved.contains(place) && place.querySelector("a");
    if (link) location.replace(link.href);
  }
})();
