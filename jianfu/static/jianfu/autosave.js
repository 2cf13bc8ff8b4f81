// Forms that save themselves: <form data-autosave-url="…"> with a [data-autosave-status] line (tag autosave_status).
//
// 5 seconds after the last keystroke, at the latest 10 after the first, the form is posted to the address. The answer is
// JSON: {"saved_at": "10:42", "version": 3, "findings": "<ul>…"} (the last: what goes into [data-autosave-findings]) or, with a status of 400 or more, {"message": "…"}. Without a network the form
// is kept in this browser, for this person, until it has been saved; nothing is kept otherwise.
(function () {
  "use strict";
  const QUIET = 5000, LATEST = 10000;

  document.querySelectorAll("form[data-autosave-url]").forEach((form) => {
    const status = form.querySelector("[data-autosave-status]") || document.querySelector("[data-autosave-status]");
    const key = `jianfu:${document.body.dataset.person || ""}:${location.pathname}`;
    let dirty = false, saving = false, again = false, quiet = 0, latest = 0;

    function say(words, unsaved) {
      if (!status) return;
      status.textContent = words;
      status.classList.toggle("unsaved", Boolean(unsaved));
    }
    // What the rules say of the saved answers, where the page has room for it: replaced only when it changed.
    function show(findings) {
      const region = form.querySelector("[data-autosave-findings]");
      if (!region || region.dataset.shown === findings) return;
      region.dataset.shown = findings;
      region.innerHTML = findings;
    }
    function entries() {
      return [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken");
    }
    function keep() {
      try { localStorage.setItem(key, JSON.stringify({ at: Date.now(), entries: entries() })); return true; } catch (error) { return false; }
    }
    function forget() { try { localStorage.removeItem(key); } catch (error) { /* nothing was kept */ } }
    function kept() {
      try { return JSON.parse(localStorage.getItem(key)); } catch (error) { return null; }
    }

    function touch() {
      dirty = true;
      clearTimeout(quiet);
      quiet = setTimeout(save, QUIET);
      if (!latest) latest = setTimeout(save, LATEST);
    }
    async function save() {
      clearTimeout(quiet); clearTimeout(latest); latest = 0;
      if (!dirty) return;
      if (saving) { again = true; return; }
      saving = true; dirty = false;
      const body = new FormData(form);
      try {
        const answer = await fetch(form.dataset.autosaveUrl, {
          method: "POST", body, credentials: "same-origin", redirect: "manual",
          headers: { "X-CSRFToken": body.get("csrfmiddlewaretoken") || "", "X-Requested-With": "autosave", Accept: "application/json" },
        });
        await heard(answer);
      } catch (error) {
        lost("网络断开");
      }
      saving = false;
      if (again) { again = false; save(); }
    }
    async function heard(answer) {
      const json = (answer.headers.get("content-type") || "").includes("json");
      const said = json ? await answer.json() : {};
      if (answer.ok && json) {
        if (!dirty) forget();
        const version = form.querySelector('[name="version"]');
        if (version && said.version !== undefined) version.value = said.version;
        if (typeof said.findings === "string") show(said.findings);
        say(`${said.saved_at || clock()} 已自动保存`);
        form.querySelectorAll(".dirty").forEach((cell) => cell.classList.remove("dirty"));
      } else if (json && said.message) {
        dirty = true;
        say(`未保存：${said.message}`, true);
      } else lost(answer.status >= 500 ? "服务器故障" : "登录已过期，请另开一页登录");
    }
    function lost(why) {
      dirty = true;
      say(keep() ? `未保存：${why}，已存在本机` : `未保存：${why}，请先复制到别处`, true);
      clearTimeout(quiet);
      quiet = setTimeout(save, LATEST * 2);
    }
    function clock() {
      const now = new Date();
      return `${now.getHours()}:${String(now.getMinutes()).padStart(2, "0")}`;
    }

    // What an earlier visit could not save is offered, never put back in silence.
    function offer(old) {
      const bar = document.createElement("div");
      bar.className = "notice notice-warning";
      bar.setAttribute("role", "status");
      const at = new Date(old.at);
      bar.append(`本机存有 ${at.getMonth() + 1}月${at.getDate()}日 ${at.getHours()}:${String(at.getMinutes()).padStart(2, "0")} 没有保存成功的内容。 `);
      bar.append(choice("恢复", () => { restore(old.entries); bar.remove(); touch(); }), " ", choice("丢弃", () => { forget(); bar.remove(); }));
      form.prepend(bar);
    }
    function choice(words, act) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-small";
      button.textContent = words;
      button.addEventListener("click", act);
      return button;
    }
    function restore(list) {
      const names = new Set(list.map(([name]) => name));
      [...form.elements].forEach((control) => {
        if (!control.name || control.type === "hidden" || control.type === "file") return;
        const values = list.filter(([name]) => name === control.name).map(([, value]) => value);
        if (control.type === "checkbox" || control.type === "radio") control.checked = values.includes(control.value);
        else if (names.has(control.name)) control.value = values[0];
        control.dispatchEvent(new Event("input", { bubbles: true }));
      });
    }

    const old = kept();
    if (old && Array.isArray(old.entries)) offer(old);
    form.addEventListener("input", touch);
    form.addEventListener("change", touch);
    form.addEventListener("submit", () => { dirty = false; clearTimeout(quiet); clearTimeout(latest); forget(); });
    window.addEventListener("beforeunload", (event) => { if (dirty || saving) { event.preventDefault(); event.returnValue = ""; } });
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") save(); });
    document.addEventListener("keydown", (event) => {
      if (event.ctrlKey && event.key.toLowerCase() === "s") { event.preventDefault(); dirty = true; save(); }
    });
  });
})();
