import type { Page } from 'playwright-core';

/**
 * What a person could not read, in words: whatever stands outside the sheet, is cut off by its box,
 * is too small, or is a figure broken over two lines. It runs inside the browser, so it is text:
 * the project's own code is typed without the names of a browser.
 */
const COMPLAINTS = `(() => {
  const found = [];
  const width = document.documentElement.clientWidth;
  const shown = (text) => text.replace(/\\s+/g, ' ').trim().slice(0, 60);
  if (document.documentElement.scrollWidth > width) found.push('the page overflows');
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const text = node.data.trim();
    const parent = node.parentElement;
    if (text === '' || parent.closest('.unseen, svg, style')) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const boxes = [...range.getClientRects()].filter((box) => box.width > 0);
    if (boxes.length === 0) continue;
    if (boxes.some((box) => box.left < -0.5 || box.right > width + 0.5)) {
      found.push('outside the sheet: ' + shown(text));
    }
    if (parseFloat(getComputedStyle(parent).fontSize) < SMALLEST) found.push('too small: ' + shown(text));
    const lines = new Set(boxes.map((box) => Math.round(box.top)));
    if (/^[\\u2212\\d.,]+$/.test(text) && lines.size > 1) found.push('broken: ' + shown(text));
    // A cell next to it must not be written over.
    const cell = parent.closest('td, th, dd, dt, caption, h1, h2, h3, h4, p, li');
    if (cell) {
      const room = cell.getBoundingClientRect();
      if (boxes.some((box) => box.right > room.right + 1 || box.left < room.left - 1)) {
        found.push('past its cell: ' + shown(text));
      }
    }
  }
  return [...new Set(found)].slice(0, 20);
})()`;

export function complaintsOf(page: Page, smallestPx: number): Promise<readonly string[]> {
  return page.evaluate(COMPLAINTS.replace('SMALLEST', String(smallestPx)));
}

/** Opens what is folded: nobody may be surprised by what is inside. */
export async function unfold(page: Page): Promise<void> {
  await page.evaluate(`for (const one of document.querySelectorAll('details')) one.open = true`);
}
