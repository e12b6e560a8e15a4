import { expect, test } from 'vitest';
import { type Bar, barChart, shareBar } from '../../lib/report/chart.ts';
import { markupText } from '../../lib/report/markup.ts';

function shapes(bars: readonly Bar[]): readonly (readonly [string, number, number])[] {
  const drawn = markupText(barChart('id', 'Title', 'Text', bars));
  const rects = drawn.matchAll(
    /<rect class="([^"]+)" x="([\d.]+)" y="[\d.]+" width="8" height="([\d.]+)"/g,
  );
  return [...rects].map(([, shape, x, height]) => [shape!, Number(x), Number(height)]);
}

const bar = (height: number): Bar => ({ height, missing: false });

test('the highest bar fills the picture, the others stand to it as their figures do', () => {
  expect(shapes([bar(50), bar(200), bar(100)])).toEqual([
    ['bar', 1, 15],
    ['bar', 11, 60],
    ['bar last', 21, 30],
  ]);
});

test('a missing day is a gap over the whole height, whatever its figure', () => {
  expect(shapes([{ height: 0, missing: true }, bar(1)])).toEqual([
    ['gap', 1, 60],
    ['bar last', 11, 60],
  ]);
});

test('little is drawn, nothing is not', () => {
  expect(shapes([bar(1), bar(0), bar(1e9)]).map(([, , height]) => height)).toEqual([1.5, 0, 60]);
  expect(shapes([bar(0), bar(0)]).map(([, , height]) => height)).toEqual([0, 0]);
  expect(shapes([])).toEqual([]);
});

test('a picture is told to whoever cannot see it', () => {
  const drawn = markupText(barChart('a', 'Money in', 'Highest 7', [bar(7)]));
  expect(drawn).toContain('role="img" aria-labelledby="a-title a-text"');
  expect(drawn).toContain('<title id="a-title">Money in</title>');
  expect(drawn).toContain('<desc id="a-text">Highest 7</desc>');
});

test.each([
  [0.5, '50'],
  [0, '0'],
  [2, '100'],
  [-1, '0'],
])('a share of %d is %s of a hundred wide', (share, width) => {
  expect(markupText(shareBar(share))).toContain(`<rect width="${width}" `);
});
