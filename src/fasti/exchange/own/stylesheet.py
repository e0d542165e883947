"""How a card looks in Anki: on a desktop and a phone, by day and by night, and on paper."""

STYLESHEET = """\
.card {
  --paper: #fcfbf8;
  --ink: #23211d;
  --quiet: #6b655b;
  --line: #ddd6c8;
  --accent: #8a3b1e;
  --soft: #f3eee3;
  --good: #dcebd3;
  --bad: #f5d9d3;
  --missed: #ece5d6;
  margin: 0;
  padding: 0;
  background: var(--paper);
  color: var(--ink);
  font-family: Charter, "Bitstream Charter", "Iowan Old Style", "Palatino Linotype", Palatino, Georgia,
    "Noto Serif", "Noto Naskh Arabic", "Noto Serif Hebrew", serif;
  font-size: 22px;
  line-height: 1.45;
  text-align: start;
}
.card.nightMode, .card.night_mode, .nightMode .card, .night_mode .card {
  --paper: #1d1c1a;
  --ink: #e9e4da;
  --quiet: #a49c8e;
  --line: #454038;
  --accent: #e0a06f;
  --soft: #2a2825;
  --good: #2f4a2c;
  --bad: #5a322b;
  --missed: #48402f;
  background: var(--paper);
  color: var(--ink);
}
.fasti {
  max-width: 34em;
  margin: 0 auto;
  padding: 1.6em 1.2em 2.4em;
  overflow-wrap: break-word;
  word-wrap: break-word;
}
.fasti div { unicode-bidi: plaintext; }
.fasti .word, .fasti .label, .fasti .hints {
  font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif;
}
.fasti .word {
  margin-bottom: .35em;
  color: var(--accent);
  font-size: .78em;
  font-weight: 600;
  letter-spacing: .01em;
}
.fasti .count { color: var(--quiet); font-weight: 400; }
.fasti .count::before { content: "\\00b7"; margin: 0 .45em; }
.fasti .prompt { font-size: 1.18em; line-height: 1.35; }
.fasti .prompt .word { font-size: .66em; }
.fasti .cloze { color: var(--accent); font-weight: 700; }
.fasti .cloze-inactive { color: inherit; }
.fasti .picture { margin-top: 1em; }
.fasti img { display: block; max-width: 100%; max-height: 45vh; margin: 0 auto; border-radius: 4px; }
.fasti hr { height: 0; margin: 1.25em 0 1.1em; border: 0; border-top: 1px solid var(--line); }
.fasti .answer { font-size: 1.18em; font-weight: 700; line-height: 1.35; }
.fasti .weekday { color: var(--quiet); font-weight: 400; }
.fasti ul, .fasti ol { margin: .2em 0; padding-inline-start: 1.35em; }
.fasti li { margin: .25em 0; padding-inline-start: .15em; }
.fasti li::marker { color: var(--quiet); font-weight: 400; }
.fasti .parts { margin-top: .5em; }
.fasti .extra, .fasti .also, .fasti .note { margin-top: .7em; }
.fasti .also, .fasti .label { color: var(--quiet); }
.fasti .label { margin-inline-end: .35em; font-size: .82em; }
.fasti .note { padding-inline-start: .85em; border-inline-start: 3px solid var(--line); }
.fasti .source { margin-top: 1.2em; color: var(--quiet); font-size: .74em; line-height: 1.4; }
.fasti .hints { margin-top: 1.1em; font-size: .8em; }
.fasti .hints a {
  display: inline-block;
  padding: .3em .9em;
  border: 1px solid var(--line);
  border-radius: 1em;
  color: var(--quiet);
  text-decoration: none;
}
.fasti .hints div { color: var(--quiet); font-size: 1.1em; }
.fasti .typed { margin-top: 1em; }
.fasti .typed span { font-family: inherit !important; }
.fasti #typeans {
  box-sizing: border-box;
  width: 100%;
  max-width: 100%;
  margin: 0;
  font-family: inherit !important;
  font-size: 21px !important;
  text-align: start;
  white-space: pre-wrap;
}
.fasti input#typeans {
  padding: .45em .6em;
  border: 1px solid var(--line);
  border-radius: 6px;
  background: var(--soft);
  color: inherit;
}
.fasti code#typeans { display: block; margin-bottom: .7em; background: none; line-height: 1.6; }
.fasti code#typeans span { padding: .05em 0; border-radius: 2px; }
.fasti #typearrow { color: var(--quiet); }
.fasti .typeGood { background: var(--good); color: inherit; }
.fasti .typeBad { background: var(--bad); color: inherit; }
.fasti .typeMissed { background: var(--missed); color: inherit; }
.fasti code#typeans:not(:has(span)) { display: none; }
.mobile .fasti, .iphone .fasti, .ipad .fasti, .android .fasti { padding: 1em .9em 2em; }
.mobile.card, .mobile .card, .iphone .card, .android .card { font-size: 20px; }
@media (max-width: 480px) {
  .card { font-size: 20px; }
  .fasti { padding: 1em .9em 2em; }
}
@media print {
  .card, .card.nightMode, .card.night_mode {
    --paper: #fff;
    --ink: #000;
    --quiet: #444;
    --line: #999;
    --accent: #000;
    --soft: #fff;
  }
  .fasti { max-width: none; padding: 0; break-inside: avoid; }
  .fasti input, .fasti .hints { display: none; }
}
"""
"""The stylesheet of every note type; colours have names, so that a user can change one in one place."""
