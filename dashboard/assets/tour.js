/* The first visit: three short notes beside the real thing. Seen once in a browser by each role; the menu shows it again. */
window.caretable = window.caretable || {};

(function (ct) {
  "use strict";
  const OFF = "caretable.tour", GAP = 10, EDGE = 8;
  const tour = (ct.tour = { step: -1, box: null });

  function source() { return document.querySelector("[data-tour-steps]"); }
  function name() { return `${OFF}.${source().dataset.tourName}`; }
  function isSeen() {
    try { return Boolean(localStorage.getItem(OFF) || localStorage.getItem(name())); } catch (error) { return true; }
  }
  function remember() { try { localStorage.setItem(name(), "seen"); } catch (error) { /* a browser without storage sees it again */ } }

  /* Only what is on the screen can be pointed at. */
  function steps() {
    return [...source().children].map((step) => ({ target: document.querySelector(step.dataset.target), title: step.dataset.title, text: step.textContent }))
      .filter((step) => step.target && step.target.getClientRects().length);
  }

  function make(tag, className, text) {
    const element = document.createElement(tag);
    element.className = className;
    if (text) element.textContent = text;
    return element;
  }

  function act(text, kind, does) {
    const button = make("button", `button button-${kind}`, text);
    button.type = "button";
    button.addEventListener("click", does);
    return button;
  }

  function place(box, target) {
    const on = target.getBoundingClientRect(), size = box.getBoundingClientRect();
    const isBelow = on.bottom + GAP + size.height < innerHeight;
    const top = isBelow ? on.bottom + GAP : Math.max(EDGE, on.top - GAP - size.height);
    const isTall = !isBelow && on.top < size.height;
    box.style.top = `${isTall ? on.top + 46 : top}px`;
    box.style.left = `${Math.max(EDGE, Math.min(on.left + (isTall ? 24 : 0), innerWidth - size.width - EDGE))}px`;
  }

  tour.show = function (number) {
    const all = steps(), { next, end, skip } = source().dataset, step = all[number];
    tour.hide();
    if (!step) { remember(); return; }
    tour.step = number;
    const box = make("div", "tour"), foot = make("div", "tour-foot"), title = make("p", "tour-title", step.title);
    title.id = "tour-title";
    box.setAttribute("role", "dialog");
    box.setAttribute("aria-labelledby", title.id);
    foot.append(make("span", "quiet", `${number + 1} / ${all.length}`));
    if (number + 1 < all.length) foot.append(act(skip, "quiet", () => { remember(); tour.hide(); }));
    const forward = act(number + 1 < all.length ? next : end, "primary", () => tour.show(number + 1));
    foot.append(forward);
    box.append(title, make("p", "", step.text), foot);
    document.body.append(box);
    place(box, step.target);
    step.target.classList.add("is-toured");
    tour.box = box;
    forward.focus();
  };

  tour.hide = function () {
    if (tour.box) tour.box.remove();
    document.querySelectorAll(".is-toured").forEach((target) => target.classList.remove("is-toured"));
    tour.box = null;
    tour.step = -1;
  };

  /* Called whenever the page is drawn: begins on the first visit, and follows a change of language. */
  tour.begin = function () {
    if (!source()) return;
    if (tour.box) tour.show(tour.step);
    else if (!isSeen()) tour.show(0);
  };

  document.addEventListener("keydown", (event) => { if (event.isTrusted && event.key === "Escape" && tour.box) { remember(); tour.hide(); } });
  window.addEventListener("resize", () => { if (tour.box) tour.show(tour.step); });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-tour-again]")) tour.show(0);
    else if (tour.box && event.target.closest(".rail a")) tour.hide();
  });
})(window.caretable);
