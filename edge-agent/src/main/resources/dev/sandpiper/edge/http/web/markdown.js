// Shows CommonMark as far as answers use it: paragraphs, headings, lists, quotes, code, tables,
// links, emphasis. It builds nodes and never parses HTML, so that text stays text; a link goes to
// http, https or mailto or is not one.

const MOST_DEPTH = 8;

// Level of the heading before; the page's own is 1. Levels are not skipped: they are a way to get
// about for those who hear the page.
let outline = 1;

const SAFE = /^(https?:\/\/|mailto:)/i;

export function render(text) {
  const fragment = document.createDocumentFragment();
  outline = 1;
  blocks(text.replace(/\r\n?/g, '\n').replace(/\t/g, '    ').split('\n'), fragment, 0);
  return fragment;
}

function element(name, parent) {
  const made = document.createElement(name);
  parent.append(made);
  return made;
}

const FENCE = /^ {0,3}(`{3,}|~{3,})\s*([^`\s]*)[^`]*$/;
const HEADING = /^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$/;
const RULE = /^ {0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$/;
const QUOTE = /^ {0,3}> ?/;
const ITEM = /^( {0,3})([-*+]|\d{1,9}[.)])( +|$)/;
const DELIMITERS = /^ {0,3}\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/;

function blocks(lines, parent, depth) {
  let i = 0;
  while (i < lines.length) {
    const line = lines[i];
    if (line.trim() === '') {
      i++;
    } else if (FENCE.test(line)) {
      i = fence(lines, i, parent);
    } else if (HEADING.test(line)) {
      const [, marks, words] = HEADING.exec(line);
      outline = Math.min(6, marks.length + 1, outline + 1);
      inline(words, element('h' + outline, parent), depth);
      i++;
    } else if (RULE.test(line)) {
      element('hr', parent);
      i++;
    } else if (depth < MOST_DEPTH && QUOTE.test(line)) {
      const inner = [];
      while (i < lines.length && QUOTE.test(lines[i])) inner.push(lines[i++].replace(QUOTE, ''));
      blocks(inner, element('blockquote', parent), depth + 1);
    } else if (depth < MOST_DEPTH && ITEM.test(line)) {
      i = list(lines, i, parent, depth);
    } else if (line.includes('|') && i + 1 < lines.length && DELIMITERS.test(lines[i + 1]) && lines[i + 1].includes('-')) {
      i = table(lines, i, parent, depth);
    } else {
      i = paragraph(lines, i, parent, depth);
    }
  }
}

function fence(lines, start, parent) {
  const [, marks, language] = FENCE.exec(lines[start]);
  const end = new RegExp('^ {0,3}' + marks[0] + '{' + marks.length + ',}\\s*$');
  const inner = [];
  let i = start + 1;
  while (i < lines.length && !end.test(lines[i])) inner.push(lines[i++]);
  const code = element('code', element('pre', parent));
  code.textContent = inner.join('\n') + '\n';
  code.parentElement.tabIndex = 0;
  if (/^[\w+#.-]{1,20}$/.test(language)) code.parentElement.dataset.language = language;
  return i + 1;
}

function list(lines, start, parent, depth) {
  const first = ITEM.exec(lines[start]);
  const ordered = /\d/.test(first[2]);
  const target = element(ordered ? 'ol' : 'ul', parent);
  if (ordered && parseInt(first[2], 10) !== 1) target.start = parseInt(first[2], 10);
  let i = start;
  while (i < lines.length) {
    const item = ITEM.exec(lines[i]);
    if (!item || /\d/.test(item[2]) !== ordered || RULE.test(lines[i])) break;
    const indent = item[0].length;
    const inner = [lines[i].slice(indent)];
    i++;
    while (i < lines.length) {
      const own = lines[i].startsWith(' '.repeat(Math.min(indent, 4))) || lines[i].startsWith('  ');
      const blank = lines[i].trim() === '';
      if (blank && i + 1 < lines.length && !lines[i + 1].startsWith('  ') && !ITEM.test(lines[i + 1])) break;
      if (!blank && !own) {
        if (ITEM.test(lines[i]) || begins(lines[i]) || lines[i - 1].trim() === '') break;
      }
      const margin = /^ */.exec(lines[i])[0].length;
      inner.push(lines[i].slice(Math.min(indent, margin)));
      i++;
    }
    while (inner.length > 1 && inner.at(-1).trim() === '') inner.pop();
    const li = element('li', target);
    blocks(inner, li, depth + 1);
    // A tight item is its words, not a paragraph.
    const only = li.firstElementChild;
    if (only && only.tagName === 'P' && !inner.includes('')) only.replaceWith(...only.childNodes);
  }
  return i;
}

function table(lines, start, parent, depth) {
  const wrap = element('div', parent);
  wrap.className = 'table';
  wrap.tabIndex = 0;
  const made = element('table', wrap);
  const right = cells(lines[start + 1]).map((cell) => cell.endsWith(':'));
  const row = (line, name, into) => {
    const tr = element('tr', into);
    for (const [column, cell] of cells(line).entries()) {
      const td = element(name, tr);
      if (right[column]) td.className = 'right';
      if (name === 'th') td.scope = 'col';
      inline(cell, td, depth);
    }
  };
  row(lines[start], 'th', element('thead', made));
  const body = element('tbody', made);
  let i = start + 2;
  while (i < lines.length && lines[i].includes('|') && lines[i].trim() !== '') row(lines[i++], 'td', body);
  return i;
}

function cells(line) {
  const inner = line.trim().replace(/^\|/, '').replace(/\|$/, '');
  return inner.split(/(?<!\\)\|/).map((cell) => cell.trim().replace(/\\\|/g, '|'));
}

function begins(line) {
  return FENCE.test(line) || HEADING.test(line) || RULE.test(line) || QUOTE.test(line);
}

function paragraph(lines, start, parent, depth) {
  const words = [lines[start].trim() + (lines[start].endsWith('  ') ? '  ' : '')];
  let i = start + 1;
  while (i < lines.length && lines[i].trim() !== '' && !begins(lines[i]) && !ITEM.test(lines[i])) {
    words.push(lines[i].trim() + (lines[i].endsWith('  ') ? '  ' : ''));
    i++;
  }
  inline(words.join('\n').trimEnd(), element('p', parent), depth);
  return i;
}

// Each pattern is tried where the text stands; none looks back, and none can run away.
const INLINE = [
  [/^\\([!-/:-@[-`{-~])/, (m, to) => to.append(m[1])],
  [/^(`+)(?!`)([\s\S]{1,4000}?[^`])\1(?!`)/, (m, to) => {
    element('code', to).textContent = m[2].replace(/\n/g, ' ').replace(/^ (.*) $/, '$1');
  }],
  [/^!?\[((?:[^\[\]\\\n]|\\.|\[[^\[\]\n]*\]){0,1000})\]\(\s*<?([^\s<>()]*(?:\([^\s<>()]*\)[^\s<>()]*)*)>?(?:\s+"[^"\n]*")?\s*\)/, (m, to, depth) => {
    link(m[2], to, (a) => inline(m[1] || m[2], a, depth + 1));
  }],
  [/^<((?:https?:\/\/|mailto:)[^\s<>]{1,2000})>/i, (m, to) => link(m[1], to, (a) => a.append(m[1]))],
  [/^https?:\/\/[^\s<>"'`]{1,2000}/i, (m, to) => {
    const address = m[0].replace(/[.,;:!?*_~)\]]+$/, '');
    link(address, to, (a) => a.append(address));
    return address.length;
  }],
  [/^\*\*(?=\S)([\s\S]{0,4000}?\S)\*\*(?!\*)/, (m, to, depth) => inline(m[1], element('strong', to), depth + 1)],
  [/^__(?=\S)([\s\S]{0,4000}?\S)__(?![\w_])/, (m, to, depth) => inline(m[1], element('strong', to), depth + 1)],
  [/^~~(?=\S)([\s\S]{0,4000}?\S)~~/, (m, to, depth) => inline(m[1], element('del', to), depth + 1)],
  [/^\*(?=[^\s*])([\s\S]{0,4000}?[^\s*])\*(?!\*)/, (m, to, depth) => inline(m[1], element('em', to), depth + 1)],
  [/^_(?=[^\s_])([\s\S]{0,4000}?[^\s_])_(?!\w)/, (m, to, depth) => inline(m[1], element('em', to), depth + 1)],
  [/^(?: {2,}|\\)\n/, (_, to) => element('br', to)],
  [/^\n/, (_, to) => to.append('\n')],
];

