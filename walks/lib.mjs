// 走一遍 Walks: the ground they stand on. One demo village served by the built program, one real Chromium,
// two widths (phone and desk); after every step the page is looked at by axe, measured and listened to.
//
//   CUNWU_BIN       the program (default: target/debug/cunwu)
//   CUNWU_CHROMIUM  the browser (default: Debian's chromium)
//   CUNWU_SHOTS     a folder for pictures of every step (default: none are taken)

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import { chromium } from "playwright-core";

export const VIEWS = [
  { name: "phone", width: 390, height: 844, touch: true },
  { name: "desk", width: 1280, height: 900, touch: false },
];

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const PROGRAM = process.env.CUNWU_BIN ?? join(ROOT, "target/debug/cunwu");
const BROWSERS = [process.env.CUNWU_CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const PATIENCE = 180_000; // milliseconds until a start or a walk counts as stuck; nothing waits for it to pass

/** Starts the demo village on a free port with its own data folder. Gives its address and how to stop it. */
export async function demo({ seed = 7 } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "cunwu-walk-"));
  const args = ["demo", "--data", join(folder, "data"), "--listen", "127.0.0.1:0", "--seed", String(seed)];
  const child = spawn(PROGRAM, args, { stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise((done) => child.once("close", done));
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    return { url: await address(child), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The address in the line `listening http://127.0.0.1:PORT` that the program prints once it answers. */
function address(child) {
  return new Promise((found, failed) => {
    let said = "";
    const alarm = setTimeout(() => failed(new Error(`the demo did not say where it listens:\n${said}`)), PATIENCE);
    const settle = (how, what) => {
      clearTimeout(alarm);
      how(what);
    };
    child.once("error", (error) => settle(failed, error));
    child.once("close", (code) => settle(failed, new Error(`the demo ended (${code}) before it listened:\n${said}`)));
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8");
      stream.on("data", (text) => {
        said = (said + text).slice(-20_000);
        const line = stream === child.stdout && said.match(/^listening (http:\/\/127\.0\.0\.1:\d+)\/?\s*$/m);
        if (line) settle(found, line[1]);
      });
    }
  });
}

/** Opens a browser that has never been used before, at one of the VIEWS. Gives its page and how to close it. */
export async function open(view) {
  const executablePath = BROWSERS.find((path) => path && existsSync(path));
  assert.ok(executablePath, "no Chromium found: ./test installs it, or name one in CUNWU_CHROMIUM");
  const profile = mkdtempSync(join(tmpdir(), "cunwu-browser-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    args: FLAGS,
    viewport: { width: view.width, height: view.height },
    isMobile: view.touch,
    hasTouch: view.touch,
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
  });
  const page = context.pages()[0] ?? (await context.newPage());
  listen(page);
  const close = async () => {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  };
  return { page, close };
}

const complaints = new WeakMap(); // page → what its console complained of since the last check

function listen(page) {
  complaints.set(page, []);
  const note = (text) => complaints.get(page).push(text);
  // A refused form answers with 409 or 422; the browser calls that an error, the reader sees a page that says why.
  const refused = (message) => /status of (409|422)/.test(message.text());
  page.on("console", (message) => message.type() === "error" && !refused(message) && note(`console: ${message.text()} (${message.location().url})`));
  page.on("pageerror", (error) => note(`script: ${error.message}`));
}

/** Asserts that the page as it stands is accessible, fits its width and complained of nothing but `forgive`. */
export async function check(page, { forgive = [] } = {}) {
  const heard = complaints.get(page).splice(0).filter((text) => !forgive.some((pattern) => pattern.test(text)));
  assert.deepEqual(heard, [], `${page.url()}: the console complained`);
  assert.deepEqual(await page.evaluate(overflow), [], `${page.url()}: wider than the screen`);
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help} ← ${node.target.join(" ")}`));
  assert.deepEqual(found, [], `${page.url()}: not accessible`);
}

/** Runs in the page: what stretches it beyond the screen, nothing when it fits. */
function overflow() {
  const room = document.documentElement.clientWidth;
  const wide = document.documentElement.scrollWidth;
  if (wide <= room) return [];
  const outer = [...document.body.querySelectorAll("*")].filter((one) => one.getBoundingClientRect().right > room + 1);
  const names = outer.slice(0, 5).map((one) => one.tagName.toLowerCase() + [...one.classList].map((c) => `.${c}`).join(""));
  return [`${wide} px of ${room} px`, ...names];
}

let town;

/**
 * One walk, once for each view, in a fresh browser. `steps` receives `{ page, url, view, step }`; wrap what a person
 * does in `await step("what", async () => { … })`: the page is checked, and pictured if asked, after each.
 */
export function walk(name, steps) {
  for (const view of VIEWS) {
    test(`${name} (${view.name})`, { timeout: PATIENCE }, async () => {
      const { page, close } = await open(view);
      let count = 0;
      const step = async (what, act, how) => {
        await act();
        count += 1;
        await picture(page, `${name}-${view.name}-${String(count).padStart(2, "0")}-${what}`);
        await check(page, how);
      };
      try {
        await steps({ page, url: town.url, view, step });
      } finally {
        await close();
      }
      assert.ok(count > 0, "a walk without a step proves nothing");
    });
  }
}

async function picture(page, name) {
  const folder = process.env.CUNWU_SHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.evaluate(() => document.fonts.ready.then(() => true));
  await page.screenshot({ path: join(folder, `${name.replaceAll(/[^\p{L}\p{N}]+/gu, "-")}.png`), fullPage: true });
}

before(async () => {
  town = await demo();
});
after(async () => {
  await town?.stop();
});
