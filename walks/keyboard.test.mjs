// 只用键盘 A resident who uses nothing but the keyboard: finds the village, signs in with a telephone code, asks, gets a receipt.

import assert from "node:assert/strict";
import { VIEWS, walk } from "./lib.mjs";

const FAR = 120; // a page on which that many presses of Tab lead nowhere is not for the keyboard

/** Goes on with Tab until the focus is on what `selector` names. Everything on the way must show that it has the focus. */
async function tabTo(page, selector) {
  for (let pressed = 0; pressed < FAR; pressed += 1) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(focus, selector);
    if (at.outside) continue; // the focus went round by the browser's own bars
    assert.ok(at.shown, `the focus does not show on ${at.what}`);
    assert.ok(at.inside, `the focus is out of sight on ${at.what}`);
    if (at.hit) return;
  }
  assert.fail(`no Tab leads to ${selector}`);
}

/** Runs in the page: whether what has the focus shows it, lies within the window, and is what was looked for. */
function focus(selector) {
  const one = document.activeElement;
  if (!one || one === document.body) return { outside: true };
  const ring = (element) => {
    const style = element && getComputedStyle(element);
    return style && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  };
  const box = one.getBoundingClientRect();
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const shown = ring(one) || ring(one.nextElementSibling);
  return { shown, inside: inside || one.matches(".skip"), hit: one.matches(selector), what: one.outerHTML.slice(0, 120) };
}

/** Presses Enter where the focus is, and waits for the page that comes. */
async function enter(page) {
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
}

/** A telephone of this village that no other view uses: a code is sent once a minute. */
function phone(town, view) {
  const first = town.people.find((one) => one.phone);
  return { unit: first.unit, number: String(Number(first.phone) + VIEWS.indexOf(view)) };
}

walk("keyboard", async ({ page, url, view, step, town }) => {
  const { unit, number } = phone(town, view);
  await step("finds the village", async () => {
    await page.goto(`${url}/`);
    await tabTo(page, "input[name=q]");
    await page.keyboard.type(unit);
    await enter(page);
    assert.equal(await page.locator("ul.picks a").count(), 1);
  });
  await step("opens its board", async () => {
    await tabTo(page, "ul.picks a");
    await enter(page);
    assert.equal(new URL(page.url()).pathname, `/u/${unit}`);
  });
  await step("skips to the content", async () => {
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
    await page.keyboard.press("Enter");
    await page.waitForURL(/#main$/);
  });
  await step("is asked to sign in", async () => {
    await tabTo(page, 'a[href$="/say"]');
    await enter(page);
    assert.equal(new URL(page.url()).pathname, "/signin");
  });
  await step("asks for a code", async () => {
    await tabTo(page, "input[name=phone]");
    await page.keyboard.type(number);
    await enter(page);
    assert.match(await page.textContent(".gate b"), /^\d{6}$/);
  });
  await step("comes back to the form", async () => {
    const code = await page.textContent(".gate b");
    await tabTo(page, "input[name=code]");
    await page.keyboard.type(code);
    await enter(page);
    assert.equal(new URL(page.url()).pathname, `/u/${unit}/say`);
  });
  await step("writes and sees what everybody will see", async () => {
    await tabTo(page, "textarea[name=text]");
    await page.keyboard.type("三巷口的井盖松了，夜里车过咣当响，能不能换一个");
    await tabTo(page, "form.form button");
    await enter(page);
    assert.ok((await page.textContent("blockquote")).includes("三巷口的井盖"));
  });
  await step("sends it and holds a receipt", async () => {
    await tabTo(page, 'form[action$="/say/send"] button');
    await enter(page);
    assert.match(new URL(page.url()).pathname, /\/receipt\/\d+$/);
    assert.match(await page.textContent("#no"), new RegExp(`回执号\\s*${unit}-\\d+`));
  });
});
