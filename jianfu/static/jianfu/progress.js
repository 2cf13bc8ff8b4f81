// The progress of long jobs: asks every second, and shows the page anew when a state has changed. Without this
// script the page refreshes itself.
(function () {
  "use strict";
  for (const bar of document.querySelectorAll("[data-progress-url]")) follow(bar);
  function follow(bar) {
    const words = bar.querySelector("[data-progress-words]"), progress = bar.querySelector("progress");
    async function ask() {
      try {
        const answer = await fetch(bar.dataset.progressUrl, { credentials: "same-origin", headers: { Accept: "application/json" } });
        const said = await answer.json();
        if (said.state !== bar.dataset.progressState) { location.reload(); return; }
        words.textContent = said.words;
        progress.value = said.done;
        progress.setAttribute("aria-valuetext", said.words);
      } catch (error) { /* the next question may be answered */ }
      setTimeout(ask, 1000);
    }
    setTimeout(ask, 700);
  }
})();
