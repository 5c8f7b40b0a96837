// Weigh it yourself: sliders and methods on the left, the ranking on the right,
// computed by the engine in workers: one ranks, which takes less than a frame,
// the other draws the intervals. What is set stands in the address after #, as
// the edits of a command line would: talent=2&build.normalise=z-score.
"use strict";

(() => {
  const $ = (id) => document.getElementById(id);
  const root = $("weigh");
  const form = $("controls");
  if (!root || !form) {
    return;
  }
  const facts = JSON.parse($("facts").textContent);
  const bundle = $("bundle").textContent;
  const words = facts.words;
  const fill = (text, gaps) => text.replace(/\{(\w+)\}/g, (whole, name) => gaps[name] ?? whole);
  const numbers = (digits) => new Intl.NumberFormat(facts.locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const whole = numbers(0);
  const percent = new Intl.NumberFormat(facts.locale, { style: "percent", maximumFractionDigits: 0 });

  const table = $("weighed");
  const body = table.tBodies[0];
  const rows = new Map([...body.rows].map((row) => [row.dataset.unit, row]));
  const sliders = new Map([...form.querySelectorAll("input[data-code]")].map((s) => [s.dataset.code, s]));
  const selects = [...form.querySelectorAll("select[data-path]")];
  const draws = 2000;

  // An engine is a worker with the project open in it.
  const engine = (module) => window.hireEngine(root, words.failed, module);

  let ranker; // the engine that ranks
  let drawer; // the engine that draws
  let project; // {units, nodes, weights} of the build as it stands
  let places; // of each code in project.nodes
  let weights; // as the reader has them, parallel to project.nodes
  const methods = new Map(); // path -> method, where switched

  const say = (text) => { $("says").textContent = text; };
  let refused; // why the methods that were chosen cannot be built
  const complain = (error = refused) => {
    const box = $("wrong");
    box.hidden = !error;
    box.textContent = error ? error.message : "";
  };

  // rounded keeps what people read: three digits of the largest weight.
  const rounded = (slider) => {
    const step = 10 ** (Math.floor(Math.log10(Number(slider.max))) - 2);
    return Number((Math.round(Number(slider.value) / step) * step).toPrecision(6));
  };

  const edits = () => [...methods].map(([set, to]) => ({ set, to }));

  // adopt takes over a build: what is declared or found are its weights.
  const adopt = (opened, kept) => {
    project = opened;
    places = new Map(opened.nodes.map((n, i) => [n.code, i]));
    weights = Float64Array.from(opened.weights);
    for (const [code, w] of kept) {
      if (places.has(code)) {
        weights[places.get(code)] = w;
      }
    }
    const siblings = new Map();
    opened.nodes.forEach((n, i) => siblings.set(n.parent, [...(siblings.get(n.parent) || []), i]));
    for (const [code, slider] of sliders) {
      const group = siblings.get(opened.nodes[places.get(code)].parent);
      const sum = group.reduce((total, i) => total + opened.weights[i], 0);
      slider.max = Math.max(4 * sum / group.length, 2 * opened.weights[places.get(code)], weights[places.get(code)]);
    }
    showWeights();
  };

  const moved = () => project.nodes.filter((n, i) => n.parent && weights[i] !== project.weights[i]);

  const showWeights = () => {
    const sums = new Map();
    project.nodes.forEach((n, i) => sums.set(n.parent, (sums.get(n.parent) || 0) + weights[i]));
    for (const [code, slider] of sliders) {
      const at = places.get(code);
      const parent = project.nodes[at].parent;
      const share = sums.get(parent) > 0 ? percent.format(weights[at] / sums.get(parent)) : "–";
      const own = slider.closest(".weight");
      if (Number(slider.value) !== weights[at]) {
        slider.value = weights[at];
      }
      slider.previousElementSibling.textContent = share;
      slider.setAttribute("aria-valuetext", share);
      own.classList.toggle("moved", weights[at] !== project.weights[at]);
    }
  };

  // state writes what is set after the # of the address and into the links to
  // the same page in other languages.
  const state = () => {
    const q = new URLSearchParams();
    for (const n of moved()) {
      q.set(n.code, weights[places.get(n.code)]);
    }
    for (const [path, method] of methods) {
      q.set(path, method);
    }
    const hash = q.toString();
    const address = location.pathname + location.search + (hash ? "#" + hash : "");
    if (address !== location.pathname + location.search + location.hash) {
      history.replaceState(null, "", address);
    }
    for (const a of document.querySelectorAll("a[hreflang]")) {
      a.hash = hash;
    }
  };

  // fromAddress reads what is set: weights by code, and methods.
  const fromAddress = () => {
    const given = new Map();
    methods.clear();
    for (const [key, value] of new URLSearchParams(location.hash.slice(1))) {
      const select = selects.find((s) => s.dataset.path === key);
      if (select && [...select.options].some((o) => o.value === value && value)) {
        methods.set(key, value);
      } else if (sliders.has(key) && Number(value) >= 0 && value.trim() !== "" && Number.isFinite(Number(value))) {
        given.set(key, Number(value));
      }
    }
    for (const s of selects) {
      s.value = methods.get(s.dataset.path) || "";
    }
    $("methods").open ||= methods.size > 0 || wide.matches;
    return given;
  };

  const wide = matchMedia("(min-width: 62rem)");
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  // order puts the rows in their order and lets them glide there.
  const order = (list) => {
    const now = [...body.rows];
    if (list.every((row, i) => row === now[i])) {
      return;
    }
    const before = still.matches ? null : new Map(now.map((row) => [row, row.getBoundingClientRect().top]));
    const focused = document.activeElement;
    body.append(...list);
    if (focused !== document.activeElement && body.contains(focused)) {
      focused.focus({ preventScroll: true });
    }
    if (!before) {
      return;
    }
    const height = innerHeight;
    for (const row of list) {
      const from = before.get(row);
      const to = row.getBoundingClientRect().top;
      if (from !== undefined && from !== to && (from < height && from > -60 || to < height && to > -60)) {
        row.animate([{ transform: `translateY(${from - to}px)` }, { transform: "none" }], { duration: 420, easing: "cubic-bezier(.2,.7,.2,1)" });
      }
    }
  };

  const show = ({ scores, ranks }) => {
    const units = project.units;
    const top = scores.subarray((project.nodes.length - 1) * units.length);
    const there = top.filter((v) => !Number.isNaN(v));
    const low = Math.min(facts.low, ...there);
    const high = Math.max(facts.high, ...there);
    const digits = numbers(Math.max(facts.digits, there.every((v) => Math.abs(v) < 10) ? 2 : 0));
    const ranked = units.map((code, u) => u).filter((u) => ranks[u] > 0).sort((a, b) => ranks[a] - ranks[b]);
    const list = [];
    const moves = [];
    for (const u of ranked) {
      const code = units[u];
      const row = rows.get(code) || newRow(code);
      const was = facts.ranks[code];
      const by = was === undefined ? undefined : was - ranks[u];
      row.querySelector(".now").textContent = whole.format(ranks[u]);
      row.querySelector(".num").textContent = digits.format(top[u]).replace("-", "−");
      row.querySelector(".fill").setAttribute("width", high > low ? 100 * (top[u] - low) / (high - low) : 0);
      const cell = row.querySelector("td.move");
      cell.className = by > 0 ? "move up" : by < 0 ? "move down" : "move";
      const mark = by === undefined ? "•" : by > 0 ? `▲ ${whole.format(by)}` : by < 0 ? `▼ ${whole.format(-by)}` : "";
      const spoken = by === undefined ? words.new : fill(by > 0 ? words.up : by < 0 ? words.down : words.stay, { n: whole.format(Math.abs(by)) });
      cell.innerHTML = '<span aria-hidden="true"></span><span class="hidden"></span>';
      cell.firstChild.textContent = mark;
      cell.lastChild.textContent = spoken;
      list.push(row);
      moves.push({ code, by: by || 0, from: was, to: ranks[u] });
    }
    for (const [code, row] of rows) {
      if (!list.includes(row)) {
        row.remove();
        rows.get(code).querySelector(".interval").textContent = "";
      }
    }
    order(list);
    tell(moves);
  };

  const newRow = (code) => {
    const row = body.rows[0].cloneNode(true);
    row.dataset.unit = code;
    const a = row.querySelector("th a");
    a.textContent = facts.names[code] || code;
    a.href = a.href.replace(/[^/]+$/, encodeURIComponent(code) + ".html");
    row.querySelector("th .code").textContent = code;
    row.querySelector(".was").textContent = "–";
    rows.set(code, row);
    return row;
  };

  // tell says what has changed, once hands are still.
  let telling;
  const tell = (moves) => {
    clearTimeout(telling);
    telling = setTimeout(() => {
      const gone = moves.filter((m) => m.by !== 0);
      const name = (m) => m ? fill(words.move, { unit: facts.names[m.code], from: whole.format(m.from), to: whole.format(m.to) }) : words.nobody;
      const up = gone.reduce((best, m) => m.by > (best ? best.by : 0) ? m : best, undefined);
      const down = gone.reduce((best, m) => m.by < (best ? best.by : 0) ? m : best, undefined);
      const untouched = moved().length === 0 && methods.size === 0;
      const first = moves.filter((m) => m.to === 1).map((m) => facts.names[m.code]).join(", ");
      say(untouched ? fill(words.published, { units: whole.format(moves.length) })
        : gone.length === 0 ? words.same
          : fill(words.changed, { changed: whole.format(gone.length), units: whole.format(moves.length), first, up: name(up), down: name(down) }));
    }, 350);
  };

  // weigh ranks; while one answer is awaited only the newest question waits.
  let busy = false;
  let again = false;
  const weigh = async () => {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    try {
      const asked = project;
      const standing = await ranker.ask("weigh", weights.slice(), project.nodes.length, project.units.length);
      if (asked === project) {
        complain();
        show(standing);
        root.dataset.took = standing.took;
        root.dataset.count = Number(root.dataset.count || 0) + 1;
      }
    } catch (error) {
      complain(error);
    }
    busy = false;
    if (again) {
      again = false;
      weigh();
    } else {
      drawSoon();
    }
  };

  // Intervals are drawn when hands are still; a newer question overtakes.
  let pause;
  let version = 0;
  let lastEdits = "[]";
  const drawSoon = () => {
    clearTimeout(pause);
    table.classList.add("stale");
    pause = setTimeout(draw, 250);
  };
  const draw = async () => {
    const mine = ++version;
    $("drawn").textContent = words.drawing;
    try {
      await drawer.opened;
      const list = built;
      if (lastEdits !== JSON.stringify(list)) {
        await drawer.ask("edit", list);
        lastEdits = JSON.stringify(list);
      }
      if (mine !== version) {
        return;
      }
      const began = performance.now();
      const sure = await drawer.ask("draw", weights.slice(), draws);
      if (mine !== version) {
        return;
      }
      root.dataset.drawing = performance.now() - began;
      project.units.forEach((code, u) => {
        const row = rows.get(code);
        if (row) {
          row.querySelector(".interval").textContent = sure.low[u] === null ? "" : `${whole.format(sure.low[u])}–${whole.format(sure.high[u])}`;
        }
      });
      $("drawn").textContent = fill(words.drawn, { draws: whole.format(sure.kept) });
      table.classList.remove("stale");
      root.dataset.drawn = Number(root.dataset.drawn || 0) + 1;
    } catch (error) {
      $("drawn").textContent = error.message;
    }
  };

  const command = async () => {
    try {
      const list = await ranker.ask("edits", weights.slice());
      const quoted = (s) => /^[\w\-./=]+$/.test(s) ? s : `'${s.replace(/'/g, "'\\''")}'`;
      $("command").textContent = [facts.command, ...list.map((e) => "  --set " + quoted(e))].join(" \\\n");
    } catch { /* the same fault is told by weigh */ }
  };

  const changed = () => {
    showWeights();
    state();
    weigh();
    command();
  };

  // rebuild builds with the methods that are chosen, one build after another.
  // Where they cannot be built, those of the last build are chosen again.
  let building = Promise.resolve();
  let built = [];
  const rebuild = (kept) => {
    building = building.then(async () => {
      const list = edits();
      if (!kept && JSON.stringify(list) === JSON.stringify(built)) {
        return;
      }
      try {
        const opened = await ranker.ask("edit", list);
        built = list;
        refused = undefined;
        adopt(opened, kept || moved().map((n) => [n.code, weights[places.get(n.code)]]));
      } catch (error) {
        refused = error;
        methods.clear();
        for (const { set, to } of built) {
          methods.set(set, to);
        }
        for (const s of selects) {
          s.value = methods.get(s.dataset.path) || "";
        }
      }
      complain();
      changed();
    });
    return building;
  };

  form.addEventListener("submit", (e) => e.preventDefault());
  form.addEventListener("input", ({ target }) => {
    if (target.dataset.code) {
      weights[places.get(target.dataset.code)] = rounded(target);
      changed();
    }
  });
  form.addEventListener("change", ({ target }) => {
    if (target.dataset.path) {
      if (target.value) {
        methods.set(target.dataset.path, target.value);
      } else {
        methods.delete(target.dataset.path);
      }
      rebuild(target.dataset.path === "build.weights" ? [] : undefined);
    }
  });
  $("equal").addEventListener("click", () => {
    project.nodes.forEach((n, i) => {
      if (n.parent) {
        weights[i] = 1;
        const slider = sliders.get(n.code);
        slider.max = Math.max(4, slider.max);
      }
    });
    changed();
  });
  $("reset").addEventListener("click", () => {
    methods.clear();
    for (const s of selects) {
      s.value = "";
    }
    rebuild([]);
  });
  $("share").addEventListener("click", async () => {
    const box = $("link-box");
    try {
      await navigator.clipboard.writeText(location.href);
      $("shared").textContent = words.copied;
      box.hidden = true;
    } catch {
      box.hidden = false;
      $("link").value = location.href;
      $("link").select();
    }
  });
  addEventListener("hashchange", () => project && rebuild([...fromAddress()]));

  const begin = async () => {
    say(words.loading);
    const given = fromAddress();
    try {
      ranker = engine();
      const module = await ranker.ready;
      const opened = await ranker.ask("open", bundle);
      form.hidden = false;
      adopt(opened, given);
      drawer = engine(module);
      drawer.opened = drawer.ready.then(() => drawer.ask("open", bundle));
      drawer.opened.catch(() => { /* draw tells it */ });
      root.dataset.ready = "";
      if (methods.size > 0) {
        await rebuild([...given]);
      } else {
        changed();
      }
    } catch (error) {
      say(location.protocol === "file:" ? words.folder : `${words.failed} (${error.message})`);
    }
  };
  begin();
})();
