// Calls into the engine, which runs in a worker: hireEngine starts one for the
// element that names the worker, the loader and the engine. ask(call, ...args)
// gives a promise of the result; ready is that of the start. failed is said where
// the browser tells no reason.
"use strict";

window.hireEngine = (root, failed, module) => {
  const worker = new Worker(root.dataset.worker);
  const waiting = new Map();
  let count = 0;
  worker.onmessage = ({ data: { id, result, error } }) => {
    const { done, fail } = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) {
      done(result);
    } else {
      fail(new Error(error));
    }
  };
  worker.onerror = (e) => {
    for (const { fail } of waiting.values()) {
      fail(new Error(e.message || failed));
    }
    waiting.clear();
  };
  const ask = (call, ...args) => new Promise((done, fail) => {
    waiting.set(++count, { done, fail });
    worker.postMessage({ id: count, call, args });
  });
  const absolute = (address) => new URL(address, document.baseURI).href;
  const ready = ask("start", { loader: absolute(root.dataset.loader), engine: absolute(root.dataset.engine), module });
  return { ask, ready };
};
