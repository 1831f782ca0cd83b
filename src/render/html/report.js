// Folds, filters and opens what the page holds already. Nothing is fetched, nothing is stored, nothing is made from text.
(function () {
  "use strict";
  var all = function (what, within) { return Array.prototype.slice.call((within || document).querySelectorAll(what)); };
  var byId = function (id) { return document.getElementById(id); };
  var folds = all("details");
  var form = byId("filter");

  function open(which, state) { which.forEach(function (one) { if (one.open !== state) { one.open = state; } }); }

  // A link to something folded away opens it.
  function follow() {
    var id = location.hash.slice(1);
    var target = id ? byId(id) : null;
    if (!target) { return; }
    for (var up = target; up; up = up.parentElement) { if (up.tagName === "DETAILS") { up.open = true; } }
    target.scrollIntoView();
  }

  // Paper cannot be unfolded.
  var folded = [];
  window.addEventListener("beforeprint", function () {
    folded = folds.filter(function (one) { return !one.open; });
    open(folded, true);
  });
  window.addEventListener("afterprint", function () { open(folded, false); });
  window.addEventListener("hashchange", follow);
  document.addEventListener("click", function (event) {
    var link = event.target.closest ? event.target.closest("a[href^='#']") : null;
    // The same address again is no change of it.
    if (link && link.getAttribute("href") === location.hash) { follow(); }
  });

  open(folds, false);
  follow();
  if (!form) { open(folds, true); return; }

  var items = all("[data-l]").map(function (node) {
    var kind = node.closest("[data-k]");
    var group = node.closest("[data-c]");
    return {
      node: node,
      kind: kind ? kind.dataset.k : "",
      lines: node.dataset.l ? node.dataset.l.split(" ") : [],
      severity: group ? group.dataset.s : "",
      check: group ? group.dataset.c : "",
      words: null,
      shown: true
    };
  });
  // Inner groups before those around them.
  var groups = all("[data-g]").reverse().filter(function (one) { return one.querySelector("[data-l]"); });
  var sections = all("[data-k]");
  var field = { text: byId("f-text"), line: byId("f-line"), severity: byId("f-severity"), check: byId("f-check") };
  var value = function (name) { return field[name] ? field[name].value : ""; };

  // Filtered groups are opened as long as they are short enough to be read.
  var FEW = 60;
  var before = null;

  function filter() {
    var words = value("text").toLowerCase().split(/\s+/).filter(Boolean);
    var lines = value("line") ? value("line").split(" ") : null;
    var severity = value("severity");
    var check = value("check");
    var active = words.length > 0 || lines !== null || severity !== "" || check !== "";
    var wanted = Object.create(null);
    (lines || []).forEach(function (one) { wanted[one] = true; });
    var shown = {};
    var of = {};
    items.forEach(function (item) {
      var fits = !lines || item.lines.some(function (one) { return wanted[one]; });
      if (fits && item.kind === "findings") {
        fits = (!severity || item.severity === severity) && (!check || item.check === check);
      }
      if (fits && words.length && item.kind !== "lines") {
        if (item.words === null) { item.words = item.node.textContent.toLowerCase(); }
        fits = words.every(function (word) { return item.words.indexOf(word) >= 0; });
      }
      of[item.kind] = (of[item.kind] || 0) + 1;
      if (fits) { shown[item.kind] = (shown[item.kind] || 0) + 1; }
      if (item.shown !== fits) {
        item.shown = fits;
        item.node.hidden = !fits;
      }
    });
    groups.forEach(function (group) {
      var empty = active && !group.querySelector("[data-l]:not([hidden])");
      var outer = group.tagName === "TABLE" ? group : group.tagName === "TBODY" && group.parentElement.tBodies.length === 1 ? group.parentElement : group;
      outer.hidden = empty;
    });
    sections.forEach(function (section) {
      var left = active && !section.querySelector("[data-l]:not([hidden])");
      var said = section.querySelector("p.left");
      if (left && !said) {
        said = document.createElement("p");
        said.className = "left";
        said.textContent = "Nothing here fits the filter.";
        section.querySelector("h2").after(said);
      }
      if (said) { said.hidden = !left; }
    });
    if (active && !before) { before = folds.map(function (one) { return one.open; }); }
    if (active) {
      folds.forEach(function (one) {
        var fit = one.querySelectorAll("[data-l]:not([hidden])").length;
        one.open = fit > 0 && fit <= FEW;
      });
    } else if (before) {
      folds.forEach(function (one, at) { one.open = before[at]; });
      before = null;
    }
    var parts = Object.keys(of).map(function (kind) { return (shown[kind] || 0) + " of " + of[kind] + " " + kind; });
    byId("f-said").textContent = active ? "Shown: " + parts.join(", ") + "." : "";
  }

  var soon = 0;
  form.addEventListener("input", function () {
    clearTimeout(soon);
    soon = setTimeout(filter, 120);
  });
  form.addEventListener("submit", function (event) { event.preventDefault(); filter(); });
  form.addEventListener("reset", function () { setTimeout(filter, 0); });
  byId("f-open").addEventListener("click", function () { open(folds, true); });
  byId("f-close").addEventListener("click", function () { open(folds, false); });
  form.hidden = false;
  // A browser that goes back keeps what was chosen.
  if (value("text") || value("line") || value("severity") || value("check")) { filter(); }
})();
