// The button that prints a certificate; without this script the browser's own command does.
(function () {
  "use strict";
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", function () { print(); });
  }
}());
