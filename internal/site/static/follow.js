// The page shows a project that somebody works on: when its files change, it is
// loaded anew, and stands where it stood. While nobody looks, it does not ask.
"use strict";

(() => {
  const { changes, state } = document.currentScript.dataset;
  let timer;
  const look = async () => {
    clearTimeout(timer);
    if (document.hidden) {
      return;
    }
    let pause = 1000;
    try {
      const answer = await fetch(changes);
      if (answer.ok && (await answer.text()) !== state) {
        location.reload();
        return;
      }
    } catch {
      pause = 5000; // the program is not there; it may come back
    }
    clearTimeout(timer);
    timer = setTimeout(look, pause);
  };
  document.addEventListener("visibilitychange", look);
  look();
})();
