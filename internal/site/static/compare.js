// Compare: whom the reader chooses is drawn anew in the page, by the same rules
// as draw/compare.go, from the scores that the page carries. The choice stands
// in the address after #: units=RUS,brics&x=talent&y=research.
"use strict";

(() => {
  const $ = (id) => document.getElementById(id);
  const form = $("choose");
  const carried = $("compare-facts");
  if (!form || !carried) {
    return;
  }
  const facts = JSON.parse(carried.textContent);
  const words = facts.words;
  const fill = (key, gaps) => words[key].replace(/\{(\w+)\}/g, (whole, name) => gaps[name] ?? whole);
  const gap = "–";
  const fixed = (v, digits) => {
    if (v === null || v === undefined || Number.isNaN(v)) {
      return gap;
    }
    const text = new Intl.NumberFormat(facts.locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(Math.abs(v));
    return (v < 0 && Number(v.toFixed(digits)) !== 0 ? words.minus : "") + text;
  };
  const scored = (v) => fixed(v, facts.digits);
  const signed = (v) => (v > 0 ? words.plus : "") + scored(v);
  const there = (v) => v !== null && v !== undefined;
  let [low, high] = [facts.low, facts.high]; // of the charts of scores
  const share = (v) => Math.min(1, Math.max(0, (v - low) / (high - low)));
  const plain = (s) => s.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();

  const inputs = [...form.querySelectorAll("input[name=u]")];
  const known = new Map();
  for (const key of ["n", "c"]) {
    for (let i = facts.all.length - 1; i >= 0; i--) {
      known.set(plain(facts.all[i][key]), i);
    }
  }
  let chosen = [];
  let [x, y] = [0, 0];

  // A pen writes paths and texts as draw/pen.go does.
  const co = (v) => v.toFixed(1);
  const shapes = [
    null,
    [[-.9, -.9], [.9, -.9], [.9, .9], [-.9, .9]],
    [[0, -1.2], [1.1, .8], [-1.1, .8]],
    [[0, -1.25], [1.25, 0], [0, 1.25], [-1.25, 0]],
    [[0, 1.2], [1.1, -.8], [-1.1, -.8]],
    [[-.4, -1.2], [.4, -1.2], [.4, -.4], [1.2, -.4], [1.2, .4], [.4, .4], [.4, 1.2], [-.4, 1.2], [-.4, .4], [-1.2, .4], [-1.2, -.4], [-.4, -.4]],
  ];
  const markerPath = (n, px, py, r) => {
    const corners = shapes[n % shapes.length];
    if (!corners) {
      const arc = `a${co(r)} ${co(r)} 0 1 0 `;
      return `M${co(px - r)} ${co(py)}${arc}${co(2 * r)} 0${arc}-${co(2 * r)} 0Z`;
    }
    return corners.map(([a, b], i) => `${i ? "L" : "M"}${co(px + r * a)} ${co(py + r * b)}`).join("") + "Z";
  };
  const svg = (tag, attributes, text) => {
    const e = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) {
      e.setAttribute(name, value);
    }
    if (text !== undefined) {
      e.textContent = text;
    }
    return e;
  };
  const sheet = 460;
  const pen = (height) => {
    const marks = [];
    const turn = (v) => (facts.rtl ? sheet - v : v);
    const path = (cls, d, title) => {
      const e = svg("path", { class: cls, d });
      if (title) {
        e.append(svg("title", {}, title));
      }
      marks.push(e);
    };
    return {
      height, marks,
      line: (cls, title, closed, points) => path(cls, points.map(([a, b], i) => `${i ? "L" : "M"}${co(turn(a))} ${co(b)}`).join("") + (closed ? "Z" : ""), title),
      marker: (cls, title, n, [a, b], r) => path(cls, markerPath(n, turn(a), b, r), title),
      text: (cls, [a, b], ...lines) => {
        const e = svg("text", { class: cls, x: co(turn(a)), y: co(b) });
        lines.forEach((line, i) => e.append(svg("tspan", i ? { x: co(turn(a)), dy: "1.15em" } : { x: co(turn(a)) }, line)));
        marks.push(e);
      },
    };
  };
  const breadth = (s) => [...s].reduce((n, r) => n + (r.codePointAt(0) >= 0x2E80 ? 1.8 : 1), 0);
  const clipped = (s, most) => {
    if (breadth(s) <= most) {
      return s;
    }
    const runes = [...s];
    while (breadth(runes.join("")) > most - 1) {
      runes.pop();
    }
    return runes.join("").replace(/ +$/, "") + "…";
  };
  const wrapped = (s, most) => {
    const parts = s.split(/\s+/).filter(Boolean);
    if (parts.length === 1 && breadth(s) > most) {
      return [clipped(s, most)];
    }
    let line = "";
    for (const [i, w] of parts.entries()) {
      if (line && breadth(line + " " + w) > most) {
        return [clipped(line, most), clipped(parts.slice(i).join(" "), most)];
      }
      line = (line + " " + w).trim();
    }
    return [clipped(line, most)];
  };
  const apart = (at, order, distance, end) => {
    for (let i = 1; i < order.length; i++) {
      at[order[i]] = Math.max(at[order[i]], at[order[i - 1]] + distance);
    }
    for (let i = order.length - 1; i >= 0; i--) {
      at[order[i]] = Math.min(at[order[i]], end - distance * (order.length - 1 - i));
    }
  };
  const steps = (low, high, wanted) => {
    const v = (high - low) / wanted;
    const power = 10 ** Math.floor(Math.log10(v));
    const step = ([1, 2, 5].find((k) => v <= k * power * (1 + 1e-9)) ?? 10) * power;
    const out = [];
    for (let k = Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k++) {
      out.push(k * step);
    }
    return out;
  };
  const digitsOf = (values) => {
    for (let digits = 0; digits < 6; digits++) {
      if (values.every((v) => Math.abs(Number(v.toFixed(digits)) - v) < 1e-9 * Math.max(1, Math.abs(v)))) {
        return digits;
      }
    }
    return 6;
  };
  const extent = (values) => {
    const list = values.filter(there);
    if (!list.length) {
      return [0, 1];
    }
    const [low, high] = [Math.min(...list), Math.max(...list)];
    const room = (high - low) * .04;
    return low === high ? [low - 1, high + 1] : [low - room, high + room];
  };
  const says = (e, what, v) => fill("says", { unit: e.n, what, score: scored(v) });
  const picked = () => chosen.map((i) => facts.all[i]);

  const radar = () => {
    const axes = facts.axes;
    const n = axes.length;
    const [height, cx, cy, R] = [366, 230, 182, 118];
    const p = pen(height);
    const at = (k, f) => {
      const a = 2 * Math.PI * k / n - Math.PI / 2;
      return [cx + R * f * Math.cos(a), cy + R * f * Math.sin(a)];
    };
    for (const f of [.25, .5, .75, 1]) {
      p.line("ring", "", true, axes.map((_, k) => at(k, f)));
    }
    axes.forEach((code, k) => {
      p.line("spoke", "", false, [[cx, cy], at(k, 1)]);
      const lines = wrapped(facts.codes[code].n, 15);
      const more = 13 * (lines.length - 1);
      let [a, b] = at(k, 1 + 12 / R);
      const [dx, dy] = [a - cx, b - cy];
      const cls = dx > 20 ? "name start" : dx < -20 ? "name end" : "name middle";
      b += dy > 60 ? 9 : dy < -60 ? -more : 4 - more / 2;
      p.text(cls, [a, b], ...lines);
    });
    picked().forEach((e, i) => {
      const own = axes.map((code, k) => [e.s[code], k, code]).filter(([v]) => there(v));
      p.line(`area s${i}`, e.n, true, own.map(([v, k]) => at(k, share(v))));
      for (const [v, k, code] of own) {
        p.marker(`sign s${i}`, says(e, facts.codes[code].n, v), i, at(k, share(v)), 4);
      }
    });
    return p;
  };

  const bells = () => {
    const bottom = 24 + 30 * facts.rows.length;
    const p = pen(bottom + 4);
    const px = (f) => 168 + (sheet - 184) * f;
    const marks = steps(low, high, 5);
    for (const v of marks) {
      p.line("grid", "", false, [[px(share(v)), 16], [px(share(v)), bottom]]);
      p.text("axis middle", [px(share(v)), 12], fixed(v, digitsOf(marks)));
    }
    facts.rows.forEach((code, k) => {
      const py = 24 + 30 * (k + .5);
      const node = facts.codes[code];
      const shares = picked().map((e) => e.s[code]).filter(there).map(share);
      p.text(node.d < 2 ? "name start strong" : "name start", [2, py + 4], clipped(node.n, 22));
      if (Math.min(...shares) < Math.max(...shares)) {
        p.line("span", "", false, [[px(Math.min(...shares)), py], [px(Math.max(...shares)), py]]);
      }
      picked().forEach((e, i) => {
        if (there(e.s[code])) {
          p.marker(`sign s${i}`, says(e, node.n, e.s[code]), i, [px(share(e.s[code])), py], 5);
        }
      });
    });
    return p;
  };

  const scatter = () => {
    const [height, left, right, top, below] = [380, 44, 14, 14, 44];
    const p = pen(height);
    const [lowX, highX] = extent(facts.all.map((e) => e.s[x]));
    const [lowY, highY] = extent(facts.all.map((e) => e.s[y]));
    const px = (v) => left + (sheet - left - right) * (v - lowX) / (highX - lowX);
    const py = (v) => height - below - (height - top - below) * (v - lowY) / (highY - lowY);
    const [marksX, marksY] = [steps(lowX, highX, 5), steps(lowY, highY, 5)];
    for (const v of marksX) {
      p.line("grid", "", false, [[px(v), top], [px(v), height - below]]);
      p.text("axis middle", [px(v), height - below + 15], fixed(v, digitsOf(marksX)));
    }
    for (const v of marksY) {
      p.line("grid", "", false, [[left, py(v)], [sheet - right, py(v)]]);
      p.text("axis end", [left - 6, py(v) + 4], fixed(v, digitsOf(marksY)));
    }
    p.text("name end", [sheet - right, height - 8], clipped(facts.codes[x].n, 44) + (facts.rtl ? " ←" : " →"));
    p.text("name start", [left + 4, top + 4], "↑ " + clipped(facts.codes[y].n, 44));
    const has = (e) => there(e.s[x]) && there(e.s[y]);
    facts.all.slice(0, Math.min(facts.units, 1000)).forEach((e, i) => {
      if (!chosen.includes(i) && has(e)) {
        p.marker("other", e.n, 0, [px(e.s[x]), py(e.s[y])], 3);
      }
    });
    const at = [];
    const labelled = [];
    picked().forEach((e, i) => {
      if (has(e)) {
        p.marker(`sign s${i}`, e.n, i, [px(e.s[x]), py(e.s[y])], 6);
        labelled.push(i);
        at[i] = py(e.s[y]) + 4;
      }
    });
    labelled.sort((a, b) => at[a] - at[b]);
    apart(at, labelled, 14, height - below - 2);
    for (const i of labelled) {
      const e = facts.all[chosen[i]];
      const far = px(e.s[x]) > sheet * .62;
      p.text(far ? "label end" : "label start", [px(e.s[x]) + (far ? -10 : 10), at[i]], clipped(e.n, 16));
    }
    return p;
  };

  const trends = () => {
    const [height, left, right] = [250, 44, 110];
    const p = pen(height);
    const years = facts.years;
    const trend = (e) => e.t || [];
    const [least, most] = extent(picked().flatMap(trend));
    const px = (i) => left + (sheet - left - right) * i / (years.length - 1);
    const py = (v) => height - 28 - (height - 42) * (v - least) / (most - least);
    const marks = steps(least, most, 4);
    for (const v of marks) {
      p.line("grid", "", false, [[left, py(v)], [sheet - right, py(v)]]);
      p.text("axis end", [left - 6, py(v) + 4], fixed(v, digitsOf(marks)));
    }
    for (let i = 0; i < years.length; i += Math.ceil(years.length / 6)) {
      p.text("axis middle", [px(i), height - 8], String(years[i]));
    }
    const at = [];
    const labelled = [];
    picked().forEach((e, i) => {
      const own = trend(e).map((v, k) => [v, k]).filter(([v]) => there(v));
      for (const [v, k] of own) {
        p.marker(`sign s${i}`, says(e, String(years[k]), v), i, [px(k), py(v)], 3.5);
      }
      if (own.length) {
        p.line(`curve s${i}`, e.n, false, own.map(([v, k]) => [px(k), py(v)]));
        labelled.push(i);
        at[i] = py(own.at(-1)[0]) + 4;
      }
    });
    labelled.sort((a, b) => at[a] - at[b]);
    apart(at, labelled, 14, height - 22);
    for (const i of labelled) {
      p.text("label start", [sheet - right + 10, at[i]], clipped(facts.all[chosen[i]].n, 13));
    }
    return p;
  };

  const radarTitle = () => {
    const wins = chosen.map(() => 0);
    for (const code of facts.axes) {
      let [best, at] = [-Infinity, -1];
      picked().forEach((e, i) => {
        const s = there(e.s[code]) ? facts.codes[code].f * e.s[code] : -Infinity;
        if (s > best) {
          [best, at] = [s, i];
        }
      });
      if (at >= 0) {
        wins[at]++;
      }
    }
    const most = wins.indexOf(Math.max(...wins));
    return fill("radar.title", { unit: picked()[most].n, n: fixed(wins[most], 0), of: fixed(facts.axes.length, 0) });
  };
  const bellsTitle = () => {
    let widest = null;
    for (const code of facts.rows) {
      const list = picked().filter((e) => there(e.s[code])).sort((a, b) => a.s[code] - b.s[code]);
      if (!list.length || facts.codes[code].d === 0 && facts.rows.length > 1) {
        continue;
      }
      const [low, high] = [list[0], list.at(-1)];
      if (!widest || high.s[code] - low.s[code] > widest.by) {
        widest = { by: high.s[code] - low.s[code], low, high, code };
      }
    }
    return widest ? fill("bells.title", { what: facts.codes[widest.code].n, high: widest.high.n, most: scored(widest.high.s[widest.code]), low: widest.low.n, least: scored(widest.low.s[widest.code]) }) : words["bells.none"];
  };
  const pearson = (a, b) => {
    const mean = (list) => list.reduce((s, v) => s + v, 0) / list.length;
    const [ma, mb] = [mean(a), mean(b)];
    const sum = (f) => a.reduce((s, _, i) => s + f(a[i] - ma, b[i] - mb), 0);
    return sum((u, v) => u * v) / Math.sqrt(sum((u) => u * u) * sum((u, v) => v * v));
  };
  const ranked = (list) => list.map((v) => 1 + list.filter((w) => w < v).length + (list.filter((w) => w === v).length - 1) / 2);
  const scatterTitle = () => {
    const both = facts.all.slice(0, facts.units).filter((e) => there(e.s[x]) && there(e.s[y]));
    const [a, b] = [both.map((e) => e.s[x]), both.map((e) => e.s[y])];
    const r = pearson(a, b);
    const names = { x: facts.codes[x].n, y: facts.codes[y].n };
    if (Number.isNaN(r)) {
      return [fill("scatter.unknown", names), ""];
    }
    const how = r >= .7 ? "closely" : r >= .3 ? "loosely" : r > -.3 ? "hardly" : "against";
    return [fill("scatter." + how, names), fill("scatter.hint", { r: fixed(r, 2), rho: fixed(pearson(ranked(a), ranked(b)), 2), n: fixed(both.length, 0) })];
  };
  const trendsTitle = () => {
    const first = facts.years.findIndex((_, k) => picked().some((e) => e.t && there(e.t[k])));
    const last = facts.years.length - 1;
    const changes = picked().filter((e) => e.t && there(e.t[first]) && there(e.t[last]))
      .map((e) => fill("trends.one", { unit: e.n, change: signed(e.t[last] - e.t[first]) }));
    return first < 0 ? "" : fill("trends.title", { year: facts.years[first], changes: changes.join(words.semicolon) });
  };

  // Tables below the charts.
  const cell = (tag, text, value) => {
    const td = document.createElement(tag);
    td.textContent = text;
    if (value !== undefined) {
      td.className = "n";
      if (value !== null) {
        td.dataset.value = String(value);
      }
    }
    if (tag === "th") {
      td.scope = "col";
    }
    return td;
  };
  const number = (v) => cell("td", scored(v), there(v) ? v : null);
  const partsTable = (codes) => [
    [cell("th", words.part), ...picked().map((e) => cell("th", e.n))],
    ...codes.map((code) => [cell("td", facts.codes[code].n), ...picked().map((e) => number(e.s[code]))]),
  ];
  const scatterTable = () => [
    [words.unit, words.code, facts.codes[x].n, facts.codes[y].n].map((t) => cell("th", t)),
    ...facts.all.filter((e, i) => i < Math.min(facts.units, 1000) || chosen.includes(i)).map((e) => [cell("td", e.n), cell("td", e.c), number(e.s[x]), number(e.s[y])]),
  ];
  const trendsTable = () => [
    [cell("th", words.year), ...picked().map((e) => cell("th", e.n))],
    ...facts.years.map((year, k) => [cell("td", String(year)), ...picked().map((e) => number(e.t?.[k] ?? null))]),
  ];
  const rowOf = (cells) => {
    const tr = document.createElement("tr");
    tr.append(...cells);
    return tr;
  };

  // show puts a chart into its frame.
  const show = (id, drawn, title, hint, rows) => {
    const f = $("fig-" + id);
    if (!f) {
      return;
    }
    const picture = f.querySelector("svg.sketch");
    picture.setAttribute("viewBox", `0 0 ${co(sheet)} ${co(drawn.height)}`);
    picture.setAttribute("aria-label", title);
    picture.replaceChildren(...drawn.marks);
    f.querySelector(".chart-title").textContent = title;
    const line = f.querySelector(".chart-hint");
    line.textContent = hint;
    line.hidden = !hint;
    const table = f.querySelector(".chart-table table");
    table.tHead.replaceChildren(rowOf(rows[0]));
    table.tBodies[0].replaceChildren(...rows.slice(1).map(rowOf));
  };

  const list = () => {
    $("chosen").replaceChildren(...picked().map((e, i) => {
      const li = document.createElement("li");
      const sign = svg("svg", { class: "sketch", viewBox: "0 0 16 16", "aria-hidden": "true" });
      sign.append(svg("path", { class: `sign s${i}`, d: markerPath(i, 8, 8, 6) }));
      const a = document.createElement("a");
      a.href = e.u;
      a.textContent = e.n;
      const b = document.createElement("b");
      b.textContent = scored(e.s[0]);
      const soft = document.createElement("span");
      soft.className = "soft";
      soft.textContent = fill("ranked", { rank: fixed(e.r[0], 0) }) + (e.i ? ` (${e.i})` : "");
      li.append(sign, a, " ", b, " ", soft);
      return li;
    }));
  };

  const every = () => {
    const table = $("compared");
    const head = table.tHead.rows[0];
    head.replaceChildren(head.cells[0], ...picked().map((e) => cell("th", e.n, null)));
    facts.codes.forEach((node, k) => {
      const row = table.tBodies[0].rows[k];
      const scores = picked().map((e) => (there(e.s[k]) ? node.f * e.s[k] : -Infinity));
      const best = Math.max(...scores);
      row.replaceChildren(row.cells[0], ...picked().map((e, i) => {
        const td = document.createElement("td");
        td.className = scores[i] === best && best > -Infinity ? "n best" : "n";
        const num = document.createElement("span");
        num.className = "num";
        num.textContent = scored(e.s[k]);
        const rank = document.createElement("span");
        rank.className = "interval";
        rank.textContent = fixed(e.r[k], 0);
        td.append(num, " ", rank);
        return td;
      }));
    });
  };

  const draw = () => {
    const shown = picked().flatMap((e) => [...facts.axes, ...facts.rows].map((code) => e.s[code])).filter(there);
    [low, high] = [Math.min(facts.low, ...shown), Math.max(facts.high, ...shown)];
    if (low === high) {
      high++;
    }
    list();
    show("radar", radar(), radarTitle(), "", partsTable(facts.axes));
    show("bells", bells(), bellsTitle(), words["bells.hint"], partsTable(facts.rows));
    const [title, hint] = scatterTitle();
    show("scatter", scatter(), title, hint, scatterTable());
    if (facts.years.length > 1) {
      show("trends", trends(), trendsTitle(), "", trendsTable());
    }
    every();
  };

  const tell = (unknown) => {
    const box = $("unknown");
    box.textContent = unknown.length ? fill("unknown", { names: unknown.join(words.comma) }) : "";
    box.hidden = !unknown.length;
  };

  // choose takes names or codes; to one alone it adds the best other.
  const choose = (names) => {
    const unknown = [];
    chosen = [];
    for (const name of names.map((s) => s.trim()).filter(Boolean)) {
      const i = known.get(plain(name));
      if (i === undefined) {
        unknown.push(name);
      } else if (!chosen.includes(i) && chosen.length < inputs.length) {
        chosen.push(i);
      }
    }
    const best = [...facts.all.keys()].slice(0, facts.units).filter((i) => there(facts.all[i].r[0])).sort((a, b) => facts.all[a].r[0] - facts.all[b].r[0]);
    const wanted = chosen.length < 2 ? 3 - chosen.length : 0;
    for (const i of best) {
      if (chosen.length < wanted && !chosen.includes(i)) {
        chosen.push(i);
      }
    }
    tell(unknown);
  };

  const keep = () => {
    const q = new URLSearchParams({ units: chosen.map((i) => facts.all[i].c).join(","), x: facts.codes[x].c, y: facts.codes[y].c });
    history.replaceState(null, "", location.pathname + "#" + q);
    for (const a of document.querySelectorAll("a[hreflang]")) {
      a.search = "";
      a.hash = q.toString();
    }
  };
  const codeAt = (code, otherwise) => {
    const i = facts.codes.findIndex((n) => n.c === code);
    return i < 0 ? otherwise : i;
  };

  const fromForm = (e) => {
    e?.preventDefault();
    choose(inputs.map((i) => i.value));
    [x, y] = [codeAt(form.elements.x.value, 0), codeAt(form.elements.y.value, 0)];
    draw();
    keep();
  };
  const toForm = () => {
    inputs.forEach((input, i) => {
      input.value = i < chosen.length ? facts.all[chosen[i]].n : "";
    });
    [form.elements.x.value, form.elements.y.value] = [facts.codes[x].c, facts.codes[y].c];
  };
  const fromAddress = () => {
    const q = new URLSearchParams(location.hash.slice(1));
    if (!q.has("units")) {
      return;
    }
    choose(q.get("units").split(","));
    [x, y] = [codeAt(q.get("x"), codeAt(form.elements.x.value, 0)), codeAt(q.get("y"), codeAt(form.elements.y.value, 0))];
    toForm();
    draw();
    keep();
  };

  form.hidden = false;
  form.addEventListener("submit", fromForm);
  form.addEventListener("change", fromForm);
  addEventListener("hashchange", fromAddress);
  fromAddress();
})();
