// One key for each step, off while typing, and off altogether where somebody switched them off. A key presses the link
// or button that bears it (data-key), so nothing can be done by key that cannot be done without.
(function () {
  "use strict";
  const OFF = "desk-keys-off";
  const on = () => { try { return localStorage.getItem(OFF) === null; } catch (fault) { return true; } };

  function typing(target) {
    return target.closest("textarea, select, [contenteditable], input:not([type=radio]):not([type=checkbox])") !== null;
  }

  function rows() { return Array.from(document.querySelectorAll("tr[data-row]")); }

  function step(by) {
    const all = rows();
    const at = all.findIndex((row) => row.contains(document.activeElement));
    const to = all[at < 0 ? 0 : Math.min(Math.max(at + by, 0), all.length - 1)];
    if (to) to.querySelector("a").focus();
  }

  function press(key) {
    const open = document.querySelector("dialog[open]");
    const name = open ? "data-key-in-dialog" : "data-key";
    const found = (open || document).querySelector("[" + name + '="' + CSS.escape(key) + '"]');
    if (!found) return false;
    if (open) found.focus();
    found.click();
    return true;
  }

  function act(key) {
    const open = document.querySelector("dialog[open]");
    if (!open && rows().length && (key === "j" || key === "k")) { step(key === "j" ? 1 : -1); return true; }
    if (!open && key === "t") {
      const row = document.activeElement.closest("tr[data-row]");
      const form = row && row.querySelector("form[data-take]");
      if (form) { form.requestSubmit(); return true; }
    }
    if (!open && key === "/") {
      const find = document.querySelector("[data-find], #find");
      if (find) { find.closest("details")?.setAttribute("open", ""); find.focus(); } else location.assign("/#find");
      return true;
    }
    return press(key);
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.ctrlKey && !event.altKey && !event.metaKey) {
      const form = event.target.closest("form");
      const save = form && form.querySelector("[data-save]");
      if (save) { event.preventDefault(); form.requestSubmit(save); }
      return;
    }
    if (event.ctrlKey || event.altKey || event.metaKey || !on() || typing(event.target)) return;
    if (event.key.length === 1 && event.key !== " " && act(event.key.toLowerCase())) event.preventDefault();
  });

  document.addEventListener("change", (event) => {
    if (event.target.id !== "keys-on") return;
    try {
      if (event.target.checked) localStorage.removeItem(OFF); else localStorage.setItem(OFF, "yes");
    } catch (fault) { event.target.checked = true; }
    shown();
  });

  // Letters are only printed beside what they do while they do it.
  function shown() {
    document.documentElement.classList.toggle("keys-off", !on());
    const box = document.getElementById("keys-on");
    if (box) box.checked = on();
  }

  document.addEventListener("desk:shown", shown);
  shown();
})();
