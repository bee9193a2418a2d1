/* The keyboard on the Imaging page: arrows move the selection, Enter opens, L locks, Z undoes, M moves, Escape leaves. */
window.caretable = window.caretable || {};

(function (ct) {
  "use strict";
  const tl = ct.timeline;
  const moves = () => ct.moves; // timeline_moves.js is read after this file
  let moving = null;

  function isTyping(target) { return target.closest("input,textarea,select,[contenteditable],[role='dialog'],[role='combobox'],.ag-root"); }
  function rows() { return tl.groups.get({ filter: (group) => group.visible !== false, order: "order" }); }
  function barsOf(group) { return tl.items.get({ filter: (item) => item.group === group && item.rclass }).sort((a, b) => a.start - b.start); }
  function chosen() { const id = tl.vis.getSelection()[0]; return id ? tl.items.get(id) : null; }

  function nearest(items, start) {
    return items.reduce((best, item) => (!best || Math.abs(item.start - start) < Math.abs(best.start - start) ? item : best), null);
  }

  function neighbour(key) {
    const current = chosen();
    if (!current) return nearest(rows().flatMap((row) => barsOf(row.id)).slice(0, 400), tl.data.now);
    const line = barsOf(current.group), place = line.findIndex((item) => item.id === current.id);
    if (key === "ArrowLeft") return line[place - 1];
    if (key === "ArrowRight") return line[place + 1];
    const all = rows(), row = all.findIndex((group) => group.id === current.group), step = key === "ArrowUp" ? -1 : 1;
    for (let at = row + step; all[at]; at += step) {
      const found = nearest(barsOf(all[at].id), current.start);
      if (found) return found;
    }
    return null;
  }

  function beginMove(place, minutes, name) {
    moving = { place, minutes, name };
    tl.host.classList.add("is-moving");
    showMove();
  }

  function showMove() {
    moves().ghost(moving.place, moving.minutes, moving.name);
    const box = tl.host.getBoundingClientRect();
    moves().bubbleAt(box.left + box.width / 2 - 150, box.top + 44);
    moves().preview(moving.place);
    const shown = tl.vis.getWindow();
    if (moving.place.start < shown.start.getTime() || moving.place.start >= shown.end.getTime()) tl.vis.moveTo(moving.place.start, { animation: false });
  }

  function endMove() { moving = null; moves().noGhost(); moves().hush(); tl.host.classList.remove("is-moving"); }

  async function moveKey(event) {
    const step = (event.shiftKey ? 60 : tl.data.grid) * 60000;
    if (event.key === "Escape") return endMove();
    if (event.key === "Enter") {
      const { place } = moving;
      const isAllowed = await moves().decide(place);
      if (isAllowed) endMove();
      return undefined;
    }
    const place = { ...moving.place };
    if (event.key === "ArrowLeft") place.start -= step;
    if (event.key === "ArrowRight") place.start += step;
    if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      const all = rows(), at = all.findIndex((group) => group.id === place.scanner) + (event.key === "ArrowUp" ? -1 : 1);
      if (all[at]) place.scanner = all[at].id;
    }
    moving.place = place;
    return showMove();
  }

  ct.beginMove = function () {
    const item = chosen();
    if (!item || !tl.data.canMove || item.marks.includes("frozen")) return;
    beginMove({ request: item.id, scanner: item.group, start: item.start }, (item.end - item.start) / 60000, item.name);
    tl.host.focus();
  };

  function act(name) { dash_clientside.set_props("plan-key", { data: { act: name, request: (chosen() || {}).id || null, at: Date.now() } }); }

  document.addEventListener("keydown", (event) => {
    if (!event.isTrusted || !tl.vis || !document.getElementById("plan-timeline") || isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    const isArrow = event.key.startsWith("Arrow");
    if (moving) { if (isArrow || ["Enter", "Escape"].includes(event.key)) { event.preventDefault(); moveKey(event); } return; }
    const onButton = event.target.closest("button,a");
    if (isArrow && !onButton) {
      event.preventDefault();
      const item = neighbour(event.key);
      if (item) { tl.reveal(item.id); ct.choose(item.id); tl.mark(item.id); }
    } else if (event.key === "Enter" && chosen() && !onButton) {
      const panel = document.getElementById("plan-side-body");
      dash_clientside.set_props("plan-side", { data: { kind: "request" } });
      if (panel) panel.focus();
    } else if (event.key.toLowerCase() === "l" && chosen()) act("lock");
    else if (event.key.toLowerCase() === "z") act("undo");
    else if (event.key.toLowerCase() === "m") ct.beginMove();
    else if (event.key === "/") { event.preventDefault(); const find = document.getElementById("plan-find"); if (find) find.focus(); }
    else if (event.key === "Escape") ct.choose(null);
  });

  document.addEventListener("click", (event) => { if (event.target.closest("[data-begin-move]")) ct.beginMove(); });
})(window.caretable);
