// 朗读 Reading aloud: the button is there only where the telephone has a voice, reads the page's words in order, and stops.

import assert from "node:assert/strict";
import { walk } from "./lib.mjs";

/** Runs in the page before its scripts: a voice that writes down what it is given. */
function voice() {
  window.spoken = [];
  const synthesis = { speak: (piece) => window.spoken.push(piece), cancel: () => (window.silenced = true) };
  Object.defineProperty(window, "speechSynthesis", { value: synthesis, configurable: true });
  window.SpeechSynthesisUtterance = class {
    constructor(text) {
      this.text = text;
    }
  };
}

walk("silent", async ({ page, url, step, town }) => {
  const { unit } = town.people[0];
  await step("no button without a voice", async () => {
    await page.addInitScript(() => Object.defineProperty(window, "speechSynthesis", { value: undefined, configurable: true }));
    await page.goto(`${url}/u/${unit}`);
    assert.equal(await page.locator(".js-read").count(), 1);
    assert.equal(await page.locator(".js-read").isVisible(), false);
  });
});

walk("aloud", async ({ page, url, step, town }) => {
  const { unit } = town.people[0];
  await page.addInitScript(voice);
  await page.goto(`${url}/u/${unit}/suggestions?s=answered`);
  const matter = await page.locator("main .item h3 a").first().getAttribute("href");
  for (const path of [`/u/${unit}`, matter]) {
    await step(`reads ${path}`, async () => {
      await page.goto(`${url}${path}`);
      await page.getByRole("button", { name: "朗读" }).click();
      const spoken = await page.evaluate(() => window.spoken.map((piece) => [piece.text, piece.lang]));
      assert.ok(spoken.length > 5 && spoken.every(([text, lang]) => text && lang === "zh-CN"));
      assert.equal(spoken[0][0], (await page.textContent("h1")).replaceAll(/\s+/g, " ").trim(), "the title first");
      const all = spoken.map(([text]) => text).join("\n");
      assert.ok(!/[№*]|已存证/.test(all), "no seals and signs");
      const section = path === matter ? "从收到到答复" : "到期未办";
      assert.ok(all.includes(section), all);
    });
    await step(`stops ${path}`, async () => {
      await page.getByRole("button", { name: "停下" }).click();
      assert.equal(await page.evaluate(() => window.silenced), true);
      assert.equal(await page.getByRole("button", { name: "朗读" }).count(), 1);
    });
  }
});
