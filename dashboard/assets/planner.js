/* The planner's box: Ctrl+K opens it from anywhere, Enter sends, Shift+Enter begins a line. */
window.dash_clientside = window.dash_clientside || {};
window.dash_clientside.planner = {
  open: function (clicks) {
    if (!clicks) return window.dash_clientside.no_update;
    setTimeout(function () {
      const box = document.getElementById("planner-text");
      if (box) box.focus();
    }, 250);
    return true;
  },
};
document.addEventListener("keydown", function (event) {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    const opener = document.getElementById("planner-open");
    if (!opener) return;
    event.preventDefault();
    opener.click();
  } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.target.id === "planner-text") {
    event.preventDefault();
    event.target.dispatchEvent(new Event("change", { bubbles: true }));
    setTimeout(function () {
      document.getElementById("planner-send").click();
    }, 350);
  }
});
