/* Moving an appointment: by dragging a bar, by dragging a waiting request in, or from the keyboard. While it moves, the server is asked which
   rule it breaks or what it costs; a refused drop springs back with the reason. */
window.caretable = window.caretable || {};

(function (ct) {
  "use strict";
  const PAUSE_MS = 100, GHOST = "ghost";
  const moves = (ct.moves = { asked: "", sequence: 0, last: null, timer: 0, waiting: null, dragged: null });
  const tl = () => ct.timeline;

  function key(place) { return `${place.request}|${place.scanner}|${place.start}`; }

  async function ask(place) {
    const body = JSON.stringify({ area: tl().data.area, version: tl().data.version, request: place.request, scanner: place.scanner, start: place.start });
    try {
      const answer = await fetch("/api/move-preview", { method: "POST", headers: { "Content-Type": "application/json" }, body, credentials: "same-origin" });
      const value = await answer.json();
      return answer.ok ? value : { allowed: false, text: value.text || tl().data.texts.preview_failed };
    } catch (error) {
      return { allowed: false, text: tl().data.texts.preview_failed };
    }
  }

  /* At most one question every PAUSE_MS; only the newest answer is shown. */
  function preview(place) {
    if (moves.asked === key(place)) return;
    moves.asked = key(place);
    window.clearTimeout(moves.timer);
    moves.timer = window.setTimeout(async () => {
      const mine = ++moves.sequence;
      const answer = await ask(place);
      if (mine === moves.sequence && moves.asked === key(place)) { moves.last = { key: key(place), answer }; say(answer); }
    }, PAUSE_MS);
  }

  function bubble() {
    let box = document.getElementById("move-bubble");
    if (!box) {
      box = document.createElement("div");
      box.id = "move-bubble";
      box.setAttribute("role", "status");
      box.setAttribute("aria-live", "polite");
      document.body.append(box);
    }
    return box;
  }

  function say(answer, isFinal) {
    const box = bubble();
    box.textContent = answer.text;
    box.className = answer.allowed === null ? "is-asking" : answer.allowed ? "is-allowed" : "is-refused";
    box.hidden = false;
    window.clearTimeout(moves.hideTimer);
    if (isFinal) moves.hideTimer = window.setTimeout(hush, 6000);
  }

  function asking(label) { say({ allowed: null, text: label }); }
  function hush() { bubble().hidden = true; moves.asked = ""; }

  function follow(event) {
    const box = bubble();
    box.style.left = Math.min(event.clientX + 14, window.innerWidth - 330) + "px";
    box.style.top = Math.min(event.clientY + 18, window.innerHeight - 90) + "px";
  }

  function placeOf(item) { return { request: item.id === GHOST ? item.request : item.id, scanner: item.group, start: +item.start }; }

  function label(place) {
    const time = new Date(place.start);
    return `${place.scanner} ${String(time.getUTCHours()).padStart(2, "0")}:${String(time.getUTCMinutes()).padStart(2, "0")}`;
  }

  moves.onMoving = function (item, done) {
    const before = tl().items.get(item.id);
    item.end = new Date(+item.start + (before.end - before.start));
    const place = placeOf(item);
    if (moves.asked !== key(place)) asking(`${label(place)} · ${tl().data.texts.preview_checking}`);
    preview(place);
    done(item);
  };

  async function decide(place) {
    const answer = moves.last && moves.last.key === key(place) ? moves.last.answer : await ask(place);
    window.clearTimeout(moves.timer);
    moves.sequence += 1;
    if (answer.allowed) {
      hush();
      dash_clientside.set_props("plan-drop", { data: { ...place, version: tl().data.version, at: Date.now() } });
    } else {
      say({ allowed: false, text: `${tl().data.texts.dropped_back} ${answer.text}` }, true);
    }
    return answer.allowed;
  }

  moves.onMove = async function (item, done) {
    const before = tl().items.get(item.id), place = placeOf(item);
    if (+before.start === place.start && before.group === place.scanner) { hush(); done(null); return; }
    item.end = new Date(place.start + (before.end - before.start));
    const isAllowed = await decide(place);
    if (isAllowed) { item.start = place.start; item.end = +item.end; }
    done(isAllowed ? item : null);
  };

  /* A ghost bar shows where a waiting request, or one moved from the keyboard, would be. */
  moves.ghost = function (place, minutes, name) {
    const start = place.start;
    tl().items.update({ id: GHOST, request: place.request, group: place.scanner, start, end: start + minutes * 60000, type: "range", className: "appt ghost", content: name, name, isGhost: true, marks: [], find: "", editable: false });
  };
  moves.noGhost = function () { if (tl().items) tl().items.remove(GHOST); };
  moves.preview = function (place) { asking(`${label(place)} · ${tl().data.texts.preview_checking}`); preview(place); };
  moves.decide = decide;
  moves.hush = hush;
  moves.bubbleAt = function (x, y) { follow({ clientX: x, clientY: y }); };

  function pointed(event) {
    const props = tl().vis.getEventProperties(event), grid = tl().data.grid * 60000;
    if (!props.group || !props.time) return null;
    return { request: moves.dragged.request, scanner: props.group, start: Math.round(+props.time / grid) * grid };
  }

  moves.watch = function (host) {
    if (host.dataset.watched) return;
    host.dataset.watched = "yes";
    host.addEventListener("dragover", (event) => {
      if (!moves.dragged) return;
      event.preventDefault();
      follow(event);
      const place = pointed(event);
      if (!place || moves.asked === key(place)) return;
      moves.ghost(place, moves.dragged.minutes, moves.dragged.name);
      moves.preview(place);
    });
    host.addEventListener("drop", async (event) => {
      if (!moves.dragged) return;
      event.preventDefault();
      const place = pointed(event);
      if (place) await decide(place);
      moves.noGhost();
    });
    host.addEventListener("dragleave", (event) => { if (!host.contains(event.relatedTarget)) { moves.noGhost(); hush(); } });
    host.addEventListener("pointermove", (event) => { if (!bubble().hidden && !moves.dragged && event.buttons) follow(event); });
  };

  document.addEventListener("dragstart", (event) => {
    const row = event.target.closest && event.target.closest("[data-drag]");
    if (!row || !tl().data || !tl().data.canMove) return;
    moves.dragged = { request: row.dataset.drag, minutes: Number(row.dataset.minutes), name: row.dataset.name };
    event.dataTransfer.setData("text/plain", row.dataset.drag);
    event.dataTransfer.effectAllowed = "move";
  });
  document.addEventListener("dragend", () => { moves.dragged = null; if (tl().items) moves.noGhost(); });
})(window.caretable);
