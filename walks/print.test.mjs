// 打印 On paper: every sheet fills exactly the sheets it should, shows its code and places to sign, and no buttons.

import assert from "node:assert/strict";
import { be, press, walk } from "./lib.mjs";

/** How many pages of which size (in millimetres) a print of this page takes. */
async function sheets(page) {
  const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString("latin1");
  const boxes = [...pdf.matchAll(/\/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]/g)];
  return boxes.map(([, wide, high]) => `${Math.round((Number(wide) * 25.4) / 72)}×${Math.round((Number(high) * 25.4) / 72)}`);
}

/** What must not be on paper, and is. */
function leftovers() {
  const shown = (one) => one.getClientRects().length > 0;
  return [...document.querySelectorAll(".strip,.btn,.acts,.find,.filters,.skip")].filter(shown).map((one) => one.className);
}

walk("print", async ({ page, url, step, town }) => {
  const { unit } = town.people[0];
  const first = async (path) => {
    await page.goto(`${url}${path}`);
    const all = await page.locator("main a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
    return all.find((href) => /\/m\/[0-9a-z]{13}$/.test(href));
  };
  const matter = await first(`/u/${unit}/suggestions?s=answered`);
  const notice = await first(`/u/${unit}/notices`);
  const printed = [
    [`${matter}/print`, ["210×297"], ["群众意见办理单", "盖章处", "内容摘要"]],
    [`${notice}/print`, ["210×297"], ["盖章处", "记录号"]],
    [`/u/${unit}/verify/print`, ["210×297"], ["公钥告示", "监督人"]],
    [`/u/${unit}/print/a4`, ["210×297"], ["到期未办", "群众意见", "张贴人"]],
    [`/u/${unit}/print/a3`, ["297×420"], ["到期未办", "群众意见", "张贴人"]],
  ];
  for (const [path, want, words] of printed) {
    await step(path, async () => {
      const answer = await page.goto(`${url}${path}`);
      assert.equal(answer.status(), 200);
      const text = await page.textContent("main");
      for (const word of words) assert.ok(text.includes(word), `${path}: ${word}`);
      const code = await page.locator("main .code svg").boundingBox();
      assert.ok(code.width > 60 && code.height > 60, `${path}: a code that a telephone can read`);
      await page.emulateMedia({ media: "print" });
      assert.deepEqual(await page.evaluate(leftovers), [], path);
      assert.deepEqual(await sheets(page), want, path);
      await page.emulateMedia({ media: null });
    });
  }
  await step("a matter's own page prints with its folded parts open", async () => {
    await page.goto(`${url}${matter}`);
    await page.emulateMedia({ media: "print" });
    assert.deepEqual(await page.evaluate(leftovers), []);
    assert.ok((await sheets(page)).every((size) => size === "210×297"));
    await page.emulateMedia({ media: null });
  });
  await step("the receipt of a slip is one sheet with number, code and address", async () => {
    await be(page, url, "经办");
    await page.goto(`${url}/u/${unit}/register`);
    await page.fill("#text", "三巷的路牌掉了，送快递的找不到门");
    await press(page, "登记并存证");
    assert.equal(await page.getByRole("button", { name: "打印回执条" }).isVisible(), true);
    await page.emulateMedia({ media: "print" });
    assert.deepEqual(await page.evaluate(leftovers), []);
    assert.deepEqual(await sheets(page), ["210×297"]);
    for (const part of ["#no .big", ".code .big", ".qr svg", ".qr code"]) assert.ok(await page.locator(part).isVisible(), part);
    await page.emulateMedia({ media: null });
  });
  await step("the rules print without what is only collected", async () => {
    await page.goto(`${url}/u/${unit}/rules`);
    assert.ok((await sheets(page)).length <= 12);
  });
});
