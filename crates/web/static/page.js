// Small helps only; every page works without this file.
"use strict";

// 打印: the button appears only where it works (WeChat's browser has no printing).
if (window.print && !/MicroMessenger/.test(navigator.userAgent)) {
  for (const button of document.querySelectorAll(".js-print")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}

// 转发: a button that copies, beside the text that can be copied by hand.
for (const text of document.querySelectorAll("textarea.copy")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-2";
  button.textContent = "复制这段字";
  button.addEventListener("click", async () => {
    text.select();
    try {
      await navigator.clipboard.writeText(text.value);
    } catch {
      document.execCommand("copy");
    }
    button.textContent = "已复制，去群里粘贴";
  });
  text.after(button);
}

// 大屏幕: looks again by itself, but never under the hands of somebody who goes through it with the keyboard.
const again = document.querySelector("[data-every]");
if (again) {
  setInterval(() => {
    if (document.activeElement === document.body) location.reload();
  }, Number(again.dataset.every) * 1000);
}

// 还可写几个字, under each long text; a Chinese date under each date field.
const tell = (field, said) => {
  const line = document.createElement("p");
  line.className = "note";
  field.closest(".field")?.append(line);
  const show = () => { line.textContent = said(); };
  field.addEventListener("input", show);
  show();
};
for (const field of document.querySelectorAll("textarea[maxlength]")) {
  tell(field, () => `还可写${field.maxLength - [...field.value].length}字。`);
}
for (const field of document.querySelectorAll("input[type=date]")) {
  tell(field, () => {
    const [y, m, d] = field.value.split("-").map(Number);
    return d ? `${y}年${m}月${d}日 星期${"日一二三四五六"[new Date(y, m - 1, d).getDay()]}` : "";
  });
}

// 朗读: reads the page out, piece by piece, with the voice that the telephone brings; the button appears only where there is one.
const aloud = document.querySelector(".js-read");
if (aloud && window.speechSynthesis && window.SpeechSynthesisUtterance) {
  const parts = "h1,h2,h3,h4,p,li,dt,dd,blockquote,th,td";
  const skipped = "form,nav,.find,.acts,.index,.key,.qr,.seal,.seal-line,.days,.weeks,.why .note,details:not([open]),[aria-hidden=true],[hidden]";
  const said = (part) => {
    const copy = part.cloneNode(true);
    for (const mute of copy.querySelectorAll(skipped)) mute.remove();
    for (const chip of copy.querySelectorAll(".st")) chip.append("，");
    for (const aside of copy.querySelectorAll("small")) aside.prepend("，");
    return copy.textContent.replace(/\s+/g, " ").replaceAll("*", "某").replaceAll("№", "记录").replaceAll("·", "，").trim();
  };
  const pieces = () => [...document.querySelectorAll(`.mast :is(${parts}),main :is(${parts})`)]
    .filter((part) => !part.closest(skipped) && !part.querySelector(parts)).map(said).filter(Boolean);
  const rest = () => {
    speechSynthesis.cancel();
    aloud.textContent = "朗读";
  };
  const read = () => {
    aloud.textContent = "停下";
    const all = pieces();
    all.forEach((text, at) => {
      const piece = new SpeechSynthesisUtterance(text);
      piece.lang = "zh-CN";
      piece.rate = 0.9;
      if (at === all.length - 1) piece.onend = rest;
      speechSynthesis.speak(piece);
    });
  };
  aloud.hidden = false;
  aloud.addEventListener("click", () => (aloud.textContent === "停下" ? rest() : read()));
  window.addEventListener("pagehide", () => speechSynthesis.cancel());
}
