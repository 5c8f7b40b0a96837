// On a page of an older release: tells when there is a newer one. The release
// itself is never changed; the site's list of releases says what is newest.
"use strict";

(async () => {
  const note = document.querySelector("aside.release");
  if (!note) {
    return;
  }
  try {
    const answer = await fetch(note.dataset.index, { cache: "no-cache" });
    const newest = (await answer.json()).releases[0].date;
    if (newest <= note.dataset.release) {
      return;
    }
    note.querySelector(".newer").hidden = false;
    const link = note.querySelector(".newest");
    // The newest version may lack this page.
    const there = await fetch(link.href, { method: "HEAD" });
    if (there.status === 404) {
      link.href = note.dataset.home;
    }
    link.hash = location.hash;
  } catch {
    // Opened from a folder, or without a network: the plain links remain.
  }
})();
