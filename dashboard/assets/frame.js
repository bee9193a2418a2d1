/* What the frame does in the browser: the document's language, and the clock. */
window.dash_clientside = window.dash_clientside || {};
window.dash_clientside.frame = {
  speak: function (language) {
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
    return language;
  },
};
