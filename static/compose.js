/* Live points while writing. All of it works without this file; nothing is stored in the browser. */
(function () {
  "use strict";
  var form = document.querySelector("form.compose"), box = document.getElementById("text");
  if (!form || !box || !window.fetch || !window.FormData) return;
  var draft = box.closest(".draft"), mirror = draft.querySelector(".mirror");
  var line = document.getElementById("points-status"), count = document.getElementById("text-count");
  var part = document.getElementById("points-part"), danger = document.getElementById("danger");
  var model = document.getElementById("point"), list = part.querySelector("ol");
  var more = part.querySelector("details"), rest = more.querySelector("ol");
  var limit = Number(box.dataset.limit), timer = 0, turn = 0, composing = false, settled = box.defaultValue;

  function paint(points) {
    var text = box.value, at = 0;
    mirror.textContent = "";
    points.map(function (p) { return p.at; }).sort(function (a, b) { return a[0] - b[0]; })
      .forEach(function (span) {
        if (span[0] < at) return;
        var mark = document.createElement("mark");
        mark.textContent = text.slice(span[0], span[1]);
        mirror.append(text.slice(at, span[0]), mark);
        at = span[1];
      });
    mirror.append(text.slice(at) + "\n");
  }
  function say(node, words) { if (node.textContent !== words) node.textContent = words; }
  function measure() {
    var length = Array.from(box.value).length;
    say(count, length * 4 >= limit * 3 ? count.dataset.words.replace("{}", length) : "");
  }
  function show(points, words) {
    list.textContent = rest.textContent = "";
    points.forEach(function (p, place) {
      var item = model.content.cloneNode(true);
      item.querySelector("mark").textContent = p.quote;
      item.querySelector(".why").textContent = p.reason;
      item.querySelectorAll("button").forEach(function (b) { b.value = p.quote; });
      (place < 3 ? list : rest).append(item);
    });
    more.hidden = !words;
    more.firstElementChild.textContent = words;
    part.hidden = !points.length;
  }
  function look() {
    if (composing || box.value === settled) return;
    var text = box.value, mine = ++turn;
    fetch(form.dataset.live, {
      method: "POST", body: new FormData(form), credentials: "same-origin",
      headers: { Accept: "application/json" }
    }).then(function (answer) { return answer.ok ? answer.json() : null; }).then(function (told) {
      if (!told || mine !== turn || box.value !== text) return;
      settled = text;
      paint(told.points);
      if (!part.contains(document.activeElement)) show(told.points, told.more);
      danger.hidden = !told.danger;
      say(line, told.status);
    }).catch(function () {});
  }
  function later() {
    clearTimeout(timer);
    if (!composing) timer = setTimeout(look, 1200);
  }
  function begin() { paint([]); measure(); later(); }
  draft.classList.add("live");
  if (box.value !== settled) begin();  // typed before this file came, or put back by the browser
  box.addEventListener("compositionstart", function () { composing = true; clearTimeout(timer); });
  box.addEventListener("compositionend", function () { composing = false; later(); });
  box.addEventListener("input", begin);
  form.addEventListener("click", function (event) {
    var edit = event.target.closest("a[href='#text']");
    if (!edit) return;
    var phrase = edit.closest("li").querySelector("mark").textContent;
    var at = box.value.indexOf(phrase);
    event.preventDefault();
    box.focus();
    if (at >= 0) box.setSelectionRange(at, at + phrase.length);
  });
})();
