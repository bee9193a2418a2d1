/* Export links carry the version on the screen; printing prints the day on the screen. */
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-export],[data-print]");
  const data = window.caretable && window.caretable.timeline && window.caretable.timeline.data;
  if (!link || !data) return;
  if (link.dataset.export) link.href = `${link.pathname}?version=${data.version || 0}`;
  else { window.dash_clientside.set_props("imaging-print-day", { data: { day: window.caretable.timeline.day(), at: Date.now() } }); }
});

/* A menu closes once something in it was chosen. */
document.addEventListener("click", (event) => {
  const entry = event.target.closest(".menu-button");
  if (entry) entry.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
});
