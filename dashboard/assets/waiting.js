/* The list of requests without a place, and the day's plan for paper: both may be long, so they are drawn from plain values. */
window.dash_clientside = window.dash_clientside || {};
window.caretable = window.caretable || {};

(function (ct) {
  "use strict";
  const SHOWN = 40;
  const list = (ct.waiting = { data: null, find: "" });

  function make(tag, className, text) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  }

  function row(raw) {
    const box = make("button", "waiting-row"), head = make("div", "waiting-head"), foot = make("div", "waiting-foot");
    const badge = make("span", "badge badge-" + raw.rclass, raw.letter);
    badge.title = raw.className;
    head.append(badge, make("span", "case-id", raw.id), make("span", "case-name", raw.name), make("span", "case-note", raw.length));
    foot.append(make("span", "waiting-why", raw.why), make("span", "waiting-price", raw.price));
    box.append(head, foot);
    box.draggable = true;
    Object.assign(box.dataset, { choose: raw.id, request: raw.id, drag: raw.id, minutes: raw.minutes, name: raw.name });
    return box;
  }

  list.draw = function () {
    const host = document.getElementById("waiting-list");
    if (!host || !list.data) return;
    const wanted = list.data.rows.filter((raw) => !list.find || raw.find.includes(list.find));
    const parts = wanted.slice(0, SHOWN).map(row);
    if (wanted.length > SHOWN) parts.push(make("p", "quiet", list.data.more.replace("#", String(wanted.length - SHOWN))));
    host.replaceChildren(...parts);
  };

  list.search = function (text) { list.find = text; list.draw(); };

  function table(section, heads) {
    const box = make("section", "print-scanner"), body = make("tbody"), head = make("thead"), names = make("tr");
    heads.forEach((name) => names.append(make("th", "", name)));
    head.append(names);
    section.rows.forEach((cells) => {
      const line = make("tr");
      cells.forEach((cell) => line.append(make("td", "", cell)));
      body.append(line);
    });
    const grid = make("table");
    grid.append(head, body);
    box.append(make("h2", "", section.name), grid);
    return box;
  }

  dash_clientside.waiting = {
    draw: function (data) { list.data = data; list.draw(); return window.dash_clientside.no_update; },
    print: function (data) {
      const host = document.getElementById("plan-print");
      if (host && data) {
        host.replaceChildren(make("h1", data.isDraft ? "is-draft" : "", data.title), make("p", "print-note", data.note), ...data.sections.map((section) => table(section, data.heads)));
        window.setTimeout(() => window.print(), 50);
      }
      return window.dash_clientside.no_update;
    },
  };
})(window.caretable);
