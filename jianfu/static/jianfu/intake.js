// The progress of an upload: asks every second, and shows the page anew when the state has changed. Without
// this script the page refreshes itself.
(function () {
  "use strict";
  const bar = document.querySelector("[data-intake-url]");
  if (!bar) return;
  const words = bar.querySelector("[data-intake-words]"), progress = bar.querySelector("progress");
  async function ask() {
    try {
      const answer = await fetch(bar.dataset.intakeUrl, { credentials: "same-origin", headers: { Accept: "application/json" } });
      const said = await answer.json();
      if (said.state !== bar.dataset.intakeState) { location.reload(); return; }
      words.textContent = `已完成 ${said.progress}%`;
      progress.value = said.progress;
    } catch (error) { /* the next question may be answered */ }
    setTimeout(ask, 1000);
  }
  setTimeout(ask, 700);
})();
