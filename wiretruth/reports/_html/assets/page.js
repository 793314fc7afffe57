"use strict";
(() => {
  const PAGE = 50;
  const root = document.documentElement;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const one = (selector, within = document) => within.querySelector(selector);

  /* Everything is made as text: nothing that came from the wire is ever read as markup. */
  function make(name, className, ...children) {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...children);
    return made;
  }

  /* Light and dark: the system's wish until the reader has one. */
  const toggle = one("#theme");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);
  function showTheme() {
    toggle.textContent = isDark() ? "Light" : "Dark";
    toggle.setAttribute("aria-label", isDark() ? "Switch to light colours" : "Switch to dark colours");
    toggle.setAttribute("aria-pressed", String(isDark()));
  }
  toggle.hidden = false;
  toggle.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    showTheme();
  });
  system.addEventListener("change", showTheme);
  showTheme();

  const tools = one(".tools");
  const search = one("#search");
  const chips = all(".chip");
  const refused = (kind) => new Set(chips.filter((c) => c.dataset.kind === kind && c.getAttribute("aria-pressed") === "false").map((c) => c.dataset.value));

  /* Findings: they are all in the page, and those that do not fit are hidden. */
  const findings = all(".finding").map((element) => ({ element, text: null, severity: element.dataset.severity }));
  const groups = all(".group");
  const rests = all(".rest");
  function filterFindings(words) {
    const hidden = refused("severity");
    let shown = 0;
    for (const finding of findings) {
      finding.text ??= finding.element.textContent.toLowerCase();
      const fits = !hidden.has(finding.severity) && words.every((word) => finding.text.includes(word));
      finding.element.hidden = !fits;
      shown += fits;
    }
    for (const rest of rests) {
      const some = one(".finding:not([hidden])", rest) !== null;
      rest.hidden = !some;
      if (words.length && some) rest.open = true;
    }
    for (const group of groups) group.hidden = one(".finding:not([hidden])", group) === null;
    const none = one("#findings > .none");
    if (none) none.hidden = shown > 0;
  }

  /* Deliveries: a page of them at a time, made from the data. */
  const list = one(".deliveries");
  const data = list ? JSON.parse(one("#deliveries-data").textContent) : null;
  let fitting = [];
  let page = 0;
  let only = null;
  function clock(milliseconds) {
    const [date, time] = new Date(milliseconds).toISOString().slice(0, -1).split("T");
    return date === data.day ? time : `${date} ${time}`;
  }
  function spans(flat) {
    const made = [];
    for (let i = 0; i < flat.length; i += 2) {
      const [name, words] = [data.classes[flat[i]], data.words[flat[i + 1]]];
      made.push(name ? make("span", name, words) : words);
    }
    return made;
  }
  const said = (flat) => flat.filter((_, i) => i % 2).map((number) => data.words[number]).join("");
  function haystack(row) {
    row[5] ??= `${clock(row[1])} ${data.outcomes[row[2]]} ${said(row[3])} ${row[4].map((m) => said(m[2])).join(" ")}`.toLowerCase();
    return row[5];
  }
  function story(row) {
    const told = row[4].map(([at, inner, flat]) => {
      const words = make("span", "", ...spans(flat));
      return at === null
        ? make("li", "note", words)
        : make("li", inner ? "inner" : "", make("time", "mono", clock(at)), " ", words);
    });
    return make("ol", "story", ...told);
  }
  function entry(row) {
    const pill = make("span", `pill ${data.tones[row[2]]}`, data.outcomes[row[2]]);
    const head = make("summary", "", make("time", "mono", clock(row[1])), " ", pill, " ", make("span", "what", ...spans(row[3])));
    const details = make("details", "", head);
    details.addEventListener("toggle", () => details.open && details.children.length === 1 && details.append(story(row)));
    return make("li", "", details);
  }
  function button(words, to, enabled) {
    const made = make("button", "", words);
    made.type = "button";
    made.disabled = !enabled;
    made.addEventListener("click", () => { page = to; showDeliveries(); list.scrollIntoView({ block: "start" }); });
    return made;
  }
  function showDeliveries() {
    const rows = fitting.slice(page * PAGE, (page + 1) * PAGE);
    list.replaceChildren(...rows.map(entry));
    if (rows.length <= 3 && fitting.length === rows.length) for (const d of all("details", list)) d.open = true;
    const last = Math.max(Math.ceil(fitting.length / PAGE) - 1, 0);
    const number = (n) => n.toLocaleString("en");
    const from = fitting.length ? page * PAGE + 1 : 0;
    const of = fitting.length < data.rows.length ? ` that fit, of ${number(data.rows.length)}` : "";
    const status = one(".status");
    status.textContent = fitting.length <= PAGE
      ? `${number(fitting.length)} ${fitting.length === 1 ? "delivery" : "deliveries"}${of}`
      : `${number(from)} to ${number(from + rows.length - 1)} of ${number(fitting.length)} deliveries${of}`;
    if (only) {
      const every = make("button", "link", "show all");
      every.type = "button";
      every.addEventListener("click", () => { only = null; filterDeliveries(sought()); });
      status.append(" ", every);
    }
    const pages = last ? [button("Earlier", page - 1, page > 0), button("Later", page + 1, page < last)] : [];
    one(".pages").replaceChildren(...pages);
  }
  function filterDeliveries(words) {
    if (!data) return;
    const hidden = refused("outcome");
    fitting = data.rows.filter((row) =>
      (!only || only.has(row[0])) && !hidden.has(data.outcomes[row[2]]) && words.every((word) => haystack(row).includes(word)));
    page = 0;
    showDeliveries();
  }

  const sought = () => (search ? search.value.toLowerCase().split(/\s+/).filter(Boolean) : []);
  function filter() {
    const words = sought();
    filterFindings(words);
    filterDeliveries(words);
  }
  if (tools) {
    tools.hidden = false;
    tools.addEventListener("submit", (event) => event.preventDefault());
    let waiting;
    search.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(filter, 120); });
    for (const chip of chips) {
      chip.addEventListener("click", () => {
        chip.setAttribute("aria-pressed", String(chip.getAttribute("aria-pressed") !== "true"));
        filter();
      });
    }
  }
  filterDeliveries([]);
  for (const link of all("[data-deliveries]")) {
    link.hidden = false;
    link.addEventListener("click", () => {
      only = new Set(link.dataset.deliveries.split(" ").map(Number));
      filterDeliveries([]);
      one("#deliveries").scrollIntoView();
    });
  }

  /* A link to a finding opens it, and what it lies in. */
  function unfold() {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    target.scrollIntoView();
  }
  addEventListener("hashchange", unfold);
  unfold();

  /* On paper everything lies open. */
  const unfolded = new Set();
  addEventListener("beforeprint", () => {
    for (const details of all("main details:not([open]):not(.rest)")) {
      unfolded.add(details);
      details.open = true;
    }
  });
  addEventListener("afterprint", () => {
    for (const details of unfolded) details.open = false;
    unfolded.clear();
  });

  if (navigator.clipboard) {
    for (const block of all(".commands pre")) {
      const copy = make("button", "copy", "Copy");
      copy.type = "button";
      copy.addEventListener("click", async () => {
        await navigator.clipboard.writeText(one("code", block).textContent);
        copy.textContent = "Copied";
        setTimeout(() => { copy.textContent = "Copy"; }, 1500);
      });
      block.prepend(copy);
    }
  }
})();
