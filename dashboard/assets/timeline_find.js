/* The search box: how many it finds on all days and in the list, and Enter goes from one to the next. */
window.caretable = window.caretable || {};

(function (ct) {
  "use strict";
  const finder = (ct.finder = {});

  /* Those from now on first, then those before, then those without a place. */
  function hits() {
    const tl = ct.timeline;
    if (!tl.find || !tl.data) return [];
    const placed = tl.data.items.filter((item) => item.find.includes(tl.find)).sort((a, b) => a.start - b.start);
    const ordered = [...placed.filter((item) => item.start >= tl.data.now), ...placed.filter((item) => item.start < tl.data.now)];
    const list = ct.waiting.data ? ct.waiting.data.rows.filter((row) => row.find.includes(tl.find)) : [];
    return [...ordered, ...list].map((found) => found.id);
  }

  finder.count = function () {
    const place = document.getElementById("find-count"), tl = ct.timeline;
    if (!place || !tl.data) return;
    const num = hits().length;
    place.textContent = !tl.find ? "" : num ? tl.data.texts.find_hits.replace("#", String(num)) : tl.data.texts.find_none;
  };

  document.addEventListener("keydown", (event) => {
    if (event.target.id !== "plan-find" || event.key !== "Enter") return;
    ct.timeline.search(event.target.value);
    finder.count();
    const found = hits();
    if (found.length) ct.choose(found[(found.indexOf(finder.at) + 1) % found.length]);
    finder.at = found.length ? found[(found.indexOf(finder.at) + 1) % found.length] : null;
  });
})(window.caretable);
