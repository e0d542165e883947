"use strict";
// The self-test and the print button. Text is only ever moved about as nodes or set as text.
(() => {
  const at = (id) => document.getElementById(id);

  const now = at("print-now");
  if (now) {
    now.hidden = false;
    now.addEventListener("click", () => window.print());
  }

  const test = at("test");
  if (!test) return;
  const [beginning, stage, ending] = [at("test-beginning"), at("test-stage"), at("test-ending")];
  const [place, grades, progress] = [at("test-card"), at("test-grades"), at("test-progress")];
  const groups = [...at("test-cards").querySelectorAll("details.cards")];
  let waiting = [], missed = new Set(), known = 0, total = 0, asked = 0, current = null, shownAt = 0;

  const only = (panel) => {
    for (const each of [beginning, stage, ending]) each.hidden = each !== panel;
    document.documentElement.classList.toggle("testing", panel === stage);
  };

  const mixed = (cards) => {
    for (let last = cards.length - 1; last > 0; last -= 1) {
      const other = Math.floor(Math.random() * (last + 1));
      [cards[last], cards[other]] = [cards[other], cards[last]];
    }
    return cards;
  };

  const chosen = () => {
    const unit = at("test-unit").value;
    const from = groups.filter((group) => unit === "" || group.dataset.unit === unit);
    const cards = from.flatMap((group) => [...group.querySelectorAll("li.card")]);
    const amount = Number(at("test-amount").value) || cards.length;
    return (at("test-mixed").checked ? mixed(cards) : cards).slice(0, amount);
  };

  const begin = (cards) => {
    waiting = cards;
    missed = new Set();
    known = asked = 0;
    total = cards.length;
    only(stage);
    next();
  };

  const next = () => {
    if (waiting.length === 0) return finish();
    current = waiting.shift();
    asked += 1;
    const card = current.cloneNode(true);
    for (const each of card.querySelectorAll("details")) each.open = false;
    const answer = card.querySelector("details.answer");
    answer.addEventListener("toggle", () => reveal(answer));
    const shown = document.createElement("div");
    shown.className = "card";
    shown.append(...card.childNodes);
    place.replaceChildren(shown);
    grades.hidden = true;
    progress.textContent = asked <= total
      ? `${asked} of ${total}`
      : `Again: ${waiting.length + 1} missed before`;
    place.setAttribute("aria-label", `${progress.textContent}: ${asking(shown)}`);
    place.focus({ preventScroll: true });
    window.scrollTo({ top: 0, behavior: "instant" });
    return undefined;
  };

  // The question in words, its gaps as gaps.
  const asking = (card) => {
    const words = [...card.querySelectorAll(".question .word, .question .prompt")].map((each) => each.cloneNode(true));
    for (const each of words) for (const filling of each.querySelectorAll(".filling")) filling.remove();
    return words.map((each) => each.textContent.trim()).join(" ");
  };

  const reveal = (answer) => {
    if (!answer.isConnected || grades.hidden !== answer.open) return;
    grades.hidden = !answer.open;
    if (!answer.open) return;
    shownAt = performance.now();
    const right = answer.querySelector(".right");
    right.tabIndex = -1;
    right.focus({ preventScroll: true });
    answer.scrollIntoView({ block: "nearest" });
  };

  // A second press of the key that showed the answer must not grade a card that nobody has read.
  const grade = (knew) => {
    if (grades.hidden || performance.now() - shownAt < 250) return;
    if (knew) {
      known += asked <= total ? 1 : 0;
    } else {
      missed.add(current);
      waiting.push(current);
    }
    next();
  };

  const finish = () => {
    const done = Math.min(asked, total);
    only(ending);
    const cards = [...missed];
    at("test-result").textContent = cards.length === 0
      ? `${known} of ${done} known: all of them.`
      : `${known} of ${done} known at once. Look at these again:`;
    at("test-missed-cards").replaceChildren(...cards.map(reminder));
    at("test-repeat").hidden = cards.length === 0;
    place.replaceChildren();
    ending.focus({ preventScroll: true });
    test.scrollIntoView({ behavior: "instant" });
  };

  const reminder = (card) => {
    const item = document.createElement("li");
    const link = card.querySelector(".to-fact a").cloneNode(false);
    link.textContent = asking(card);
    item.append(link);
    return item;
  };

  const stop = () => {
    asked -= 1; // the card on the stage has not been answered
    if (asked <= 0) {
      only(beginning);
      at("test-start").focus();
    } else {
      finish();
    }
  };

  at("test-start").addEventListener("click", () => begin(chosen()));
  at("test-stop").addEventListener("click", stop);
  at("test-missed").addEventListener("click", () => grade(false));
  at("test-knew").addEventListener("click", () => grade(true));
  at("test-repeat").addEventListener("click", () => begin(mixed([...missed])));
  at("test-new").addEventListener("click", () => {
    only(beginning);
    at("test-start").focus();
  });

  const hint = () => {
    const closed = [...place.querySelectorAll("details.hint:not([open])")];
    if (closed.length > 0) closed[0].open = true;
  };

  stage.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    const own = event.target.closest("button, summary, a");
    const key = event.key.toLowerCase();
    if ((key === " " || key === "enter") && !own && grades.hidden) {
      const answer = place.querySelector("details.answer");
      answer.open = true;
      reveal(answer);
    } else if (key === " " && !own) {
      // It would scroll the page.
    } else if (key === "h") {
      hint();
    } else if (key === "1") {
      grade(false);
    } else if (key === "2") {
      grade(true);
    } else if (key === "escape") {
      stop();
    } else {
      return;
    }
    event.preventDefault();
  });

  // A link out of the test ends it; the fact it leads to would be out of sight.
  stage.addEventListener("click", (event) => {
    if (event.target.closest("a")) only(beginning);
  });

  at("test-cards").classList.add("waiting");
  only(beginning);
})();
