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
