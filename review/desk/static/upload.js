// Papers are sent one by one as soon as they are dropped or chosen; then the page tells how far the reading is.
// Without this script the same form sends them all at once. What is sent is on the desk's disk, so leaving is safe.
(function () {
  "use strict";
  document.documentElement.classList.add("with-script");
  const piles = document.querySelector(".piles");
  if (piles && matchMedia("(max-width: 959px)").matches) piles.open = false;
  const form = document.querySelector("[data-upload]");
  if (!form) return;
  const csrf = form.elements.csrf.value;
  const chosen = form.elements.files;
  const sending = document.querySelector("[data-sending]");
  const told = document.querySelector("[data-told]");
  const AT_ONCE = 3, EVERY = 1000;
  const queue = [];
  let total = 0, done = 0, busy = 0, looking = 0, tenth = -1;

  function headers() { return { "X-CSRF-Token": csrf, "X-Part": "incoming" }; }

  function show(words, wrong) {
    sending.hidden = !words;
    sending.textContent = words;
    sending.classList.toggle("problem", Boolean(wrong));
  }

  function put(text) {
    const part = new DOMParser().parseFromString(text, "text/html").getElementById("incoming");
    if (!part) throw new Error("no part");
    const old = document.getElementById("incoming");
    if (!old.contains(document.activeElement) || old.innerHTML !== part.innerHTML) old.replaceWith(part);
    return part;
  }

  function tell(part) {
    const all = Number(part.dataset.total), had = Number(part.dataset.done);
    const now = all ? Math.floor(10 * had / all) : -1;
    const words = part.querySelector(".reading-words");
    if (now !== tenth && words) { tenth = now; told.textContent = words.textContent; }
  }

  async function look() {
    looking = 0;
    try {
      const answer = await fetch("/incoming", { headers: headers(), credentials: "same-origin" });
      if (!answer.ok) throw new Error(String(answer.status));
      const part = put(await answer.text());
      tell(part);
      await freshen();
      if (Number(part.dataset.waiting)) later();
    } catch (fault) {
      later(5 * EVERY);
    }
  }

  function later(after) { if (!looking) looking = setTimeout(look, after || EVERY); }

  // The counts and the list as they are now, but not under somebody's hands.
  async function freshen() {
    const answer = await fetch(location.href, { credentials: "same-origin" });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const old of document.querySelectorAll("[data-fresh]")) {
      const fresh = page.querySelector('[data-fresh="' + old.dataset.fresh + '"]');
      if (fresh && !old.contains(document.activeElement) && fresh.innerHTML !== old.innerHTML) old.replaceWith(fresh);
    }
  }

  async function send(file) {
    const body = new FormData();
    body.append("files", file, file.name);
    const answer = await fetch("/incoming", { method: "POST", body: body, headers: headers(), credentials: "same-origin" });
    if (!answer.ok) throw new Error(String(answer.status));
    tell(put(await answer.text()));
  }

  async function next() {
    if (!queue.length || busy >= AT_ONCE) return;
    const file = queue.shift();
    busy += 1;
    show("Sending " + (done + 1) + " of " + total + ".");
    try {
      await send(file);
      done += 1;
    } catch (fault) {
      show(file.name + " was not sent. What was sent before is safe. Check that you are signed in, then drop it again.", true);
      total -= 1;
    }
    busy -= 1;
    if (!queue.length && !busy) {
      if (done === total && !sending.classList.contains("problem")) show("");
      total = done = 0;
      later(100);
    }
    next();
  }

  function take(files) {
    const papers = Array.from(files);
    if (!papers.length) return;
    queue.push(...papers);
    total += papers.length;
    tenth = -1;
    for (let n = 0; n < AT_ONCE; n += 1) next();
  }

  chosen.addEventListener("change", function () { take(chosen.files); form.reset(); });
  form.addEventListener("submit", function (event) { event.preventDefault(); take(chosen.files); form.reset(); });
  document.addEventListener("submit", async function (event) {
    const dismissed = event.target.closest("[data-dismiss]");
    if (!dismissed) return;
    event.preventDefault();
    const answer = await fetch(dismissed.action, { method: "POST", headers: headers(), credentials: "same-origin" });
    if (answer.ok) put(await answer.text()); else location.reload();
    chosen.focus();
  });

  let over = 0;
  function carriesFiles(event) { return Array.from(event.dataTransfer ? event.dataTransfer.types : []).includes("Files"); }
  addEventListener("dragenter", function (event) {
    if (!carriesFiles(event)) return;
    over += 1;
    document.documentElement.classList.add("dropping");
  });
  addEventListener("dragleave", function (event) {
    if (!carriesFiles(event)) return;
    over -= 1;
    if (over <= 0) document.documentElement.classList.remove("dropping");
  });
  addEventListener("dragover", function (event) { if (carriesFiles(event)) event.preventDefault(); });
  addEventListener("drop", function (event) {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    over = 0;
    document.documentElement.classList.remove("dropping");
    take(event.dataTransfer.files);
  });

  if (Number(document.getElementById("incoming").dataset.waiting)) later();
}());
