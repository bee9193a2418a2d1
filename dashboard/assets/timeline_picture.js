/* The timeline as a picture: an SVG of what is on the screen, or a PNG of that. Drawn on white for paper and slides. */
window.caretable = window.caretable || {};

(function (ct) {
  "use strict";
  const HOUR = 3600000, DAY = 24 * HOUR;
  const WIDTH = 1600, LEFT = 110, HEAD = 74, ROW = 30, FOOT = 40;
  const INK = "#15212c", QUIET = "#647282", LINE = "#c3ccd4", ACCENT = "#0b6477", NOW = "#c2410c";
  const LOOKS = {
    emergency: { fill: "#b3271e", line: "#7f150e", ink: "#ffffff" }, inpatient: { fill: "#a9c6e8", line: "#3a6aa3", ink: "#102a47" },
    outpatient: { fill: "#e4e9ee", line: "#93a2b0", ink: "#26333f" }, check_up: { fill: "#ffffff", line: "#74818e", ink: "#3a4753" },
  };
  const SPANS = { open: "#ffffff", overtime: "#f6ead9", reserved: "#f9e7e5", closed: "#d5dce2" };

  function make(name, values, text) {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    Object.entries(values || {}).forEach(([key, value]) => element.setAttribute(key, value));
    if (text !== undefined) element.textContent = text;
    return element;
  }

  /* Minutes of open day before a time: the folded hours of the night take no room. */
  function along(data, time) {
    const [first, last] = data.hours, day = Math.floor((time - data.firstDay) / DAY);
    const hour = Math.max(first * HOUR, Math.min(last * HOUR, time - data.firstDay - day * DAY));
    return day * (last - first) * HOUR + hour - first * HOUR;
  }

  function frame(tl) {
    const shown = tl.vis.getWindow(), data = tl.data;
    const low = along(data, +shown.start), high = along(data, +shown.end);
    const x = (time) => LEFT + ((Math.max(low, Math.min(high, along(data, time))) - low) / (high - low)) * (WIDTH - LEFT - 16);
    const rows = data.groups.filter((group) => !tl.modality || group.modality === tl.modality);
    return { x, rows, start: +shown.start, end: +shown.end, y: new Map(rows.map((group, at) => [group.id, HEAD + at * ROW])) };
  }

  function drawSpans(svg, tl, at) {
    ["open", "overtime", "reserved", "closed"].forEach((kind) => tl.data.spans.filter((span) => span.kind === kind && at.y.has(span.group)).forEach((span) => {
      const left = at.x(span.start), width = at.x(span.end) - left;
      if (width <= 0) return;
      svg.append(make("rect", { x: left, y: at.y.get(span.group), width, height: ROW, fill: SPANS[kind] }));
      if (kind === "reserved") svg.append(make("rect", { x: left, y: at.y.get(span.group) + ROW - 3, width, height: 3, fill: LOOKS.emergency.fill }));
    }));
  }

  function drawBar(svg, tl, item, at) {
    const left = at.x(item.start), width = Math.max(2, at.x(item.end) - left - 1), look = LOOKS[item.rclass], top = at.y.get(item.group) + 3;
    const isStill = tl.data.isPublished || item.marks.includes("frozen");
    const bar = make("rect", { x: left, y: top, width, height: ROW - 6, rx: item.rclass === "emergency" ? Math.min(9, width / 2) : 3, fill: look.fill, stroke: look.line });
    if (!isStill) bar.setAttribute("stroke-dasharray", "3 2");
    svg.append(bar);
    if (item.marks.includes("moved")) svg.append(make("path", { d: `M${left + width - 8} ${top}h8v8z`, fill: ACCENT }));
    if (width < 10) return;
    const inside = make("svg", { x: left, y: top, width, height: ROW - 6 }); // what does not fit is cut off
    inside.append(make("text", { x: width < 20 ? 1 : 4, y: 16, fill: look.ink, "font-weight": 700 }, tl.data.texts["letter_" + item.rclass]));
    if (width > 32) inside.append(make("text", { x: 18, y: 16, fill: look.ink }, item.name));
    svg.append(inside);
  }

  function drawHours(svg, tl, at, bottom) {
    const days = Math.ceil((at.end - at.start) / DAY), [first, last] = tl.data.hours, step = days > 2 ? last - first : days > 1 ? 3 : 1;
    for (let day = 0; day < tl.data.numDays; day += 1) for (let hour = first; hour < last; hour += step) {
      const time = tl.data.firstDay + day * DAY + hour * HOUR;
      if (time < at.start || time > at.end || at.x(time) > WIDTH - 60) continue;
      const x = at.x(time), when = new Date(time), label = hour === first && days > 1 ? `${when.getUTCMonth() + 1}-${when.getUTCDate()} ${tl.data.weekdays[(when.getUTCDay() + 6) % 7]}` : `${String(hour).padStart(2, "0")}:00`;
      svg.append(make("line", { x1: x, x2: x, y1: HEAD - 6, y2: bottom, stroke: LINE, "stroke-width": .6 }), make("text", { x: x + 3, y: HEAD - 10, fill: QUIET }, label));
    }
  }

  function picture() {
    const tl = ct.timeline, at = frame(tl), bottom = HEAD + at.rows.length * ROW, height = bottom + FOOT;
    const svg = make("svg", { xmlns: "http://www.w3.org/2000/svg", width: WIDTH, height, viewBox: `0 0 ${WIDTH} ${height}`, "font-family": "Inter, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'WenQuanYi Micro Hei', sans-serif", "font-size": 11.5 });
    svg.append(make("rect", { width: WIDTH, height, fill: "#ffffff" }));
    svg.append(make("text", { x: 16, y: 28, "font-size": 17, "font-weight": 700, fill: INK }, tl.data.heading));
    svg.append(make("text", { x: 16, y: 48, fill: QUIET }, document.getElementById("timeline-day").textContent));
    svg.append(make("rect", { x: LEFT, y: HEAD, width: WIDTH - LEFT - 16, height: bottom - HEAD, fill: "#e9edf0" }));
    drawSpans(svg, tl, at);
    drawHours(svg, tl, at, bottom);
    at.rows.forEach((group) => {
      const y = at.y.get(group.id);
      svg.append(make("line", { x1: 16, x2: WIDTH - 16, y1: y, y2: y, stroke: LINE }), make("text", { x: 16, y: y + 19, "font-weight": 600, fill: INK }, group.name));
    });
    tl.data.items.filter((item) => at.y.has(item.group) && item.end > at.start && item.start < at.end).forEach((item) => drawBar(svg, tl, item, at));
    if (tl.data.now > at.start && tl.data.now < at.end) svg.append(make("line", { x1: at.x(tl.data.now), x2: at.x(tl.data.now), y1: HEAD - 4, y2: bottom, stroke: NOW, "stroke-width": 2 }));
    svg.append(make("text", { x: 16, y: bottom + 26, fill: QUIET }, tl.data.key));
    return svg;
  }

  function save(blob, kind) {
    const link = document.createElement("a"), address = URL.createObjectURL(blob), version = ct.timeline.data.version || 0;
    Object.assign(link, { href: address, download: `plan-${version}.${kind}` });
    link.click();
    window.setTimeout(() => URL.revokeObjectURL(address), 10000);
  }

  function saveAsPng(svg) {
    const image = new Image(), scale = 2, [width, height] = [svg.getAttribute("width") * scale, svg.getAttribute("height") * scale];
    image.addEventListener("load", () => {
      const canvas = Object.assign(document.createElement("canvas"), { width, height });
      canvas.getContext("2d").drawImage(image, 0, 0, width, height);
      canvas.toBlob((blob) => save(blob, "png"), "image/png");
    });
    image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(new XMLSerializer().serializeToString(svg));
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-picture]");
    if (!button || !ct.timeline.vis) return;
    const svg = picture();
    if (button.dataset.picture === "png") saveAsPng(svg);
    else save(new Blob([new XMLSerializer().serializeToString(svg)], { type: "image/svg+xml" }), "svg");
  });
})(window.caretable);
