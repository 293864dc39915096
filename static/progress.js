/* Asks now and then how far a record is, and says so only when it has changed. Without this script
   the link "Check progress" does the same. */
(function () {
  "use strict";
  var line = document.getElementById("progress");
  if (!line || !window.fetch) { return; }
  var wait = 3000;
  var longest = 20000;

  function hear(told) {
    if (told.over) { window.location.reload(); return; }
    if (told.words !== line.textContent) { line.textContent = told.words; }
    later();
  }

  function ask() {
    window.fetch(line.dataset.state, { credentials: "same-origin", headers: { Accept: "application/json" } })
      .then(function (answer) {
        if (answer.redirected || !answer.ok) { throw new Error("no answer"); }
        return answer.json();
      })
      .then(hear)
      .catch(later);
  }

  function later() {
    window.setTimeout(ask, wait);
    wait = Math.min(wait * 1.5, longest);
  }

  later();
}());
