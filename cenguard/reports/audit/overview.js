"use strict";
(function () {
  var data = JSON.parse(document.getElementById("data").textContent);
  var FIRST = 20, PAGE = 200;
  function written(text) {
    var span = document.createElement("span"), parts = text.split("`");
    if (parts.length % 2 === 0) { parts = [text]; }
    parts.forEach(function (part, index) {
      span.appendChild(index % 2 ? document.createElement("code") : document.createTextNode(part));
      if (index % 2) { span.lastChild.textContent = part; }
    });
    return span;
  }
  function cell(value, column) {
    var td = document.createElement("td"), sign = column.signs && column.signs[value];
    td.dataset.title = column.title;
    if (typeof value === "number") { value = value.toLocaleString("en"); }
    if (value !== null && value !== undefined && value !== "") { td.appendChild(written(sign ? sign[0] + " " + value : value)); }
    if (column.number) { td.className = "number"; } else if (typeof value === "string" && value.length > 24) { td.className = "long"; }
    if (sign) { td.className = "grade " + sign[1]; } else if (column.mark && value && value !== "0") { td.className += " " + column.mark; }
    return td;
  }
  function compare(a, b, up) {
    if (a === b) { return 0; }
    if (a === null || a === "") { return 1; }  // what is not known is last, whichever way
    if (b === null || b === "") { return -1; }
    return (a < b) === up ? -1 : 1;
  }
  document.querySelectorAll("section[data-table]").forEach(function (section) {
    var table = data[section.dataset.table];
    var words = table.rows.map(function (row) { return row.join("\u0001").toLowerCase(); });
    var order = table.rows.map(function (_, index) { return index; });
    var shown = FIRST, sorted = -1, up = true;
    var body = section.querySelector("tbody"), count = section.querySelector("output");
    var search = section.querySelector("input"), choice = section.querySelector("select"), more = section.querySelector("button.more");
    function rank(row, place) {  // a severity counts by its weight, and not by its letters
      var signs = table.columns[place].signs;
      return signs ? Object.keys(signs).indexOf(row[place]) : row[place];
    }
    function matches() {
      var wanted = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      var grade = choice ? choice.value : "";
      return order.filter(function (index) {
        return (!grade || table.rows[index][table.grade] === grade) &&
          wanted.every(function (word) { return words[index].indexOf(word) >= 0; });
      });
    }
    function show() {
      var found = matches();
      body.replaceChildren.apply(body, found.slice(0, shown).map(function (index) {
        var tr = document.createElement("tr");
        table.rows[index].forEach(function (value, place) { tr.appendChild(cell(value, table.columns[place])); });
        return tr;
      }));
      count.textContent = found.length === table.rows.length ? found.length.toLocaleString("en") :
        found.length.toLocaleString("en") + " of " + table.rows.length.toLocaleString("en");
      more.hidden = found.length <= shown;
    }
    section.querySelectorAll("th button").forEach(function (button, place) {
      button.addEventListener("click", function () {
        up = sorted === place ? !up : !table.columns[place].number;
        sorted = place;
        order.sort(function (a, b) {
          return compare(rank(table.rows[a], place), rank(table.rows[b], place), up) || a - b;
        });
        section.querySelectorAll("th").forEach(function (th, other) {
          if (other === place) { th.setAttribute("aria-sort", up ? "ascending" : "descending"); } else { th.removeAttribute("aria-sort"); }
        });
        shown = FIRST;
        show();
      });
    });
    search.addEventListener("input", function () { shown = FIRST; show(); });
    if (choice) { choice.addEventListener("change", function () { shown = FIRST; show(); }); }
    more.addEventListener("click", function () { shown += PAGE; show(); });
    show();
  });
})();
