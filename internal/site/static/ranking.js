// The ranking narrows and turns over in the page: search, groups and order take
// effect at once, the address keeps them, and so do the links to other
// languages, readings and years. Without this file a server does the same by
// links and a form.
"use strict";

(() => {
  const table = document.getElementById("ranking");
  const form = document.getElementById("finder");
  const field = document.getElementById("q");
  const count = document.getElementById("count");
  const empty = document.getElementById("empty");
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  const selects = [...form.querySelectorAll("select")];
  const lang = document.documentElement.lang;
  const digits = new Intl.NumberFormat(lang === "ar" ? "ar-u-nu-latn" : lang);
  const words = new Intl.Collator(lang);
  const plain = (s) => s.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim().split(/\s+/).join(" ");

  const rows = [...body.rows].map((row) => ({ row, find: row.dataset.find, labels: row.dataset.groups.split("\n"), cells: [...row.cells] }));
  // The order of the ranking settles ties, whatever the server sorted by.
  const place = (r) => parseFloat(r.cells[0].firstChild.textContent.replace(/[^\d.]/g, ""));
  rows.sort((a, b) => place(a) - place(b) || words.compare(a.cells[1].textContent, b.cells[1].textContent));

  const read = () => {
    const hash = location.hash.startsWith("#?") ? location.hash.slice(1) : "";
    const q = new URLSearchParams(hash || location.search);
    const key = q.get("sort");
    return {
      q: (q.get("q") || "").slice(0, 200),
      sort: heads.some((h) => h.dataset.key === key) ? key : "rank", // a column that is not shown sorts nothing
      down: q.get("dir") === "desc",
      groups: Object.fromEntries(selects.map((s) => [s.name, q.get(s.name) || ""])),
    };
  };
  let state = read();

  const query = () => {
    const q = new URLSearchParams();
    if (state.q) {
      q.set("q", state.q);
    }
    for (const [name, value] of Object.entries(state.groups)) {
      if (value) {
        q.set(name, value);
      }
    }
    if (state.sort !== "rank" && state.sort !== "score") {
      q.set("sort", state.sort);
    }
    if (state.down) {
      q.set("dir", "desc");
    }
    return q.toString();
  };

  // keep writes the state into the address; a page opened from a folder may only
  // change what follows #.
  const keep = () => {
    const q = query();
    try {
      history.replaceState(null, "", (q ? "?" + q : location.pathname) + (location.hash.startsWith("#?") ? "" : location.hash));
    } catch {
      location.replace("#" + (q ? "?" + q : ""));
    }
    const folder = location.protocol === "file:";
    for (const a of document.querySelectorAll("a[hreflang], .switch a")) {
      const url = new URL(a.href);
      if (folder) {
        url.hash = q ? "?" + q : "";
      } else {
        url.search = q;
      }
      a.href = url.href;
    }
  };

  const compare = () => {
    const at = heads.findIndex((h) => h.dataset.key === state.sort);
    const head = heads[at];
    if (state.sort === "rank" || state.sort === "score") {
      return (a, b) => place(a) - place(b);
    }
    if (!head.classList.contains("n")) {
      const text = (r) => at === 1 ? r.cells[1].querySelector("a").textContent : r.cells[at].textContent;
      return (a, b) => words.compare(text(a), text(b));
    }
    const less = head.dataset.less !== undefined ? -1 : 1;
    return (a, b) => less * (b.cells[at].dataset.v - a.cells[at].dataset.v);
  };

  const show = () => {
    const want = plain(state.q);
    let shown = 0;
    for (const r of rows) {
      const fits = r.find.includes(want) && selects.every((s, i) => !state.groups[s.name] || r.labels[i] === state.groups[s.name]);
      r.row.hidden = !fits;
      shown += fits ? 1 : 0;
    }
    const at = heads.findIndex((h) => h.dataset.key === state.sort);
    const missing = (r) => r.cells[at].dataset.v === "" ? 1 : 0;
    const by = compare();
    const sorted = rows.map((r, i) => [r, i]).sort(([a, i], [b, j]) => missing(a) - missing(b) || (state.down ? -1 : 1) * by(a, b) || i - j);
    body.append(...sorted.map(([r]) => r.row));
    for (const h of heads) {
      h.removeAttribute("aria-sort");
    }
    const largest = heads[at].classList.contains("n") && state.sort !== "rank" && heads[at].dataset.less === undefined;
    heads[at].setAttribute("aria-sort", state.down !== largest ? "descending" : "ascending");
    const says = count.dataset.template.replace("{shown}", digits.format(shown));
    if (count.textContent !== says) {
      count.textContent = says;
    }
    empty.hidden = shown > 0;
    table.parentElement.hidden = shown === 0;
    const narrowed = state.q !== "" || Object.values(state.groups).some(Boolean);
    document.getElementById("clear").hidden = !narrowed;
  };
  const update = () => {
    show();
    keep();
  };

  const fill = () => {
    field.value = state.q;
    for (const s of selects) {
      s.value = state.groups[s.name];
      state.groups[s.name] = s.value || ""; // a label that does not exist is none
    }
  };

  field.addEventListener("input", () => {
    state.q = field.value;
    update();
  });
  for (const s of selects) {
    s.addEventListener("change", (e) => {
      e.stopImmediatePropagation();
      state.groups[s.name] = s.value;
      update();
    });
  }
  form.addEventListener("submit", (e) => {
    e.preventDefault();
    update();
  });
  form.querySelector("button").hidden = true; // every change takes effect at once
  for (const a of document.querySelectorAll("a.clear")) {
    a.addEventListener("click", (e) => {
      e.preventDefault();
      state.q = "";
      state.groups = Object.fromEntries(selects.map((s) => [s.name, ""]));
      fill();
      update();
      field.focus();
    });
  }
  for (const h of heads) {
    const label = h.querySelector(".sort");
    let b = label;
    if (label.tagName !== "BUTTON") {
      b = document.createElement("button");
      b.type = "button";
      b.className = "sort";
      b.textContent = label.textContent;
      label.replaceWith(b);
    }
    b.addEventListener("click", () => {
      const same = state.sort === h.dataset.key || h.dataset.key === "rank" && state.sort === "score";
      state.down = same && !state.down;
      state.sort = h.dataset.key;
      update();
    });
  }
  addEventListener("popstate", () => {
    state = read();
    fill();
    show();
  });
  addEventListener("hashchange", () => {
    state = read();
    fill();
    show();
  });

  form.hidden = false;
  fill();
  update();
})();
