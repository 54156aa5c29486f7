// Keys for reviewers. Everything here can also be done with the page's own links and buttons.
(() => {
  "use strict";
  const help = document.getElementById("shortcuts");
  const on = document.getElementById("keys-on");
  const kept = "actionlines.review.keys";
  const recall = () => {
    try {
      return localStorage.getItem(kept) !== "off";
    } catch {
      return true; // storage may be forbidden; the keys work all the same
    }
  };
  help.hidden = false;
  on.checked = recall();
  on.addEventListener("change", () => {
    try {
      localStorage.setItem(kept, on.checked ? "on" : "off");
    } catch {
      // not kept beyond this page
    }
  });

  const links = [...document.querySelectorAll(".review-link")];
  const current = () => links.findIndex((link) => link.contains(document.activeElement));
  const go = (place) => {
    const link = links[Math.max(0, Math.min(links.length - 1, place))];
    if (link) {
      link.focus({ preventScroll: true });
      link.scrollIntoView({ block: "nearest" });
    }
  };
  const decide = (decision) => {
    const link = links[current()];
    const button = link && link.querySelector(`button[value="${decision}"]`);
    if (button) button.click();
  };
  const next = () => {
    const link = document.getElementById("next-entry");
    if (link) link.click();
  };
  const act = {
    j: () => go(current() + 1),
    k: () => go(current() < 0 ? 0 : current() - 1),
    a: () => decide("accept"),
    r: () => decide("refuse"),
    n: next,
    "?": () => {
      help.open = !help.open;
    },
  };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
    if (!on.checked || typing || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const wanted = act[event.key];
    if (wanted) {
      event.preventDefault();
      wanted();
    }
  });

  // After a decision the page comes back at the link that waits next: let the keys go on from there.
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target && target.matches(".review-link, #going-on")) target.focus();
})();
