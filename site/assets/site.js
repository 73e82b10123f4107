// All the script of the site. Every page reads and works without it; nothing here asks another host for anything.
(function () {
  "use strict";
  var root = document.documentElement;
  var dark = window.matchMedia("(prefers-color-scheme: dark)");

  // The reader's own choice of colours is kept by the browser alone, and only once the switch was used.
  function chosen() {
    try { return localStorage.getItem("colours"); } catch (refused) { return null; }
  }
  function colours(name) {
    if (name) { root.dataset.colours = name; } else { delete root.dataset.colours; }
  }
  function isDark() {
    return (root.dataset.colours || (dark.matches ? "dark" : "light")) === "dark";
  }
  colours(chosen());

  function themeSwitch(button) {
    function show() { button.setAttribute("aria-pressed", String(isDark())); }
    button.hidden = false;
    show();
    dark.addEventListener("change", show);
    button.addEventListener("click", function () {
      var name = isDark() ? "light" : "dark";
      colours(name);
      try { localStorage.setItem("colours", name); } catch (refused) { /* the choice then lasts for this page */ }
      show();
    });
  }

  // "PCD1572", "pcd-1572" and "1572" all open /decisions/pcd-1572/.
  function slug(typed, prefix) {
    var words = typed.trim().toLowerCase().replace(/([a-z])(?=[0-9])/g, "$1-").replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "");
    return /^[0-9]/.test(words) ? prefix.toLowerCase() + "-" + words : words;
  }
  function findForm(form) {
    var field = form.querySelector("input");
    var status = form.querySelector("[role=status]");
    form.hidden = false;
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      var name = slug(field.value, form.dataset.prefix);
      if (!name) { return; }
      var address = form.dataset.decisions + encodeURIComponent(name) + "/";
      status.textContent = "";
      fetch(address, { method: "HEAD" }).then(function (answer) {
        if (answer.ok) { window.location.href = address; return; }
        status.textContent = "No decision has the reference " + field.value.trim() + ". It may not be published yet.";
        field.focus();
      }, function () { window.location.href = address; });
    });
  }

  // The side contents say where the reader is.
  function follow(contents) {
    var links = {};
    contents.querySelectorAll("a").forEach(function (link) { links[link.hash.slice(1)] = link; });
    var headings = Object.keys(links).map(function (id) { return document.getElementById(id); }).filter(Boolean);
    function mark() {
      var now = headings[0];
      headings.forEach(function (heading) { if (heading.getBoundingClientRect().top < 160) { now = heading; } });
      Object.keys(links).forEach(function (id) {
        if (now && id === now.id) { links[id].setAttribute("aria-current", "true"); }
        else { links[id].removeAttribute("aria-current"); }
      });
    }
    var waiting = false;
    window.addEventListener("scroll", function () {
      if (waiting) { return; }
      waiting = true;
      window.requestAnimationFrame(function () { waiting = false; mark(); });
    }, { passive: true });
    mark();
  }

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("button.theme").forEach(themeSwitch);
    document.querySelectorAll("form.find").forEach(findForm);
    document.querySelectorAll("nav.contents").forEach(follow);
  });
})();
