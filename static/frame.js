/* Leaving at once, and no old page from the browser's memory. ES2017, no dependencies.
   Without this script the exit is a plain link and works as well. */
(function () {
  "use strict";
  var presses = [];
  var leaving = false;

  function leave(address) {
    if (leaving) { return; }
    leaving = true;
    var cover = document.createElement("div");
    cover.className = "cover";
    document.documentElement.appendChild(cover);
    document.body.hidden = true;
    document.title = "";
    window.location.replace(address);
  }

  document.addEventListener("click", function (event) {
    var link = event.target.closest ? event.target.closest("a.exit") : null;
    if (link) {
      event.preventDefault();
      leave(link.href);
    }
  });

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Shift") { presses = []; return; }
    if (event.repeat) { return; }
    var now = Date.now();
    presses = presses.filter(function (at) { return now - at < 5000; });
    presses.push(now);
    var link = document.querySelector("a.exit");
    if (presses.length >= 3 && link) { leave(link.href); }
  });

  window.addEventListener("pageshow", function (event) {
    if (event.persisted) { window.location.reload(); }
  });
}());
