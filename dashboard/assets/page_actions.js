/* Export links carry the version on the screen; printing prints the day on the screen. */
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-export],[data-print]");
  const data = window.caretable && window.caretable.shown;
  if (!link || !data) return;
  if (link.dataset.export) link.href = `${link.pathname}?area=${data.area}&version=${data.version || 0}`;
  else { window.dash_clientside.set_props("plan-print-day", { data: { day: data.groups ? window.caretable.timeline.day() : null, at: Date.now() } }); }
});

/* A menu closes once something in it was chosen. */
document.addEventListener("click", (event) => {
  const entry = event.target.closest(".menu-button");
  if (entry) entry.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
});
