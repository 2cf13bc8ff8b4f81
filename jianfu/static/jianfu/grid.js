// Tables that are filled in place: paste a block from Excel or WPS, move by keys, add and remove rows.
//
//   <table data-grid> ... controls named <anything>-<n>-<column>, or with data-col
//   <table data-grid="entries"> grows: the formset prefix, with <template data-grid-row="entries"> and
//   <button type="button" data-grid-add="entries" hidden>; a row is removed by <button type="button" data-grid-delete hidden>.
// A column of numbers has inputmode numeric or decimal. What did not fit is said in [data-grid-report] (role=status).
(function () {
  "use strict";
  const EDITABLE = 'textarea, select, input:not([type="hidden"]):not([type="checkbox"]):not([type="radio"]):not([type="file"])';
  const UNITS = /[项个张人次名天所场节课时元%％]+$/;

  function columnOf(control) {
    const cell = control.closest("td, th");
    return control.dataset.col || (cell && cell.dataset.col) || control.name.replace(/^.*-\d+-/, "");
  }
  function controlsOf(row) {
    const found = new Map();
    row.querySelectorAll(EDITABLE).forEach((control) => { if (!control.disabled && !control.readOnly) found.set(columnOf(control), control); });
    return found;
  }

  // TSV as Excel and WPS write it: a quoted cell may hold tabs, line breaks and doubled quotes.
  function parse(text) {
    const rows = []; let row = [], cell = "", quoted = false;
    const endCell = () => { row.push(cell.replace(/\r$/, "")); cell = ""; };
    for (let i = 0; i < text.length; i += 1) {
      const char = text[i];
      if (quoted) {
        if (char !== '"') cell += char;
        else if (text[i + 1] === '"') { cell += '"'; i += 1; } else quoted = false;
      } else if (char === '"' && cell === "") quoted = true;
      else if (char === "\t") endCell();
      else if (char === "\n") { endCell(); rows.push(row); row = []; } else cell += char;
    }
    if (cell !== "" || row.length) { endCell(); rows.push(row); }
    return rows;
  }

  // The value a control takes, or null where it does not fit.
  function fitting(control, text) {
    const value = text.trim();
    if (control.tagName === "SELECT") {
      const option = [...control.options].find((item) => item.text.trim() === value || item.value === value);
      return option ? option.value : null;
    }
    if (control.inputMode === "numeric" || control.inputMode === "decimal") {
      const plain = value.replace(/[０-９．－]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0)).replace(/[,，\s]/g, "").replace(UNITS, "");
      if (plain === "") return value === "" ? "" : null;
      const shape = control.inputMode === "numeric" ? /^-?\d+(\.0+)?$/ : /^-?\d+(\.\d+)?$/;
      return shape.test(plain) ? plain.replace(/^(-?\d+)\.0+$/, "$1") : null;
    }
    return control.tagName === "TEXTAREA" ? value : value.replace(/\s*\n\s*/g, " ");
  }

  document.querySelectorAll("table[data-grid]").forEach((table) => {
    const prefix = table.dataset.grid;
    const form = table.closest("form");
    const body = table.tBodies[table.tBodies.length - 1];
    const rows = () => [...table.tBodies].flatMap((part) => [...part.rows]).filter((row) => !row.hidden && controlsOf(row).size);
    let report = (form || document).querySelector("[data-grid-report]");
    if (!report) {
      report = document.createElement("p");
      report.className = "muted";
      report.setAttribute("role", "status");
      (table.closest(".scroll") || table).insertAdjacentElement("afterend", report);
    }

    function columns() {
      const keys = [...table.querySelectorAll("thead [data-col]")].map((head) => head.dataset.col);
      const widest = rows().map((row) => [...controlsOf(row).keys()]).sort((a, b) => b.length - a.length)[0] || [];
      return keys.length ? keys : widest;
    }
    function title(key) {
      const head = table.querySelector(`thead [data-col="${key}"]`);
      return head ? head.textContent.trim() : "";
    }
    function mark(control) {
      const cell = control.closest("td, th");
      if (!cell) return;
      cell.classList.remove("bad");
      cell.classList.toggle("dirty", control.value !== initial(control));
    }
    function initial(control) {
      if (control.tagName !== "SELECT") return control.defaultValue;
      const chosen = [...control.options].find((option) => option.defaultSelected);
      return chosen ? chosen.value : control.options.length ? control.options[0].value : "";
    }
    function put(control, value) {
      control.value = value;
      mark(control);
      control.dispatchEvent(new Event("input", { bubbles: true }));
    }
    function place(control) {
      const list = rows();
      const row = control.closest("tr");
      return { list, at: list.indexOf(row), key: columnOf(control) };
    }
    function go(control, step) {
      const { list, at, key } = place(control);
      for (let n = at + step; n >= 0 && n < list.length; n += step) {
        const next = controlsOf(list[n]).get(key);
        if (next) { next.focus(); if (next.select) next.select(); return true; }
      }
      return false;
    }

    // ---- rows of a formset ----
    const total = form && prefix ? form.querySelector(`[name="${prefix}-TOTAL_FORMS"]`) : null;
    const most = form && prefix ? form.querySelector(`[name="${prefix}-MAX_NUM_FORMS"]`) : null;
    const model = prefix ? document.querySelector(`template[data-grid-row="${prefix}"]`) : null;
    function addRow() {
      if (!total || !model || (most && Number(total.value) >= Number(most.value))) return null;
      const holder = document.createElement("tbody");
      holder.innerHTML = model.innerHTML.replaceAll("__prefix__", total.value);
      const row = holder.querySelector("tr");
      total.value = Number(total.value) + 1;
      body.append(row);
      unveil(row);
      return row;
    }
    function unveil(scope) {
      scope.querySelectorAll("[data-grid-delete]").forEach((button) => {
        button.hidden = false;
        const tick = button.closest("tr").querySelector('input[type="checkbox"][name$="-DELETE"]');
        if (tick) (tick.closest("label") || tick).hidden = true;
      });
    }
    unveil(table);
    document.querySelectorAll(`[data-grid-add="${prefix}"]`).forEach((button) => {
      if (!prefix) return;
      button.hidden = false;
      button.addEventListener("click", () => {
        const row = addRow();
        const first = row && controlsOf(row).values().next().value;
        if (first) first.focus(); else report.textContent = "行数已到上限，不能再加";
      });
    });
    table.addEventListener("click", (event) => {
      const button = event.target.closest("[data-grid-delete]");
      if (!button) return;
      const row = button.closest("tr");
      const tick = row.querySelector('input[type="checkbox"][name$="-DELETE"]');
      const kept = row.querySelector('input[type="hidden"][name$="-id"]');
      if (!tick) return;
      tick.checked = !tick.checked;
      if (kept && kept.value) {
        row.classList.toggle("leaving", tick.checked);
        button.textContent = tick.checked ? "恢复" : "删除";
      } else { row.hidden = true; }
      tick.dispatchEvent(new Event("input", { bubbles: true }));
      report.textContent = tick.checked ? "这一行保存后删除" : "这一行保留";
    });

    // ---- keys ----
    let composedAt = 0;
    table.addEventListener("compositionend", () => { composedAt = Date.now(); });
    table.addEventListener("keydown", (event) => {
      if (event.isComposing || event.keyCode === 229 || Date.now() - composedAt < 60) return;
      const control = event.target.closest(EDITABLE);
      if (!control) return;
      if (event.key === "Enter" && !event.shiftKey && !event.altKey && !event.ctrlKey) {
        event.preventDefault();
        if (!go(control, 1) && addRow()) go(control, 1);
      } else if (event.ctrlKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
        event.preventDefault();
        go(control, event.key === "ArrowDown" ? 1 : -1);
      } else if (event.key === "Escape" && control.value !== initial(control)) {
        event.preventDefault();
        put(control, initial(control));
      }
    });
    table.addEventListener("input", (event) => { if (event.target.matches(EDITABLE)) mark(event.target); });

    // ---- paste ----
    table.addEventListener("paste", (event) => {
      const control = event.target.closest(EDITABLE);
      const block = control ? parse((event.clipboardData || window.clipboardData).getData("text/plain")) : [];
      if (block.length < 2 && (block[0] || []).length < 2) return; // one cell: the browser pastes it
      event.preventDefault();
      const { at, key } = place(control);
      const keys = columns();
      const left = keys.indexOf(key);
      const before = [], bad = [];
      block.forEach((line, down) => {
        let row = rows()[at + down];
        if (!row && line.some((text) => text.trim() !== "")) row = addRow();
        line.forEach((text, right) => {
          const name = keys[left + right];
          const target = row && name !== undefined ? controlsOf(row).get(name) : null;
          if (!target) { if (text.trim() !== "") bad.push({ down, name, text, why: "没有对应的格子" }); return; }
          const value = fitting(target, text);
          if (value === null) {
            target.closest("td, th").classList.add("bad");
            bad.push({ down, name, text, why: target.tagName === "SELECT" ? "不在可选范围内" : "不是数字" });
            return;
          }
          before.push([target, target.value]);
          put(target, value);
        });
      });
      tell(before, bad);
    });

    function tell(before, bad) {
      report.textContent = `已粘贴 ${before.length} 格`;
      if (bad.length) {
        const shown = bad.slice(0, 5).map((item) => `第 ${item.down + 1} 行${title(item.name)}“${item.text.trim().slice(0, 12)}”${item.why}`);
        report.textContent += `，${bad.length} 格没有粘贴：${shown.join("；")}${bad.length > 5 ? "……" : ""}`;
      }
      const undo = document.createElement("button");
      undo.type = "button";
      undo.className = "btn btn-link btn-small";
      undo.textContent = "撤销这次粘贴";
      undo.addEventListener("click", () => {
        before.forEach(([target, value]) => put(target, value));
        table.querySelectorAll(".bad").forEach((cell) => cell.classList.remove("bad"));
        report.textContent = "已撤销这次粘贴";
      });
      report.append(" ", undo);
    }
  });
})();