function inline(text, parent, depth) {
  if (depth > MOST_DEPTH) {
    parent.append(text);
    return;
  }
  let plain = '';
  let at = 0;
  const flush = () => {
    if (plain) parent.append(plain);
    plain = '';
  };
  while (at < text.length) {
    const c = text[at];
    if (!/[\\`!\[<*_~\nhH ]/.test(c) || (/[_hH]/.test(c) && at > 0 && /\w/.test(text[at - 1]))) {
      plain += c;
      at++;
      continue;
    }
    // No construct is longer than this; slicing keeps a hostile text from costing its square.
    const rest = text.slice(at, at + 4200);
    let taken = 0;
    for (const [pattern, build] of INLINE) {
      const match = pattern.exec(rest);
      if (match) {
        flush();
        taken = build(match, parent, depth) || match[0].length;
        break;
      }
    }
    if (taken === 0) {
      plain += c;
      taken = 1;
    }
    at += taken;
  }
  flush();
}

function link(address, parent, fill) {
  if (!SAFE.test(address)) {
    const span = element('span', parent);
    fill(span);
    return;
  }
  const a = element('a', parent);
  a.href = address;
  a.target = '_blank';
  a.rel = 'noopener noreferrer nofollow';
  fill(a);
}

// The words alone, for those who hear them.
export function plain(text) {
  return render(text).textContent.replace(/\s+/g, ' ').trim();
}
