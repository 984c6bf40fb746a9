// On a narrow screen the row of pages scrolls: bring the present one into view.
const present = document.querySelector(".top nav [aria-current]");
const row = present?.parentElement;
if (row) row.scrollLeft = present.offsetLeft - row.offsetLeft - (row.clientWidth - present.clientWidth) / 2;
