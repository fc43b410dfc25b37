const WIDE =
  /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|\p{Emoji_Presentation}|[\u{20000}-\u{3FFFD}]/u;

const widthOfPoint = (point: string): number => {
  if (/\p{M}/u.test(point)) return 0;
  return WIDE.test(point) ? 2 : 1;
};

/** Columns that a terminal gives to a text. */
export function widthOf(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let width = 0;
  for (const point of text) width += widthOfPoint(point);
  return width;
}

export const padded = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - widthOf(text)));

/** As much as fits of both ends: of a path, the folder and the file's name both matter. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  const points = [...text];
  const head: string[] = [];
  const tail: string[] = [];
  let room = width - 1;
  for (let turn = 0; points.length > 0; turn++) {
    const point = (turn % 2 === 0 ? points.pop() : points.shift()) ?? '';
    room -= widthOfPoint(point);
    if (room < 0) break;
    if (turn % 2 === 0) tail.unshift(point);
    else head.push(point);
  }
  return `${head.join('')}…${tail.join('')}`;
}

/** Lines of at most this width, broken at spaces; a longer word stands alone. Later lines are indented. */
export function wrapped(text: string, width: number, indent = ''): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    const room = width - (lines.length === 0 ? 0 : indent.length);
    if (line !== '' && widthOf(longer) > room) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line].map((each, index) => (index === 0 ? each : indent + each));
}
