/* Uploading a file: dropped or chosen, sent as it is; kept in memory so that it can be read again with other columns. */
window.caretable = window.caretable || {};

(function (ct) {
  "use strict";
  const up = (ct.upload = { file: null });

  function say(text, isBad) {
    const line = document.getElementById("upload-said");
    if (line) { line.textContent = text; line.className = isBad ? "alert alert-bad" : "quiet"; }
  }

  function texts() { return document.getElementById("upload-drop").dataset; }

  /* The chosen value of a Mantine select is only known to Dash; a store mirrors it. */
  up.fields = { kind: "auto", source: "", area: "" };

  async function send(mapping) {
    if (!up.file) { say(texts().lost, true); return; }
    say(texts().busy.replace("#", up.file.name));
    const form = new FormData();
    form.append("file", up.file);
    form.append("kind", up.fields.kind || "auto");
    form.append("source", up.fields.source || "");
    if (up.fields.area) form.append("area", up.fields.area);
    if (mapping) form.append("mapping", JSON.stringify(mapping));
    try {
      const answer = await fetch("/api/upload", { method: "POST", body: form, credentials: "same-origin" });
      const isJson = (answer.headers.get("Content-Type") || "").includes("json");
      const value = isJson ? await answer.json() : { problem: await answer.text() };
      if (!answer.ok) { say(value.problem || texts().failed, true); return; }
      say("");
      window.dash_clientside.set_props("data-shown", { data: value.upload });
      window.setTimeout(() => { const card = document.getElementById("data-preview"); if (card) card.scrollIntoView({ behavior: "smooth", block: "start" }); }, 600);
    } catch (error) {
      say(texts().failed, true);
    }
  }

  function choose() {
    const input = document.createElement("input");
    input.type = "file";
    input.accept = ".csv,.txt,.tsv,.xlsx";
    input.addEventListener("change", () => { if (input.files[0]) { up.file = input.files[0]; send(); } });
    input.click();
  }

  document.addEventListener("click", (event) => { if (event.target.closest("[data-upload-choose]")) choose(); });
  document.addEventListener("dragover", (event) => {
    const zone = event.target.closest && event.target.closest("#upload-drop");
    if (zone) { event.preventDefault(); zone.classList.add("is-over"); }
  });
  document.addEventListener("dragleave", (event) => {
    const zone = event.target.closest && event.target.closest("#upload-drop");
    if (zone) zone.classList.remove("is-over");
  });
  document.addEventListener("drop", (event) => {
    const zone = event.target.closest && event.target.closest("#upload-drop");
    if (!zone) return;
    event.preventDefault();
    zone.classList.remove("is-over");
    if (event.dataTransfer.files[0]) { up.file = event.dataTransfer.files[0]; send(); }
  });

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.upload = {
    keep: function (kind, source, area) { up.fields = { kind, source, area }; return window.dash_clientside.no_update; },
    again: function (clicks, values, ids) {
      if (clicks) send(Object.fromEntries(ids.map((id, at) => [id.column, values[at]]).filter((pair) => pair[1] && pair[1] !== "-")));
      return window.dash_clientside.no_update;
    },
    filter: function (text) { return text || ""; },
  };

  /* Tables filter as one types. */
  document.addEventListener("input", (event) => {
    const key = event.target.id && event.target.id.endsWith("-find") ? event.target.id.slice(0, -5) : "";
    if (!key || !window.dash_ag_grid || !document.getElementById(key + "-grid")) return;
    const grid = window.dash_ag_grid.getApi(key + "-grid");
    if (grid) grid.setGridOption("quickFilterText", event.target.value);
  });
})(window.caretable);
