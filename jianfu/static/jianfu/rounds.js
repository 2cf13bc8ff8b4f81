// A round by keyboard: the line one stands on, its choice by number, running totals. Every key has its button,
// and without a script the page is one form with the same choices.
(function () {
  "use strict";
  const form = document.querySelector("form[data-round]");
  if (!form) return;
  document.documentElement.classList.add("scripted");
  const lines = [...form.querySelectorAll("[data-line]")];
  const radios = (line) => [...line.querySelectorAll("input.v")];
  const chosen = (line) => line.querySelector("input.v:checked");
  const note = (line) => line.querySelector('input[name$="-note"]');
  const more = (line) => line.querySelector("tr.more");

  // Some input methods send Enter shortly after the composition ended: it takes the candidate, and nothing else.
  let composedAt = 0;
  document.addEventListener("compositionend", () => { composedAt = Date.now(); }, true);
  const composing = (event) => event.isComposing || event.keyCode === 229 || Date.now() - composedAt < 60;

  // ---- the line one stands on
  let here = -1;
  function stand(place, focus) {
    if (place < 0 || place >= lines.length) return;
    if (lines[here]) lines[here].classList.remove("here");
    here = place;
    lines[here].classList.add("here");
    const row = lines[here].querySelector("tr");
    if (focus) { row.focus({ preventScroll: true }); row.scrollIntoView({ block: "nearest" }); }
  }
  form.addEventListener("focusin", (event) => {
    const line = event.target.closest("[data-line]");
    if (line) stand(lines.indexOf(line), false);
  });

  // ---- words that follow the choice: an empty or ready-made note is replaced, typed words stay
  const phrases = new Set([...form.querySelectorAll("[data-phrase]")].map((thing) => thing.dataset.phrase).filter(Boolean));
  const ground = (line, radio) => {
    const kind = ["return", "reject"].find((name) => radio.classList.contains("v-" + name));
    return kind && line.querySelector(`.extra-${kind} select`);
  };
  function say(line) {
    const radio = chosen(line), box = note(line);
    if (!radio || !box) return;
    const select = ground(line, radio);
    const words = select ? (select.selectedOptions[0] || {}).dataset?.phrase || "" : radio.dataset.phrase;
    if (!box.value.trim() || phrases.has(box.value.trim())) box.value = words;
  }

  // ---- totals of what would be approved, and what is not saved yet
  const put = (name, value) => form.querySelectorAll(`[data-total="${name}"]`).forEach((place) => { place.textContent = Math.round(value * 10) / 10; });
  const print = (line) => [...line.querySelectorAll("input, select")].filter((box) => box.name && box.name !== "chosen")
    .map((box) => box.matches("[type=radio], [type=checkbox]") ? box.checked : box.value).join("\u001f");
  const shown = new Map(lines.map((line) => [line, print(line)]));
  const dirty = () => lines.filter((line) => shown.get(line) !== print(line));
  function sum() {
    const passing = lines.filter((line) => { const radio = chosen(line); return radio && "passes" in radio.dataset; });
    const add = (name) => passing.reduce((total, line) => total + Number(line.dataset[name] || 0), 0);
    put("passing", passing.length);
    ["hours", "teachers", "schools"].forEach((name) => put(name, add(name)));
    const cap = form.querySelector("[data-cap]"), after = Number(cap.dataset.approved) + passing.length, over = after - Number(cap.dataset.cap);
    put("after", after);
    put("over", Math.max(over, 0));
    form.querySelector("[data-over]").hidden = over <= 0;
    document.querySelector("[data-marked]").textContent = lines.filter(chosen).length;
    const unsaved = dirty();
    lines.forEach((line) => line.classList.toggle("dirty", unsaved.includes(line)));
    const told = form.querySelector("[data-unsaved]");
    told.hidden = !unsaved.length;
    told.textContent = `（${unsaved.length} 项未保存）`;
  }
  form.addEventListener("change", (event) => {
    const line = event.target.closest("[data-line]");
    if (line && event.target.matches("input.v, .extra-return select, .extra-reject select")) say(line);
    sum();
  });
  form.addEventListener("input", sum);
  let leaving = false;
  form.addEventListener("submit", () => { leaving = true; });
  window.addEventListener("beforeunload", (event) => { if (!leaving && dirty().length) event.preventDefault(); });
  window.addEventListener("pageshow", () => { leaving = false; sum(); });

  // ---- material opens in place
  function toggle(line) {
    const row = more(line), open = !row.classList.contains("open");
    row.classList.toggle("open", open);
    line.querySelectorAll(".opener").forEach((link) => link.setAttribute("aria-expanded", String(open)));
  }
  form.addEventListener("click", (event) => {
    const link = event.target.closest(".opener, [data-close]");
    if (!link) return;
    event.preventDefault();
    toggle(link.closest("[data-line]"));
    stand(lines.indexOf(link.closest("[data-line]")), link.matches("[data-close]"));
  });
  form.querySelectorAll(".opener").forEach((link) => link.setAttribute("aria-expanded", "false"));

  // ---- the bar: what the common mark asks besides
  const common = form.querySelector('select[name="bulk-verdict"]'), bar = form.querySelector(".round-bar");
  function ask() {
    bar.querySelectorAll(".bulk-extra").forEach((box) => box.classList.toggle("wanted", box.dataset.for === common.value));
  }
  common.addEventListener("change", ask);
  form.addEventListener("change", () => bar.classList.toggle("unfolded", Boolean(form.querySelector('input[name="chosen"]:checked'))));
  ask();

  // ---- keys
  function press(line, number) {
    const radio = radios(line)[number - 1];
    if (!radio) return;
    radio.checked = true;
    radio.dispatchEvent(new Event("change", { bubbles: true }));
    const open = [...line.querySelectorAll(".extra select, .extra input")].filter((box) => box.offsetParent);
    const asked = open.some((box) => box.checked) ? null : open.find((box) => box.type === "checkbox" || !box.value);
    if (asked) asked.focus(); else stand(here, true);
  }
  const moves = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };
  document.addEventListener("keydown", (event) => {
    if (composing(event) || document.querySelector("dialog[open]")) return;
    if (event.key === "s" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit(form.querySelector('.round-foot button[value="save"]'));
      return;
    }
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const line = event.target.closest("[data-line]"), typing = event.target.matches('input:not([type="radio"]):not([type="checkbox"]), select, textarea');
    if (typing) {
      if (line && (event.key === "Escape" || (event.key === "Enter" && event.target.tagName !== "SELECT"))) { event.preventDefault(); stand(here, true); }
      else if (line && event.key === "Enter") { event.preventDefault(); stand(here, true); }
      return;
    }
    if (event.target.closest("a, button, summary") && event.key === "Enter") return;
    if (moves[event.key]) { event.preventDefault(); stand(here + moves[event.key] < 0 ? 0 : here + moves[event.key], true); return; }
    const at = lines[here];
    if (!at) return;
    if (/^[1-6]$/.test(event.key)) { event.preventDefault(); press(at, Number(event.key)); }
    else if (event.key === "Enter") { event.preventDefault(); toggle(at); }
    else if (event.key === "m" && note(at)) { event.preventDefault(); note(at).focus(); note(at).select(); }
    else if (event.key === "x") {
      const box = at.querySelector('input[name="chosen"]');
      if (box.disabled) return;
      event.preventDefault();
      box.checked = !box.checked;
      box.dispatchEvent(new Event("change", { bubbles: true }));
    }
  });
  sum();
})();
