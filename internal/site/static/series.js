// What readers can do with series: find one in the list, and set off the curves
// of units of their choice, which stand in the address.
"use strict";

(() => {
  const find = document.getElementById("series-find");
  if (find) {
    const rows = [...document.querySelectorAll("table.series tbody tr")];
    const plain = (s) => s.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
    const texts = rows.map((r) => plain(r.textContent));
    const found = document.getElementById("series-found");
    find.closest("p").hidden = false;
    find.addEventListener("input", () => {
      const words = plain(find.value).split(/\s+/).filter(Boolean);
      let n = 0;
      rows.forEach((r, i) => {
        r.hidden = !words.every((w) => texts[i].includes(w));
        n += r.hidden ? 0 : 1;
      });
      found.textContent = words.length ? `${found.dataset.say}: ${n} / ${rows.length}` : "";
    });
  }

  const svg = document.querySelector("svg.curves");
  if (!svg) {
    return;
  }
  const curves = new Map([...svg.querySelectorAll("g[data-unit]")].map((g) => [g.dataset.unit, g]));
  const name = (code) => curves.get(code).querySelector("title").textContent;
  const choice = document.querySelector(".series-choice");
  const add = document.getElementById("series-add");
  const list = document.getElementById("series-chosen");
  const most = 6;
  let chosen = [...curves.keys()].filter((c) => curves.get(c).classList.contains("chosen"));
  chosen.sort((a, b) => colour(a) - colour(b));

  function colour(code) {
    return Number(/\bk(\d)/.exec(curves.get(code).getAttribute("class") || "")?.[1] || 9);
  }

  function show() {
    const taken = [];
    for (const [code, g] of curves) {
      const at = chosen.indexOf(code);
      if (at < 0) {
        g.removeAttribute("class");
        continue;
      }
      g.setAttribute("class", `chosen k${at + 1}`);
      g.parentNode.append(g);
      const text = g.querySelector("text");
      const end = g.querySelector("circle");
      let y = Number(end.getAttribute("cy")) + 4;
      while (taken.some((t) => Math.abs(t - y) < 15)) {
        y += 4;
      }
      taken.push(y);
      text.setAttribute("y", y);
    }
    list.replaceChildren(...chosen.map((code) => {
      const b = document.createElement("button");
      b.type = "button";
      b.textContent = name(code) + " ×";
      b.setAttribute("aria-label", choice.dataset.remove + " " + name(code));
      b.addEventListener("click", () => set(chosen.filter((c) => c !== code)));
      return b;
    }));
    const option = (value, text) => new Option(text, value);
    const language = document.documentElement.lang;
    const rest = [...curves.keys()].filter((c) => !chosen.includes(c)).sort((a, b) => name(a).localeCompare(name(b), language));
    add.replaceChildren(option("", "…"), ...rest.map((c) => option(c, name(c))));
  }

  function set(codes) {
    chosen = codes.slice(-most);
    history.replaceState(null, "", "#units=" + chosen.join(","));
    show();
  }

  const asked = /^#units=([^&]*)/.exec(location.hash);
  if (asked) {
    chosen = decodeURIComponent(asked[1]).split(",").filter((c) => curves.has(c)).slice(0, most);
  }
  add.addEventListener("change", () => add.value && set([...chosen, add.value]));
  choice.hidden = false;
  show();
})();
