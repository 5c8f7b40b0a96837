// The graph of ties comes alive: a unit that is pointed at, focused or chosen
// shows all its ties; a slider leaves out the weaker ties, boxes leave out
// communities. What is chosen stands in the address after #.
"use strict";

(() => {
  const $ = (id) => document.getElementById(id);
  const svg = $("graph");
  const form = $("graph-tools");
  if (!svg || !form) {
    return;
  }
  const facts = JSON.parse($("graph-facts").textContent);
  const nodes = facts.nodes.map(([code, name, x, y, r, community, strength]) => ({ code, name, x, y, r, community, strength, ties: [] }));
  const links = facts.links.map(([a, b, weight]) => ({ a: nodes[a], b: nodes[b], weight }));
  for (const l of links) {
    l.a.ties.push([l.b, l.weight]);
    l.b.ties.push([l.a, l.weight]);
  }
  const byCode = new Map(nodes.map((n) => [n.code, n]));
  const format = new Intl.NumberFormat(facts.locale, { maximumFractionDigits: 0 });
  const fill = (text, gaps) => text.replace(/\{(\w+)\}/g, (whole, name) => gaps[name] ?? whole);
  const element = (name, attributes) => {
    const e = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) {
      e.setAttribute(key, value);
    }
    return e;
  };
  const colour = (k) => "k" + (k % 6);
  const most = links[0].weight;
  const line = (a, b, weight) => element("line", {
    class: a.community === b.community ? colour(a.community) : "kx",
    x1: a.x, y1: a.y, x2: b.x, y2: b.y, "stroke-width": (0.5 + 7 * Math.sqrt(weight / most)).toFixed(1),
  });

  const ties = svg.querySelector(".ties");
  const drawn = [...ties.children];
  const own = element("g", { class: "own" });
  const named = element("g", { class: "names-own" });
  ties.after(own);
  svg.append(named);
  const circles = [...svg.querySelectorAll(".units circle")];
  circles.forEach((c, i) => {
    nodes[i].circle = c;
    c.setAttribute("tabindex", i === 0 ? 0 : -1);
    c.setAttribute("role", "button");
    c.setAttribute("aria-label", c.textContent);
  });
  svg.setAttribute("role", "group");
  svg.classList.add("alive");

  const select = $("graph-unit");
  const least = $("graph-least");
  const boxes = [...form.querySelectorAll("input[type=checkbox]")];
  const list = $("graph-list");
  const before = { title: $("panel-title").textContent, who: $("panel-who").textContent, rows: [...list.children] };

  // The slider counts links: at 0 those that the server drew, at 100 the
  // strongest alone; weights fall off so steeply that equal steps of weight
  // would do nothing for most of its way.
  const state = { unit: "", from: 0, without: new Set() };
  const weights = links.map((l) => l.weight);
  const weightAt = (step) => step === 0 ? 0 : weights[Math.max(0, Math.round(facts.shown * (1 - step / 100)) - 1)];
  const seen = (n) => !state.without.has(n.community);

  const draw = () => {
    nodes.forEach((n) => {
      n.circle.classList.toggle("off", !seen(n));
    });
    for (const t of svg.querySelectorAll(".names-wide text, .names-narrow text")) {
      t.classList.toggle("off", !seen(byCode.get(t.dataset.unit)));
    }
    if (state.from === 0 && state.without.size === 0) {
      ties.replaceChildren(...drawn);
    } else {
      const shown = links.filter((l, i) => (state.from === 0 ? i < facts.shown : l.weight >= state.from) && seen(l.a) && seen(l.b));
      ties.replaceChildren(...shown.reverse().map((l) => line(l.a, l.b, l.weight)));
    }
    $("graph-from").textContent = state.from > 0 ? format.format(state.from) : "";
  };

  let hovered;
  const focus = (n) => {
    svg.classList.toggle("focused", Boolean(n));
    own.replaceChildren();
    named.replaceChildren();
    for (const other of nodes) {
      other.circle.classList.remove("near", "self");
    }
    const sorted = n ? n.ties.filter(([o, w]) => w >= state.from && seen(o)).sort((a, b) => b[1] - a[1]) : [];
    $("panel-title").textContent = n ? fill(facts.words.ties, { unit: n.name }) : before.title;
    $("panel-who").textContent = n ? $("panel-who").dataset.partner : before.who;
    $("graph-says").textContent = n ? fill(facts.words.says, { unit: n.name, strength: format.format(n.strength), n: format.format(n.ties.length), community: format.format(n.community + 1) }) : "";
    if (!n) {
      list.replaceChildren(...before.rows);
      return;
    }
    n.circle.classList.add("self");
    own.append(...[...sorted].reverse().map(([o, w]) => line(n, o, w)));
    sorted.forEach(([o]) => o.circle.classList.add("near"));
    list.replaceChildren(...sorted.map(([o, w]) => {
      const row = document.createElement("tr");
      const head = document.createElement("th");
      head.scope = "row";
      head.textContent = o.name;
      const cell = document.createElement("td");
      cell.className = "n";
      cell.textContent = format.format(w);
      row.append(head, cell);
      return row;
    }));
    // Names of the strongest partners, where none lies on another.
    const size = matchMedia("(max-width: 44rem)").matches ? 26 : 13;
    const taken = [];
    for (const o of [n, ...sorted.map(([o]) => o)].slice(0, size > 20 ? 8 : 16)) {
      const t = element("text", { x: o.x, y: o.y - o.r - size * 0.4 });
      t.textContent = o.name;
      named.append(t);
      const b = t.getBBox();
      const shift = Math.max(0, 2 - b.x) - Math.max(0, b.x + b.width - svg.viewBox.baseVal.width + 2);
      t.setAttribute("x", o.x + shift);
      const at = { left: b.x + shift, right: b.x + shift + b.width, top: b.y, bottom: b.y + b.height };
      if (taken.some((k) => at.left < k.right && k.left < at.right && at.top < k.bottom && k.top < at.bottom)) {
        t.remove();
      } else {
        taken.push(at);
      }
    }
  };
  const refocus = () => focus(hovered || byCode.get(state.unit));

  const remember = () => {
    const q = new URLSearchParams();
    if (state.unit) {
      q.set("unit", state.unit);
    }
    if (Number(least.value) > 0) {
      q.set("least", least.value);
    }
    if (state.without.size > 0) {
      q.set("without", [...state.without].map((k) => k + 1).sort((a, b) => a - b).join(","));
    }
    const hash = q.toString();
    history.replaceState(null, "", location.pathname + location.search + (hash ? "#" + hash : ""));
    for (const a of document.querySelectorAll("a[hreflang]")) {
      a.hash = hash;
    }
  };

  const choose = (code) => {
    state.unit = byCode.has(code) ? code : "";
    select.value = state.unit;
    hovered = undefined;
    remember();
    refocus();
  };
  select.addEventListener("change", () => choose(select.value));
  least.addEventListener("input", () => {
    state.from = weightAt(Number(least.value));
    least.setAttribute("aria-valuetext", format.format(state.from));
    remember();
    draw();
    refocus();
  });
  boxes.forEach((b, k) => b.addEventListener("change", () => {
    state.without[b.checked ? "delete" : "add"](k);
    remember();
    draw();
    refocus();
  }));
  form.addEventListener("submit", (e) => e.preventDefault());

  nodes.forEach((n, i) => {
    n.circle.addEventListener("pointerenter", (e) => {
      if (e.pointerType === "mouse") {
        hovered = n;
        refocus();
      }
    });
    n.circle.addEventListener("pointerleave", () => {
      hovered = undefined;
      refocus();
    });
    n.circle.addEventListener("click", () => choose(state.unit === n.code ? "" : n.code));
    n.circle.addEventListener("focus", () => {
      hovered = n;
      refocus();
    });
    n.circle.addEventListener("blur", () => {
      hovered = undefined;
      refocus();
    });
    n.circle.addEventListener("keydown", (e) => {
      const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[e.key];
      if (by) {
        let to = i;
        do {
          to = (to + by + nodes.length) % nodes.length;
        } while (!seen(nodes[to]) && to !== i);
        n.circle.setAttribute("tabindex", -1);
        nodes[to].circle.setAttribute("tabindex", 0);
        nodes[to].circle.focus();
      } else if (e.key === "Enter" || e.key === " ") {
        choose(state.unit === n.code ? "" : n.code);
      } else if (e.key === "Escape") {
        choose("");
      } else {
        return;
      }
      e.preventDefault();
    });
  });

  const adopt = () => {
    const q = new URLSearchParams(location.hash.slice(1));
    least.value = Number(q.get("least")) || 0;
    state.from = weightAt(Number(least.value));
    state.without = new Set((q.get("without") || "").split(",").map((k) => Number(k) - 1).filter((k) => k >= 0 && k < boxes.length));
    boxes.forEach((b, k) => { b.checked = !state.without.has(k); });
    state.unit = byCode.has(q.get("unit")) ? q.get("unit") : "";
    select.value = state.unit;
    draw();
    refocus();
    for (const a of document.querySelectorAll("a[hreflang]")) {
      a.hash = location.hash;
    }
  };
  form.hidden = false;
  adopt();
  addEventListener("hashchange", adopt);
  svg.dataset.ready = "";
})();
