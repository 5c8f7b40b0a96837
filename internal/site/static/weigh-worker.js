// The engine, off the page's own thread. Messages: {id, call, args}; answers:
// {id, result} or {id, error}. The first call is start, with the addresses of
// the engine and its loader, or with the engine already compiled.
"use strict";

let started;

const start = async ({ loader, engine, module }) => {
  importScripts(loader);
  const go = new Go(); // eslint-disable-line no-undef
  if (!module) {
    const response = await fetch(engine);
    if (!response.ok) {
      throw new Error(`${response.status} ${response.statusText}`);
    }
    const plain = response.body.pipeThrough(new DecompressionStream("gzip"));
    module = await WebAssembly.compileStreaming(new Response(plain, { headers: { "Content-Type": "application/wasm" } }));
  }
  go.run(await WebAssembly.instantiate(module, go.importObject));
  return { result: module };
};

const parsed = (text) => {
  const value = JSON.parse(text);
  if (value.problems) {
    throw new Error(value.problems.map((p) => [p.cause, p.remedy].filter(Boolean).join("; ")).join(" · "));
  }
  return value;
};

const calls = {
  open: (text) => parsed(mizan.open(text)),
  edit: (edits) => parsed(mizan.edit(edits)),
  edits: (weights) => parsed(mizan.edits(weights)),
  draw: (weights, draws) => parsed(mizan.draw(weights, draws)),
  gather: (bundle, ties) => parsed(mizan.gather(bundle, ties)),
  stand: (codes) => parsed(mizan.stand(codes)),
  weigh: (weights, nodes, units) => {
    const scores = new Float64Array(nodes * units);
    const ranks = new Int32Array(units);
    const began = performance.now();
    const wrong = mizan.weigh(weights, scores, ranks);
    const took = performance.now() - began;
    if (wrong) {
      parsed(wrong);
    }
    return { scores, ranks, took };
  },
};

onmessage = async ({ data: { id, call, args } }) => {
  try {
    if (call === "start") {
      started = start(args[0]);
      const { result } = await started;
      postMessage({ id, result });
      return;
    }
    await started;
    postMessage({ id, result: calls[call](...args) });
  } catch (e) {
    postMessage({ id, error: e.message || String(e) });
  }
};
