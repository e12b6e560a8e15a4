import { html, type Markup } from './markup.ts';

/** One bar of a chart; `missing` leaves a gap that is drawn as one. */
export interface Bar {
  readonly height: number;
  readonly missing: boolean;
}

/** Units of the drawing, which is stretched to whatever width there is: texts stand outside. */
const BAR_WIDTH = 8;
const STEP = 10;
const HEIGHT = 60;

/** A quantity too small to be drawn is still not nothing. */
const SMALLEST = 1.5;

/** Bars over a base line; the last one is the day that the page is about. */
export function barChart(
  id: string,
  title: string,
  description: string,
  bars: readonly Bar[],
): Markup {
  const highest = Math.max(...bars.map(({ height }) => height), 0);
  const width = Math.max(bars.length, 1) * STEP;
  const shapes = bars.map(({ height, missing }, at) => {
    const x = at * STEP + 1;
    if (missing) return rect('gap', x, HEIGHT);
    const drawn = height <= 0 ? 0 : Math.max(SMALLEST, (height / highest) * HEIGHT);
    return rect(at === bars.length - 1 ? 'bar last' : 'bar', x, drawn);
  });
  return html`<svg class="chart" viewBox="0 0 ${width} ${HEIGHT + 1}" preserveAspectRatio="none" role="img" aria-labelledby="${id}-title ${id}-text">
<title id="${id}-title">${title}</title><desc id="${id}-text">${description}</desc>
${shapes}<rect class="base" x="0" y="${HEIGHT}" width="${width}" height="1"/></svg>`;
}

/** A part of a whole as a thin line. What it shows stands beside it in figures. */
export function shareBar(share: number): Markup {
  const width = Math.min(Math.max(share, 0), 1) * 100;
  return html`<svg class="share" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true"><rect width="${rounded(width)}" height="1"/></svg>`;
}

function rect(shape: string, x: number, height: number): Markup {
  const [top, drawn] = [rounded(HEIGHT - height), rounded(height)];
  return html`<rect class="${shape}" x="${x}" y="${top}" width="${BAR_WIDTH}" height="${drawn}"/>`;
}

function rounded(number: number): number {
  return Math.round(number * 100) / 100;
}
