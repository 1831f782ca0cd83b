// Folds, filters and opens what the page holds already. Nothing is fetched, nothing is stored, nothing is made from text.
// What a browser takes long for is to lay out what it shows: so of a long list only the beginning is shown until all is asked for,
// and a filter touches only what comes and what goes.
(function () {
  "use strict";
  var all = function (what, within) { return Array.prototype.slice.call((within || document).querySelectorAll(what)); };
  var byId = function (id) { return document.getElementById(id); };
  var folds = all("details");
  var form = byId("filter");

  function open(which, state) { which.forEach(function (one) { if (one.open !== state) { one.open = state; } }); }
  function hide(node, state) { if (node.hidden !== state) { node.hidden = state; } }
  function number(of) { return of.toLocaleString("en-GB"); }

  // A link to something folded away opens it.
  function follow() {
    var id = location.hash.slice(1);
    var target = id ? byId(id) : null;
    if (!target) { return; }
    for (var up = target; up; up = up.parentElement) { if (up.tagName === "DETAILS") { up.open = true; } }
    target.scrollIntoView();
  }

  // How many of a list are shown at first, how many the groups hold that a filter opens: each, and all of them.
  var FIRST = 100, FEW = 60, MANY = 200;

  // What a thing stands in: its fold and the parts with data-g, the inner ones first; a list knows it for all that it holds.
  var around = new Map();
  function boxes(node) {
    if (!node || node.tagName === "MAIN") { return []; }
    if (!around.has(node)) {
      var outer = boxes(node.parentElement);
      var one = node.tagName === "DETAILS" || node.dataset.g !== undefined;
      // Of a table with one body, the whole goes.
      var goes = node.tagName === "TBODY" && node.parentElement.tBodies.length === 1 ? node.parentElement : node;
      around.set(node, one ? [{ node: node, goes: goes, fit: 0, all: 0, seen: 0 }].concat(outer) : outer);
    }
    return around.get(node);
  }
  var kinds = all("[data-k]").map(function (section) {
    return { section: section, name: section.dataset.k, fit: 0, all: 0, said: null };
  });
  var lists = [];
  var listed = new Map();
  kinds.forEach(function (kind) {
    all("[data-l]", kind.section).forEach(function (node) {
      var box = node.closest("ul,table");
      var list = listed.get(box);
      if (!list) {
        list = { box: box, kind: kind, items: [], limit: FIRST, rest: 0, more: null };
        listed.set(box, list);
        lists.push(list);
      }
      var parts = boxes(node.parentElement);
      var group = node.closest("[data-c]");
      list.items.push({
        node: node, parts: parts, words: null, fits: true, seen: true, number: Number(node.dataset.n || 1),
        lines: node.dataset.l ? node.dataset.l.split(" ") : [],
        severity: group ? group.dataset.s : "", check: group ? group.dataset.c : ""
      });
      var last = list.items[list.items.length - 1];
      parts.forEach(function (part) { part.all += last.number; });
      kind.all += last.number;
    });
  });
  var parts = [];
  around.forEach(function (some, node) { if (some.length && some[0].node === node) { parts.push(some[0]); } });
  var partOf = new Map(parts.map(function (part) { return [part.node, part]; }));

  function words(item) {
    // Of a line its name; what stands in its row are numbers.
    if (item.words === null) { item.words = (item.node.querySelector("th") || item.node).textContent.toLowerCase(); }
    return item.words;
  }

  // The words are read while nobody waits for them.
  var ahead = lists.slice();
  var idle = window.requestIdleCallback || function (then) { setTimeout(function () { then({ timeRemaining: function () { return 8; } }); }, 20); };
  var at = 0;
  function read(time) {
    var until = performance.now() + Math.min(12, Math.max(4, time.timeRemaining()));
    while (ahead.length && performance.now() < until) {
      var items = ahead[0].items;
      for (var end = Math.min(at + 50, items.length); at < end; at += 1) { words(items[at]); }
      if (at === items.length) { ahead.shift(); at = 0; }
    }
    if (ahead.length) { idle(read); }
  }

  // Shows what fits; of long lists the beginning only, unless the whole is wanted, as on paper.
  function draw(whole) {
    parts.forEach(function (part) { part.seen = 0; });
    lists.forEach(function (list) {
      var fit = 0, left = whole ? Infinity : list.limit;
      list.items.forEach(function (item) {
        var seen = item.fits && left > 0;
        if (item.fits) { fit += 1; left -= 1; }
        if (seen) { item.parts.forEach(function (part) { part.seen += 1; }); }
        if (item.seen !== seen) {
          item.seen = seen;
          item.node.hidden = !seen;
        }
      });
      more(list, fit);
    });
    parts.forEach(function (part) { hide(part.goes, part.seen === 0); });
  }

  // The rest comes in steps, so that the first of it is there at once.
  function grow(list) {
    list.limit *= 3;
    draw(false);
    list.rest = list.limit < list.items.length ? setTimeout(function () { grow(list); }, 30) : 0;
  }

  // Below a list of which only the beginning is shown, a button for the rest.
  function more(list, fit) {
    var rest = fit > list.limit;
    if (rest && !list.more) {
      list.more = document.createElement("p");
      list.more.className = "more";
      var button = document.createElement("button");
      button.type = "button";
      button.addEventListener("click", function () {
        var next = list.items.filter(function (item) { return item.fits && !item.seen; })[0];
        grow(list);
        if (next) { next.node.tabIndex = -1; next.node.focus(); }
      });
      list.more.append(document.createElement("span"), " ", button);
      list.box.after(list.more);
    }
    if (list.more) {
      hide(list.more, !rest);
      if (rest) {
        list.more.firstChild.textContent = "These are the first " + number(list.limit) + " of " + number(fit) + ".";
        list.more.lastChild.textContent = "Show all " + number(fit);
      }
    }
  }

  // Paper cannot be unfolded.
  var folded = [];
  window.addEventListener("beforeprint", function () {
    folded = folds.filter(function (one) { return !one.open; });
    draw(true);
    open(folded, true);
  });
  window.addEventListener("afterprint", function () { open(folded, false); draw(false); });
  window.addEventListener("hashchange", follow);
  document.addEventListener("click", function (event) {
    var link = event.target.closest ? event.target.closest("a[href^='#']") : null;
    // The same address again is no change of it.
    if (link && link.getAttribute("href") === location.hash) { follow(); }
  });

  open(folds, !form);
  draw(false);
  follow();
  if (!form) { return; }

  var field = { text: byId("f-text"), line: byId("f-line"), severity: byId("f-severity"), check: byId("f-check") };
  var value = function (name) { return field[name] ? field[name].value : ""; };
  var before = null;

  function filter() {
    var sought = value("text").toLowerCase().split(/\s+/).filter(Boolean);
    var lines = value("line") ? value("line").split(" ") : null;
    var severity = value("severity"), check = value("check");
    // Who asks for a severity or a check asks for findings.
    var of = severity !== "" || check !== "";
    var active = sought.length > 0 || lines !== null || of;
    var wanted = new Set(lines || []);
    parts.forEach(function (part) { part.fit = 0; });
    kinds.forEach(function (kind) { kind.fit = 0; });
    lists.forEach(function (list) {
      var kind = list.kind;
      list.limit = FIRST;
      clearTimeout(list.rest);
      list.items.forEach(function (item) {
        var fits = !lines || item.lines.some(function (one) { return wanted.has(one); });
        if (fits && of) {
          fits = kind.name === "findings" && (!severity || item.severity === severity) && (!check || item.check === check);
        }
        if (fits && sought.length) {
          var has = words(item);
          fits = sought.every(function (word) { return has.indexOf(word) >= 0; });
        }
        item.fits = fits;
        if (fits) {
          kind.fit += item.number;
          item.parts.forEach(function (part) { part.fit += item.number; });
        }
      });
    });
    if (active && !before) { before = folds.map(function (one) { return one.open; }); }
    var opened = 0;
    folds.forEach(function (one, at) {
      var part = partOf.get(one);
      if (active && part) {
        var few = part.fit > 0 && part.fit <= FEW && opened + part.fit <= MANY;
        if (few) { opened += part.fit; }
        open([one], few);
      } else if (!active && before) {
        open([one], before[at]);
      }
      if (part) { fitting(part, active); }
    });
    if (!active) { before = null; }
    draw(false);
    kinds.forEach(function (kind) { nothing(kind, active && kind.all > 0 && kind.fit === 0, of); });
    say(active, of);
  }

  // Beside the heading of a fold, how much of it fits.
  function fitting(part, active) {
    var told = active && part.fit < part.all;
    var note = part.node.querySelector("summary > .fit");
    if (told && !note) {
      note = document.createElement("span");
      note.className = "fit";
      part.node.querySelector("summary").append(" ", note);
    }
    if (note) {
      hide(note, !told);
      var text = told ? number(part.fit) + " of " + number(part.all) + " found" : "";
      if (note.textContent !== text) { note.textContent = text; }
    }
  }

  function nothing(kind, none, of) {
    if (none && !kind.said) {
      kind.said = document.createElement("p");
      kind.said.className = "left";
      kind.section.querySelector("h2").after(kind.said);
    }
    if (kind.said) {
      hide(kind.said, !none);
      kind.said.textContent = of && kind.name !== "findings" ? "Left out, since the filter asks for findings." : "Nothing here fits the filter.";
    }
  }

  // Said once the typing rests, so that a screen reader is not interrupted at each letter.
  var saying = 0;
  function say(active, findings) {
    var sums = new Map();
    kinds.forEach(function (kind) {
      if (kind.all === 0 || (findings && kind.name !== "findings")) { return; }
      var sum = sums.get(kind.name) || { fit: 0, all: 0, first: kind.section };
      if (sum.fit === 0) { sum.first = kind.section; }
      sum.fit += kind.fit;
      sum.all += kind.all;
      sums.set(kind.name, sum);
    });
    clearTimeout(saying);
    saying = setTimeout(function () {
      var said = byId("f-said");
      said.textContent = active ? "Found: " : "";
      if (!active) { return; }
      var told = 0;
      sums.forEach(function (sum, name) {
        var words = number(sum.fit) + " of " + number(sum.all) + " " + name;
        var part = document.createElement(sum.fit ? "a" : "span");
        part.textContent = words;
        // The way to what was found.
        if (sum.fit) { part.href = "#" + sum.first.id; }
        told += 1;
        said.append(part, told < sums.size ? ", " : ".");
      });
    }, active ? 200 : 0);
  }

  // Letters that come faster than the screen is drawn are one.
  var soon = 0;
  function drawn() {
    cancelAnimationFrame(soon);
    soon = requestAnimationFrame(filter);
  }
  form.addEventListener("input", drawn);
  form.addEventListener("submit", function (event) { event.preventDefault(); filter(); });
  form.addEventListener("reset", drawn);
  byId("f-open").addEventListener("click", function () { open(folds, true); });
  byId("f-close").addEventListener("click", function () { open(folds, false); });
  form.hidden = false;
  // A browser that goes back keeps what was chosen.
  if (value("text") || value("line") || value("severity") || value("check")) { filter(); }
  idle(read);
})();
