// While a release is being made the page is loaded again now and then; without this script a link does it.
(function () {
  "use strict";
  if (document.querySelector("[data-at-work]")) setTimeout(function () { location.reload(); }, 2000);
}());
