import { generatedMark } from '../mark.ts';
import { escapeXml } from '../text/escape.ts';

/** Finished markup. Text becomes markup only through {@link text} and {@link el}, which escape it. */
export interface Markup {
  readonly markup: string;
}

type Attribute = string | number | undefined;

/** To a tenth of a pixel: the last digits of a layout are noise, and a picture must be the same bytes everywhere. */
export const rounded = (value: number): string => {
  const tenths = Math.round(value * 10);
  return String((tenths === 0 ? 0 : tenths) / 10);
};

export const text = (content: string): Markup => ({ markup: escapeXml(content) });

export const el = (name: string, attributes: Readonly<Record<string, Attribute>>, ...children: readonly Markup[]): Markup => {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? rounded(value) : escapeXml(String(value))}"`)
    .join('');
  return {
    markup: children.length === 0 ? `<${name}${written}/>` : `<${name}${written}>${children.map((child) => child.markup).join('')}</${name}>`,
  };
};

export const group = (attributes: Readonly<Record<string, Attribute>>, ...children: readonly Markup[]): Markup => el('g', attributes, ...children);

/** A whole picture: title and description for those who do not see it, the style sheet, and one element on each line, for readable differences. */
export const picture = (
  size: { readonly width: number; readonly height: number },
  about: { readonly title: string; readonly description: string },
  style: string,
  children: readonly Markup[],
): string => {
  const [width, height] = [Math.ceil(size.width), Math.ceil(size.height)];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title description">`,
    `<!-- ${generatedMark} -->`,
    el('title', { id: 'title' }, text(about.title)).markup,
    el('desc', { id: 'description' }, text(about.description)).markup,
    `<style>${style}</style>`,
    el('rect', { class: 'page', x: 0, y: 0, width, height, rx: 8 }).markup,
    ...children.map((child) => child.markup),
    '</svg>',
    '',
  ].join('\n');
};
