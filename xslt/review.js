/* The page of a review: takes the editor's answers, keeps them in this browser, gives them as decisions. */
"use strict";
(() => {
  const body = document.body;
  const doubts = [...document.querySelectorAll(".doubt")];
  const byId = (id) => document.getElementById(id);
  if (!doubts.length) return;
  document.documentElement.classList.add("js");

  const tables = JSON.parse(byId("tables").textContent);
  const place = `tei-edition review ${body.dataset.digest}`;
  const status = byId("said");
  let answers = {};
  let kept = true;
  try {
    answers = JSON.parse(localStorage.getItem(place) || "{}") || {};
  } catch {
    kept = false;
  }

  const say = (words) => { status.textContent = words; };
  const radios = (doubt) => [...doubt.querySelectorAll("input[type=radio]")];
  const chosen = (doubt) => radios(doubt).find((radio) => radio.checked);
  const freeOf = (doubt, answer) => doubt.querySelector(`input[data-for="${answer}"]`);
  const needed = { speaker: true, sides: true };

  /* An answer counts when all is there that it needs. */
  const settled = (doubt) => {
    const radio = chosen(doubt);
    if (!radio) return false;
    const free = freeOf(doubt, radio.value);
    return !(needed[radio.value] && free && !free.value.trim());
  };

  const keep = () => {
    try {
      localStorage.setItem(place, JSON.stringify(answers));
    } catch {
      if (kept) say("This browser keeps no answers: download them before you close the page.");
      kept = false;
    }
  };

  const show = (doubt) => {
    const radio = chosen(doubt);
    doubt.classList.toggle("settled", settled(doubt));
    for (const free of doubt.querySelectorAll("input[data-for]")) {
      free.closest("label").hidden = !radio || free.dataset.for !== radio.value;
    }
    const mark = byId(`m${doubt.id.slice(1)}`);
    if (mark) mark.classList.toggle("settled", settled(doubt));
  };

  const note = (doubt) => {
    const radio = chosen(doubt);
    if (radio) {
      const free = freeOf(doubt, radio.value);
      answers[doubt.dataset.key] = { as: radio.value, words: free ? free.value.trim() : "" };
    } else {
      delete answers[doubt.dataset.key];
    }
    show(doubt);
  };

  const count = () => {
    const done = doubts.filter(settled).length;
    byId("progress").value = done;
    byId("count").textContent = `${done} of ${doubts.length} settled`;
  };

  const sieve = () => {
    const rule = byId("rule").value;
    const severity = byId("severity").value;
    const only = byId("open").checked;
    for (const doubt of doubts) {
      doubt.hidden = Boolean(
        (rule && doubt.dataset.rule !== rule) ||
        (severity && doubt.dataset.severity !== severity) ||
        (only && settled(doubt) && !doubt.contains(document.activeElement))
      );
    }
    body.classList.toggle("close", byId("close").checked);
    for (const para of document.querySelectorAll(".para")) {
      const own = [...para.querySelectorAll(".doubt")];
      para.classList.toggle("plain", own.every((doubt) => doubt.hidden));
    }
  };

  const choose = (doubt, answer, words) => {
    const radio = radios(doubt).find((item) => item.value === answer);
    if (!radio) return false;
    radio.checked = true;
    const free = freeOf(doubt, answer);
    if (free && words !== undefined) free.value = words;
    note(doubt);
    return true;
  };

  const current = () => document.activeElement && document.activeElement.closest(".doubt");

  const go = (step) => {
    const seen = doubts.filter((doubt) => !doubt.hidden);
    const here = current();
    const at = here ? seen.indexOf(here) : step > 0 ? -1 : 0;
    const next = seen[(at + step + seen.length) % seen.length];
    if (next) {
      next.focus({ preventScroll: true });
      next.scrollIntoView({ block: "center" });
    }
  };

  const alike = (doubt, by) => {
    const radio = chosen(doubt);
    if (!radio) {
      say("Choose an answer first, then give it to all.");
      return;
    }
    const free = freeOf(doubt, radio.value);
    let many = 0;
    for (const other of doubts) {
      const same = other.dataset.rule === doubt.dataset.rule && (by === "rule" || other.dataset.text === doubt.dataset.text);
      if (same && choose(other, radio.value, free ? free.value : undefined)) many += 1;
    }
    keep();
    count();
    sieve();
    say(`${many} answered: ${radio.value}.`);
  };

  /* ## Decisions as TOML */

  const quoted = (text) => JSON.stringify(text).replaceAll("\u007f", "\\u007f");

  const answered = () => doubts.filter(settled).map((doubt) => {
    const radio = chosen(doubt);
    const free = freeOf(doubt, radio.value);
    return { ...doubt.dataset, answer: radio.value, words: free ? free.value.trim() : "" };
  });

  const toml = () => {
    const name = body.dataset.document;
    const decisions = [];
    const speakers = [];
    const sides = [];
    for (const item of answered()) {
      if (item.answer === "speaker") {
        speakers.push(`${quoted(item.text)} = ${quoted(item.words)}`);
        continue;
      }
      if (item.answer === "sides") {
        sides.push(`${quoted(name)} = [${item.words.split("|").map((side) => quoted(side.trim())).join(", ")}]`);
        continue;
      }
      const lines = ["[[decision]]", `document = ${quoted(name)}`, `at = ${quoted(item.at)}`, `text = ${quoted(item.text)}`];
      if (item.before) lines.push(`before = ${quoted(item.before)}`);
      if (item.after) lines.push(`after = ${quoted(item.after)}`);
      lines.push(`as = ${quoted(item.answer)}`);
      const field = tables.free[item.answer];
      if (item.words && field === "reason") lines.push(`attributes = { reason = ${quoted(item.words)} }`);
      else if (item.words) lines.push(`${field} = ${quoted(item.words)}`);
      if (item.answer === "keep") lines.push(`rule = ${quoted(item.rule)}`);
      decisions.push(lines.join("\n"));
    }
    if (sides.length) decisions.push(["[delegations]", ...sides].join("\n"));
    if (speakers.length) decisions.push([`[speakers.${quoted(name)}]`, ...speakers].join("\n"));
    return decisions.length ? `${decisions.join("\n\n")}\n` : "";
  };

  const csv = () => {
    const inert = (cell) => (/^'*[=+\-@\t\r＝＋－＠]/.test(cell) ? `'${cell}` : cell);
    const cell = (words) => `"${inert(String(words).split(/\s+/).join(" ").trim()).replaceAll('"', '""')}"`;
    const rows = answered().map((item) => tables.columns.map((column) =>
      cell(column === "document" ? body.dataset.document : item[column] || "")).join(","));
    return `\ufeff${tables.columns.join(",")}\r\n${rows.map((row) => `${row}\r\n`).join("")}`;
  };

  const download = (name, words, type) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([words], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };

  const many = () => {
    const number = answered().length;
    return `${number} ${number === 1 ? "answer" : "answers"}`;
  };

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(toml());
    } catch {
      const area = document.createElement("textarea");
      area.value = toml();
      body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    say(`${many()} copied: paste them at the end of decisions.toml.`);
  };

  byId("copy").addEventListener("click", copy);
  byId("download").addEventListener("click", () => {
    download(`decisions-${body.dataset.document}.toml`, toml(), "application/toml");
    say(`${many()} downloaded: tei-edition decide decisions-${body.dataset.document}.toml takes them over.`);
  });
  byId("sheet").addEventListener("click", () => {
    download(`answers-${body.dataset.document}.csv`, csv(), "text/csv");
    say(`${many()} downloaded as CSV.`);
  });

  for (const doubt of doubts) {
    const old = answers[doubt.dataset.key];
    if (old) choose(doubt, old.as, old.words);
    show(doubt);
    doubt.addEventListener("input", () => {
      note(doubt);
      keep();
      count();
    });
    for (const button of doubt.querySelectorAll(".alike")) {
      button.addEventListener("click", () => alike(doubt, button.dataset.by));
    }
  }
  for (const id of ["rule", "severity", "open", "close"]) byId(id).addEventListener("change", sieve);

  document.addEventListener("keydown", (event) => {
    if (!byId("keys").checked || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target;
    if (target.matches("select, textarea, input:not([type=radio]):not([type=checkbox])")) return;
    const here = current();
    if (event.key === "j" || event.key === "k") go(event.key === "j" ? 1 : -1);
    else if (event.key === "a" && here) alike(here, "text");
    else if (/^[1-9]$/.test(event.key) && here) {
      const radio = radios(here)[Number(event.key) - 1];
      if (!radio) return;
      choose(here, radio.value);
      keep();
      count();
      const free = freeOf(here, radio.value);
      if (free && (needed[radio.value] || free.dataset.field === "words" || radio.value === "name")) free.focus();
      say(`${radio.value} chosen.`);
    } else return;
    event.preventDefault();
  });
  /* From a free answer Enter leads on. */
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches(".doubt input[type=text]")) {
      event.preventDefault();
      go(1);
    }
  });

  count();
  sieve();
})();
