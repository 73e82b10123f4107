// The page of one paper, made quick: links change a part of it, steps open in a dialog, words are withheld by selecting
// them or by drawing a box, and what is typed outlives a reload. Without this script the same links and forms do it all.
(function () {
  "use strict";
  const dialog = document.getElementById("dialog");
  const paper = () => document.getElementById("paper");
  const say = (words) => { const told = document.getElementById("spoken"); if (told) told.textContent = words; };
  const letters = (text) => Array.from(text).length;
  let opener = null, picked = null;

  async function page(address) {
    const answer = await fetch(address, { credentials: "same-origin", headers: { Accept: "text/html" } });
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  }

  // A part of the page for a link that keeps the place; the picture of the page stays where it is the same.
  async function swap(address, push) {
    const before = document.activeElement && document.activeElement.closest("[href]");
    const href = before && before.getAttribute("href");
    const fresh = (await page(address)).getElementById("paper");
    if (!fresh) { location.assign(address); return; }
    const old = document.getElementById("picture"), next = fresh.querySelector("#picture");
    if (old && next && old.getAttribute("src") === next.getAttribute("src")) next.replaceWith(old);
    const tops = [".leaf-side", ".panel"].map((name) => [name, paper().querySelector(name)?.scrollTop || 0]);
    paper().replaceWith(fresh);
    for (const [name, top] of tops) { const part = fresh.querySelector(name); if (part) part.scrollTop = top; }
    if (push) history.pushState(null, "", address);
    ready(fresh);
    const again = href && Array.from(fresh.querySelectorAll("a[href]")).find((link) => link.getAttribute("href") === href);
    if (again) again.focus({ preventScroll: true });
  }

  function ready(root) {
    if (picked && !document.contains(picked.place)) pick(null);
    fill(root);
    for (const form of root.querySelectorAll(".withholding")) needs(form);
    const chosen = root.querySelector(".chosen");
    if (chosen) chosen.scrollIntoView({ block: "nearest" });
    document.dispatchEvent(new Event("desk:shown"));
  }

  // Steps in a dialog. The form in it brings people back to where they are.
  async function open(address) {
    const asked = new URL(address, location.href);
    if (asked.pathname !== "/keys") asked.searchParams.set("back", location.pathname + location.search);
    const told = await page(asked.href);
    const step = told.querySelector("[data-step]") || told.querySelector("main");
    if (!dialog || !step) { location.assign(address); return; }
    dialog.replaceChildren(step);
    const title = step.querySelector("h1");
    dialog.setAttribute("aria-label", title ? title.textContent : "A step");
    if (!dialog.open) dialog.showModal();
    (step.querySelector("input[name=exemption]:checked, input[name=exemption], [autofocus], textarea, a, button") || dialog).focus();
    ready(step);
  }

  if (dialog) dialog.addEventListener("close", () => {
    dialog.replaceChildren();
    const back = opener && document.contains(opener) ? opener : document.querySelector(".chosen a, .chosen [tabindex]");
    if (back) back.focus({ preventScroll: true });
    opener = null;
  });

  document.addEventListener("mousedown", (event) => {
    if (event.target.closest("[data-withhold]")) event.preventDefault();  // the selection stays
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (link.hasAttribute("data-close") && dialog && dialog.open) { event.preventDefault(); dialog.close(); return; }
    if (link.hasAttribute("data-dialog")) {
      event.preventDefault();
      let address = link.href;
      if (link.hasAttribute("data-withhold") && picked) address = paper().dataset.paper + "/withhold?span=" + encodeURIComponent(picked.span);
      if (!dialog.open) opener = document.activeElement === document.body ? link : document.activeElement;
      open(address);
    } else if (link.hasAttribute("data-swap") && paper()) {
      event.preventDefault();
      swap(link.href || link.getAttribute("href"), true);
    }
  });
  addEventListener("popstate", () => { if (paper()) swap(location.href, false); });

  // Words: by the mouse as anywhere; by the arrow keys word by word on a passage that has the focus.
  const LETTER = /[\p{L}\p{N}\p{M}\u00ad\u200d\ud800-\udfff]/u;
  const WORD = /[\p{L}\p{N}£$€%](?:\S*[\p{L}\p{N}%])?/gu;

  function place_of(node) { return node && (node.nodeType === 1 ? node : node.parentElement)?.closest("[data-place]"); }

  function offset(place, node, at) {
    const range = document.createRange();
    range.selectNodeContents(place);
    range.setEnd(node, at);
    return range.toString().length;
  }

  function pick(found) {
    picked = found;
    const told = document.getElementById("picked");
    if (!told) return;
    told.hidden = !found;
    document.getElementById("picked-words").textContent = found ? found.words : "";
  }

  document.addEventListener("selectionchange", () => {
    if (dialog && dialog.open) return;
    const chosen = getSelection();
    const place = chosen.rangeCount ? place_of(chosen.anchorNode) : null;
    if (!place || chosen.isCollapsed || place !== place_of(chosen.focusNode)) { pick(null); return; }
    const range = chosen.getRangeAt(0), text = place.textContent;
    let start = offset(place, range.startContainer, range.startOffset), end = offset(place, range.endContainer, range.endOffset);
    while (start < end && /\s/.test(text[start])) start += 1;
    while (end > start && /\s/.test(text[end - 1])) end -= 1;
    if (start >= end) { pick(null); return; }
    // Half a word that stays public tells the other half: what begins or ends inside one takes all of it.
    while (start > 0 && LETTER.test(text[start - 1]) && LETTER.test(text[start])) start -= 1;
    while (end < text.length && LETTER.test(text[end - 1]) && LETTER.test(text[end])) end += 1;
    const span = place.dataset.place + ":" + letters(text.slice(0, start)) + "-" + letters(text.slice(0, end));
    pick({ place: place, span: span, words: text.slice(start, end) });
  });

  function point(place, at) {
    const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    let node, left = at;
    while ((node = walker.nextNode())) { if (left <= node.length) return [node, left]; left -= node.length; }
    return [place, place.childNodes.length];
  }

  document.addEventListener("keydown", (event) => {
    const place = event.target.closest && event.target.closest("[data-place]");
    if (event.key === "Escape" && picked && !(dialog && dialog.open)) { getSelection().removeAllRanges(); say("Nothing is selected."); return; }
    if (!place || !["ArrowLeft", "ArrowRight"].includes(event.key) || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const words = Array.from(place.textContent.matchAll(WORD), (found) => [found.index, found.index + found[0].length]);
    if (!words.length) return;
    const by = event.key === "ArrowRight" ? 1 : -1, last = words.length - 1;
    const at = place.at || null;
    const head = at ? Math.min(Math.max(at.head + by, 0), last) : (by > 0 ? 0 : last);
    const anchor = event.shiftKey && at ? at.anchor : head;
    place.at = { anchor: anchor, head: head };
    const first = words[Math.min(anchor, head)], end = words[Math.max(anchor, head)];
    getSelection().setBaseAndExtent(...point(place, first[0]), ...point(place, end[1]));
    say("Selected: " + place.textContent.slice(first[0], end[1]));
  });
  document.addEventListener("focusout", (event) => { if (event.target.at) event.target.at = null; });

  // A box drawn on the page; which words lie in it is the server's to say.
  let from = null, dragged = false;
  function at(event) {
    const overlay = document.getElementById("overlay");
    const spot = new DOMPoint(event.clientX, event.clientY).matrixTransform(overlay.getScreenCTM().inverse());
    return [spot.x, spot.y];
  }
  document.addEventListener("dragstart", (event) => { if (event.target.closest("#leaf")) event.preventDefault(); });
  document.addEventListener("pointerdown", (event) => {
    dragged = false;
    if (event.button || event.pointerType === "touch" || !event.target.closest("#overlay")) return;
    from = { spot: at(event), x: event.clientX, y: event.clientY };
  });
  document.addEventListener("pointermove", (event) => {
    if (!from || !document.getElementById("dragged")) return;
    if (!dragged && Math.hypot(event.clientX - from.x, event.clientY - from.y) < 5) return;
    dragged = true;
    const to = at(event), box = document.getElementById("dragged");
    box.setAttribute("x", Math.min(from.spot[0], to[0])); box.setAttribute("y", Math.min(from.spot[1], to[1]));
    box.setAttribute("width", Math.abs(to[0] - from.spot[0])); box.setAttribute("height", Math.abs(to[1] - from.spot[1]));
  });
  document.addEventListener("pointerup", (event) => {
    if (from && dragged) {
      const to = at(event), edges = [from.spot[0], from.spot[1], to[0], to[1]].map((edge) => edge.toFixed(1));
      opener = document.activeElement;
      open(paper().dataset.paper + "/withhold?page=" + document.getElementById("leaf").dataset.page + "&box=" + edges.join(","));
      const box = document.getElementById("dragged");
      box.setAttribute("width", 0); box.setAttribute("height", 0);
    }
    from = null;
  });
  document.addEventListener("click", (event) => {
    if (dragged && event.target.closest("#overlay")) { event.preventDefault(); event.stopImmediatePropagation(); }
    dragged = false;
  }, true);

  // What a ground asks for is shown when the ground is chosen.
  function needs(form) {
    const radio = form.querySelector("input[name=exemption]:checked");
    const other = form.querySelector("select[name=other]");
    if (!other) return;
    const list = radio && radio.value === "other";
    other.hidden = form.querySelector(".other").hidden = !list;
    other.required = Boolean(list);
    const chosen = list ? other.selectedOptions[0] : radio;
    const asked = ((chosen && chosen.dataset.needs) || "").split(" ");
    for (const part of form.querySelectorAll("[data-need]")) {
      const wanted = asked.includes(part.dataset.need);
      part.hidden = !wanted;
      part.querySelector("textarea").required = wanted;
      if (wanted && chosen.dataset.hint && part.dataset.need !== "public-interest-test") part.querySelector(".hint").textContent = chosen.dataset.hint + ". Private.";
    }
  }
  document.addEventListener("change", (event) => {
    const form = event.target.closest(".withholding");
    if (form) needs(form);
  });

  // Drafts: what somebody typed and has not sent, in this tab alone, gone when it is sent and when they sign out.
  const whose = () => "draft:" + (paper()?.dataset.person || "") + ":";
  const keep = (work) => { try { return work(sessionStorage); } catch (fault) { return null; } };
  const typed = (form) => Array.from(form.elements).filter((each) => each.name && each.type !== "hidden" && each.type !== "checkbox");

  function fill(root) {
    for (const form of root.querySelectorAll("form[data-draft]")) {
      const saved = JSON.parse(keep((store) => store.getItem(whose() + form.dataset.draft)) || "{}");
      for (const each of typed(form)) {
        if (!(each.name in saved)) continue;
        if (each.type === "radio") each.checked = each.checked || each.value === saved[each.name];
        else if (!each.value) each.value = saved[each.name];
      }
    }
  }
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-draft]");
    if (!form) return;
    const said = {};
    for (const each of typed(form)) if (each.value && (each.type !== "radio" || each.checked)) said[each.name] = each.value;
    keep((store) => store.setItem(whose() + form.dataset.draft, JSON.stringify(said)));
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.getAttribute("action") === "/sign-out") keep((store) => store.clear());
    else if (form.dataset.draft) keep((store) => store.setItem("sent", whose() + form.dataset.draft));
  });

  function begin() {
    const done = document.getElementById("done");
    if (done && done.textContent.trim()) {
      keep((store) => { const sent = store.getItem("sent"); if (sent) { store.removeItem(sent); store.removeItem("sent"); } });
      setTimeout(() => say(done.textContent.trim()), 150);
      const plain = new URL(location.href);
      plain.searchParams.delete("done");
      history.replaceState(null, "", plain);
    }
    if (paper()) keep((store) => {
      for (const name of Object.keys(store)) if (name.startsWith("draft:") && !name.startsWith(whose())) store.removeItem(name);
    });
    ready(document);
    const answer = done && done.textContent.trim() && document.querySelector(".chosen [data-answer]");
    if (answer) {  // once the browser has gone to the address's own anchor, which takes the focus away
      if (document.readyState === "complete") answer.focus();
      else addEventListener("load", () => setTimeout(() => answer.focus({ preventScroll: true }), 0));
    }
    document.querySelector("#problem")?.focus?.();
  }
  begin();
})();
