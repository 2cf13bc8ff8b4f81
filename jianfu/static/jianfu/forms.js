// Small conveniences of every page. Nothing here is needed: each form works without it.
(function () {
  "use strict";

  // Enter of a Chinese input method only takes the candidate; some send it shortly after the composition ended.
  let composedAt = 0;
  document.addEventListener("compositionend", () => { composedAt = Date.now(); }, true);
  function composing(event) {
    return event.isComposing || event.keyCode === 229 || Date.now() - composedAt < 60;
  }

  // The error summary takes focus, so that readers begin with what is wrong.
  const summary = document.querySelector("[data-error-summary]");
  if (summary) summary.focus();
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-error-summary] a");
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    const group = field.closest(".field, td");
    (group || field).scrollIntoView({ block: "center" });
    field.focus({ preventScroll: true });
  });

  // A second click on a button that is already sending does nothing. The button stays enabled, because a disabled one
  // would not send its name; and it is set free again when the page comes back or when a download kept us here.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method === "get" || form.hasAttribute("hx-post")) return;
    if (form.dataset.sending) { event.preventDefault(); return; }
    form.dataset.sending = "1";
    const button = event.submitter;
    if (button) button.setAttribute("aria-busy", "true");
    setTimeout(() => release(form), 8000);
  });
  function release(form) {
    delete form.dataset.sending;
    form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
  }
  window.addEventListener("pageshow", (event) => { if (event.persisted) document.querySelectorAll("form[data-sending]").forEach(release); });

  // 常用语: a click puts the phrase into the opinion, in place of an offered one, behind typed words.
  document.querySelectorAll("[data-phrases]").forEach((line) => {
    const box = document.getElementById(line.dataset.phrases);
    if (!box) return;
    line.hidden = false;
    const offered = [...line.querySelectorAll("button")].map((button) => button.textContent);
    line.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      const typed = box.value.trim();
      const replace = !typed || typed === box.defaultValue.trim() || offered.includes(typed);
      box.value = replace ? button.textContent : typed + button.textContent;
      box.dispatchEvent(new Event("input", { bubbles: true }));
      box.focus();
    });
  });

  // A long list of boxes to tick: a line above it leaves only those whose words contain what is typed.
  document.querySelectorAll("[data-find]").forEach((list) => {
    const box = document.createElement("input");
    box.type = "search";
    box.placeholder = list.dataset.find;
    box.setAttribute("aria-label", list.dataset.find);
    list.insertAdjacentElement("beforebegin", box);
    box.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
    box.addEventListener("input", (event) => {
      event.stopPropagation();
      const wanted = box.value.trim();
      list.querySelectorAll("label").forEach((label) => { label.hidden = !label.textContent.includes(wanted); });
      list.querySelectorAll("fieldset").forEach((group) => { group.hidden = !group.querySelector("label:not([hidden])"); });
    });
  });

  // How many characters: shown from four fifths of the limit on; the server has the last word.
  function count(box) {
    const limit = Number(box.dataset.limit);
    const length = [...box.value].length;
    let line = document.getElementById(box.id + "_count");
    if (!line) {
      if (length < limit * 0.8) return;
      line = document.createElement("p");
      line.id = box.id + "_count";
      line.setAttribute("role", "status");
      box.insertAdjacentElement("afterend", line);
    }
    line.className = length > limit ? "count error-text" : "count";
    line.textContent = length > limit ? `超出 ${length - limit} 字，最多 ${limit} 字` : `${length}/${limit} 字`;
    line.hidden = length < limit * 0.8;
  }
  document.querySelectorAll("[data-limit]").forEach(count);
  document.addEventListener("input", (event) => { if (event.target.matches("[data-limit]")) count(event.target); });

  // The browser's own file box speaks the browser's language; ours names the file and its size.
  document.querySelectorAll('input[type="file"]').forEach((input) => {
    const [line, button, name] = ["span", "span", "span"].map((kind) => document.createElement(kind));
    line.className = "file-line";
    button.className = "btn";
    button.setAttribute("aria-hidden", "true"); // readers use the box itself, which keeps its own label
    button.textContent = "选择文件";
    button.addEventListener("click", () => input.click());
    name.className = "muted";
    input.before(line);
    input.classList.add("sr-only");
    line.append(input, button, name);
    const tell = () => {
      const files = [...input.files];
      name.textContent = files.length ? files.map((file) => `${file.name}（${size(file.size)}）`).join("、") : "还没有选择文件";
    };
    input.addEventListener("change", tell);
    tell();
  });
  function size(bytes) {
    return bytes < 1048576 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
  }

  // On phones only the first filter stands open, unless another one is in use.
  document.querySelectorAll("form.filters").forEach((form) => {
    const more = [...form.querySelectorAll("label")].slice(1).map((label) => label.querySelector("input, select")).filter(Boolean);
    if (more.length < 2 || more.some((control) => control.type !== "checkbox" && control.value)) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn unfold";
    button.textContent = "更多筛选";
    button.addEventListener("click", () => { form.classList.remove("folded"); more[0].focus(); });
    form.append(button);
    form.classList.add("folded");
  });

  // Ticked rows: number and running totals in the bulk bar; the box in the head ticks all.
  document.querySelectorAll("[data-bulk]").forEach((bar) => {
    const form = bar.closest("form");
    const boxes = () => [...form.querySelectorAll('tbody input[type="checkbox"][name="chosen"]:not(:disabled)')];
    const all = form.querySelector("[data-tick-all]");
    const act = bar.querySelector('button[type="submit"]');
    function refresh() {
      const list = boxes();
      const ticked = list.filter((box) => box.checked);
      list.forEach((box) => box.closest("tr").classList.toggle("selected", box.checked));
      bar.querySelector("[data-bulk-count]").textContent = ticked.length;
      bar.querySelectorAll("[data-bulk-sum]").forEach((place) => {
        const sum = ticked.reduce((total, box) => total + Number(box.getAttribute("data-sum-" + place.dataset.bulkSum) || 0), 0);
        place.textContent = Math.round(sum * 100) / 100;
      });
      if (act) act.disabled = !ticked.length;
      bar.classList.toggle("idle", !ticked.length);
      if (all) { all.checked = ticked.length > 0 && ticked.length === list.length; all.indeterminate = ticked.length > 0 && ticked.length < list.length; }
    }
    if (all) all.addEventListener("change", () => { boxes().forEach((box) => { box.checked = all.checked; }); refresh(); });
    form.addEventListener("change", refresh);
    window.addEventListener("pageshow", refresh);
    refresh();
  });

  // Menus of the bar close by Esc or by a click elsewhere.
  document.addEventListener("click", (event) => {
    document.querySelectorAll("details.account[open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  });

  // ? shows which keys there are.
  const KEYS = [
    ["/", "到查找框"], ["Ctrl+S", "保存草稿"], ["Ctrl+Enter", "提交意见并看下一项"], ["回车", "表格里到下一行"], ["Shift+回车", "格内换行"],
    ["Tab", "表格里到右一格"], ["Ctrl+↑ ↓", "表格里上移、下移"], ["Esc", "撤销这一格的改动"], ["Ctrl+V", "从表格软件粘贴多格"],
  ];
  function showKeys() {
    const box = document.createElement("dialog"), list = document.createElement("dl"), close = document.createElement("button");
    box.className = "keys";
    box.setAttribute("aria-label", "快捷键");
    const head = document.createElement("h2");
    head.textContent = "快捷键";
    // A page with keys of its own names them in a list that is also there for the mouse.
    const own = [...document.querySelectorAll("[data-keys] dt")].map((key) => [key.textContent, key.nextElementSibling.textContent]);
    (own.length ? own : KEYS).forEach(([key, words]) => {
      list.append(Object.assign(document.createElement("dt"), { textContent: key }), Object.assign(document.createElement("dd"), { textContent: words }));
    });
    close.className = "btn";
    close.textContent = "关闭";
    close.addEventListener("click", () => box.close());
    box.addEventListener("close", () => box.remove());
    box.append(head, list, close);
    document.body.append(box);
    box.showModal();
  }

  document.addEventListener("keydown", (event) => {
    if (composing(event)) return;
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key === "Escape") {
      document.querySelectorAll("details.account[open]").forEach((menu) => { menu.open = false; menu.querySelector("summary").focus(); });
    } else if (event.key === "/" && !typing && !event.ctrlKey && !event.altKey && !event.metaKey) {
      const search = document.querySelector('[role="search"] input:not([type="hidden"])');
      if (search) { event.preventDefault(); search.focus(); search.select(); }
    } else if ((event.key === "?" || event.key === "？") && !typing && !document.querySelector("dialog[open]")) {
      showKeys();
    } else if (event.key === "Enter" && event.ctrlKey && typing) {
      const form = typing.closest("form[data-quick-submit]");
      const button = form && form.querySelector("button.btn-primary:not([disabled])");
      if (button) { event.preventDefault(); button.click(); }
    }
  });
})();
