/* The timeline of the Imaging page: draws one plan version with vis-timeline. Times are wall-clock milliseconds of the site. */
window.dash_clientside = window.dash_clientside || {};
window.caretable = window.caretable || {};

(function (ct) {
  "use strict";
  const HOUR = 3600000, DAY = 24 * HOUR, WEEK = 7;
  const tl = (ct.timeline = { vis: null, host: null, data: null, items: null, groups: null, span: null, mode: "day", find: "", modality: "" });

  function classOf(item) {
    const marks = item.marks.map((mark) => "is-" + mark).join(" ");
    const found = tl.find && item.find.includes(tl.find) ? " is-found" : "";
    const still = tl.data.isPublished ? "" : " is-draft";
    return `appt class-${item.rclass} status-${item.status} ${marks}${found}${still}`;
  }

  function span(className, text) {
    const element = document.createElement("span");
    element.className = className;
    if (text) element.textContent = text;
    return element;
  }

  /* A bar: the class letter, what it is, and its marks. Built from text nodes only: nothing in the data can become markup. */
  function bar(item) {
    const box = document.createElement("div");
    box.className = "bar";
    if (item.isGhost) { box.append(span("bar-name", item.name || "")); return box; }
    if (!item.marks) return item.content || "";
    const minutes = (item.end - item.start) / 60000;
    box.append(span("bar-letter", tl.data.texts["letter_" + item.rclass]));
    if (item.status === "done") box.append(span("icon icon-check"));
    else if (item.status === "no_show") box.append(span("icon icon-noshow"));
    else if (item.status === "arrived") box.append(span("icon icon-arrived"));
    else if (item.status === "late") box.append(span("icon icon-clock"));
    else if (item.status === "started") box.append(span("icon icon-play"));
    if (item.marks.includes("locked")) box.append(span("icon icon-lock"));
    if (minutes >= 15) box.append(span("bar-name", item.name));
    return box;
  }

  function rowLabel(group) {
    const box = document.createElement("div");
    if (!group) return box;
    box.title = group.label || group.name;
    box.className = "row-label" + (group.isFirst ? " is-first" : "");
    box.append(span("row-modality", group.isFirst ? group.modality : ""), span("row-name", group.name));
    return box;
  }

  function toItem(raw) {
    return Object.assign({}, raw, {
      type: "range", className: classOf(raw), content: raw.id, title: raw.title,
      editable: tl.data.canMove && !raw.marks.includes("frozen") ? { updateTime: true, updateGroup: true, remove: false } : false,
    });
  }

  function toSpan(raw, index) {
    return { id: "span-" + index, group: raw.group, start: raw.start, end: raw.end, type: "background", content: raw.why ? tl.data.texts["closed_" + raw.why] : "", className: "span span-" + raw.kind };
  }

  function utc(date) { return vis.moment(date).utc(); }
  function two(number) { return String(number).padStart(2, "0"); }
  function minorLabel(date, scale) {
    if (scale === "weekday" || scale === "day") return dayLabel(date);
    return `${two(date.hours())}:${two(date.minutes())}`;
  }
  function dayLabel(date) {
    const name = tl.data.weekdays[(date.day() + 6) % 7];
    return tl.data.language === "zh" ? `${date.month() + 1}月${date.date()}日 ${name}` : `${name} ${date.date()}`;
  }
  function majorLabel(date, scale) {
    return scale === "weekday" || scale === "day" || scale === "month" ? "" : dayLabel(date);
  }

  function options() {
    const [first, last] = tl.data.hours;
    const start = tl.data.firstDay, end = start + tl.data.numDays * DAY;
    const hidden = first > 0 || last < 24 ? [{ start: start - DAY + last * HOUR, end: start + first * HOUR, repeat: "daily" }] : [];
    const now = spanOf("day", dayOf(tl.data.now));
    return {
      timeAxis: scaleFor(now), stack: false, orientation: "top", moment: utc, hiddenDates: hidden, snap: (date) => new Date(Math.round(date / (tl.data.grid * 60000)) * tl.data.grid * 60000),
      min: start + first * HOUR, max: end, zoomMin: 2 * HOUR, zoomMax: 8 * DAY, zoomKey: "ctrlKey", verticalScroll: true, horizontalScroll: false,
      height: "100%", groupOrder: "order", groupTemplate: rowLabel, template: bar, margin: { item: { horizontal: 0, vertical: 3 }, axis: 3 },
      editable: { add: false, remove: false, updateTime: true, updateGroup: true, overrideItems: false }, itemsAlwaysDraggable: { item: true, range: false },
      selectable: true, multiselect: false, showCurrentTime: true, showTooltips: true, tooltip: { followMouse: true, delay: 350, overflowMethod: "cap" },
      format: { minorLabels: minorLabel, majorLabels: majorLabel }, groupHeightMode: "fixed", xss: { disabled: false },
      onMoving: (item, done) => ct.moves.onMoving(item, done), onMove: (item, done) => ct.moves.onMove(item, done),
    };
  }

  function dayOf(time) { return Math.max(0, Math.min(tl.data.numDays - 1, Math.floor((time - tl.data.firstDay) / DAY))); }

  /* The first day of the week that a day lies in; a plan of one week is its own. */
  function mondayOf(day) {
    if (tl.data.numDays <= WEEK) return 0;
    return Math.max(0, day - ((utc(tl.data.firstDay + day * DAY).day() + 6) % 7));
  }

  function spanOf(mode, day) {
    const [first, last] = tl.data.hours, start = tl.data.firstDay + day * DAY;
    if (mode === "week") {
      const monday = mondayOf(day), days = Math.min(tl.data.numDays - monday, WEEK);
      return { start: tl.data.firstDay + monday * DAY + first * HOUR, end: tl.data.firstDay + (monday + days - 1) * DAY + last * HOUR };
    }
    return { start: start + first * HOUR, end: start + last * HOUR };
  }

  /* Labels as close as they can be read: half hours, hours, two hours, days. */
  function scaleFor(span) {
    const hours = (span.end - span.start) / HOUR;
    if (hours > 30) return { scale: "weekday", step: 1 };
    if (hours > 12) return { scale: "hour", step: 2 };
    return hours > 5 ? { scale: "hour", step: 1 } : { scale: "minute", step: 30 };
  }

  function label(span) {
    const scale = scaleFor(span), name = scale.scale + scale.step;
    if (tl.scale === name) return;
    tl.scale = name;
    tl.vis.setOptions({ timeAxis: scale });
  }

  function turn(span) {
    tl.span = span;
    label(span);
    tl.vis.setWindow(span.start, span.end, { animation: false });
    markButtons();
  }

  tl.show = function (mode, day) {
    tl.mode = mode;
    turn(spanOf(mode, day));
  };

  /* Now: from an hour ago on, at a width in which short examinations can be told apart. */
  tl.showNow = function () {
    const day = spanOf("day", dayOf(tl.data.now));
    tl.mode = "day";
    const start = Math.max(day.start, Math.min(Math.floor((tl.data.now - HOUR) / HOUR) * HOUR, day.end - 11 * HOUR));
    turn({ start, end: Math.min(day.end, start + 11 * HOUR) });
  };

  tl.day = function () {
    const shown = tl.vis.getWindow();
    return dayOf((shown.start.getTime() + shown.end.getTime()) / 2);
  };

  tl.step = function (direction) {
    const [first, last] = tl.data.hours;
    const isLong = tl.data.numDays > WEEK, here = dayOf(tl.vis.getWindow().start.getTime() + ((last - first) * HOUR) / 2);
    const within = (day) => Math.max(0, Math.min(tl.data.numDays - 1, day));
    if (tl.mode === "week" && isLong) tl.show("week", within(here + direction * WEEK));
    else tl.show("day", tl.mode === "week" ? 0 : within(here + direction));
  };

  function markButtons() {
    document.querySelectorAll("[data-timeline]").forEach((button) => {
      if (!["day", "week"].includes(button.dataset.timeline)) return;
      button.classList.toggle("is-on", button.dataset.timeline === tl.mode);
      button.setAttribute("aria-pressed", String(button.dataset.timeline === tl.mode));
    });
    const label = document.getElementById("timeline-day");
    if (!label || !tl.data) return;
    const monday = mondayOf(tl.day()), days = Math.min(tl.data.numDays - monday, WEEK);
    const first = utc(tl.data.firstDay + monday * DAY), last = utc(tl.data.firstDay + (monday + days - 1) * DAY);
    label.textContent = tl.mode === "week" ? `${dayLabel(first)} – ${dayLabel(last)}` : dayLabel(utc(tl.data.firstDay + tl.day() * DAY));
    tl.host.dataset.mode = tl.mode;
  }

  /* Rows share the height there is, between a floor that can be read and a ceiling that stays calm. */
  function sizeRows(host) {
    const rows = tl.data.groups.filter((group) => !tl.modality || group.modality === tl.modality).length || 1;
    const row = Math.max(26, Math.min(40, Math.floor((host.clientHeight - 46) / rows)));
    host.style.setProperty("--row", row + "px");
  }

  function build(host) {
    if (tl.vis) tl.vis.destroy();
    tl.host = host;
    sizeRows(host);
    tl.items = new vis.DataSet();
    tl.groups = new vis.DataSet();
    tl.vis = new vis.Timeline(host, tl.items, tl.groups, options());
    tl.vis.initialFitDone = true; // the first window is ours, not all items squeezed into one
    tl.vis.on("select", (event) => { if (event.event) ct.choose(event.items[0] || null); });
    tl.scale = "";
    tl.vis.on("rangechanged", (event) => {
      if (!event.byUser) return;
      tl.span = { start: event.start.getTime(), end: event.end.getTime() };
      label(tl.span);
      markButtons();
    });
    ct.moves.watch(host);
  }

  /* Only what differs is drawn again, so that a redraw after a command does not blink. */
  function fill() {
    const wanted = new Map(tl.data.items.map((raw) => [raw.id, toItem(raw)]));
    tl.data.spans.forEach((raw, index) => wanted.set("span-" + index, toSpan(raw, index)));
    tl.items.remove(tl.items.getIds().filter((id) => !wanted.has(id)));
    tl.items.update([...wanted.values()]);
    const rows = tl.data.groups.map((group) => ({ ...group, content: group.name, title: undefined, label: group.title, visible: !tl.modality || group.modality === tl.modality, className: group.isFirst ? "group is-first" : "group" }));
    tl.groups.remove(tl.groups.getIds().filter((id) => !rows.some((row) => row.id === id)));
    tl.groups.update(rows);
  }

  tl.draw = function (data, chosen) {
    const host = document.getElementById("plan-timeline");
    if (!host || !data || !data.groups) return;
    const isNew = tl.host !== host || !tl.data || tl.data.firstDay !== data.firstDay || tl.data.language !== data.language || String(tl.data.hours) !== String(data.hours);
    const hadSpan = tl.span && tl.data && tl.data.firstDay === data.firstDay ? tl.span : null;
    tl.data = data;
    if (isNew) build(host);
    fill();
    tl.vis.setCurrentTime(data.now);
    if (isNew && hadSpan) turn(hadSpan);
    else if (isNew) tl.showNow();
    tl.mark(chosen);
    host.dataset.ready = "yes";
    if (tl.find) ct.finder.count(); // another version may hold others of that name
    if (ct.tour) ct.tour.begin();
  };

  tl.mark = function (chosen) {
    if (!tl.vis) return;
    tl.vis.setSelection(chosen && tl.items.get(chosen) ? [chosen] : []);
    document.querySelectorAll(".waiting-row").forEach((row) => row.classList.toggle("is-chosen", row.dataset.request === chosen));
  };

  tl.reveal = function (id) {
    const item = tl.items && tl.items.get(id), shown = tl.vis && tl.vis.getWindow();
    if (!item || (item.start >= shown.start.getTime() && item.end <= shown.end.getTime())) return;
    tl.show("day", dayOf(item.start));
  };

  tl.search = function (text) {
    tl.find = text.trim().toLowerCase();
    if (tl.host) tl.host.classList.toggle("is-finding", Boolean(tl.find));
    if (!tl.items) return;
    const changed = [];
    tl.items.forEach((item) => {
      if (!item.rclass) return;
      const wanted = classOf(item);
      if (item.className !== wanted) changed.push({ id: item.id, className: wanted });
    });
    tl.items.update(changed);
  };

  tl.only = function (modality) {
    tl.modality = tl.modality === modality ? "" : modality;
    document.querySelectorAll("[data-modality]").forEach((button) => {
      button.classList.toggle("is-on", button.dataset.modality === tl.modality);
      button.setAttribute("aria-pressed", String(button.dataset.modality === tl.modality));
    });
    tl.groups.update(tl.groups.map((group) => ({ id: group.id, visible: !tl.modality || group.modality === tl.modality })));
  };

  ct.choose = function (id) {
    dash_clientside.set_props("plan-request", { data: id });
    if (id) dash_clientside.set_props("plan-side", { data: { kind: "request" } });
  };

  dash_clientside.plan = {
    draw: function (data, chosen) { ct.shown = data; tl.draw(data, chosen); return chosen || ""; },
    mark: function (chosen) { tl.mark(chosen); if (chosen) tl.reveal(chosen); return chosen || ""; },
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-timeline],[data-modality],[data-hide-class],[data-choose]");
    if (!button) return;
    const { timeline, modality, hideClass, choose } = button.dataset;
    if (choose) { ct.choose(choose); return; }
    if (!tl.vis) return;
    if (timeline === "day") tl.show("day", tl.mode === "week" ? dayOf(tl.data.now) : tl.day());
    if (timeline === "week") tl.show("week", tl.day());
    if (timeline === "now") tl.showNow();
    if (timeline === "previous") tl.step(-1);
    if (timeline === "next") tl.step(1);
    if (modality) tl.only(modality);
    if (hideClass) {
      tl.host.classList.toggle("hide-" + hideClass);
      button.setAttribute("aria-pressed", String(!tl.host.classList.contains("hide-" + hideClass)));
    }
  });

  document.addEventListener("input", (event) => {
    if (event.target.id !== "plan-find") return;
    const text = event.target.value.trim().toLowerCase();
    window.clearTimeout(tl.timer);
    tl.timer = window.setTimeout(() => { tl.search(text); ct.waiting.search(text); ct.finder.count(); }, 120);
  });
})(window.caretable);
